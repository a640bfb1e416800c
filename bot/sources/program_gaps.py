"""Questions that other programs ask at the FAQ endpoint and nothing written answers: kept as gaps, of nobody.

Promises: nothing by which somebody can be reached, found or charged is kept, nor a name that is told; there is no
consent that could cover it.
"""

from datetime import datetime

from bot.domain.conversation import SiteId
from bot.domain.masking import MASK
from bot.domain.reading import find_introduced, find_private
from bot.store import Database, gaps


async def keep_program_gap(
    db: Database, site_id: SiteId, question: str, *, region: str, at: datetime
) -> None:
    """Keep a question that was not answered, as far as there is room for it.

    Args:
        db: where.
        site_id: the site that was asked.
        question: the words as they came.
        region: ISO country whose phone numbers are written without +.
        at: when.
    """
    kept = without_persons(" ".join(question.split()), region=region)
    await db.write_at_once(
        lambda connection: gaps.record_of_program(connection, site_id=site_id, question=kept, at=at),
        f"gaps {site_id}",
    )


def without_persons(text: str, *, region: str) -> str:
    """Return the text with a dot for each letter of an address, number, card, account, profile or told name."""
    names = [one for one in find_introduced(text) if one.kind == "name" and one.is_sure]
    letters = list(text)
    for one in (*find_private(text, region=region), *names):
        letters[one.start : one.end] = MASK * (one.end - one.start)
    return "".join(letters)
