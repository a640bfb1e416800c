"""The "yes" or "no" that an answer begins with, which belongs to the question it was written for.

Promises: pure; a verdict stays where its own question is asked, or one that takes no yes or no; nothing else of an
answer is ever left out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.content import content_words
from knowledge.display import say_text
from knowledge.document import Passage
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.read import Quote, quote_span
from knowledge.retrieve import Query
from knowledge.strangers import ALIKE_FROM

VERDICT = re.compile(
    r"^\W*(?:(?:yes|no|yep|nope|ja|nein|doch|oui|non|si|sí)(?:\s*,\s*(?:of course|sure|certainly|sorry|natürlich|klar"
    r"|leider|gerne?|bien sûr|désolé|claro|por supuesto|lo sentimos))?|of course(?: not)?|natürlich(?: nicht)?"
    r"|leider nein|bien sûr|por supuesto|claro)\s*(?:[.,!;:]|\s[–—-]+)(?:\s+|$)",
    re.IGNORECASE,
)
ASKS_FOR_MORE = re.compile(
    r"^\W*(?:(?:and|but|so|und|aber|et|mais|y|pero|hi|hello|hey)\W+)*(?:(?:in|at|by|from|to|for|with|on|until|ab|bis|mit"
    r"|für|seit|von|à|de|pour|avec|en|con|desde|hasta)\s+)?(?:what|which|who|whom|whose|how|when|where|why|was|welche\w*"
    r"|wer|wem|wen|wie|wann|wo\w*|warum|wieso|weshalb|quel\w*|qui|que|quoi|comment|combien|quand|o[uù]|pourquoi|qué|cuál\w*"
    r"|quién\w*|cómo|cuánt\w*|cuándo|dónde|por qué)\b",
    re.IGNORECASE,
)

DENIED = re.compile(r"^\W*(?:no|nope|nein|non|leider nein|of course not|natürlich nicht)\b", re.IGNORECASE)


def may_be_given_a_verdict(query: Query, hit: Hit, tokenize: Tokenizer) -> bool:
    """Say whether an entry's "yes" or "no" is one to this question: its own in other words, or a part of it.

    "Is there a free trial?" is answered "yes", so there is a trial; a "no" to it would say nothing of other trials.
    """
    if hit.question is None:
        return False
    asked, told = (set(content_words(text, tokenize)) for text in (query.question, hit.question))
    is_part = asked < told and not DENIED.match(hit.passage.text)
    is_alike = hit.similarity >= ALIKE_FROM and not query.shown.leaning  # what it leans on may be alike
    return is_alike or asked == told or is_part


def verdict_end(answer: str, question: str) -> int:
    """Return how many characters of an answer are a verdict that another question may not be given; 0 for none.

    Args:
        answer: what is written, from its beginning.
        question: what is asked, and is not the question it was written for.
    """
    found = VERDICT.match(answer)
    return found.end() if found and not ASKS_FOR_MORE.match(question) else 0


def say_without_verdict(
    entry: Passage, quotes: Sequence[Quote], question: str
) -> tuple[str, tuple[Quote, ...]]:
    """Say an entry's answer without the verdict on its own question; nothing where that is all it says.

    Args:
        entry: what answers.
        quotes: what is quoted of it.
        question: what is asked, and is not the question it was written for.
    """
    end = verdict_end(entry.text, question)
    said = say_text(entry)[end:]
    rest = [_quote_after(quote, entry.start + end) for quote in quotes]
    told = tuple(quote for quote in rest if quote.text) or (quote_span(entry, (end, len(entry.text))),)
    return (said[:1].upper() + said[1:], told) if said.strip() else ("", ())


def _quote_after(quote: Quote, start: int) -> Quote:
    """Return what of a quote stands after a place in the document; empty where nothing does."""
    cut = max(start - quote.start, 0)
    return replace(quote, text=quote.text[cut:], start=quote.start + cut)
