"""The slot that a visitor turns to by its name: "Budget? I'd rather not say", "I'd rather not share our budget".

What follows is read as the answer to that slot's question, whichever was put last.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from bot.domain.reading.acts import small_act
from bot.domain.reading.message_text import MessageText, blanked
from bot.domain.reading.reading import Act
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE
_NAMES = {
    SlotKind.EMAIL: r"e-?mail(?:[\s-]?(?:address|adresse))?|mail(?:adresse)?|courriel|correo",
    SlotKind.PHONE: r"(?:tele)?phone(?:\s+number)?|telefon(?:nummer)?|t[ée]l[ée](?:phone|fono)",
    SlotKind.URL: r"web\s?site|web\s?page|webseite|homepage|site\s+web|sitio\s+web|p[áa]gina\s+web",
    SlotKind.NAME: r"name|nom|nombre",
    SlotKind.COMPANY: r"company|firma|unternehmen|entreprise|soci[ée]t[ée]|empresa",
    SlotKind.ROLE: r"role|position|job\s+title|rolle|poste|cargo",
    SlotKind.QUANTITY: r"team(?:\s+size)?|head\s?count|teamgr(?:ö|oe)(?:ß|ss)e|[ée]quipe|equipo",
    SlotKind.MONEY: r"budget|presupuesto",
    SlotKind.TIMELINE: r"time(?:line|\s?frame)|start(?:\s+date)?|deadline|"
    r"zeit(?:plan|rahmen)|d[ée]lai|calendrier|plazo",
}
_POINTER = (
    r"(?:(?:my|our|the|your|mein\w*|unser\w*|das|die|der|notre|mon|ma|le|la|nuestr[oa]|mi|el|about|as\s+for|"
    r"regarding|zum|zu|quant\s+[àa]|sobre)\s+)"
)
_KEPT_BACK = (Act.REFUSE, Act.DONT_KNOW)
_SLOTS_KEPT = 256
"""Slots of the site's playbooks whose patterns are kept ready."""


def turn_to_topic(message: MessageText, slots: Sequence[Slot]) -> MessageText:
    """Return the message as an answer about the slot it names, without that name; as it is where it names none."""
    for slot in slots:
        named = _named(slot)
        if named is None:
            continue
        heading = named.before.match(message.text)
        if heading:
            rest = replace(blanked(message, heading.span()), asked=slot)
            calls = heading.group().rstrip().endswith(",") and small_act(rest.text) not in _KEPT_BACK
            return message if calls or any(clause.is_question for clause in rest.clauses) else rest
        if small_act(message.text) in _KEPT_BACK and named.behind.search(message.text):
            return replace(message, asked=slot)
    return message


class _Named(NamedTuple):
    """How a slot is named before what is said of it, and at the end of it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


@lru_cache(maxsize=_SLOTS_KEPT)
def _named(slot: Slot) -> _Named | None:
    """Return the patterns of a slot that has names; a playbook's are made once."""
    name = _name_of(slot)
    if name is None:
        return None
    before = rf"\W*{_POINTER}*(?:{name})\s*(?:\?+|:|,|…|\.{{3}}|\s[-–—]|—)\s*(?=[^\s?])"
    behind = rf"(?<!\w){_POINTER}(?:{name})\W*$"
    return _Named(re.compile(before, _FLAGS), re.compile(behind, _FLAGS))


def _name_of(slot: Slot) -> str | None:
    """Return the pattern of a slot's names; other things than people are counted under their own words only."""
    if slot.kind not in _NAMES:
        return None
    own = [re.escape(word) for word in (slot.label, slot.id.replace("_", " ")) if word.strip()]
    return "|".join(own if slot.kind is SlotKind.QUANTITY and slot.words else [*own, _NAMES[slot.kind]])
