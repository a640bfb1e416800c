"""An answer worded by a language model: asked for, held sentence by sentence, released as each is found supported.

The engine found what answers; the model words it. Promises: every word released was supported by a cited passage; one
`Generated` or `NotGenerated` ends it, in time; what was released before a `NotGenerated` is to be replaced, not kept.
"""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from bot.chat.generation.addressing import set_apart
from bot.chat.generation.asking import Refused, asked_of
from bot.chat.generation.brief import Brief
from bot.chat.generation.kept_answers import KeptAnswers, key_of
from bot.chat.generation.labels import without_label
from bot.chat.generation.marks import MarkStream
from bot.chat.generation.prompting import PASSAGES, as_data, last_said, render
from bot.chat.generation.sentences import SentenceStream
from bot.chat.generation.verify import CheckSentence, CiteSentence, Dropped, Gate, Watch, plain
from bot.chat.spending import Purse
from bot.domain.answer import Answer, Written
from bot.llm import Failed, Finished, LanguageModel, Piece, Prompt, Spoken

LONGEST_ANSWER = 6_000
"""Characters of a model's answer that are read; nobody needs more, and a hostile one may never end."""

LEAST_KEPT = 0.5
"""Of a model's sentences. Where fewer are supported, those that are may give a wrong picture: the extract answers."""

TO_COPY = re.compile(r"```|^[ \t]*\|", re.MULTILINE)
"""Code in lines of its own and tables: a visitor needs them letter by letter, and sentences are no place for them."""

NAMED = re.compile(r"(?<!\w)[^\W\d_a-z]\w+")
"""A word that begins with a capital: it may be a name."""

NO_ANSWER = "noanswer"
"""What the prompt has a model write when the passages do not answer, without its spaces."""


