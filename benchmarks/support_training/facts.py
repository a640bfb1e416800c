"""Makes facts of businesses that do not exist, and sentences about them; neither label has words of its own.

A false sentence differs from a true one by one thing: two values exchanged, another number, or the other of two worlds
in which a fact may be, whose sources are worded as often. So what a sentence says alone gives nothing away, nor do
the words it shares with its source. Kinds of facts and their wordings: `fact_wordings/`, read by `wordings`.
"""

import random
from dataclasses import dataclass
from functools import cache

from benchmarks.reader_training.rows import Row
from benchmarks.support_training.values import Vocabulary, load_vocabulary
from benchmarks.support_training.wordings import Kind, Values, draw_values, fill, load_kinds

LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}
LANGUAGE_WEIGHTS = (60, 16, 12, 12)
JOINTS = {
    "en": (", and ", " and ", "; ", ", while ", ", but ", ". "),
    "de": (", und ", " und ", "; ", ", aber ", ". "),
    "fr": (", et ", " et ", " ; ", ", mais ", ". "),
    "es": (", y ", " y ", "; ", ", pero ", ". "),
}
BESIDE = (0, 1, 1, 2, 2, 3, 4)  # other facts in the source, each as likely
HEADED_SHARE = 0.6
OPENED_SHARE = 0.08
JOINED_SHARE = 0.15
ELSEWHERE_SHARE = 0.06
CHANGED_SHARE = (
    0.75  # of untrue sentences of kinds that can: a true one with a value changed, not one written so
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as its source tells it, with what stands in its gaps."""

    kind: Kind
    world: int
    values: Values
    source: str


def made_facts(chance: random.Random, *, count: int) -> list[Row]:
    """Return so many rows, about as many supported as not."""
    made: list[Row] = []
    while len(made) < count:
        (code,) = chance.choices(list(LANGUAGES), weights=LANGUAGE_WEIGHTS)
        row = _row(code, chance)
        if row is not None:
            made.append(row)
    return made


@cache
def language_of(code: str) -> tuple[Vocabulary, list[Kind]]:
    """Return a language's words and kinds of facts."""
    return load_vocabulary(code, LANGUAGES[code]), load_kinds(LANGUAGES[code])


def _row(code: str, chance: random.Random) -> Row | None:
    vocabulary, kinds = language_of(code)
    told, *beside = (
        _fact(kind, vocabulary, chance) for kind in chance.sample(kinds, 1 + chance.choice(BESIDE))
    )
    is_true = chance.random() < 0.5
    is_elsewhere = bool(beside) and not is_true and chance.random() < ELSEWHERE_SHARE
    sentence = tell(told, vocabulary, chance, is_true=is_true or is_elsewhere)
    if sentence is None:
        return None
    if beside and chance.random() < JOINED_SHARE:
        sentence = _joined(sentence, beside[0], vocabulary, chance)
    if chance.random() < OPENED_SHARE:
        sentence = f"{_word('opening', vocabulary, chance)} {sentence}"
    shown = beside if is_elsewhere else [told, *beside]
    premise = _premise([one.source for one in shown], vocabulary, chance)
    return Row(
        f"made: facts {code}",
        sentence,
        premise,
        is_true,
        kind=None if is_true else "fact",
        document=told.kind.name,
    )


def _fact(kind: Kind, vocabulary: Vocabulary, chance: random.Random) -> Fact:
    world = chance.choice(sorted(kind.sources))
    values = draw_values(kind, vocabulary, chance)
    return Fact(kind, world, values, fill(chance.choice(kind.sources[world]), values, chance))


def tell(fact: Fact, vocabulary: Vocabulary, chance: random.Random, *, is_true: bool) -> str | None:
    """Tell a fact, or what its source does not carry; None where no such sentence was found."""
    written = {
        sign: [text for signs, text in fact.kind.sentences if signs[fact.world] == sign] for sign in "+-"
    }
    if is_true:
        return fill(chance.choice(written["+"]), fact.values, chance) if written["+"] else None
    swaps = fact.kind.swaps if len(fact.kind.sources) == 1 else []
    can_change = bool(written["+"] and (swaps or fact.kind.redrawn))
    if not can_change or (written["-"] and chance.random() > _changed_share(fact.kind)):
        return fill(chance.choice(written["-"]), fact.values, chance) if written["-"] else None
    changes = [*swaps, *((gap, None) for gap in fact.kind.redrawn)]
    values = _changed(fact, chance.choice(changes), vocabulary, chance)
    wording = chance.choice(written["+"])
    state = chance.getstate()
    right = fill(wording, fact.values, chance)
    chance.setstate(state)
    changed = fill(wording, values, chance)
    return None if changed == right else changed


def _changed_share(kind: Kind) -> float:
    return CHANGED_SHARE if len(kind.sources) == 1 else 1 - CHANGED_SHARE


def _changed(
    fact: Fact, change: tuple[str, str | None], vocabulary: Vocabulary, chance: random.Random
) -> Values:
    gap, other = change
    if other is not None:
        return {**fact.values, gap: fact.values[other], other: fact.values[gap]}
    held = set(fact.values.values())
    drawn = fact.values[gap]
    while drawn in held:
        drawn = draw_values(fact.kind, vocabulary, chance)[gap]
    return {**fact.values, gap: drawn}


def _joined(sentence: str, other: Fact, vocabulary: Vocabulary, chance: random.Random) -> str:
    """Add what another fact of the source says, before the sentence or after it."""
    added = tell(other, vocabulary, chance, is_true=True)
    if added is None:
        return sentence
    first, second = chance.sample((sentence, added), 2)
    return first.rstrip(".") + chance.choice(JOINTS[vocabulary.code]) + second[0].lower() + second[1:]


def _premise(sources: list[str], vocabulary: Vocabulary, chance: random.Random) -> str:
    """Write sources as the checker reads them: one line, under a heading or none."""
    chance.shuffle(sources)
    heading = f"{_word('heading', vocabulary, chance)}: " if chance.random() < HEADED_SHARE else ""
    return heading + " ".join(sources)


def _word(kind: str, vocabulary: Vocabulary, chance: random.Random) -> str:
    (entry,) = chance.choice(vocabulary.words[kind])
    return entry
