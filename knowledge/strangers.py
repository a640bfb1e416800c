"""Whether a question is about something else than the hit: another name, number, country, object or need.

Promises: pure; what is asked for in the entry's own words is never something else. A question about a name or number
that nothing written holds is not answered from what speaks of another.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from knowledge.amounts import steps_holding
from knowledge.candidates import CandidateTable
from knowledge.content import content_words, has_digit, names_in, stems_of
from knowledge.follow_up import POINTERS
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.near_miss import (
    ANYTHING,
    IMMATERIAL,
    MOST_NEEDED,
    SMALL,
    asks_for_need,
    asks_for_others,
    asks_of_another_object,
    asks_what_to_do,
    is_verb_last,
    may_mean,
    without_last,
)
from knowledge.weekdays import days_told

MATCHED_CHARACTERS = 300
ALIKE_FROM = 0.8  # similarity of two questions that may say the same in other words
SAME_FROM = 0.85  # and of two that differ in the object only
ADDRESSED = frozenset({"sie", "ihr", "du", "man"})
# Words before a place: "to mars" where the entry says "in Canada".
BEFORE_PLACES = frozenset({"to", "in", "into", "within", "nach", "à", "en", "aux", "hacia"})


def is_about_another(
    hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer, *, is_uncovered: bool
) -> bool:
    """Say whether a question is about something else than a hit.

    Args:
        hit: what was found.
        question: what is asked.
        table: knows what else is written.
        tokenize: makes stems of a text.
        is_uncovered: whether the hit holds nothing of what is asked.
    """
    return _names_stranger(hit, question, table, tokenize, is_uncovered=is_uncovered) or _just_misses(
        hit, question, table, tokenize
    )


def _names_stranger(
    hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer, *, is_uncovered: bool
) -> bool:
    """Say whether the question names one thing and the hit another, or nothing: Mars where Canada is written."""
    words = re.findall(r"\w+", question)
    if _names_another(hit, question, tokenize):
        return True
    days = days_told(question, hit.passage.text) | steps_holding(question, hit.passage.text)
    unknown = {
        word
        for word in words
        if word.lower() not in days
        and not POINTERS.fullmatch(word)  # "the floor one"
        and any(map(table.keywords.is_unknown, tokenize(word)))
    }
    if not unknown:
        return False
    if is_uncovered and not question.isupper() and any(w in unknown and w[0].isupper() for w in words[1:]):
        return True  # "Who was Napoleon?" after a question that was answered
    asked = set(tokenize(question))
    matched = _matched(hit)
    others = [name for name in names_in(matched) if not asked.intersection(tokenize(name))]
    # A German noun has a capital too, and may be a compound of one that is written.
    written = re.findall(r"\w+", matched) if is_verb_last(question) else ()
    strangers = [
        name
        for name in names_in(question)
        if name in unknown and not any(may_mean(name, word) for word in written)
    ]
    if any(has_digit(name) == has_digit(other) for name in strangers for other in others):
        return True
    return _takes_the_place(words, unknown, matched, others) or _stands_instead(hit, words, unknown, tokenize)


def _names_another(hit: Hit, question: str, tokenize: Tokenizer) -> bool:
    """Say whether an entry is asked for one by its name, and the question names another that nothing in it does."""
    if hit.question is None or _is_judged_by_phrasings(hit) or is_verb_last(question):
        return False
    asked, told = ({name: tokenize(name) for name in names_in(text)} for text in (question, hit.question))
    held = set(
        tokenize(
            " ".join((*hit.passage.questions, hit.passage.title, hit.passage.search_text, hit.passage.text))
        )
    )
    said = set(tokenize(question))
    strangers = [name for name, stems in asked.items() if not held.intersection(stems)]
    others = [name for name, stems in told.items() if not said.intersection(stems)]
    return any(has_digit(name) == has_digit(other) for name in strangers for other in others)


def _takes_the_place(words: Sequence[str], unknown: set[str], matched: str, others: Sequence[str]) -> bool:
    """Say whether an unknown word follows the word that a name of the hit follows: "to mars", "to Canada"."""
    places = [(before, name) for before, name in pairwise(re.findall(r"\w+", matched)) if name in others]
    return any(
        word in unknown and _is_same_place(before.lower(), place.lower()) and not may_mean(word, other)
        for before, word in pairwise(words)
        for place, other in places
    )


def _is_same_place(before: str, other: str) -> bool:
    return before == other or {before, other} <= BEFORE_PLACES


def _stands_instead(hit: Hit, words: Sequence[str], unknown: set[str], tokenize: Tokenizer) -> bool:
    """Say whether an unknown word stands where the entry's question has another: "rent a bike", "return a bike".

    Where the two questions are alike in meaning, the one word may well mean the other; where there are phrasings and
    no text, those judge.
    """
    if hit.question is None or hit.similarity >= ALIKE_FROM or _is_judged_by_phrasings(hit):
        return False
    asked = set(tokenize(" ".join(words)))
    places = {
        (before.lower(), after.lower()): word
        for before, word, after in _threes(re.findall(r"\w+", hit.question))
        if not asked.intersection(tokenize(word))
    }
    between = [(places.get((before.lower(), after.lower())), word) for before, word, after in _threes(words)]
    return any(other and word in unknown and not may_mean(word, other) for other, word in between)


def _just_misses(hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer) -> bool:
    """Say whether the entry's question is the same but for its object, or for whether something must be."""
    if hit.question is None or _is_judged_by_phrasings(hit):
        return False
    words = partial(content_words, tokenize=tokenize)
    told_of = (hit.passage.title, *hit.passage.questions)
    held = frozenset(tokenize(" ".join((hit.passage.search_text, hit.passage.text, *hit.passage.questions))))
    asks_of_another = partial(
        asks_of_another_object,
        held=held,
        anything=stems_of(ANYTHING, tokenize),
        immaterial=stems_of(IMMATERIAL, tokenize),
        are_kindred=table.are_together,
    )
    if asks_what_to_do(question, hit.question, held, tokenize):
        return True
    if is_verb_last(question) and is_verb_last(hit.question):
        # The likeness of German questions says little: the model reads English.
        small = stems_of(SMALL, tokenize)
        asked, told = ([w for w in tokenize(text) if w not in small] for text in (question, hit.question))
        return asks_of_another(*without_last(asked, told))
    if hit.similarity >= SAME_FROM:
        return False
    is_short = len(words(question)) <= MOST_NEEDED
    is_told = set(words(question)) <= set(tokenize(hit.passage.text))
    return (
        (is_short and not is_told and asks_for_need(question, told_of, hit.passage.text))
        or asks_for_others(question, hit.question, held, words)
        or asks_of_another(words(question), words(hit.question))
    )


def _is_judged_by_phrasings(hit: Hit) -> bool:
    return hit.phrased is not None and hit.judgement is None


def _threes(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each word between two, and the verb that a German question begins with: "Reparieren Sie …"."""
    begun = ["", *words] if len(words) > 1 and words[1].lower() in ADDRESSED else words
    return zip(begun, begun[1:], begun[2:], strict=False)


def _matched(hit: Hit) -> str:
    """Return what of the hit was most similar: a page's piece, or the phrasing with the beginning of its answer."""
    if hit.unit is not None and hit.question is None:
        return hit.passage.text[slice(*hit.passage.units[hit.unit])]
    return f"{hit.question or ''} {hit.passage.text[:MATCHED_CHARACTERS]}"
