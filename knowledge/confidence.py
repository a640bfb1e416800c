"""How likely the best hit answers the question, as a probability from what was seen of it.

Promises: a number from 0 to 1. What the trained model read grows with what it makes of it; of the rest, an entry
with several phrasings with what they say, and falls where this very knowledge looks sure of what it does not hold.
All else grows with similarity, with the distance to the next answer, and with the share of the question's words
that the hit holds. Each is one logistic regression over several public collections, fitted by
`python -m benchmarks.confidence`; no text of theirs is here. A question about a name or number that nothing
written holds is not answered from what speaks of another.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

from knowledge.candidates import CandidateTable
from knowledge.hits import Hit, Phrased
from knowledge.keywords import Tokenizer
from knowledge.near_miss import (
    ANYTHING,
    MOST_NEEDED,
    SMALL,
    asks_for_need,
    asks_for_others,
    asks_of_another_object,
    is_verb_last,
    may_mean,
    without_last,
)

# The first of each is the intercept; the others weigh the `features` of the evidence.
PLAIN = (-5.91, 6.75, 6.86, 1.51)
JUDGED = (-5.63, 6.17, 6.21, 1.31, 0.57)
PHRASED = (-4.15, -4.11, 3.05, -16.25, 24.83)
# Beyond this a lead says no more; in a small knowledge base the first hit of an off-topic question leads too.
MARGIN_LIMIT = 0.5
SMALL_SCORE = 0.05  # below it a lead is noise
ANSWER_FROM = 0.5  # the operating point: below it nothing is claimed
SUGGEST_FROM = 0.2  # between the two, "Did you mean …?"
STRANGER_SHARE = 0.49  # of the probability, less than an answer needs: "Do you ship to Mars?"
UNKNOWN_SHARE = 0.19  # less than a suggestion needs, where nothing else is held either: "Who was Napoleon?"

MATCHED_CHARACTERS = 300
ALIKE_FROM = 0.8  # similarity of two questions that may say the same in other words
SAME_FROM = 0.85  # and of two that differ in the object only
NAMES_SHARE = 0.6  # with more capitals than that a sentence is a headline or shouted

# Words that say how something is asked, not what about; beyond the commonest, in other languages rarity has to do.
FUNCTION_WORDS = """
    a about am an and any are as at be been but by can could did do does for from get had has have
    hello hey hi how i if in into is it its just know like me my need of on or our please should so
    some tell than thank thanks that the their them then there they this to us want was we were what
    when where which who why will with would you your
    auch bei das dem der des ein eine einem einen einer es euch für gibt habe haben ich ihnen ihr im ist kann können
    könnte könnten mich mir mit nach oder sie sind und uns von wann warum welche welcher welches wie wir wo zu zum zur
    avez je nous peut peux vous cómo cuál puedo qué tiene tienen
"""
# Words before a place: "to mars" where the entry says "in Canada".
BEFORE_PLACES = frozenset({"to", "in", "into", "within", "nach", "à", "en", "aux", "hacia"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best hit.

    `similarity` is the cosine of its closest vector, `score` what it was ranked by, `margin` its lead over the
    highest score of the others as a share of it (from 0 to `MARGIN_LIMIT`), `coverage` the share of the question's
    matter that it holds, `phrased` what its phrasings say, where it has several, `logit` what the trained model
    makes of it, where it read it. `names_stranger` says that the question holds a name or number that nothing in
    the knowledge does, and the hit one of its own instead.
    """

    similarity: float
    score: float
    margin: float
    coverage: float
    phrased: Phrased | None = None
    logit: float | None = None
    names_stranger: bool = False

    @property
    def features(self) -> tuple[float, ...]:
        """The numbers that the weights belong to."""
        if self.logit is not None:
            return self.similarity, self.margin, self.coverage, self.logit
        if self.phrased:
            return self.phrased.score, self.phrased.novelty, self.phrased.left_out, self.score
        return self.similarity, self.margin, self.coverage

    @property
    def weights(self) -> tuple[float, ...]:
        """The regression that fits the features, its intercept first."""
        if self.logit is not None:
            return JUDGED
        return PHRASED if self.phrased else PLAIN


def confidence_of(hits: Sequence[Hit], question: str, table: CandidateTable, tokenize: Tokenizer) -> float:
    """Return the probability that the first of the hits (there is one) answers, to six digits."""
    return round(probability(gather_evidence(hits, question, table, tokenize)), 6)


