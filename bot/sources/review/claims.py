"""Claims: sentences, table cells and product columns that state a figure, with what they state it of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.measures import Measure, column_measure, find_measures
from bot.sources.review.subjects import Subjects
from knowledge import DocumentKind, Passage, cells_by_column, strip_markdown

_NO_CLAIM = re.compile(
    r"\?\s*$|\b(?:e\.g\.|for example|for instance|example|such as|imagine|suppose|previously|formerly|"
    r"used to|no longer|at the time|back then|let's say|z\.\s?B\.|par exemple|por ejemplo)(?!\w)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:ends?|ended|expires?|begins?|starts?|opens?|opened|closes?|founded|established|launch\w*|deadline|until|"
    r"valid|due|takes? place|held|available|since|effective|closing|last day"
    r"|endet|beginnt|startet|öffnet|schließt|gegründet|bis|ab|seit|gültig|frist|statt|letzte[rn]? tag"
    r"|termine|commence|ouvre|ferme|fondée?|jusqu['’]au|valable|depuis|lieu|dernier jour"
    r"|termina|empieza|comienza|abre|cierra|fundada|hasta|válid[oa]|desde|último día)\b",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"\b(?:founded|established|since|opened|incorporated|launched|gegründet|seit|fondée?|depuis|fundada|desde)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\bhow (?:big|large|long|heavy|high|old|far|fast|wide|small|soon)\b", re.IGNORECASE)
_LABELLED = re.compile(r"\W*[^:\n]{1,60}:\s+\S[^\n]*")
_PER = re.compile(
    r"\b(?:per|pro|par|por|al)\s+(?:month|year|Monat|Jahr|mois|an|mes|año)\b|\b(?:monthly|yearly)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:)] )[A-Z][\w-]+")
_PARTS = re.compile(r"\s*(?:>|\band\b|&|/|,|:|\||–|\n)\s*")
_LONGEST = 400
GERMAN = "de"
UNSAID = frozenset({"image", "for", "currency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of figures and where it stands: `start` in code points into the document's text.

    `text` is the statement without markup, in which the measures stand; `words` what it is about, read from its
    headings where it says nothing itself; `headings` the parts of the headings above; `strict` the heading that it
    cannot be understood without (an FAQ's question, a product's name).
    """

    passage: Passage
    quote: str
    start: int
    text: str
    measures: tuple[Measure, ...]
    words: frozenset[str]
    headings: tuple[frozenset[str], ...]
    strict: frozenset[str]
    context: str = ""
    is_cell: bool = False

    @property
    def above(self) -> frozenset[str]:
        """Every word of the headings and the question."""
        return frozenset().union(self.strict, *self.headings)

    @property
    def masked(self) -> str:
        """The statement without its figures, after the heading that it says nothing without."""
        text = self.text
        for measure in reversed(self.measures):
            text = f"{text[: measure.start]}…{text[measure.end :]}"
        return f"{self.context} {text}".strip()


def find_claims(passages: Sequence[Passage], subjects: Subjects) -> list[Claim]:
    """Return the claims of all passages, each once, in order."""
    claims: dict[tuple[str, int, str], Claim] = {}
    for passage in passages:
        for claim in _claims_of(passage, subjects):
            claims.setdefault((passage.document_id, claim.start, claim.text), claim)
    return list(claims.values())


def names_in(passages: Sequence[Passage], subjects: Subjects, language: str | None) -> frozenset[str]:
    """Return what is written as a name: capitals within sentences, the products' names, and usual opposites.

    In German every noun has a capital, which tells nothing; there all that pages are about counts as names.
    """
    german = {id(p) for p in passages if (p.language or language) == GERMAN}
    texts = (text for p in passages if id(p) not in german for text in (p.text, *p.questions))
    headings = " ".join({p.title for p in passages if id(p) in german})
    said = " ".join(name for text in texts for name in _NAME.findall(text))
    products = " ".join(p.title for p in passages if p.kind is DocumentKind.PRODUCT)
    return (
        subjects.of_heading(headings)
        | subjects.of_sentence(said)
        | subjects.of_sentence(products)
        | subjects.contrasts
    )


def _claims_of(passage: Passage, subjects: Subjects) -> Iterator[Claim]:
    headings = _headings(passage, subjects)
    strict = _strict(passage, subjects)
    if passage.kind is DocumentKind.PRODUCT and passage.start == 0:
        yield from _columns(passage, headings, strict, subjects)
    for span, is_labelled in _spans(passage):
        quote = passage.text[slice(*span)]
        cells = cells_by_column(passage.text, span) if passage.is_markdown else None
        if cells:
            yield from _cells(passage, span, cells, headings, subjects)
            continue
        if len(quote) > _LONGEST or quote.startswith(("```", "~~~", "    ", "|")):
            continue
        text = strip_markdown(quote) if passage.is_markdown else " ".join(quote.split())
        measures = _stated(text)
        if measures:
            words = subjects.of_sentence(_without(text, measures))
            yield Claim(
                passage=passage,
                quote=quote,
                start=passage.start + span[0],
                text=text,
                measures=measures,
                words=words or strict or _nearest(headings),
                headings=headings,
                strict=strict,
                context="" if words else _above(passage),
                is_cell=is_labelled,
            )


