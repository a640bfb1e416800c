"""Retrieval by words: BM25 over stems, so that rare names and numbers count where vectors blur them.

Promises: works from one entry to many thousands, and in any script; the language only chooses the stemmer.
"""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

WORD = re.compile(r"\w+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")  # scripts without spaces between words
# ISO 639-1 to the names of the Snowball stemmers.
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

FREED_AT_A_TIME = 500

Tokenizer = Callable[[str], list[str]]


@cache
def tokenizer_for(language: str | None) -> Tokenizer:
    """Return the function that makes stems of a text in a language; without a stemmer, plain words."""
    stem = _stemmer(STEMMERS.get((language or "")[:2]))

    def tokenize(text: str) -> list[str]:
        return stem(_words(text))

    return tokenize


class KeywordIndex:
    """BM25 (Lucene's form, k1 1.5, b 0.75) over a fixed list of texts."""

    def __init__(self, texts: Sequence[str], tokenize: Tokenizer) -> None:
        """Index the texts; memory and time grow with their words."""
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it announces every index it builds
        tokens = [tokenize(text) for text in texts]
        self._size = len(texts)
        self._tokenize = tokenize
        self._frequencies = Counter(word for words in tokens for word in set(words))
        self._model: Any = None
        if self._frequencies:
            self._model = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
            self._model.index(tokens, show_progress=False)
        while tokens:  # to free all at once would hold every thread
            del tokens[-FREED_AT_A_TIME:]

    def scores(self, question: str) -> np.ndarray:
        """Return `(n_texts,) float32`, 0 where no word is shared."""
        known = [word for word in self._tokenize(question) if word in self._frequencies]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._model.get_scores(known), np.float32)

    def ideal_score(self, question: str) -> float:
        """Return about what a text scores that holds every word of the question."""
        return sum(map(self.weight, self._tokenize(question)))

    def is_unknown(self, word: str) -> bool:
        """Say whether a stem occurs in no text."""
        return word not in self._frequencies

    def weight(self, word: str) -> float:
        """Return a stem's inverse document frequency; a stem that occurs nowhere weighs most."""
        frequency = self._frequencies.get(word, 0)
        return float(np.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5)))

    def share_held(self, words: Iterable[str], held: Iterable[str]) -> float:
        """Return which share of the words is among those held, from 0 to 1, each weighed by its rarity."""
        weights = {word: self.weight(word) for word in words}
        among = set(held)
        return sum(value for word, value in weights.items() if word in among) / max(
            sum(weights.values()), 1e-9
        )


def _stemmer(name: str | None) -> Callable[[list[str]], list[str]]:
    if name is None:
        return lambda words: words
    import Stemmer

    stemmer = Stemmer.Stemmer(name)
    return lambda words: list(stemmer.stemWords(words))


def _words(text: str) -> list[str]:
    plain = text.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return [part for word in WORD.findall(plain) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """Return a word, or the character pairs of one in a script that writes no spaces."""
    if not UNSPACED.search(word) or len(word) < 2:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
