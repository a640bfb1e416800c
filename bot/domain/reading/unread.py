"""Short words after a question of ours that nothing could read and no page answers: an answer, and no question."""

import re

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.attacks import is_no_answer
from bot.domain.reading.needs import asks_in_effect, is_bare_need
from bot.domain.slots import CONTACT_KINDS, Slot, SlotKind

_LONGEST = 12
_TROUBLE = re.compile(
    r"\b(?:can'?t|can\s?not|couldn'?t|doesn'?t|don'?t\s+(?:see|find|get|receive)|won'?t|not\s+work\w*|fail\w*|errors?|broken?|lost|"
    r"missing|stuck|locked|problems?|issues?|wrong|help|declined|stolen|refund|cancel\w*|"
    r"(?:geht|funktioniert|klappt|l[äa]dt|kommt)\b.{0,30}\bnicht|kaputt|verloren|fehler\w*|gesperrt|hilfe|stornier\w*|"
    r"(?:marche|fonctionne|arrive)\s+pas|perdue?s?|erreurs?|cass[ée]e?|bloqu[ée]e?|aide|annuler|"
    r"no\s+(?:funciona|puedo|llega)|perdid[oa]s?|error(?:es)?|rot[oa]|bloquead[oa]|ayuda|cancelar)\b",
    re.IGNORECASE,
)
_LOOKED_FOR = re.compile(
    r"\b(?:(?:opening|business|office)\s+(?:hours|times)|shipping|delivery|returns?|warranty|guarantee|log-?in|sign-?up|password|"
    r"demo|imprint|privacy|terms|directions|parking|careers?|jobs?|documentation|manual|download|"
    r"[öo]ffnungszeiten|versand|lieferung|r[üu]ckgabe|garantie|anmeldung|passwort|impressum|datenschutz|agb|anfahrt|"
    r"horaires?|livraison|retours?|mot\s+de\s+passe|connexion|mentions\s+l[ée]gales|"
    r"horarios?|env[íi]os?|devoluci(?:[óo]n|ones)|garant[íi]a|contraseña|aviso\s+legal)\b",
    re.IGNORECASE,
)
"""What visitors look up in a word or two, whatever they were asked; only of a need it may be the answer."""
_SPARED = CONTACT_KINDS | {SlotKind.NAME, SlotKind.URL}
"""Kinds whose answers are known by what they look like: other words after their question turn to something else."""


def read_unread(text: str, slot: Slot) -> ReadFact | None:
    """Return what is noted of an answer to the slot's question that could not be read; None where it turns elsewhere.

    Args:
        text: the message; nothing was read in it and the documentation says nothing to it.
        slot: what was asked for just before.
    """
    plain = text.replace("’", "'")
    if slot.kind in _SPARED or len(text.split()) > _LONGEST or not re.search(r"\w", text):
        return None
    if asks_in_effect(text) or _TROUBLE.search(plain) or is_no_answer(text):
        return None
    if slot.kind is not SlotKind.NEED and _LOOKED_FOR.search(plain):
        return None
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    is_known = slot.kind is SlotKind.NEED and is_bare_need(text)
    return ReadFact(
        slot=slot.id,
        state=FactState.KNOWN if is_known else FactState.UNCLEAR,
        value=text[start:end].rstrip(" .!;,") if is_known else None,
        text=text[start:end],
        start=start,
        end=end,
        confidence=0.6 if is_known else 0.5,
        extractor=f"{slot.kind}.unread",
    )
