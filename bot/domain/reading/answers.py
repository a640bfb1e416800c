"""An answer read in the light of the question just put: "about 40", "asap", "Sam", "no", "rather not say"."""

import re
from collections.abc import Callable

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.acts import skip_lead_in, small_act
from bot.domain.reading.answered_amounts import answered_money, answered_quantity
from bot.domain.reading.assents import is_mere_assent
from bot.domain.reading.attacks import is_no_answer
from bot.domain.reading.companies import find_companies
from bot.domain.reading.deciders import denies_themselves, names_themselves
from bot.domain.reading.hedges import GUESSED_KINDS, is_bare_guess
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.needs import read_need_answer
from bot.domain.reading.people import Named, find_names
from bot.domain.reading.personal_facts import is_others_contact
from bot.domain.reading.reading import Act
from bot.domain.reading.said_facts import is_decision_slot, match_choice
from bot.domain.reading.start_dates import period_meant
from bot.domain.reading.statements import is_rate, says_it_is_alike, says_none
from bot.domain.reading.timeline import resolve
from bot.domain.reading.titles import find_roles
from bot.domain.slots import CONTACT_KINDS, Slot, SlotKind

_FLAGS = re.IGNORECASE
_STATES = {Act.REFUSE: FactState.DECLINED, Act.DONT_KNOW: FactState.UNCLEAR, Act.DENY: FactState.NONE}


def read_answer(message: MessageText, slot: Slot, act: Act | None) -> ReadFact | None:
    """Return what a message answers to the slot's question, None if it does not answer it.

    Args:
        message: the visitor's words.
        slot: the slot that was asked for.
        act: what the message (or its first clause) does, if it is a short act.
    """
    act = None if act is Act.AFFIRM and _only_assents(message) else act
    whole = (skip_lead_in(message.text) if act is None else 0, len(message.text.rstrip()))
    if act in _STATES or (act is Act.AFFIRM and slot.kind is SlotKind.BOOLEAN):
        guess = _guess(message, slot) if act is Act.DONT_KNOW else None
        return guess or _act_answer(message, slot, act)
    if not any(clause.is_told for clause in message.clauses) or is_no_answer(message.text):
        return None
    fact = _as_nothing(message, slot) or _READERS[slot.kind](message, slot)
    if fact is not None:
        return fact
    if _sounds_like_an_answer(message, slot):
        return make_fact(
            message, slot, whole, f"{slot.kind}.unclear", state=FactState.UNCLEAR, confidence=0.5
        )
    return None


def _as_nothing(message: MessageText, slot: Slot) -> ReadFact | None:
    """Return that there is none, "self-employed", or that it does not matter, "egal"; None where neither is said."""
    whole = (0, len(message.text.rstrip()))
    if says_none(message.text, slot.kind):
        if slot.kind is SlotKind.BOOLEAN:
            return make_fact(message, slot, whole, "answer.yes_no", value=False)
        return make_fact(message, slot, whole, "answer.none", state=FactState.NONE)
    if says_it_is_alike(message.text):
        state = FactState.NONE if slot.kind is SlotKind.TIMELINE else FactState.UNCLEAR
        return make_fact(message, slot, whole, f"answer.{state}", state=state)
    return None


def _guess(message: MessageText, slot: Slot) -> ReadFact | None:
    """Return the figure or date that is guessed after all: "no idea, maybe 40"."""
    guess = _READERS[slot.kind](message, slot) if slot.kind in GUESSED_KINDS else None
    return guess if guess and is_bare_guess(message, guess) else None


def _act_answer(message: MessageText, slot: Slot, act: Act | None) -> ReadFact:
    span = _act_span(message, act)
    if slot.kind is SlotKind.BOOLEAN and act in (Act.AFFIRM, Act.DENY):
        return make_fact(message, slot, span, "answer.yes_no", value=act is Act.AFFIRM)
    state = _STATES[act] if act else FactState.UNCLEAR
    is_plain_no = slot.kind in CONTACT_KINDS and not _SAYS_NONE.search(message.text)
    if state is FactState.NONE and (is_plain_no or _NOT_NOW.fullmatch(message.text)):
        # Everybody has an address: a plain "no" keeps it back. "Not now" says nothing of what there is.
        state = FactState.DECLINED
    return make_fact(message, slot, span, f"answer.{state}", state=state)


