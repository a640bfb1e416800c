"""Is this sentence shown? Each one that a model wrote passes here, alone, or is thrown away.

Promises: what passes cites passages that were given, says nothing that they do not support, links to no foreign place,
holds no image and no HTML, and puts no question to the visitor. What a citation stands on is quoted verbatim.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.chat.generation.courtesy import is_courtesy
from bot.domain.answer import Citation, Written
from bot.domain.notes import footnotes

MARK = re.compile(r"[ \t]?\[(\d{1,3})\]")
LINK = re.compile(r"\[([^\[\]]{0,500})\]\(\s*<?([^\s()<>]{0,1000})>?[^()]{0,200}\)")
FORBIDDEN = re.compile(
    r"!\[|<[a-zA-Z/!?]|&#?\w{2,8};|(?<!\[\d)(?<!\[\d\d)\]\s*:|\]\s*:[^\S\n]*+\S|```|^[^\S\n]*+(?:#{1,6}\s|\|)",
    re.MULTILINE,
)
"""Images, HTML, entities, definitions of links, fenced code, headings, tables: no part of a reply is any of them.

What introduces a list ends in a mark and a colon.
"""

BRACKET = re.compile(r"[\[\]]")
"""Beside marks and plain links: a link that is none, a definition of one, a placeholder that stands for nothing."""

ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)])\s+")
DEFINITION = re.compile(r"\s*(?:[-*+]\s+)?\[\d{1,3}\]\s?:")
"""What a mark stands for, as models list it below an answer; the engine shows the sources by itself."""

ASKS = re.compile(r"[?？؟]\s*+[\"'”’»)*_]*+\s*+(?:\[\d{1,3}\]\s*+)*+[.!…]*$")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
"""A word; of scripts without spaces between words, a letter."""

MOST_COMPARED = 4
"""Marks of a sentence of which each is looked at alone; a comparison takes some 10 ms."""

FEWEST_WORDS = 2
ANSWERS = frozenset({"yes", "no", "ja", "nein", "oui", "non", "sí", "si"})
"""Words that say something alone; all other single words say nothing, and are no sentence."""

STOP = re.compile(r"\s*[.!…。！]+\Z")
SPACED = re.compile(r"[^0-9a-z]+")
POINTING = re.compile(
    r"(?:it|its|they|their|this|that|these|those|both|also|which|such|er|sie|es|dies\w*|auch|beide|il|elle|ils|elles|"
    r"cela|ceci|aussi|esto|eso|ellos|ellas|también|ambos)\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it: nobody knows on what, when that one was thrown away."""


class Support(Protocol):
    """What was found of a sentence: whether its sources support it, and if not, which rule it broke."""

    @property
    def supported(self) -> bool:
        """Whether it may be shown."""

    @property
    def reason(self) -> str:
        """A stable word for why not."""


CheckSentence = Callable[[str, Sequence[Written], str], Awaitable[Support]]
"""Compares a sentence with the passages that it cites, given the question. Off the event loop."""

CiteSentence = Callable[[Written, str], Citation | None]
"""Quotes what a passage says of a sentence; None when the passage is not there any more."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence that is shown, with the white space after it. Its marks count the citations of this answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that is not shown, and why: a stable word for the metrics."""

    reason: str


