"""A section or point by its heading: "what is your cancellation policy?" where the terms have "1. **Cancellations.**".

Promises: pure; only a question for rules or terms of something, and no entry that is asked for that, gives way to the
heading that names the very thing. English, German, French and Spanish.
"""

import re
from collections.abc import Sequence

from knowledge.content import content_words, stems_of
from knowledge.document import DocumentKind, Passage
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer

RULES = """
    policy policies terms term conditions condition rules rule regulations
    bedingungen regelung regelungen regeln richtlinie richtlinien
    politique conditions règles règlement
    política condiciones reglas normas
"""
# German says it in one word: "Rücktrittsbedingungen".
COMPOUND = re.compile(
    r"\b(\w{4,}?)s?(bedingungen|regelung(?:en)?|regeln|richtlinien?|fristen|frist)\b", re.IGNORECASE
)
LEAD = re.compile(r"^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?\*\*(.+?)\*\*", re.MULTILINE)
LONGEST_HEADING = 3  # content words


def headed_first(hits: Sequence[Hit], question: str, tokenize: Tokenizer) -> list[Hit] | None:
    """Return the hits, first the page whose heading names what the rules are asked of; None where none does."""
    topic = _topic(question, tokenize)
    if not topic or (hits[0].question and topic & set(tokenize(hits[0].question))):
        return None
    first = next((hit for hit in hits if _is_headed(hit.passage, topic, tokenize)), None)
    return [first, *(hit for hit in hits if hit is not first)] if first else None


def _topic(question: str, tokenize: Tokenizer) -> set[str]:
    words = set(content_words(COMPOUND.sub(r"\1 \2", question), tokenize))
    rules = stems_of(RULES, tokenize) | set(tokenize("frist fristen"))
    return words - rules if words & rules else set()


def _is_headed(passage: Passage, topic: set[str], tokenize: Tokenizer) -> bool:
    if passage.kind is not DocumentKind.PAGE:
        return False
    headings = [(passage.section or "").rpartition(" > ")[2], *LEAD.findall(passage.text)]
    return any(
        topic <= words and len(words) <= LONGEST_HEADING
        for words in (set(content_words(heading, tokenize)) for heading in headings)
    )
