"""Where sentences begin and end, in running text of any language that marks them.

Promises: spans are in order, do not overlap, and hold every character that is not white space.
"""

import re

Span = tuple[int, int]

# Abbreviations that end in a point without ending a sentence; compared in lower case, without the point.
ABBREVIATIONS = {
    "approx", "bzw", "ca", "cf", "co", "corp", "dept", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie",
    "inc", "jr", "ltd", "mr", "mrs", "ms", "nos", "nr", "p", "pp", "prof", "sr", "st", "tel", "tél", "u.a",
    "usw", "vol", "vs", "z.b",
}  # fmt: skip
TERMINATOR = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|[。！？]+|\n[ \t]*\n")
LAST_WORD = re.compile(r"\S+$")
VISIBLE = re.compile(r"\S")
INITIAL = re.compile(r"^[^\W\d_]$")
NUMBERED = re.compile(r"^\d{1,3}$")
GERMAN_MONTH = re.compile(  # "am 31. August" is a day
    r"\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
MEASURED = re.compile(r"\d\s?$")  # "1500 g." ends with a unit, no initial


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the spans of the sentences between two offsets, without the white space around them."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    opened = start
    for found in TERMINATOR.finditer(text, start, end):
        if _ends_sentence(text, opened, found):
            _add_trimmed(spans, text, (opened, found.end()))
            opened = found.end()
    _add_trimmed(spans, text, (opened, end))
    return spans


def _ends_sentence(text: str, opened: int, found: re.Match[str]) -> bool:
    mark = found.group()
    if "\n" in mark:
        return True
    following = VISIBLE.search(text, found.end())
    if following and following.group().islower():
        return False
    word = LAST_WORD.search(text, opened, found.start())
    if mark != "." or word is None:
        return mark != "."
    plain = word.group().lstrip("([\"'“‘*_").lower()
    before = text[opened : word.start()]
    is_no_end = NUMBERED.match(plain) and (not before.strip() or GERMAN_MONTH.match(text, found.end()))
    is_initial = INITIAL.match(plain) and not MEASURED.search(before)
    return not (is_no_end or plain in ABBREVIATIONS or is_initial)


def _add_trimmed(spans: list[Span], text: str, span: Span) -> None:
    start, end = trim(text, span)
    if start < end:
        spans.append((start, end))


def trim(text: str, span: Span) -> Span:
    """Move both ends of a span inwards past white space."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
