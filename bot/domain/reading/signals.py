"""What the words show beside facts: asking for the price, being ready to buy, wanting a person, waving us off."""

import re

from bot.domain.facts import ANGRY, IN_TROUBLE, NO_QUESTIONS, SIGNAL_PREFIX, WAVED_OFF
from bot.domain.reading.attacks import is_abuse
from bot.domain.reading.goes_ahead import GOES_AHEAD
from bot.domain.reading.message_text import MessageText
from bot.domain.reading.trouble import find_trouble
from bot.domain.reading.wave_off import is_no_thanks, wants_no_questions, waves_off
from bot.domain.reading.wishes import wants_person

_FLAGS = re.IGNORECASE
_PRICE = re.compile(
    r"\b(?:pric(?:e|es|ing|ey)|costs?|how\s+much(?!\s+(?:time|storage|space|data|memory|traffic|"
    r"effort|work|longer|ram))|fees?|charges?|subscriptions?|quotes?|quotation|discounts?|rates?|"
    r"per\s+(?:user|seat)|cheap(?:er|est)?|expensive|affordable|"
    r"free\s+(?:trial|plan|tier|version)|preise?|kosten|kostet|prix|co[ûu]te|precios?|"
    r"cu[áa]nto\s+cuesta|combien)\b",
    _FLAGS,
)
_READY = re.compile(
    r"\b(?:ready\s+to\s+(?:sign|buy|purchase|order|start|go|move|commit|proceed|pay|get\s+started)|"
    r"(?:want|like|going|plan|happy)\s+to\s+(?:buy|purchase|order|subscribe|sign\s+(?:up|the|a|with)|"
    r"place\s+an\s+order)|where\s+(?:can|do|should)\s+(?:i|we)\s+(?:buy|sign|order|pay|purchase)|"
    r"how\s+(?:can|do|should)\s+(?:i|we)\s+(?:buy|order|sign\s+(?:up|the)|subscribe|purchase|pay)|"
    r"(?:purchase(?:\s+order)?|order|contract)\s+(?:is\s+|has\s+been\s+|was\s+|"
    r"already\s+|been\s+)*approved|send\s+(?:me|us|over)\s+(?:the\s+|an?\s+|your\s+)?(?:contract|"
    r"invoice|order\s+form|agreement|proposal)|"
    r"place\s+an\s+order|let's\s+(?:sign|do\s+it|go\s+ahead|buy|move\s+forward|get\s+started)|(?:cfo|"
    r"ceo|cto|boss|board|management|director|manager|team|procurement|legal)\s+(?:has\s+|have\s+|"
    r"already\s+|just\s+)*(?:agreed|approved|signed\s+off)(?!\s+(?:on\s+|to\s+)?(?:\S+\s+){0,3}?(?:"
    r"budget|money|funds|funding|spend|\d))|we'll\s+take\s+it|start\s+a\s+contract)\b",
    _FLAGS,
)
_NEGATED = re.compile(r"\b(?:not|never|aren'?t|isn'?t|don'?t|hasn'?t|haven'?t|no)\s+(?:\w+\s+){0,2}$", _FLAGS)


def find_signals(
    message: MessageText, question: str | None, *, is_asked: bool
) -> tuple[tuple[str, str], ...]:
    """Return `(name, quote)` for each signal, each name once.

    Args:
        message: what the visitor wrote.
        question: the part of it that is to be answered.
        is_asked: whether a question of ours was just put: a bare "no thanks" then declines that question alone.
    """
    signals: list[tuple[str, str]] = []
    if question is not None and _PRICE.search(question):
        signals.append(("asked_price", question))
    if (ready := _find_ready(message)) is not None:
        signals.append(("ready_to_buy", ready))
    if wants_person(message.text):
        clause = next((c for c in message.clauses if wants_person(c.text)), None)
        signals.append(
            (
                "asked_person",
                message.written[clause.start : clause.end] if clause else message.written.strip(),
            )
        )
    is_angry = any(is_abuse(clause.text) for clause in message.clauses)
    if is_angry or waves_off(message.clauses) or (not is_asked and is_no_thanks(message.text)):
        signals.append((WAVED_OFF.removeprefix(SIGNAL_PREFIX), message.written.strip()))
    if wants_no_questions(message.clauses):
        signals.append((NO_QUESTIONS.removeprefix(SIGNAL_PREFIX), message.written.strip()))
    if is_angry:
        signals.append((ANGRY.removeprefix(SIGNAL_PREFIX), message.written.strip()))
    if trouble := find_trouble(message.clauses):
        quote = message.written[trouble.start : trouble.end]
        signals.append((IN_TROUBLE.removeprefix(SIGNAL_PREFIX), quote))
    return tuple(signals)


def _find_ready(message: MessageText) -> str | None:
    for clause in message.clauses:
        match = _READY.search(clause.text) or (None if clause.is_question else GOES_AHEAD.search(clause.text))
        if match and not clause.is_hypothetical and not _NEGATED.search(clause.text[: match.start()]):
            return message.written[clause.start : clause.end]
    return None
