"""Which hit tells the one thing asked for: the price just spoken of, a price in a sentence, rules, hours, a number.

Promises: pure; where nothing such is asked, or no hit tells it, the hits stay in their order; what was said just now is
no answer to another question that it holds nothing of.
"""

import re
from collections.abc import Callable, Sequence

from knowledge.content import content_words
from knowledge.cues import HOLDING, Cue, find_cue, holds_cue
from knowledge.document import Passage
from knowledge.follow_up import words_of
from knowledge.found import FoundAnswer
from knowledge.headed import headed_first
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.named_alike import is_of_another, lacks_weight
from knowledge.precedence import is_entry_itself
from knowledge.priced import price_first, shown_first
from knowledge.reached import contact_first, what_tells
from knowledge.retrieve import Query


def telling_first(
    hits: Sequence[Hit],
    query: Query,
    tokenize: Tokenizer,
    sections: Callable[[str], Sequence[Passage]],
    *,
    is_unsure: bool,
) -> list[Hit] | None:
    """Return the hits with the one that tells what is asked before all others, None where none does.

    A phone number, address or hours are looked for although something sure was found, where a question leans on what
    was said: "phone number?" is near to everything that was told just now.

    Args:
        hits: what was found, best first.
        query: what is asked.
        tokenize: makes stems of a text.
        sections: returns the passages of a document.
        is_unsure: whether the best is not sure enough to be answered.
    """
    asked = query.question, tokenize
    told = shown_first(hits, query.question, query.told, tokenize) or headed_first(hits, *asked)
    if told or (is_unsure and (told := price_first(hits, *asked))):
        return told
    if is_unsure or (query.before and not is_entry_itself(hits[0])):
        return contact_first(hits, *asked, before=query.before, sections=sections)
    return None


def tells_it(answer: FoundAnswer, query: Query, tokenize: Tokenizer) -> bool:
    """Say whether an answer is none of another thing, and not the one given just now to another question.

    Args:
        answer: what was found; nothing is none of another thing.
        query: what is asked.
        tokenize: makes stems of a text.
    """
    said = answer.text or ""
    titles = [citation.full_title for citation in answer.citations]
    is_other = bool(said) and is_of_another(" ; ".join((said, *titles)), query.question)
    if answer.products:  # a card tells what there is, and one that met a wish may meet two
        return not is_other
    is_row = any(citation.quote.startswith("|") for citation in answer.citations)
    is_unweighed = is_row and lacks_weight(said, query.question)
    return not (is_other or is_unweighed or _says_nothing_new(said, query, tokenize))


def _says_nothing_new(answer: str, query: Query, tokenize: Tokenizer) -> bool:
    """Say whether an answer was given just now to another question, and holds nothing of this one."""
    question, told = query.question, query.told if query.shown.leaning else ""
    if not answer or " ".join(words_of(answer)) not in " ".join(words_of(told)):
        return False
    tells = what_tells(question, tokenize, query.before)
    if tells is not None and tells(answer):
        return False
    cue = find_cue(question)
    if cue is Cue.PRICE:  # "and for 5 days?"
        return not set(re.findall(r"\d+", question)) <= set(re.findall(r"\d+", answer))
    if cue in HOLDING and holds_cue(cue, answer, question):
        return False
    return set(content_words(question, tokenize)).isdisjoint(tokenize(answer))
