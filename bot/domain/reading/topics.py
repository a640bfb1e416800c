"""The slot that a visitor turns to by its name: "Budget? I'd rather not say", "I'd rather not share our budget".

What follows is read as the answer to that slot's question, whichever was put last.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

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


def turn_to_topic(message: MessageText, slots: Sequence[Slot]) -> MessageText:
    """Return the message as an answer about the slot it names, without that name; as it is where it names none."""
    for slot in slots:
        name = _name_of(slot)
        if name is None:
            continue
        heading = re.match(
            rf"\W*{_POINTER}*(?:{name})\s*(?:\?+|:|,|…|\.{{3}}|\s[-–—]|—)\s*(?=[^\s?])", message.text, _FLAGS
        )
        if heading:
            rest = replace(blanked(message, heading.span()), asked=slot)
            calls = heading.group().rstrip().endswith(",") and small_act(rest.text) not in _KEPT_BACK
            return message if calls or any(clause.is_question for clause in rest.clauses) else rest
        if small_act(message.text) in _KEPT_BACK and re.search(
            rf"(?<!\w){_POINTER}(?:{name})\W*$", message.text, _FLAGS
        ):
            return replace(message, asked=slot)
    return message


def _name_of(slot: Slot) -> str | None:
    """Return the pattern of a slot's names; other things than people are counted under their own words only."""
    if slot.kind not in _NAMES:
        return None
    own = [re.escape(word) for word in (slot.label, slot.id.replace("_", " ")) if word.strip()]
    return "|".join(own if slot.kind is SlotKind.QUANTITY and slot.words else [*own, _NAMES[slot.kind]])