@dataclass(frozen=True, slots=True)
class Released:
    """Words to show now; together they are the beginning of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Generated:
    """The whole answer, every sentence supported. `by_fallback`: the model itself failed, its fallback wrote."""

    answer: Answer
    by_fallback: bool = False


@dataclass(frozen=True, slots=True)
class NotGenerated:
    """The extract answers instead. `is_degraded`: the model failed, and did not only find nothing to say."""

    reason: str
    is_degraded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """Words the answers of one site.

    `mark` is unknown outside this process: tags carry it, and no reply may. `note` counts: what was asked of the model,
    and what became of it.
    """

    model: LanguageModel
    purse: Purse
    check: CheckSentence
    cite: CiteSentence
    kept: KeptAnswers
    name: str
    mark: str
    is_masked: bool
    note: Callable[[str, str], None]

    async def answer(
        self, brief: Brief, version: str | None, *, within_s: float
    ) -> AsyncGenerator[Released | Generated | NotGenerated, None]:
        """Word an answer; what the same question was answered with from this version is said again.

        Args:
            brief: what is to be worded.
            version: names the knowledge in service; None while it must not be remembered.
            within_s: the most that the model may take, in seconds.
        """
        passages = brief.answer.passages[:PASSAGES]
        if not passages or TO_COPY.search(brief.answer.text or ""):
            yield NotGenerated("to_copy" if passages else "no_passages")
            return
        key = key_of(brief, self.model.name, version)
        kept = self.kept.find(key)
        if kept is not None:
            yield Released(kept.text or "")
            yield Generated(kept)
            return
        if within_s <= 0:
            yield NotGenerated("timeout", is_degraded=True)
            return
        writing = _Writing(self, brief, passages)
        async with aclosing(writing.run(within_s)) as parts:
            async for part in parts:
                if isinstance(part, Generated) and writing.may_be_kept:
                    self.kept.keep(key, part.answer)
                yield part


class _Writing:
    """One answer while it is written."""

    def __init__(self, generator: Generator, brief: Brief, passages: Sequence[Written]) -> None:
        self._generator = generator
        self._brief = brief
        self._passages = passages
        self._gate = Gate(passages, question=brief.question, check=generator.check, cite=generator.cite)
        self._marks = MarkStream()
        self._sentences = SentenceStream()
        self._watch = Watch(generator.mark)
        self._read = ""
        self._said = ""
        self._space = ""
        self._finished: Finished | None = None

    @property
    def may_be_kept(self) -> bool:
        """Whether the model itself, no fallback, came to its own end, and it says all that was written and no more.

        What a placeholder stood for is one visitor's own, and shown to no other; so may be a name that is asked with.
        """
        finished = self._finished
        is_own = finished is not None and finished.model == self._generator.model.name
        return is_own and not self._gate.dropped and not self._names_the_visitor()

    def _names_the_visitor(self) -> bool:
        written = {name for passage in self._passages for name in NAMED.findall(passage.text)}
        said = set(NAMED.findall(self._brief.ask)) & set(NAMED.findall(self._read))
        return self._brief.mask.lift(self._read) != self._read or not said <= written

    async def run(self, within_s: float) -> AsyncGenerator[Released | Generated | NotGenerated, None]:
        """Have it written, and release what passes."""
        model, purse, brief = self._generator.model, self._generator.purse, self._brief
        asking = await asked_of(purse, self._prompt(), brief.visitor_id, at=brief.at)
        if isinstance(asking, Refused):
            yield NotGenerated(asking.reason)
            return
        ending: Finished | Failed | None = None
        async with asking, aclosing(model.stream(asking.prompt, within_s=within_s)) as pieces:
            async for piece in pieces:
                if not isinstance(piece, Piece):
                    asking.used(piece.usage)
                    ending = piece
                    break
                async for released in self._take(piece.text):
                    yield released
                if self._is_over():
                    break
        if isinstance(ending, Finished) and not ending.is_cut:
            self._finished = ending
            rest = self._sentences.feed(self._marks.finish())
            async for released in self._pass([*rest, self._sentences.finish()]):
                yield released
        yield self._outcome(ending)

    def _prompt(self) -> Prompt:
        brief, mark, cover = self._brief, self._generator.mark, self._brief.mask.cover
        rendered = render(
            "answer",
            mark=mark,
            name=as_data(self._generator.name, mark),
            passages=[
                {
                    "title": as_data(p.title, mark),
                    "url": as_data(p.url or "", mark),
                    "text": as_data(p.text, mark),
                }
                for p in self._passages
            ],
            history=last_said([(author, cover(text)) for author, text in brief.history], mark),
            question=as_data(cover(brief.question), mark),
            standalone=as_data(cover(brief.standalone or ""), mark),
            left=[as_data(cover(one), mark) for one in brief.answer.unanswered],
            ask=as_data(cover(brief.ask), mark),
        )
        return Prompt(rendered.system, (Spoken("user", rendered.data),), self._generator.model.room_for())

    async def _take(self, text: str) -> AsyncIterator[Released]:
        taken = text[: LONGEST_ANSWER - len(self._read)]
        self._read += taken
        if self._watch.take(taken):
            return
        async for released in self._pass(self._sentences.feed(self._marks.feed(taken))):
            yield released

    async def _pass(self, sentences: Sequence[str]) -> AsyncIterator[Released]:
        for sentence in sentences:
            is_first = not (self._gate.passed or self._gate.dropped)
            apart = set_apart(without_label(sentence, is_first=is_first), self._brief.mask.lift)
            seen = await self._gate.look(apart.sentence)
            if isinstance(seen, Dropped):
                self._generator.note("sentence", seen.reason)
                continue
            shown = apart.put_back(seen.text)
            words = shown.rstrip() if self._said else shown.strip()
            if words:
                words = self._space + words
                self._said += words
                self._space = shown[len(shown.rstrip()) :]
                yield Released(words)

    def _is_over(self) -> bool:
        return self._watch.has_seen or len(self._read) >= LONGEST_ANSWER

    def _outcome(self, ending: Finished | Failed | None) -> Generated | NotGenerated:
        if self._watch.has_seen:
            return NotGenerated("gave_away", is_degraded=True)
        if isinstance(ending, Failed):
            return NotGenerated(ending.code, is_degraded=True)
        if NO_ANSWER in plain(self._read[:40]):
            return NotGenerated("no_answer")
        looked_at = self._gate.passed + self._gate.dropped
        if not self._said.strip() or self._gate.passed < LEAST_KEPT * looked_at:
            return NotGenerated("unsupported")
        if not self._leans_on_what_answers():
            return NotGenerated("beside")
        wrote = ending.model if isinstance(ending, Finished) else self._generator.model.name
        return Generated(self._answer(), by_fallback=wrote != self._generator.model.name)

    def _leans_on_what_answers(self) -> bool:
        """Whether a passage is cited in which the engine found the answer: the confidence is about those."""
        found = {citation.passage_id for citation in self._brief.answer.citations}
        return not found or any(citation.passage_id in found for citation in self._gate.citations)

    def _answer(self) -> Answer:
        return replace(
            self._brief.answer, kind="generated", text=self._said, citations=tuple(self._gate.citations)
        )