def _spans(passage: Passage) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield the units, and of one whose lines are labelled each ("Saturday: 10 am to 2 pm") the lines, as such."""
    for start, end in passage.units or ((0, len(passage.text)),):
        lines = list(re.finditer(r"[^\n]+", passage.text[start:end]))
        if len(lines) > 1 and all(_LABELLED.fullmatch(line.group()) for line in lines):
            yield from (((start + line.start(), start + line.end()), True) for line in lines)
        else:
            yield (start, end), False


def _stated(text: str) -> tuple[Measure, ...]:
    """Return the measures that a sentence claims; a day is one only where something begins or ends."""
    if _NO_CLAIM.search(text):
        return ()
    measures = find_measures(text)
    return tuple(
        measure
        for measure in measures
        if not (
            (measure.kind == "year" and not _FOUNDED.search(text))
            or (measure.kind.startswith("date") and not _DATED.search(text))
        )
    )


def _cells(
    passage: Passage,
    span: tuple[int, int],
    cells: tuple[tuple[str, str], ...],
    headings: tuple[frozenset[str], ...],
    subjects: Subjects,
) -> Iterator[Claim]:
    (_, key), *others = cells
    for column, cell in others:
        text = f"{key}, {column}: {cell}"
        measures = _in_cell(text, len(text) - len(cell), column)
        if measures:
            yield Claim(
                passage=passage,
                quote=passage.text[slice(*span)],
                start=passage.start + span[0],
                text=text,
                measures=measures,
                words=subjects.of_sentence(f"{key} {_PER.sub(' ', column)}"),
                headings=headings,
                strict=frozenset(),
                is_cell=True,
            )


def _in_cell(text: str, start: int, column: str) -> tuple[Measure, ...]:
    """Return a cell's measures; a mere number is one of its column, and a price for the time that the column says."""
    found = tuple(m for m in find_measures(text) if m.start >= start)
    period = _PER.search(column)
    if found and period:
        per = next((m.kind for m in find_measures(f"€1 {period.group()}")), "").partition("/")[2]
        return tuple(replace(m, kind=f"{m.kind}/{per}") if per and _is_plain_sum(m) else m for m in found)
    one = None if found else column_measure(column, text[start:])
    return found if one is None else (replace(one, start=one.start + start, end=one.end + start),)


def _is_plain_sum(measure: Measure) -> bool:
    return measure.kind.startswith("money ") and "/" not in measure.kind


def _columns(
    passage: Passage, headings: tuple[frozenset[str], ...], strict: frozenset[str], subjects: Subjects
) -> Iterator[Claim]:
    for column, value in passage.attributes.items():
        if column in UNSAID:
            continue
        currency = passage.attributes.get("currency", "") if column == "price" else ""
        text = " ".join(filter(None, (f"{passage.title}, {column}:", value, currency)))
        start = len(f"{passage.title}, {column}: ")
        measures = tuple(m for m in find_measures(text) if m.start >= start)
        if measures:
            yield Claim(
                passage=passage,
                quote=text,
                start=0,
                text=text,
                measures=measures,
                words=subjects.of_sentence(f"{passage.title} {column}"),
                headings=headings,
                strict=strict,
                is_cell=True,
            )


def _headings(passage: Passage, subjects: Subjects) -> tuple[frozenset[str], ...]:
    if passage.kind is not DocumentKind.PAGE:
        return ()
    parts = _PARTS.split(f"{passage.title} > {passage.section}")
    return tuple(words for part in parts if (words := subjects.of_heading(part)))


def _strict(passage: Passage, subjects: Subjects) -> frozenset[str]:
    if passage.kind is DocumentKind.FAQ:
        question = passage.questions[0] if passage.questions else passage.title
        return subjects.of_sentence(_HOW.sub(" ", question))
    return subjects.of_sentence(passage.title) if passage.kind is DocumentKind.PRODUCT else frozenset()


def _above(passage: Passage) -> str:
    question = passage.questions[0] if passage.questions else ""
    return question or passage.section.rpartition(" > ")[2] or passage.title


def _nearest(headings: tuple[frozenset[str], ...]) -> frozenset[str]:
    return headings[-1] if headings else frozenset()


def _without(text: str, measures: Sequence[Measure]) -> str:
    for measure in reversed(measures):
        text = f"{text[: measure.start]} {text[measure.end :]}"
    return text
