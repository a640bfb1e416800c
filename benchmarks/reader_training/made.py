"""Makes further rows of rows: texts that look like an answer and are none, and edits that change nothing.

A passage without its answer's sentence, a question about another name, word or the opposite, a question denied:
none is answered any more. The same name or word changed in question and passage still is, so that an unusual word
alone gives nothing away. A few per cent of what is made do answer, in spite of all.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.reader_training.opposites import COMMON_WORDS, OPPOSITES
from benchmarks.reader_training.rows import Row, Span

ENTITY = re.compile(r"\b(?:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*|\d[\d,.]*\d|\d)\b")
CONTENT_WORD = re.compile(r"(?<![\w'-])[a-z]{4,}(?![\w'-])")
ANY_WORD = re.compile(r"\b[a-z]+\b")
AUXILIARY = re.compile(
    r"\b(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would)\b", re.IGNORECASE
)
DENIAL = re.compile(r"\b(?:not|never|no)\b|n't\b", re.IGNORECASE)
DENIALS = (" not", " never", "n't")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[A-Z0-9a-z])")
ENDINGS = ("ing", "ed", "ly", "tion", "ness", "ity", "ies", "es", "s", "al", "ic", "ous")
FEWEST_SENTENCES = 3  # of a passage that loses one
SAME_PASSAGE_SHARE = 0.6  # another name is more often one the passage has: the harder question
STILL_ANSWERED_SHARE = 0.7
VOCABULARY_PASSAGES = 400

Edit = Callable[[Row, random.Random], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Stock:
    """What is put in the place of a name or word: names of each document, words by their ending."""

    entities: dict[tuple[str, bool], list[str]]
    words: dict[str, list[str]]


def gather_stock(rows: Sequence[Row], chance: random.Random) -> Stock:
    """Collect names and words of the rows' passages."""
    entities: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for row in rows:
        for match in _names(row.passage):
            entities[row.document, match[0][0].isdigit()].add(match[0])
    sample = chance.sample(rows, min(VOCABULARY_PASSAGES, len(rows)))
    words: dict[str, list[str]] = defaultdict(list)
    for word in sorted({word for row in sample for word in _content_words(row.passage)}):
        words[_ending(word)].append(word)
    return Stock({key: sorted(names) for key, names in entities.items()}, dict(words))


def edit_questions(rows: Sequence[Row], stock: Stock, chance: random.Random) -> Iterator[Row]:
    """Yield what one edit makes of each row that has an exact answer; not every edit fits every row."""
    edits: tuple[Edit, ...] = (
        lambda row, chance: swap_entity(row, stock, chance),
        lambda row, chance: swap_word(row, stock, chance),
        turn_round,
        deny,
    )
    for row in rows:
        if row.is_answered and row.is_exact:
            (edit,) = chance.choices(edits, weights=(30, 32, 23, 15))
            yield from edit(row, chance)


def remove_answer(row: Row) -> Row | None:
    """Leave out the sentences that answer, where the answer's words then are gone."""
    sentences = _sentences(row.passage)
    left = "".join(
        row.passage[start:end] for start, end in sentences if not _touches((start, end), row.spans)
    )
    if len(sentences) < FEWEST_SENTENCES or not left or _has_any(left, row.answers):
        return None
    return replace(row, passage=left, is_answered=False, spans=(), kind="answer removed")


def swap_entity(row: Row, stock: Stock, chance: random.Random) -> Iterator[Row]:
    """Ask about another name or number of the document; then change it in the passage as well."""
    asked = [
        match
        for match in _names(row.question)
        if match[0] in row.passage and not any(match[0] in answer for answer in row.answers)
    ]
    if not asked:
        return
    match = chance.choice(asked)
    others = [
        name
        for name in stock.entities.get((row.document, match[0][0].isdigit()), ())
        if name not in row.question and name not in match[0] and match[0] not in name
    ]
    near = [name for name in others if name in row.passage and not any(name in a for a in row.answers)]
    choice = near if near and chance.random() < SAME_PASSAGE_SHARE else others
    if choice:
        yield _unanswered(row, match, chance.choice(choice), "entity swapped")
    far = [name for name in others if name not in row.passage]
    if far and chance.random() < STILL_ANSWERED_SHARE:
        yield from swap_in_both(row, match[0], chance.choice(far), "entity swapped in both")


