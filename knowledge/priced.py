"""Prices that stand in a sentence: "how much is a full service?" where an answer about repairs says it in passing.

Promises: pure; a sentence tells a price only when it holds an amount of money and every word that says what is
asked for, so another thing's price is never told.
"""

from collections.abc import Callable, Sequence

from knowledge.amounts import AMOUNT
from knowledge.content import content_words, stems_of
from knowledge.cues import Cue, find_cue
from knowledge.document import DocumentKind, Passage
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.plain import one_line
from knowledge.sentences import find_sentences

# Words that ask for a price, not for whose; and what a sentence about it need not repeat.
ASKING = """
    much price prices priced pricing cost costs fee fees charge charges charged pay is it one
    was wie viel wieviel kostet kosten preis preise der die das den dem ein eine einen einem für
    combien coûte coûtent coût prix est quel le la les un une du de des pour
    cuánto cuesta cuestan precio precios es cuál el los las una para
"""


def _tells_price(passage: Passage, matter: frozenset[str], tokenize: Tokenizer) -> bool:
    """Say whether a sentence of a page or entry tells the price of the very thing."""
    if passage.kind is DocumentKind.PRODUCT:
        return False
    sentences = (passage.text[slice(*span)] for span in find_sentences(passage.text))
    return any(AMOUNT.search(one) and matter <= set(tokenize(one)) for one in sentences)


def price_asked_of(question: str, tokenize: Tokenizer) -> frozenset[str] | None:
    """Return what a question asks the price of, None when it asks for no price."""
    if find_cue(question) is not Cue.PRICE:
        return None
    return frozenset(content_words(question, tokenize)) - stems_of(ASKING, tokenize)


def price_first(hits: Sequence[Hit], question: str, tokenize: Tokenizer) -> list[Hit] | None:
    """Return the hits with the best that tells the price asked for before all others, None when none does."""
    matter = price_asked_of(question, tokenize)
    return _first(hits, lambda passage: _tells_price(passage, matter, tokenize)) if matter else None


def shown_first(hits: Sequence[Hit], question: str, told: str, tokenize: Tokenizer) -> list[Hit] | None:
    """Return the hits with the entry shown last before all others, where only "how much is it?" is asked and it says.

    Args:
        hits: what was found, best first.
        question: what is asked.
        told: what the bot said last.
        tokenize: makes stems of a text.
    """
    if not told or price_asked_of(question, tokenize) != frozenset():
        return None
    said = one_line(told)

    def is_shown(passage: Passage) -> bool:
        is_entry = passage.kind is DocumentKind.FAQ and bool(AMOUNT.search(passage.text))
        return is_entry and one_line(passage.text) in said

    return _first(hits, is_shown)


def _first(hits: Sequence[Hit], is_wanted: Callable[[Passage], bool]) -> list[Hit] | None:
    wanted = next((hit for hit in hits if is_wanted(hit.passage)), None)
    return None if wanted is None else [wanted, *(hit for hit in hits if hit is not wanted)]