class Gate:
    """Lets through what is supported, one sentence after another, and keeps the citations."""

    def __init__(
        self,
        passages: Sequence[Written],
        *,
        question: str,
        check: CheckSentence,
        cite: CiteSentence,
    ) -> None:
        self._passages = passages
        self._question = question
        self._check = check
        self._cite = cite
        self._cited: list[tuple[Citation, str]] = []
        self._after_dropped = False
        self._told: set[str] = set()
        self.citations: tuple[Citation, ...] = ()
        self.passed = 0
        self.dropped = 0

    async def look(self, sentence: str) -> Passed | Dropped:
        """Judge one sentence; white space alone passes as it is, and what says nothing counts as no sentence."""
        if not sentence.strip():
            return Passed(sentence)
        if _is_hollow(sentence) or DEFINITION.match(sentence):
            return Dropped("hollow")
        if not _numbers_in(sentence) and is_courtesy(_bare(sentence)):
            return Dropped("courtesy")
        if self._is_told(sentence):
            return Dropped("repeated")
        seen = await self._judge(sentence)
        if isinstance(seen, Dropped):
            self.dropped += 1
        else:
            self.passed += 1
            self._told.add(_wording(sentence))
        self._after_dropped = isinstance(seen, Dropped)
        return seen

    def _is_told(self, sentence: str) -> bool:
        """Whether the same sentence was shown before; an item or a line may be told of something else."""
        return (
            not ITEM.match(sentence)
            and STOP.search(_bare(sentence)) is not None
            and _wording(sentence) in self._told
        )

    async def _judge(self, sentence: str) -> Passed | Dropped:
        form = self._find_fault(sentence)
        if form is not None:
            return Dropped(form)
        bare, numbers = _bare(sentence), _numbers_in(sentence)
        found = await self._compare(bare, numbers)
        if not found.supported:
            return Dropped(found.reason)
        return self._numbered(sentence, bare, await self._needed(sentence, bare, numbers))

    async def _compare(self, bare: str, numbers: Sequence[int]) -> Support:
        return await self._check(bare, [self._passages[number - 1] for number in numbers], self._question)

    async def _needed(self, sentence: str, bare: str, numbers: Sequence[int]) -> Sequence[int]:
        """Return which marks stay: those that vouch for the sentence alone, else those it does not stand without."""
        if not 1 < len(numbers) <= MOST_COMPARED:
            return numbers
        linked = {address for _, address in LINK.findall(sentence)}
        needed = [number for number in numbers if (await self._compare(bare, [number])).supported]
        if not needed:
            needed = list(numbers)
            for number in numbers if len(numbers) > 2 else ():  # of two, neither vouches alone
                rest = [one for one in needed if one != number]
                needed = rest if (await self._compare(bare, rest)).supported else needed
        return [one for one in numbers if one in needed or self._passages[one - 1].url in linked]

    def _find_fault(self, sentence: str) -> str | None:
        """Return what is wrong with a sentence whatever the passages say."""
        numbers = _numbers_in(sentence)
        are_given = all(1 <= number <= len(self._passages) for number in numbers)
        cited = [self._passages[number - 1].url for number in numbers] if are_given else []
        faults = (
            ("invisible", INVISIBLE.search(sentence)),
            ("markup", FORBIDDEN.search(sentence)),
            ("brackets", BRACKET.search(MARK.sub("", LINK.sub("", sentence)))),
            ("question", ASKS.search(sentence.strip())),
            ("uncited", not numbers),
            ("not_given", not are_given),
            ("link", any(address not in cited for _, address in LINK.findall(sentence))),
            ("dangling", self._after_dropped and _hangs_on(sentence)),
        )
        return next((fault for fault, is_found in faults if is_found), None)

    def _numbered(self, sentence: str, bare: str, needed: Sequence[int]) -> Passed | Dropped:
        """Give the marks that are needed the numbers of this answer's citations, and leave out the others."""
        cited: dict[int, tuple[Citation, str]] = {}
        for number in needed:
            written = self._passages[number - 1]
            citation = self._cite(written, bare)
            if citation is None:
                return Dropped("not_given")
            cited[number] = (citation, written.title)
        self._cited += cited.values()
        self.citations = footnotes(self._cited)
        notes = {_key(one): one.n for one in self.citations}
        shown = {number: f" [{notes[_key(citation)]}]" for number, (citation, _) in cited.items()}
        return Passed(MARK.sub(lambda found: shown.get(int(found.group(1)), ""), sentence))


def _key(citation: Citation) -> tuple[str, str]:
    return citation.document_id, citation.passage_id


def plain(text: str) -> str:
    """Return the letters and digits of a text, small: what somebody may spell out with others in between."""
    return SPACED.sub("", text.lower())


class Watch:
    """Looks out for a secret in a text that comes in pieces, also spelt with other characters between its letters."""

    def __init__(self, secret: str) -> None:
        """`secret` is small letters and digits."""
        self._secret = secret
        self._tail = ""
        self.has_seen = False

    def take(self, piece: str) -> bool:
        """Take the next piece; return whether the secret was seen by now. Reads each piece once."""
        read = self._tail + plain(piece)
        self.has_seen = self.has_seen or self._secret in read
        self._tail = read[-len(self._secret) :]
        return self.has_seen


def _hangs_on(sentence: str) -> bool:
    """Whether a sentence leans on the one before it, or is the rest of it; an item of a list is neither."""
    bare = _bare(sentence)
    is_rest = bare[:1].islower() and not ITEM.match(sentence)
    return is_rest or POINTING.match(bare) is not None


def _wording(sentence: str) -> str:
    """Return what is the same for a sentence however its letters are cased, and with whatever stop it ends."""
    return STOP.sub("", " ".join(_bare(sentence).casefold().split()))


def _is_hollow(sentence: str) -> bool:
    words = [word.lower() for word in WORD.findall(_bare(sentence))]
    return len(words) < FEWEST_WORDS and not ANSWERS.intersection(words)


def _numbers_in(sentence: str) -> list[int]:
    return list(dict.fromkeys(int(number) for number in MARK.findall(LINK.sub("", sentence))))


def _bare(sentence: str) -> str:
    """Return what is said, without marks, emphasis and the bullet of an item."""
    plain = MARK.sub("", LINK.sub(lambda found: f"{found.group(1)} ({found.group(2)})", sentence))
    return ITEM.sub("", plain).replace("**", "").replace("__", "").replace("`", "").strip()
