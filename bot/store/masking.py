"""Taking words back out of what is stored: on a refused consent, the contact details that were volunteered.

Promises: every code point taken out becomes "•", so lengths and offsets stay; nothing else changes. The bytes leave
the files with `Database.overwrite_erased`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, MessageId
from bot.domain.masking import MASK, covering
from bot.store.tables import facts, feedback, gaps, leads, messages, receipts


async def mask_spans(conn: AsyncConnection, message_id: MessageId, spans: Iterable[tuple[int, int]]) -> None:
    """Mask the code points of each span `[start, end)` in the message's text."""
    text = await conn.scalar(select(messages.c.text).where(messages.c.message_id == message_id))
    if text is None:
        return
    letters = list(text)
    for start, end in spans:
        letters[start:end] = MASK * len(letters[start:end])
    await conn.execute(
        update(messages).where(messages.c.message_id == message_id).values(text="".join(letters))
    )


async def redact(conn: AsyncConnection, conversation_id: ConversationId, needles: Sequence[str]) -> None:
    """Mask the needles, as `covering` does, in all that is kept of the conversation, whoever said it."""
    if not any(needles):
        return
    cover = covering(needles)

    def masked(value: Any) -> Any:
        return _covered(value, cover)

    of_it = messages.c.conversation_id == conversation_id
    said = select(messages.c.message_id).where(of_it)
    lead = select(leads.c.lead_id).where(leads.c.conversation_id == conversation_id)
    for table, names, where in (
        (messages, ("text", "citations", "choices", "cards"), of_it),
        (facts, ("quote", "value"), facts.c.message_id.in_(said)),
        (gaps, ("question",), gaps.c.conversation_id == conversation_id),
        (feedback, ("comment",), feedback.c.conversation_id == conversation_id),
        (receipts, ("quote",), receipts.c.lead_id.in_(lead)),
        (leads, ("first_question",), leads.c.conversation_id == conversation_id),
    ):
        await _rewrite(conn, table, [table.c[name] for name in names], where, masked)


async def _rewrite(
    conn: AsyncConnection,
    table: Table,
    columns: Sequence[Column[Any]],
    where: ColumnElement[bool],
    masked: Callable[[Any], Any],
) -> None:
    keys = list(table.primary_key.columns)
    for kept in (await conn.execute(select(*keys, *columns).where(where))).mappings().all():
        changed = {column.name: masked(kept[column]) for column in columns}
        changed = {
            column.name: changed[column.name] for column in columns if changed[column.name] != kept[column]
        }
        if changed:
            is_it = [key == kept[key] for key in keys]
            await conn.execute(update(table).where(*is_it).values(**changed))


def _covered(value: Any, cover: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return cover(value)
    if isinstance(value, list):
        return [_covered(item, cover) for item in value]
    if isinstance(value, dict):
        return {key: _covered(item, cover) for key, item in value.items()}
    return value
