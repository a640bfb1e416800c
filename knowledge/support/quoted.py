"""Addresses and quotations of a sentence, which have to stand in its sources letter by letter."""

import re
from collections.abc import Iterator

from knowledge.plain import strip_markdown
from knowledge.support.evidence import Evidence, letters_of
from knowledge.support.verdict import Reason

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>()\[\]\"'“”«»]+|(?<![@\w.])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>()\[\]\"'“”«»]*)?(?!\w)",
    re.IGNORECASE,
)
QUOTATION = re.compile(r"“([^”\"]+)[”\"]|„([^“”\"]+)[“”\"]|«\s*([^»]+?)\s*»|\"([^\"]+)\"|‘([^’]{3,})’(?!\w)")
SHORTEST_ENDING = 2
# Abbreviations and files that look like the name of a site.
NOT_SITES = re.compile(
    r"^(?:e\.g|i\.e|u\.s|a\.m|p\.m|z\.b|d\.h|u\.a|etc|.*\.(?:pdf|docx?|xlsx?|csv|py|js|html?|md|txt|zip))$",
    re.IGNORECASE,
)


def find_strange(sentence: str, evidence: Evidence) -> Iterator[tuple[Reason, str]]:
    """Yield addresses and quotations of a sentence that its sources do not have."""
    written = evidence.written.lower()
    for found in EMAIL.findall(sentence):
        if found.lower().rstrip(".") not in _emails(written):
            yield Reason.EMAIL, found
    without = EMAIL.sub(" ", sentence)
    for found in URL.findall(without):
        if not NOT_SITES.match(found) and _bare(found) not in _addresses(written):
            yield Reason.URL, found
    held = letters_of(f"{evidence.plain} {evidence.written}")
    for parts in QUOTATION.findall(sentence):
        quotation = next(filter(None, parts))
        if letters_of(strip_markdown(quotation)) not in held:
            yield Reason.QUOTATION, quotation


def without_addresses(text: str) -> str:
    """Return a text with its addresses left out, so that what is in them counts as no word or number."""
    return URL.sub(lambda found: found[0] if NOT_SITES.match(found[0]) else " ", EMAIL.sub(" ", text))


def _emails(written: str) -> set[str]:
    return {found.rstrip(".") for found in EMAIL.findall(written)}


def _addresses(written: str) -> set[str]:
    return {_bare(found) for found in URL.findall(written)}


def _bare(address: str) -> str:
    """Return an address without scheme, "www." and what follows it in the sentence."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower())
    return bare.rstrip(".,;:!?*_").rstrip("/")
