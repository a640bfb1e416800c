"""What a question names by a code, a size or its weight, and an answer has of another only: C1 where B1 is written.

Promises: pure; an answer misses what is named only where it holds something of the same kind instead, or nothing
that weighs where a weight is asked for.
"""

import re

from knowledge.amounts import TO, number_of
from knowledge.dimensions import NAMING, Dimension

CODE = re.compile(r"\b[a-z]\d{1,2}\b", re.IGNORECASE)
CODES = re.compile(rf"{CODE.pattern}\s*{TO}\s*{CODE.pattern}", re.IGNORECASE)
SIZE = re.compile(r"\b(\d+(?:[.,]\d+)?)\s*(?:c?m|ft|in)?\s*[x×]\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
ASKS_WEIGHT = re.compile(
    r"\bhow (?:heavy (?:is|are)|much (?:does|do) .* weigh)\b|\bwie schwer (?:ist|sind)\b|\bwie ?viel wiegt\b"
    r"|\bcombien pèse|\bquel est le poids\b|\bcuánto pesan?\b",
    re.IGNORECASE,
)
WEIGHT = re.compile(
    rf"\d\s*(?:k?g|mg|lbs?|oz|t|kilos?|stones?)\b|\b(?:grams?|gramm|kilograms?|kilogramm|tons?|tonnes?|tonnen|pounds|ounces)\b"
    rf"|{NAMING[Dimension.WEIGHT].pattern}",
    re.IGNORECASE,
)


def is_of_another(answer: str, question: str) -> bool:
    """Say whether an answer is of another code or size than the question names.

    Args:
        answer: what would be said, with the titles of its sources.
        question: what is asked.
    """
    asked, told = (
        {code.lower() for code in CODE.findall(SIZE.sub(" ", text))} for text in (question, answer)
    )
    if asked and told and not asked & told and not CODES.search(answer):
        return True
    sizes, written = _sizes(question), _sizes(answer)
    return bool(sizes and written and not sizes & written)


def lacks_weight(answer: str, question: str) -> bool:
    """Say whether a question asks how heavy something is, and an answer says no weight."""
    return bool(answer and ASKS_WEIGHT.search(question)) and not WEIGHT.search(answer)


def _sizes(text: str) -> set[frozenset[float]]:
    return {frozenset(map(number_of, sides)) for sides in SIZE.findall(text)}