_NOT_NOW = re.compile(
    r"\W*(?:not\s+(?:right\s+)?now|jetzt\s+nicht|nicht\s+jetzt|pas\s+maintenant|ahora\s+no)\W*", _FLAGS
)
_SAYS_NONE = re.compile(r"\b(?:none|have|haven'?t|got|nothing|keine?|aucun|ninguno|n/?a)\b", _FLAGS)


def _act_span(message: MessageText, act: Act | None) -> tuple[int, int]:
    if small_act(message.text) is act:
        return 0, len(message.text.rstrip())
    found = next((c for c in message.clauses if small_act(c.text) is act), None)
    return (found.start, found.end) if found else (0, len(message.text.rstrip()))


def _only_assents(message: MessageText) -> bool:
    """Whether what affirms says no more than "ok"."""
    start, end = _act_span(message, Act.AFFIRM)
    return is_mere_assent(message.text[start:end])


def _timeline(message: MessageText, slot: Slot) -> ReadFact | None:
    for span in message.dates:
        clause = message.clause_at(span.start)
        if not clause or not clause.is_told or span.kind in ("time", "part", "set") or is_rate(message, span):
            continue
        period = period_meant(message, clause, span)
        if period and not period.is_over(message.now.date()):
            return make_fact(message, slot, (span.start, span.end), "timeline.answer", value=period.value)
    match = re.search(
        r"\b(?:asap|urgent(?:ly)?|immediately|right\s+away|straight\s+away|now)\b", message.told, _FLAGS
    )
    period = resolve(match.group(), now=message.now) if match else None
    if (
        match
        and period
        and not re.search(
            r"\bnot\s+(?:\w+\s+)?$", message.told[max(0, match.start() - 40) : match.start()], _FLAGS
        )
    ):
        return make_fact(message, slot, match.span(), "timeline.answer", value=period.value)
    return None


def _by_name(find: Callable[..., list[Named]]) -> Callable[[MessageText, Slot], ReadFact | None]:
    def read(message: MessageText, slot: Slot) -> ReadFact | None:
        is_company = slot.kind is SlotKind.COMPANY
        found = find(message.told_with_addresses() if is_company else message.told, asked=True)
        if not found:
            return None
        named = found[0]
        return make_fact(
            message,
            slot,
            (named.start, named.end),
            f"{slot.kind}.answer",
            value=named.value,
            confidence=named.confidence,
        )

    return read


_LONGEST_ROLE = 6


def _role(message: MessageText, slot: Slot) -> ReadFact | None:
    found = find_roles(message.told, asked=True)
    if found:
        return make_fact(message, slot, (found[0].start, found[0].end), "role.answer", value=found[0].value)
    match = re.match(
        r"\s*(?:(?:i'?m|i\s+am|i\s+work|working|as|in|my\s+role\s+is|the|"
        r"an?)\s+)*(?P<role>[^\W\d_][^\n,.;!?]{1,60})",
        message.told,
        _FLAGS,
    )
    if not match or len(match.group("role").split()) > _LONGEST_ROLE or "__" in match.group("role"):
        return None
    return make_fact(
        message, slot, match.span("role"), "role.answer", value=match.group("role").strip(), confidence=0.6
    )


def _boolean(message: MessageText, slot: Slot) -> ReadFact | None:
    themselves = names_themselves(message.text)
    if is_decision_slot(slot) and (themselves or denies_themselves(message.text)):
        return make_fact(message, slot, (0, len(message.text.rstrip())), "answer.yes_no", value=themselves)
    for clause in message.clauses:
        lead = re.match(
            r"\s*(?:(?P<yes>(?:no|without(?:\s+a)?)\s+doubt|no\s+question(?:\s+about\s+it)?|(?:ohne|kein)\s+zweifel|zweifellos|sans\s+aucun\s+doute|sin\s+duda|yes|yeah|yep|yup|of\s+course|(?:i|we)\s+do(?=\s*(?:$|[,.!;:]|(?:and|so|but|together|all)\b))|correct|definitely)|(?P<no>"
            r"no(?!\s+(?:rush|hurry|worries|idea|clue|problem|budget|money|plans?|date|deadline|pressure|need|one)\b)|"
            r"nope|nah|not\s+really|not))\b",
            clause.text,
            _FLAGS,
        )
        if lead and clause.is_told:
            return make_fact(
                message,
                slot,
                (clause.start, clause.end),
                "answer.yes_no",
                value=lead.group("yes") is not None,
            )
    return None


def _choice(message: MessageText, slot: Slot) -> ReadFact | None:
    choice = match_choice(message.told, slot.choices)
    span = (0, len(message.text.rstrip()))
    return (
        make_fact(message, slot, span, "choice.answer", value=choice.id, confidence=0.85) if choice else None
    )


