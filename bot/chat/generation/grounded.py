"""Can the words that a model points at tell of the visitor at all? One that means harm points at any word whatever.

Promises: an order to the bot, or code, tells nothing; free words tell something only in a sentence in which the visitor
speaks of themselves; a share, or a number that says how much something else is, is neither a team nor a budget. Pure.
"""

import re

from bot.domain.facts import ReadFact
from bot.domain.reading.attacks import is_no_answer
from bot.domain.slots import FREE_WORDS, Slot, SlotKind

SELF = re.compile(
    r"\b(?:we|i|our|ours|my|mine|wir|ich|unser\w*|mein\w*|nous|je|notre|nos|mon|ma|mes|yo|nuestr\w+|mis?|somos|soy|"
    r"tenemos|tengo|necesitamos|necesito|queremos|quiero|buscamos|busco)\b|\bj['’]",
    re.IGNORECASE,
)
"""Whoever is spoken of as subject or owner: "give me", "donne-moi" and "gib mir" tell nothing."""

CODE = re.compile(r"[=<>{}\[\]()\\|`]|\w[:/]{1,3}\w")
SHARE = re.compile(r"\s*(?:%|per\s?cent\b|prozent\b|pour\s?cent\b|por\s?ciento\b)", re.IGNORECASE)
OF_ANOTHER = re.compile(
    r"\b(?:is|was|of|to|costs?|equals|ist|sind|von|auf|kostet|est|de|à|coûte|es|son|a|cuesta)\s+\Z|[=:]\s*\Z",
    re.IGNORECASE,
)
"""Stands before a number that belongs to what was named before it; where that is the visitor's, patterns read it."""


def may_tell_anything(message: str) -> bool:
    """Whether a message may hold facts: one that commands the bot, or is code, does not."""
    return not is_no_answer(message)


def may_tell(fact: ReadFact, slot: Slot, sentence: str, start: int) -> bool:
    """Whether words can tell a slot of the visitor, going by the sentence.

    Args:
        fact: what was read from them.
        slot: what it was read for.
        sentence: where the words stand.
        start: offset of the words read, in the sentence.
    """
    before, after = sentence[:start], sentence[start + len(fact.text) :]
    speaks_of_self = SELF.search(sentence) is not None
    is_anothers = SHARE.match(after) or OF_ANOTHER.search(before)
    if slot.kind in FREE_WORDS:
        return speaks_of_self and not CODE.search(fact.text) and _is_called(fact.text, slot.kind)
    if slot.kind is SlotKind.MONEY:
        return speaks_of_self and not (is_anothers and fact.value["currency"] is None)
    return slot.kind is not SlotKind.QUANTITY or not is_anothers


def _is_called(written: str, kind: SlotKind) -> bool:
    """Whether a name is written like one; other free words may be any."""
    return kind not in (SlotKind.NAME, SlotKind.COMPANY) or any(
        word[0].isupper() or word[0].isdigit() for word in written.split()
    )