def swap_word(row: Row, stock: Stock, chance: random.Random) -> Iterator[Row]:
    """Ask with another word of the passage; then with one of elsewhere, changed in the passage as well."""
    asked = [match for match in CONTENT_WORD.finditer(row.question) if match[0] not in COMMON_WORDS]
    if not asked:
        return
    match = chance.choice(asked)
    ending = _ending(match[0])
    near = [w for w in _content_words(row.passage) if _ending(w) == ending and w not in row.question]
    if not near:
        return
    yield _unanswered(row, match, chance.choice(near), "word swapped")
    far = [w for w in stock.words.get(ending, ()) if w not in row.passage and w not in row.question]
    if far and chance.random() < STILL_ANSWERED_SHARE:
        yield from swap_in_both(row, match[0], chance.choice(far), "word swapped in both")


def turn_round(row: Row, chance: random.Random) -> Iterator[Row]:
    """Put a word's opposite into the question."""
    asked = [match for match in ANY_WORD.finditer(row.question) if match[0] in OPPOSITES]
    if asked:
        match = chance.choice(asked)
        yield _unanswered(row, match, OPPOSITES[match[0]], "opposite")


def deny(row: Row, chance: random.Random) -> Iterator[Row]:
    """Put a "not" into the question, after its first auxiliary."""
    match = AUXILIARY.search(row.question)
    if match and not DENIAL.search(row.question):
        denials = DENIALS[:-1] if match[0].lower() in ("can", "will") else DENIALS
        yield _unanswered(row, match, match[0] + chance.choice(denials), "denied")


def swap_in_both(row: Row, old: str, new: str, kind: str) -> Iterator[Row]:
    """Change a whole word in question and passage: still answered, the spans where the answer now stands.

    Yields nothing where the passage has no such word, or a span begins or ends within it.
    """
    pattern = re.compile(rf"\b{re.escape(old)}\b")
    places = [match.span() for match in pattern.finditer(row.passage)]
    edges = [edge for span in row.spans for edge in span]
    if not places or any(start < edge < end for start, end in places for edge in edges):
        return
    grown = len(new) - len(old)

    def moved(offset: int) -> int:
        return offset + grown * sum(start < offset for start, _ in places)

    yield replace(
        row,
        question=pattern.sub(lambda _: new, row.question),
        passage=pattern.sub(lambda _: new, row.passage),
        spans=tuple((moved(start), moved(end)) for start, end in row.spans),
        kind=kind,
    )


def _names(text: str) -> Iterator[re.Match[str]]:
    """Yield names and numbers, but not what begins the text: it has a capital anyway."""
    return (match for match in ENTITY.finditer(text) if match.start() > 0)


def _unanswered(row: Row, match: re.Match[str], new: str, kind: str) -> Row:
    question = row.question[: match.start()] + new + row.question[match.end() :]
    return replace(row, question=question, is_answered=False, spans=(), kind=kind)


def _sentences(text: str) -> list[Span]:
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]


def _touches(part: Span, spans: Sequence[Span]) -> bool:
    return any(start < part[1] and end > part[0] for start, end in spans)


def _has_any(text: str, answers: Sequence[str]) -> bool:
    return any(answer.lower() in text.lower() for answer in answers)


def _content_words(text: str) -> list[str]:
    return sorted(set(CONTENT_WORD.findall(text)) - COMMON_WORDS)


def _ending(word: str) -> str:
    return next((ending for ending in ENDINGS if word.endswith(ending)), "")