def gather_evidence(
    hits: Sequence[Hit], question: str, table: CandidateTable, tokenize: Tokenizer
) -> Evidence:
    """Measure how well the first of the hits (there is one) fits the question."""
    best = hits[0]
    coverage = _coverage(best, question, table, tokenize)
    runner_up = max((hit.score for hit in hits[1:]), default=0.0)
    return Evidence(
        similarity=max(best.similarity, 0.0),
        score=best.score,
        margin=min(max(1 - runner_up / max(best.score, SMALL_SCORE), 0.0), MARGIN_LIMIT),
        coverage=coverage,
        phrased=best.phrased,
        logit=best.judgement.logit if best.judgement else None,
        names_stranger=_names_stranger(best, question, table, tokenize, is_uncovered=not coverage)
        or _just_misses(best, question, table, tokenize),
    )


def probability(evidence: Evidence) -> float:
    """Return the probability that the hit answers; below the operating point where it names a stranger."""
    intercept, *weights = evidence.weights
    total = intercept + sum(w * value for w, value in zip(weights, evidence.features, strict=True))
    stranger = STRANGER_SHARE if evidence.coverage else UNKNOWN_SHARE
    return (stranger if evidence.names_stranger else 1) / (1 + math.exp(-total))


def names_in(question: str) -> list[str]:
    """Return the words with a digit, and those written like a name: a capital within, where not all have one."""
    words = re.findall(r"\w+", question)
    capital = [word[0].isupper() for word in words]
    is_shouted = sum(capital) > NAMES_SHARE * len(words)
    return [
        word
        for at, word in enumerate(words)
        if _has_digit(word) or (at and capital[at] and len(word) > 1 and not is_shouted)
    ]


def content_words(question: str, tokenize: Tokenizer) -> list[str]:
    """Return the stems of the words that carry the question's matter, all of them when none does."""
    stems = tokenize(question)
    function_stems = _stems_of(FUNCTION_WORDS, tokenize)
    return [stem for stem in stems if stem not in function_stems] or stems


@cache
def _stems_of(words: str, tokenize: Tokenizer) -> frozenset[str]:
    return frozenset(tokenize(words))


def _coverage(hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer) -> float:
    """Return the share of the question's matter that the hit holds."""
    held = tokenize(" ".join((hit.passage.search_text, hit.passage.text, hit.question or "")))
    return table.keywords.share_held(content_words(question, tokenize), held)


def _names_stranger(
    hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer, *, is_uncovered: bool
) -> bool:
    """Say whether the question names one thing and the hit another, or nothing: Mars where Canada is written."""
    words = re.findall(r"\w+", question)
    unknown = {word for word in words if any(map(table.keywords.is_unknown, tokenize(word)))}
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
    if any(_has_digit(name) == _has_digit(other) for name in strangers for other in others):
        return True
    return _takes_the_place(words, unknown, matched, others) or _stands_instead(hit, words, unknown, tokenize)


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
        anything=_stems_of(ANYTHING, tokenize),
        are_kindred=table.are_together,
    )
    if is_verb_last(question) and is_verb_last(hit.question):
        # The likeness of German questions says little: the model reads English.
        small = _stems_of(SMALL, tokenize)
        asked, told = ([w for w in tokenize(text) if w not in small] for text in (question, hit.question))
        return asks_of_another(*without_last(asked, told))
    if hit.similarity >= SAME_FROM:
        return False
    is_short = len(words(question)) <= MOST_NEEDED
    return (
        (is_short and asks_for_need(question, told_of, hit.passage.text))
        or asks_for_others(question, hit.question, held, words)
        or asks_of_another(words(question), words(hit.question))
    )


def _is_judged_by_phrasings(hit: Hit) -> bool:
    return hit.phrased is not None and hit.judgement is None


def _threes(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    return zip(words, words[1:], words[2:], strict=False)


def _matched(hit: Hit) -> str:
    """Return what of the hit was most similar: a page's piece, or the phrasing with the beginning of its answer."""
    if hit.unit is not None and hit.question is None:
        return hit.passage.text[slice(*hit.passage.units[hit.unit])]
    return f"{hit.question or ''} {hit.passage.text[:MATCHED_CHARACTERS]}"


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
