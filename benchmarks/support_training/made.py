"""Makes sentences of passages: as they stand and shortened, which is supported, and edited, which is not.

A number, name or word exchanged, the opposite, a denial put in or taken out, the sentence left out of its passage.
The same exchange in sentence and passage stays supported, or unusual words would give the label away.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.reader_training.made import Stock, deny, swap_entity, swap_word, turn_round
from benchmarks.reader_training.rows import Row
from knowledge.sentences import find_sentences

SHORTEST, LONGEST = 40, 240  # characters of a sentence
MOST_NEIGHBOURS = 2  # on either side, that stay in the premise
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
DENIED = re.compile(r"\b(?:not|never) (?!only\b)|(?<!ca)(?<!wo)n't\b")
TAIL = re.compile(
    r"(?:, (?:which|who|where|when|while|although|and|but|including|such as)\b[^,]*|\s*\([^)]*\))(?=[.!?]$)"
)
OPENINGS = (
    "According to the page, ",
    "As stated there, ",
    "Yes, ",
    "In short, ",
    "Please note that ",
    "Yes: ",
)
OPENED_SHARE = 0.15
NEAR_SHARE = 0.5  # of changed numbers: another one of the premise
SHORTENED_SHARE = 0.5  # of those that can be
KINDS = ("as it stands", "removed", "number", "entity", "word", "opposite", "denied")
WEIGHTS = (26, 8, 16, 18, 10, 12, 12)


def made_of(rows: Sequence[Row], stock: Stock, chance: random.Random, *, count: int) -> list[Row]:
    """Return so many rows made of the passages of others, drawn by chance."""
    passages = sorted({(row.document, row.set_name, row.passage) for row in rows})
    made: list[Row] = []
    while len(made) < count and passages:
        document, name, passage = chance.choice(passages)
        row = _sentence_of(passage, chance)
        if row is not None:
            made += _edited(replace(row, document=document, set_name=f"made: {name}"), stock, chance)
    return made[:count]


def _sentence_of(passage: str, chance: random.Random) -> Row | None:
    """Draw a sentence with its neighbours; as a row it is supported."""
    spans = find_sentences(passage)
    fit = [n for n, (start, end) in enumerate(spans) if SHORTEST <= end - start <= LONGEST]
    if len(spans) < 2 or not fit:
        return None
    at = chance.choice(fit)
    first = max(0, at - chance.randint(0, MOST_NEIGHBOURS))
    last = min(len(spans), at + 1 + chance.randint(0, MOST_NEIGHBOURS))
    premise = passage[spans[first][0] : spans[last - 1][1]]
    return Row("", passage[slice(*spans[at])], premise, is_answered=True, is_exact=True)


def _edited(row: Row, stock: Stock, chance: random.Random) -> Iterator[Row]:
    (kind,) = chance.choices(KINDS, weights=WEIGHTS)
    match kind:
        case "as it stands":
            yield replace(row, question=_reworded(row.question, chance), kind="as it stands")
        case "removed":
            left = " ".join(row.passage.replace(row.question, " ").split())
            if left:
                yield replace(row, passage=left, is_answered=False, kind="removed")
        case "number":
            yield from change_number(row, chance)
        case "entity":
            yield from swap_entity(row, stock, chance)
        case "word":
            yield from swap_word(row, stock, chance)
        case "opposite":
            yield from turn_round(row, chance)
        case _:
            yield from deny(row, chance) if not DENIED.search(row.question) else affirm(row)


def change_number(row: Row, chance: random.Random) -> Iterator[Row]:
    """Put another number in the place of one: now and then another one of the premise, else a near one."""
    found = list(NUMBER.finditer(row.question))
    if not found:
        return
    match = chance.choice(found)
    others = [n for n in NUMBER.findall(row.passage) if n != match[0] and len(n) == len(match[0])]
    new = chance.choice(others) if others and chance.random() < NEAR_SHARE else near_number(match[0], chance)
    question = row.question[: match.start()] + new + row.question[match.end() :]
    yield replace(row, question=question, is_answered=False, kind="number changed")


def near_number(number: str, chance: random.Random) -> str:
    """Return a number of the same form with one figure changed."""
    places = [at for at, character in enumerate(number) if character.isdigit()]
    at = chance.choice(places)
    figures = [f for f in "123456789" if f != number[at]]
    return number[:at] + chance.choice(figures) + number[at + 1 :]


def affirm(row: Row) -> Iterator[Row]:
    """Take a denial out of a sentence."""
    question = DENIED.sub("", row.question, count=1)
    if question != row.question:
        yield replace(row, question=question, is_answered=False, kind="affirmed")


def _reworded(sentence: str, chance: random.Random) -> str:
    if chance.random() < SHORTENED_SHARE:
        sentence = TAIL.sub("", sentence)
    if chance.random() < OPENED_SHARE:
        sentence = chance.choice(OPENINGS) + sentence
    return sentence
