"""Sources taken apart into what can carry a sentence: their sentences, list items and rows, each under its headings.

Promises: pure; the same source is taken apart once. What is chosen for a sentence are the few units that hold most
of its words, in the order in which they stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.blocks import Block, BlockKind, find_blocks
from knowledge.plain import cells_of, one_line, strip_markdown
from knowledge.support.figures import FigureKind, find_figures
from knowledge.support.matter import language_of, stems_of
from knowledge.support.prices import with_currencies
from knowledge.support.signs import marks_as_cells
from knowledge.support.verdict import Source
from knowledge.support.wordings import PRONOUNS
from knowledge.tables import say_row

SOURCES_REMEMBERED = 256
MOST_UNITS = 3
PREMISE_CHARACTERS = 380  # some 100 tokens, which take about 8 ms with the sentence
CARD_CHARACTERS = 60
DASH = re.compile(r"\s+[–—-]\s+")
ONE_KIND = str.maketrans("–—−’‘“”„«»", '---\'\'"""""')
TELEPHONE = {"en": "phone", "de": "telefon", "fr": "téléphone", "es": "teléfono"}
INTRODUCTION = re.compile(r":\s*$")


@dataclass(frozen=True)
class Unit:
    """A sentence, list item or row as it is read, and what it stands under: title, headings, the line before a list.

    `introduction` is that line by itself, or the nearest heading where none ends in a colon before a list;
    `answer` what follows a question.
    """

    text: str
    context: str
    place: tuple[int, int]
    language: str
    introduction: str = ""
    answer: str = ""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its own words."""
        return frozenset(stems_of(self.text, self.language))

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of its words and of those it stands under; a telephone number says that it is one."""
        has_phone = any(one.kind is FigureKind.PHONE for one in find_figures(self.text))
        told = f"{self.context} {TELEPHONE[self.language]}" if has_phone else self.context
        return self.stems | frozenset(stems_of(told, self.language))

    @cached_property
    def held(self) -> frozenset[str]:
        """Stems of all its words, and its figures as written in small letters."""
        return self.all_stems | {one.text.lower() for one in find_figures(self.text)}


@dataclass(frozen=True)
class Evidence:
    """What the cited sources hold."""

    sources: tuple[Source, ...]
    units: tuple[Unit, ...]
    language: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        return frozenset().union(*(unit.all_stems for unit in self.units))

    def has(self, sentence: str) -> bool:
        """Say whether a sentence stands there as it is, with every sign; how it is marked up and ends is nothing."""
        return as_written(sentence) in self._whole_units

    @cached_property
    def _whole_units(self) -> frozenset[str]:
        return frozenset(as_written(unit.text) for unit in self.units)

    @cached_property
    def plain(self) -> str:
        """All text in one line, in small letters, without markup."""
        return " ".join(f"{source.title} {strip_markdown(source.text)}" for source in self.sources).lower()

    @cached_property
    def written(self) -> str:
        """All text as it is written, with the addresses of its sources."""
        return "\n".join(part for one in self.sources for part in (one.title, one.text, one.url or ""))


@lru_cache(maxsize=SOURCES_REMEMBERED)
def gather(sources: tuple[Source, ...], or_else: str = "en") -> Evidence:
    """Take sources apart; `or_else` is their language where it cannot be told: that of the sentence."""
    language = language_of(" ".join(f"{source.title} {source.text}" for source in sources), or_else)
    units = (unit for number, source in enumerate(sources) for unit in _units_in(source, number, language))
    return Evidence(sources, tuple(units), language)


