"""Reads the kinds of facts of `fact_wordings/`, and fills their wordings.

A kind begins `# name | marks`. Lines with a digit are sources, each in one of the worlds in which the fact may be;
lines of `+` and `-`, one a world, are sentences that such a source carries or does not; `0=` is both. `{good}` is
a gap, `{good2}` another of its kind, `{Good}` begins a sentence; `(one|other)` is drawn. Marks: in a kind of one world
`~good good2` says that to exchange the two makes a sentence untrue, `!n` that another number in its place does.
"""

import random
import re
from dataclasses import dataclass, field

from benchmarks.support_training.values import FACTS, Value, Vocabulary

DRAWN = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")
GAP = re.compile(r"\{([A-Za-z]+?)(\d?)\}")
SOURCE = re.compile(r"(\d)(=?) (.+)")
SENTENCE = re.compile(r"([+-]+) (.+)")

Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its sources by world, and sentences with a sign a world ("+" where it is supported)."""

    name: str
    swaps: list[tuple[str, str]]
    redrawn: list[str]
    sources: dict[int, list[str]] = field(default_factory=dict)
    sentences: list[tuple[str, str]] = field(default_factory=list)

    @property
    def gaps(self) -> list[str]:
        """The names of all gaps, "good2" among them."""
        texts = [
            *(text for texts in self.sources.values() for text in texts),
            *(s for _, s in self.sentences),
        ]
        named = {(kind.lower() + number) for text in texts for kind, number in GAP.findall(text)}
        return sorted(named | {gap for swap in self.swaps for gap in swap})


def load_kinds(name: str) -> list[Kind]:
    """Read the kinds of facts of a language.

    Raises:
        ValueError: a line is none of those that a kind has.
    """
    kinds: list[Kind] = []
    for line in (FACTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kinds.append(_begun(line))
        elif found := SOURCE.fullmatch(line):
            kinds[-1].sources.setdefault(int(found[1]), []).append(found[3])
            if found[2]:
                kinds[-1].sentences.append(("+", found[3]))
        elif found := SENTENCE.fullmatch(line):
            kinds[-1].sentences.append((found[1], found[2]))
        else:
            raise ValueError(f"{name}.txt: {line!r} is no line of a kind of fact.")
    for kind in kinds:
        if any(len(signs) != len(kind.sources) for signs, _ in kind.sentences):
            raise ValueError(f"{name}.txt: {kind.name!r} has sentences without a sign for each world.")
    return kinds


def draw_values(kind: Kind, vocabulary: Vocabulary, chance: random.Random) -> Values:
    """Draw what stands in a kind's gaps."""
    gaps = kind.gaps
    drawn = vocabulary.draw([gap.rstrip("23") for gap in gaps], chance)
    return dict(zip(gaps, drawn, strict=True))


def fill(wording: str, values: Values, chance: random.Random) -> str:
    """Write a wording out: one of what is to be drawn, and each gap in one of its ways."""
    while found := DRAWN.search(wording):
        wording = wording[: found.start()] + chance.choice(found[1].split("|")) + wording[found.end() :]

    def written(gap: re.Match[str]) -> str:
        value = chance.choice(values[gap[1].lower() + gap[2]])
        return value[0].upper() + value[1:] if gap[1][0].isupper() else value

    filled = GAP.sub(written, wording)
    return filled[0].upper() + filled[1:]


def _begun(line: str) -> Kind:
    name, marks = (part.strip() for part in line.removeprefix("# ").split("|"))
    swaps = re.findall(r"~(\w+) (\w+)", marks)
    return Kind(name, swaps, re.findall(r"!(\w+)", marks))