def _free_text(message: MessageText, slot: Slot) -> ReadFact | None:
    if small_act(message.text) in _SOCIAL:
        return None
    start, end = skip_lead_in(message.text), len(message.text.rstrip())
    raw = message.written[start:end].strip()
    if not re.search(r"\w", raw) or any(clause.is_question for clause in message.clauses):
        return None
    return make_fact(
        message, slot, (start, end), f"{slot.kind}.answer", value=raw.rstrip(" .!;,"), confidence=0.75
    )


_SOCIAL = (Act.GREETING, Act.THANKS, Act.GOODBYE, Act.WHO_ARE_YOU, Act.THINKS_OVER)


def _nothing(_message: MessageText, _slot: Slot) -> ReadFact | None:
    return None


_READERS: dict[SlotKind, Callable[[MessageText, Slot], ReadFact | None]] = {
    SlotKind.EMAIL: _nothing,
    SlotKind.PHONE: _nothing,
    SlotKind.URL: _nothing,
    SlotKind.NAME: _by_name(find_names),
    SlotKind.COMPANY: _by_name(find_companies),
    SlotKind.ROLE: _role,
    SlotKind.QUANTITY: answered_quantity,
    SlotKind.MONEY: answered_money,
    SlotKind.TIMELINE: _timeline,
    SlotKind.NEED: read_need_answer,
    SlotKind.BOOLEAN: _boolean,
    SlotKind.CHOICE: _choice,
    SlotKind.TEXT: _free_text,
}
_VAGUE = {
    SlotKind.MONEY:
        r"\b(?:high|expensive|much|cheap\w*|afford|price|budget|cost|low|money|flexible|depends|enough|"
        r"unlimited|approved|whatever|reasonable|little|möglichst|wenig|peu|poco|menos|tight|small|limited|pricey|less|more|big|open|"
        r"decide[d]?)\b|^\W*\d{10,}\W*$",
    SlotKind.TIMELINE:
        r"\b(?:soon(?:er|ish)?|later|when|time|rush|month|year|urgent|decide\w*|eventually|some\s?day|(?:vor)?gestern|(?:avant-)?hier|(?:ante)?ayer|"
        r"future|whenever|bald|demnächst|später|irgendwann|bient[ôo]t|plus\s+tard|pronto|m[áa]s\s+(?:tarde|adelante)|holidays|ferien|vacances|vacaciones|flexible|depends|quick\w*|fast|hurry|long|unsure)\b",
    SlotKind.QUANTITY:
        r"\b(?:many|few|several|lots|small|big|large|team|people|varies|growing|some|plenty|depends|handful|handvoll|paar|wenige|poign[ée]e|quelques|puñado|algunos|pocos|"
        r"changes|tiny|huge|medium|mid-?size\w*)\b|^\W*\d{8,}\W*$|^\s*[-−]\d+\W*$",
    SlotKind.BOOLEAN:
        r"\b(?:partly|partially|sort\s+of|kind\s+of|both|together|depends|sometimes|half|jointly|mostly|"
        r"maybe|share[ds]?)\b",
    SlotKind.CHOICE: r"\b(?:both|all|either|neither|depends|other|something\s+else|any)\b",
    SlotKind.EMAIL: r"@|\bat\b.*\bdot\b|\.\w{2,4}$",
    SlotKind.PHONE: r"\d{4}",
    SlotKind.URL: r"\w\.\w|\b(?:www|https?)\b",
}  # fmt: skip
_LONGEST_VAGUE = 14


_IN_THE_PAST = 4
"""Words of an answer that is nothing but a date that is over: "March 2019"."""


def _sounds_like_an_answer(message: MessageText, slot: Slot) -> bool:
    pattern = _VAGUE.get(slot.kind)
    if slot.kind is SlotKind.TIMELINE and message.dates and len(message.text.split()) <= _IN_THE_PAST:
        is_rated = any(is_rate(message, span) for span in message.dates)
        return not is_rated and not any(clause.is_question for clause in message.clauses)
    if (
        pattern is None
        or len(message.text.split()) > _LONGEST_VAGUE
        or any(c.is_question or is_others_contact(message, c) for c in message.clauses)
        or (slot.kind is SlotKind.TIMELINE and any(is_rate(message, span) for span in message.dates))
    ):
        return False
    return re.search(pattern, message.text, _FLAGS) is not None