def choose(evidence: Evidence, stems: Sequence[str], figures: Sequence[str] = ()) -> list[Unit]:
    """Return the units that together hold most of a sentence, in their order; each brings something of its own.

    Args:
        evidence: to choose from.
        stems: of the sentence.
        figures: of the sentence, as written in small letters.
    """
    if sum(len(unit.text) for unit in evidence.units) <= PREMISE_CHARACTERS:
        return list(evidence.units)
    wanted = {*stems, *figures}
    left, chosen, size = set(wanted), list[Unit](), 0
    while len(chosen) < MOST_UNITS:
        rest = [
            unit
            for unit in evidence.units
            if unit not in chosen and size + len(unit.text) <= PREMISE_CHARACTERS
        ]
        if not rest:
            break
        best = max(rest, key=lambda unit: (len(left & unit.held), len(wanted & unit.held)))
        if chosen and not left & best.held:
            break
        chosen.append(best)
        left -= best.held
        size += len(best.text)
    return sorted(chosen or evidence.units[:1], key=lambda unit: unit.place)


def as_written(text: str) -> str:
    """Return a text's words and signs in small letters, one kind of dash and quotation mark, without its stop."""
    plain = strip_markdown(text).lower().translate(ONE_KIND)
    return " ".join(plain.split()).rstrip(".!;:,… ")


def letters_of(text: str) -> str:
    """Return a text's words in small letters, without any marks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def premise_of(units: Sequence[Unit]) -> str:
    """Write units as one text, each heading once."""
    told: list[str] = []
    for at, unit in enumerate(units):
        if unit.context and (at == 0 or units[at - 1].context != unit.context):
            told.append(f"{unit.context}:")
        told.append(unit.text)
    return " ".join(told)[: 2 * PREMISE_CHARACTERS]


def _units_in(source: Source, number: int, language: str) -> Iterator[Unit]:
    told = list(_units_of(source))
    for at, (text, context, introduction) in enumerate(told):
        answer = told[at + 1][0] if text.endswith("?") and at + 1 < len(told) else ""
        yield Unit(text, context, (number, at), language, introduction, answer)


def _units_of(source: Source) -> Iterator[tuple[str, str, str]]:
    introduction, written = "", with_currencies(source.text)
    for block in find_blocks(written, is_markdown=True):
        headings = list(dict.fromkeys(filter(None, (source.title.strip(), *block.headings))))
        texts = [marks_as_cells(with_currencies(one)) for one in _texts(block, written)]
        is_listed = block.kind in {BlockKind.LIST, BlockKind.TABLE}
        for at, text in enumerate(texts):
            before = introduction if is_listed else texts[at - 1] if at and _leans(text) else ""
            if block.kind is BlockKind.TABLE:
                before = ", ".join(filter(None, (before, _name_of_items(block, written))))
            context = " – ".join([*headings, before] if before else headings)
            under = introduction or (block.headings[-1] if block.headings else "")
            yield text, context, "" if block.kind is BlockKind.TABLE else under
        if not is_listed:
            introduction = texts[-1].rstrip(": ") if texts and INTRODUCTION.search(texts[-1]) else ""


def _name_of_items(block: Block, text: str) -> str:
    """Return what a table's first column is called, which its rows leave out."""
    return next(iter(cells_of(text[slice(*block.units[0])])), "") if block.units else ""


def _is_card(lines: Sequence[str]) -> bool:
    """Say whether lines are a name and facts about it, as a page's cards are read."""
    return len(lines) > 1 and all(
        len(line) < CARD_CHARACTERS and not line.rstrip().endswith(".") for line in lines
    )


def _leans(text: str) -> bool:
    """Say whether a sentence begins with a word that stands for something in the sentence before."""
    return text.split(maxsplit=1)[0].lower().rstrip(",'’") in PRONOUNS


def _texts(block: Block, text: str) -> Iterator[str]:
    if block.kind is BlockKind.CODE:
        yield one_line(text[block.start : block.end])
        return
    for span in block.quotable:
        written = text[slice(*span)]
        lines = [line for line in written.splitlines() if line.strip()]
        if block.kind is BlockKind.PROSE and _is_card(lines):
            yield f"{lines[0].strip()}: " + "; ".join(
                DASH.sub(": ", line.strip(), count=1) for line in lines[1:]
            )
            continue
        row = say_row(text, span) if block.kind is BlockKind.TABLE else None
        if row is None and written.lstrip().startswith("|"):
            row = ", ".join(filter(None, cells_of(written)))
        said = row or strip_markdown(written)
        if said.strip():
            yield said
