"""The turns of a server: with its clock, its numbers, and who hears that a visitor is erased."""

from collections.abc import Callable

from bot.assemble.parts_of_life import new_id, now
from bot.assemble.watching import Watching
from bot.chat.deciding import Desk
from bot.chat.turn import Turns
from bot.leads import tell_of_erasure
from bot.store import Database


def turns_of(db: Database, desk_of: Callable[[str], Desk], watching: Watching) -> Turns:
    """Return what takes the turns of the sites that `desk_of` knows."""
    return Turns(
        db=db,
        desk_of=desk_of,
        clock=now,
        new_id=new_id,
        stage=watching.stage,
        on_reply=watching.note_reply,
        farewell=tell_of_erasure,
    )
