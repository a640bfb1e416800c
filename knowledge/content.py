"""The words of a question that carry its matter, and those that are written like a name.

Promises: pure.
"""

import re
from functools import cache

from knowledge.keywords import Tokenizer

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


def names_in(question: str) -> list[str]:
    """Return the words with a digit, and those written like a name: a capital within, where not all have one."""
    words = re.findall(r"\w+", question)
    capital = [word[0].isupper() for word in words]
    is_shouted = sum(capital) > NAMES_SHARE * len(words)
    return [
        word
        for at, word in enumerate(words)
        if has_digit(word) or (at and capital[at] and len(word) > 1 and not is_shouted)
    ]


def content_words(question: str, tokenize: Tokenizer) -> list[str]:
    """Return the stems of the words that carry the question's matter, all of them when none does."""
    stems = tokenize(question)
    function_stems = stems_of(FUNCTION_WORDS, tokenize)
    return [stem for stem in stems if stem not in function_stems] or stems


def says_about_what(question: str) -> bool:
    """Say whether a question has a word that carries its matter: "what can I do?" has none."""
    return bool(words_of_matter(question))


def words_of_matter(question: str) -> list[str]:
    """Return the words that carry a question's matter, in small letters."""
    return [word for word in re.findall(r"\w+", question.lower()) if word not in _function_words()]


@cache
def _function_words() -> frozenset[str]:
    return frozenset(FUNCTION_WORDS.split())


@cache
def stems_of(words: str, tokenize: Tokenizer) -> frozenset[str]:
    """Return the stems of a list of words."""
    return frozenset(tokenize(words))


def has_digit(word: str) -> bool:
    """Say whether a word holds a digit."""
    return not word.isalpha() and any(character.isdigit() for character in word)
