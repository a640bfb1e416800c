"""The "yes" or "no" that an answer begins with, which belongs to the question it was written for.

Promises: pure; a verdict stays where its own question is asked, or one that takes no yes or no; nothing else of an
answer is ever left out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.content import content_words, stems_of
from knowledge.display import say_text
from knowledge.document import Passage
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.read import Quote, quote_span
from knowledge.retrieve import Query
from knowledge.strangers import ALIKE_FROM
from knowledge.weekdays import names_other_days

# What a verdict begins with, what may follow it, and what it may repeat of its question: "Yes, of course you can!"
BEGUN = (
    r"(?:yes|no|yep|yeah|nope|sure|certainly|absolutely|definitely|of course(?: not)?|with pleasure|gladly|kein problem"
    r"|ja|nein|doch|(?:na |aber )?klar|sicher|(?:sehr )?gerne?|selbstverständlich|natürlich(?: nicht)?|leider nein"
    r"|oui|non|si|bien sûr|certainement|absolument|volontiers|pas de problème|avec (?:grand )?plaisir"
    r"|sí|claro|por supuesto|desde luego|sin problemas?|con mucho gusto)"
)
ADDED = (
    r"(?:please|sorry|problem|worries|thing|you (?:can|may|do)|(?:we|they) (?:do|can|are|have|will)|it (?:is|does|can)"
    r"|(?:that's|that is) (?:possible|fine|okay)|bitte|leider|doch|aber|das geht|das ist möglich|können sie"
    r"|dürfen sie|désolée?s?|c'est possible|vous pouvez|que sí|se puede|es posible|lo sentimos)"
)
VERDICT = re.compile(
    rf"^\W*{BEGUN}(?:\s*,?\s+(?:{BEGUN}|{ADDED})\b)*\s*(?:[.,!;:]+|\s[–—-]+)(?:\s+|$)", re.IGNORECASE
)
ASKS_FOR_MORE = re.compile(
    r"^\W*(?:(?:and|but|so|und|aber|et|mais|y|pero|hi|hello|hey)\W+)*(?:(?:in|at|by|from|to|for|with|on|until|ab|bis|mit"
    r"|für|seit|von|à|de|pour|avec|en|con|desde|hasta)\s+)?(?:what|which|who|whom|whose|how|when|where|why|was|welche\w*"
    r"|wer|wem|wen|wie|wann|wo\w*|warum|wieso|weshalb|quel\w*|qui|que|quoi|comment|combien|quand|o[uù]|pourquoi|qué|cuál\w*"
    r"|quién\w*|cómo|cuánt\w*|cuándo|dónde|por qué)\b",
    re.IGNORECASE,
)

DENIED = re.compile(
    r"^\W*(?:no(?! problem| worries)|nope|nein|non|leider nein|of course not|natürlich nicht)\b",
    re.IGNORECASE,
)
# Words beside a question that leave it the same.
ADDING_NOTHING = """
    also already actually really possible possibly please there here now still maybe perhaps too even one ones
    auch bitte schon eigentlich wirklich möglich hier noch vielleicht denn mal etwa man beim
    aussi déjà vraiment possible ici encore peut être
    también ya realmente posible aquí todavía
"""


def may_be_given_a_verdict(query: Query, hit: Hit, tokenize: Tokenizer) -> bool:
    """Say whether an entry's "yes" or "no" is one to this question: its own in other words, or a part of it.

    "Is there a free trial?" is answered "yes", so there is a trial; a "no" to it would say nothing of other trials.
    "Can I visit you?" is answered "yes, Tuesday to Friday", which is no "yes" to Saturdays, nor to "with my horse?".
    """
    if hit.question is None or names_other_days(query.question, hit.question):
        return False
    asked, told = (set(content_words(text, tokenize)) for text in (query.question, hit.question))
    is_part = asked < told and not DENIED.match(hit.passage.text)
    added = asked - told - stems_of(ADDING_NOTHING, tokenize)
    is_more = told < asked and not added <= set(tokenize(hit.passage.text))
    # What it leans on may be alike.
    is_alike = hit.similarity >= ALIKE_FROM and not query.shown.leaning and not is_more
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
