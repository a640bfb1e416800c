"""A veil over what tells who a visitor is, for texts that leave: `[email 1]` stands there, and is put back later.

Promises: what comes back is exactly what was covered, letter by letter; within one veil the same thing
has the same number, and another spelling of it a number after a dot; what the company itself has published is not
covered. Pure.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.domain.conversation import Author, Message
from bot.domain.facts import Fact
from bot.domain.mail_address import as_kept
from bot.domain.reading import (
    Private,
    PrivateKind,
    details_in,
    find_in_passing,
    find_introduced,
    find_private,
    same_name,
)
from bot.domain.reading.company_forms import without_legal_form
from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.name_words import NOT_NAMES
from bot.domain.slots import Slot, SlotKind

_KINDS: dict[SlotKind, PrivateKind] = {
    SlotKind.EMAIL: "email",
    SlotKind.PHONE: "phone",
    SlotKind.URL: "link",
    SlotKind.NAME: "name",
    SlotKind.COMPANY: "company",
}
_MARK = re.compile(
    r"\[(?:email|phone|link|card|account|name|company|address|id|birthday|text) \d{1,9}(?:\.\d{1,9})?\]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_DIGITS = re.compile(r"\+?\(?\d(?:[\s().\-/–]{0,3}\d){6,14}")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-/–]{1,3}(?=\d)")
_NATIONAL_DIGITS = 9
"""Of a phone number its last digits tell whose it is, with or without a country before them."""
_SHORTEST_PART = 3
_UNSPACED_FROM = "\u2e80"
"""From here on are scripts that put no space between words."""

_Span = tuple[int, int, str, str]
"""Where something private begins and ends, its kind, and what is the same for the same thing."""


class Veil:
    """What is covered in one call. Make it with `draw_veil`."""

    def __init__(self, *, public: str = "", region: str = "US", spared: Collection[PrivateKind] = ()) -> None:
        self._region = region
        self._spared = spared
        self._public = public
        self._public_folded = public.casefold()
        self._public_digits = _BETWEEN_DIGITS.sub("", public)
        self._words: dict[str, tuple[str, str]] = {}
        self._phones: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._finder: re.Pattern[str] | None = None
        self._marks: dict[tuple[str, str, str], str] = {}
        self._spellings: dict[tuple[str, str], int] = {}
        self._things: dict[str, dict[str, int]] = {}
        self._written: dict[str, str] = {}

    def cover(self, text: str) -> str:
        """Return the text with a placeholder for everything private."""
        covered, end = [], 0
        for start, stop, kind, value in _apart(self._find(text)):
            covered += [text[end:start], self._mark(kind, value, text[start:stop])]
            end = stop
        return "".join([*covered, text[end:]])

    def lift(self, text: str) -> str:
        """Return the text with what its placeholders stand for."""
        return _MARK.sub(lambda match: self._written.get(match.group().lower(), match.group()), text)

    def words_in(self, text: str) -> set[str]:
        """Return each spelling in the text of what was hidden so far."""
        again = {text[start:stop] for start, stop, _, _ in self._find_hidden(text)}
        return again | {written for written in self._hidden if written in text}

    def hide(self, private: Private, written: str) -> None:
        """Cover it wherever it stands from now on, unless the company has published it or its kind is spared."""
        if private.kind in self._spared or self._is_public(private, written):
            return
        self._hidden.add(written)
        if private.kind == "phone":
            self._phones[private.value[-_NATIONAL_DIGITS:]] = private.value
        is_called = private.kind in ("name", "company")
        value = same_name(without_legal_form(written)) if private.kind == "company" else private.value
        for form in _names_of(written, private.kind, self._public) if is_called else [_plain(written)]:
            self._words.setdefault(form, (private.kind, value))
        self._finder = None

    def _find(self, text: str) -> list[_Span]:
        found: list[_Span] = [
            (one.start, one.end, one.kind, one.value)
            for one in (*find_private(text, region=self._region), *details_in(text))
            if not self._is_public(one, text[one.start : one.end])
        ]
        found += self._find_hidden(text)
        if "[" in text:
            found += [(*match.span(), "text", match.group()) for match in _MARK.finditer(text)]
        return found

    def _find_hidden(self, text: str) -> list[_Span]:
        found: list[_Span] = []
        if self._words:
            self._finder = self._finder or _any_of(self._words)
            found += [(*m.span(), *self._words[_plain(m.group())]) for m in self._finder.finditer(text)]
        for match in _DIGITS.finditer(text) if self._phones else ():
            number = self._phones.get(re.sub(r"\D", "", match.group())[-_NATIONAL_DIGITS:])
            found += [] if number is None else [(*match.span(), "phone", number)]
        return found

    def _mark(self, kind: str, value: str, written: str) -> str:
        known = self._marks.get((kind, value, written))
        if known is not None:
            return known
        things = self._things.setdefault(kind, {})
        number = things.setdefault(value, len(things) + 1)
        spelling = self._spellings[kind, value] = self._spellings.get((kind, value), 0) + 1
        mark = f"[{kind} {number}]" if spelling == 1 else f"[{kind} {number}.{spelling}]"
        self._marks[kind, value, written] = mark
        self._written[mark] = written
        return mark

    def _is_public(self, private: Private, written: str) -> bool:
        """Whether the company has published it: it tells nothing of the visitor, and may be what they ask about."""
        match private.kind:
            case "phone":
                return private.value[-_NATIONAL_DIGITS:] in self._public_digits
            case "name":
                return not private.is_sure and _stands_in(written, self._public)
            case "company":
                return _stands_in(written, self._public)
            case _:
                folded = written.casefold()
                return private.value.casefold() in self._public_folded or folded in self._public_folded


def draw_veil(
    history: Sequence[Message],
    *,
    slots: Sequence[Slot],
    facts: Mapping[str, Fact],
    public: Iterable[str] = (),
    region: str = "US",
    spared: Collection[PrivateKind] = (),
) -> Veil:
    """Return a veil over what a conversation tells of its visitor.

    Args:
        history: the messages, oldest first, the visitor's latest included.
        slots: what the playbook wants to know.
        facts: what is known, by slot.
        public: the passages that go along; what stands there, or in what the bot has quoted, is not covered.
        region: ISO country whose phone numbers are written without +.
        spared: the kinds that are not covered.
    """
    quoted = (citation.quote for message in history for citation in message.citations)
    veil = Veil(region=region, public="\n".join((*public, *quoted)), spared=spared)
    kinds = {slot.id: slot.kind for slot in slots}
    for slot, fact in facts.items():
        kind = _KINDS.get(kinds.get(slot, SlotKind.TEXT))
        if kind is not None and isinstance(fact.value, str):
            _hide_fact(veil, fact, kind)
    asked: SlotKind | None = None
    for message in history:
        if message.author is Author.BOT:
            asked = kinds.get(message.asked or "")
        elif message.author is Author.OPERATOR:
            asked = SlotKind.NAME  # what a person asked for is not known: who they talk with is likeliest
        elif message.author is Author.VISITOR:
            found = find_private(message.text, region=region, asked=asked)
            told = (*find_introduced(message.text, asked=asked), *find_in_passing(message.text, found))
            for one in (*found, *told):
                veil.hide(one, message.text[one.start : one.end])
    return veil


def _hide_fact(veil: Veil, fact: Fact, kind: PrivateKind) -> None:
    is_called = kind in ("name", "company")
    folded = as_kept(fact.value) if kind == "email" else fact.value.casefold()
    same = same_name(fact.value) if is_called else folded
    # A quote may also be the yes to an address that was proposed.
    is_written = kind == "link" or (is_called and same_name(fact.quote) == same)
    quotes = {fact.quote} if is_written else set()
    for written in sorted({fact.value} | quotes):
        veil.hide(Private(0, len(written), kind, same), written)


def _names_of(written: str, kind: PrivateKind, public: str) -> list[str]:
    """Return how somebody may be called again: also by parts of a name, and small where that is no other word."""
    if kind == "company":
        bare = without_legal_form(written)
        is_other = len(bare) < _SHORTEST_PART or _stands_in(bare.casefold(), public.casefold())
        return [*_cases(written, public), *([] if is_other else _cases(bare, public))]
    words = _WORD.findall(written)
    if len(words) < 2:
        return _cases(written, public)
    parts = [word for word in words if len(word) >= _SHORTEST_PART and word.lower() not in NOT_NAMES]
    # A surname that is a product's too is left, or nobody of that name could ask for it.
    parts = [part for part in parts if is_given_name(part) or not _stands_in(part.title(), public)]
    return [*_cases(written, public), *(form for part in parts for form in _cases(part, public))]


def _cases(written: str, public: str) -> list[str]:
    small = written.lower()
    is_word = small in NOT_NAMES or len(small) < _SHORTEST_PART or _stands_in(small, public)
    capital = {written, written.title(), written.upper()}
    return [_plain(form) for form in (capital if is_word else capital | {small})]


def _plain(written: str) -> str:
    return " ".join(written.split())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words, the longest first, standing by themselves where words do."""
    spaced: list[str] = []
    unspaced: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, word.split(" ")))
        (unspaced if max(word) >= _UNSPACED_FROM else spaced).append(pattern)
    patterns = [rf"(?<![^\W_])(?:{'|'.join(spaced)})(?![^\W_])"] if spaced else []
    return re.compile("|".join([*unspaced, *patterns]))


def _stands_in(word: str, text: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _apart(found: Iterable[_Span]) -> list[_Span]:
    """Return the spans in order; those that overlap are one, of the kind of the first, so that nothing is left."""
    apart: list[_Span] = []
    for start, end, kind, value in sorted(found, key=lambda one: (one[0], -one[1])):
        if apart and start < apart[-1][1]:
            begun, stop, *what = apart[-1]
            apart[-1] = (begun, max(stop, end), what[0], what[1])
        else:
            apart.append((start, end, kind, value))
    return apart
