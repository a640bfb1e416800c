"""Addresses that open at the quoted words: text fragments (WICG scroll-to-text-fragment, section 3).

Promises: `#:~:text=[prefix-,]start[,end][,-suffix]` whose words occur once in the page as far as it is known; a
quote of several blocks or many words is given by its beginning and end, because one term must lie in one block.
No fragment in a PDF, which opens at its page.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from knowledge.document import DocumentKind, Passage
from knowledge.plain import LAID_OUT, TABLE_RULE, cells_of, one_line, strip_markdown

WHOLE_WORDS = 12  # a longer quote is given by beginning and end
START_WORDS = 5
END_WORDS = 5
NEAR_PASSAGES = 60  # before and after, among which the quoted words must be unique
CONTEXT_WORDS = 8  # of what stands before or after, where the quote is not unique
NUMBER = re.compile(r"^\s*\d{1,9}[.)]\s+")  # the browser draws an item's number; it is no text


def place_link(passage: Passage, start: int, end: int, document: Sequence[Passage]) -> str | None:
    """Return the address at which a quote of a passage stands, None when the passage has none.

    Args:
        passage: where the quote is.
        start: its offset in the passage's text.
        end: where it ends there.
        document: all passages of the same document, in order.
    """
    url = passage.url
    blocks = _blocks(passage, passage.text[start:end])
    if url is None or not blocks or not _is_page(url):
        return url
    terms = _terms(blocks)
    before, after = (
        _page_around(passage, start, end, document) if _may_recur(terms[0], passage, document) else ("", "")
    )
    directive = _directive(terms, before, " ".join(blocks), after)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _may_recur(words: str, passage: Passage, document: Sequence[Passage]) -> bool:
    """Say whether some words may stand on the page more than once: of most quotes they do not."""
    different = {word.casefold() for word in re.findall(r"\w+", words)}
    if passage.text.casefold().count(max(different, key=len, default="")) > 1:
        return True
    earlier, later = _around(passage, document)
    around = (f"{one.section} {one.text}".casefold() for one in (*earlier, *later))
    return any(all(word in text for word in different) for text in around)


def _page_around(passage: Passage, start: int, end: int, document: Sequence[Passage]) -> tuple[str, str]:
    """Return the words of the page before and after a quote."""
    earlier, later = _around(passage, document)
    before = [*_shown(earlier), *_heading(passage, earlier), *_blocks(passage, passage.text[:start])]
    after = [*_blocks(passage, passage.text[end:]), *_shown(later, above=passage)]
    return " ".join(before), " ".join(after)


def _is_page(url: str) -> bool:
    parts = urlsplit(url)
    is_pdf = parts.path.lower().endswith(".pdf") or parts.fragment.startswith("page=")
    return parts.scheme in {"", "http", "https"} and not is_pdf


def _directive(terms: tuple[str, str], before: str, quoted: str, after: str) -> str:
    start, end = terms
    page = " ".join(filter(None, (before, quoted, after)))
    told = ("", _encoded(start), f",{_encoded(end)}" if end else "", "")
    if _count(start, page) > 1:
        prefix = next((p for p in _endings(before) if _count(f"{p} {start}", page) == 1), "")
        suffix = next((s for s in _beginnings(after) if _count(f"{start} {s}", page) == 1), "")
        if prefix:
            told = (f"{_encoded(prefix)}-,", *told[1:])
        elif suffix and not end:
            told = (*told[:3], f",-{_encoded(suffix)}")
    return "".join(told)


def _terms(blocks: list[str]) -> tuple[str, str]:
    """Return where the quoted words begin and, when they are many or in several blocks, where they end."""
    first, last = blocks[0].split(), blocks[-1].split()
    if len(blocks) == 1 and len(first) <= WHOLE_WORDS:
        return blocks[0], ""
    return " ".join(first[:START_WORDS]), " ".join(last[-END_WORDS:])


def _blocks(passage: Passage, text: str) -> list[str]:
    """Return the words of each block of a text as a page shows them: paragraphs, items, cells."""
    if not passage.is_markdown:
        return [words for part in text.split("\n\n") if (words := one_line(part))]
    blocks: list[str] = []
    for part in re.split(r"\n[ \t]*\n", text):
        lines = part.split("\n") if LAID_OUT.search(part) else [part]
        for line in lines:
            if line.strip().startswith("|"):
                blocks += [] if TABLE_RULE.match(line) else cells_of(line)
            elif not line.strip().startswith(("```", "~~~")):
                blocks.append(strip_markdown(NUMBER.sub("", line)))
    return [block for block in blocks if block]


def _around(passage: Passage, document: Sequence[Passage]) -> tuple[Sequence[Passage], Sequence[Passage]]:
    """Return the passages of a page before and after one, as far as its words are compared."""
    if passage.kind is not DocumentKind.PAGE:
        return (), ()  # its further passages are pieces of the first
    at = bisect_left(document, passage.start, key=lambda other: other.start)
    return document[max(at - NEAR_PASSAGES, 0) : at], document[at + 1 : at + 1 + NEAR_PASSAGES]


def _heading(passage: Passage, earlier: Sequence[Passage]) -> list[str]:
    heading = passage.section.rpartition(" > ")[2]
    is_new = not earlier or earlier[-1].section != passage.section
    return [heading] if heading and is_new else []


def _shown(passages: Sequence[Passage], *, above: Passage | None = None) -> list[str]:
    """Return the blocks of passages with their headings; `above` is the passage before them."""
    blocks: list[str] = []
    for passage in passages:
        blocks += [*_heading(passage, [above] if above else []), *_blocks(passage, passage.text)]
        above = passage
    return blocks


def _count(words: str, page: str) -> int:
    """Count where words begin and end at word boundaries, whatever their case, as a browser looks for them."""
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", page, re.IGNORECASE))


def _endings(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[-n:]) for n in range(1, min(CONTEXT_WORDS, len(words)) + 1)]


def _beginnings(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[:n]) for n in range(1, min(CONTEXT_WORDS, len(words)) + 1)]


def _encoded(words: str) -> str:
    """Percent-encode a term; `-`, `,` and `&` have a meaning in the directive."""
    return quote(words, safe="").replace("-", "%2D")
