"""Prices that stand in a sentence: "how much is a full service?" where an answer about repairs says it in passing.

Promises: pure; a sentence tells a price only when it holds an amount of money and every word that says what is
asked for, so another thing's price is never told.
"""

import re
from collections.abc import Sequence

from knowledge.amounts import MONEY_MARK
from knowledge.confidence import content_words
from knowledge.cues import Cue, find_cue
from knowledge.document import DocumentKind, Passage
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.sentences import find_sentences

AMOUNT = re.compile(rf"{MONEY_MARK}\s?\d|\d\s?{MONEY_MARK}", re.IGNORECASE)
# Words that ask for a price, not for whose; and what a sentence about it need not repeat.
ASKING = """
    much price prices priced pricing cost costs fee fees charge charges charged pay is it one
    was wie viel wieviel kostet kosten preis preise der die das den dem ein eine einen einem für
    combien coûte coûtent coût prix est quel le la les un une du de des pour
    cuánto cuesta cuestan precio precios es cuál el los las una para
"""


def tells_price(passage: Passage, question: str, tokenize: Tokenizer) -> bool:
    """Say whether a question asks for a price and a sentence of a page or entry tells that of the very thing."""
    if passage.kind is DocumentKind.PRODUCT or find_cue(question) is not Cue.PRICE:
        return False
    asking = set(tokenize(ASKING))
    matter = {word for word in content_words(question, tokenize) if word not in asking}
    sentences = (passage.text[slice(*span)] for span in find_sentences(passage.text))
    return bool(matter) and any(AMOUNT.search(one) and matter <= set(tokenize(one)) for one in sentences)


def price_first(hits: Sequence[Hit], question: str, tokenize: Tokenizer) -> list[Hit] | None:
    """Return the hits with the best that tells the price asked for before all others, None when none does."""
    telling = next((hit for hit in hits if tells_price(hit.passage, question, tokenize)), None)
    return None if telling is None else [telling, *(hit for hit in hits if hit is not telling)]
