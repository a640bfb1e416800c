"""Retrieval by words: BM25 over stems, so that rare names and numbers count where vectors blur them.

Promises: works from one entry to many thousands, and in any script; the language only chooses the stemmer.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np

WORD = re.compile(r"\w+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")  # scripts without spaces between words
ACRONYMS = re.compile(r"\b([A-Z]{2,})['’]?s\b")  # PDFs, CPUs
UNVOWELED = re.compile(r"\b([bcdfghjklmnpqrtvwxz]{2,})s\b")  # pdfs: no stemmer takes them for a plural
# ISO 639-1 to the names of the Snowball stemmers.
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

SATURATION = 1.5  # BM25's k1
LENGTH_SHARE = 0.75  # BM25's b
BEGINNING = 4  # letters of a word that tell whether its stem may be known
ENDING = 2  # and of those after it, in a word with a stem of two letters or three
FREQUENT_FROM = 0.25  # of the texts: what such a word counts for is kept for every text, four bytes each

Tokenizer = Callable[[str], list[str]]


@cache
def tokenizer_for(language: str | None) -> Tokenizer:
    """Return the function that makes stems of a text in a language; without a stemmer, plain words."""
    stem = _stemmer(STEMMERS.get((language or "")[:2]))

    def tokenize(text: str) -> list[str]:
        return stem(_words(text))

    return tokenize


class KeywordIndex:
    """BM25 over a fixed list of texts, in the form of Lucene (Kamphuis et al., ECIR 2020)."""

    def __init__(self, texts: Iterable[str], tokenize: Tokenizer) -> None:
        """Index the texts one by one: 8 bytes for each different word of each, and each word once."""
        self._tokenize = tokenize
        self._words: dict[str, int] = {}
        words, counts, lengths, sizes = array("i"), array("i"), array("i"), array("i")
        for text in texts:
            found = Counter(tokenize(text))
            words.extend(self._words.setdefault(word, len(self._words)) for word in found)
            counts.extend(found.values())
            lengths.append(found.total())
            sizes.append(len(found))
        self._size = len(lengths)
        self._beginnings = frozenset(_beginnings(self._words))
        order = np.argsort(np.frombuffer(words, np.int32), kind="stable").astype(np.int32)
        self._texts = np.repeat(np.arange(self._size, dtype=np.int32), np.array(sizes, np.int32))[order]
        self._frequencies = np.bincount(np.frombuffer(words, np.int32), minlength=len(self._words))
        self._ends = np.cumsum(self._frequencies)
        long = np.array(lengths, np.float32) / np.float32(max(sum(lengths) / max(self._size, 1), 1))
        self._weights = _saturated(np.array(counts, np.float32)[order], long[self._texts])
        self._rarest = float(self._rarity(0))
        self._rarities = self._rarity(self._frequencies)
        self._weights *= np.repeat(self._rarities.astype(np.float32), self._frequencies)
        frequent = np.flatnonzero(self._frequencies > FREQUENT_FROM * self._size).tolist()
        self._of_frequent = {number: self._spread(number) for number in frequent}

    def scores(self, question: str, *, rarest: int | None = None) -> np.ndarray:
        """Return `(n_texts,) float32`, 0 where no word is shared.

        Args:
            question: what is asked.
            rarest: how many of its different words count, those that occur in the fewest texts; all by default.
        """
        words = self._tokenize(question)
        if rarest is not None:
            words = sorted(dict.fromkeys(words), key=self.weight, reverse=True)[:rarest]
        scores = np.zeros(self._size, np.float32)
        for word in words:
            whole = self._of_frequent.get(self._words.get(word, -1))
            if whole is not None:
                scores += whole
            else:
                where = self._places_of(word)
                scores[self._texts[where]] += self._weights[where]  # a word stands once for each text
        return scores

    def _spread(self, number: int) -> np.ndarray:
        """Return what a word counts for in each text, `(n_texts,) float32`."""
        where = self._range_of(number)
        weights = np.zeros(self._size, np.float32)
        weights[self._texts[where]] = self._weights[where]
        return weights

    def ideal_score(self, question: str) -> float:
        """Return what a text scores that holds every word of the question so often that no text scores more."""
        return sum(map(self.weight, self._tokenize(question)))

    def is_unknown(self, word: str) -> bool:
        """Say whether a stem occurs in no text."""
        return word not in self._words

    def may_know(self, word: str) -> bool:
        """Say whether a word in small letters may have a known stem, by how it begins: a stemmer changes ends."""
        begun = word[:BEGINNING].replace("y", "i")
        is_short = len(word) <= BEGINNING + ENDING
        return (
            begun in self._beginnings
            or begun[:-1] in self._beginnings
            or (is_short and begun[:-2] in self._beginnings)
            or not begun.isascii()
        )

    def texts_with(self, word: str) -> np.ndarray:
        """Return the numbers of the texts that a stem occurs in, none for an unknown one."""
        return np.asarray(self._texts[self._places_of(word)])

    def _places_of(self, word: str) -> slice:
        number = self._words.get(word)
        return slice(0) if number is None else self._range_of(number)

    def _range_of(self, number: int) -> slice:
        end = int(self._ends[number])
        return slice(end - int(self._frequencies[number]), end)

    def weight(self, word: str) -> float:
        """Return a stem's inverse document frequency; a stem that occurs nowhere weighs most."""
        number = self._words.get(word)
        return self._rarest if number is None else float(self._rarities[number])

    def _rarity(self, frequencies: np.ndarray | int) -> np.ndarray:
        return np.asarray(np.log(1 + (self._size - frequencies + 0.5) / (frequencies + 0.5)))

    def share_held(self, words: Iterable[str], held: Iterable[str]) -> float:
        """Return which share of the words is among those held, from 0 to 1, each weighed by its rarity."""
        weights = {word: self.weight(word) for word in words}
        among = set(held)
        return sum(value for word, value in weights.items() if word in among) / max(
            sum(weights.values()), 1e-9
        )


def _saturated(counts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return what so many of a word count for, `(n,) float32`, in texts so many times as long as usual."""
    return np.asarray(counts / (SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths) + counts))


def _beginnings(stems: Iterable[str]) -> Iterator[str]:
    """Yield how words of these stems begin; of a short stem the last letter may be no word's: "use" of "using"."""
    for stem in stems:
        begun = stem[:BEGINNING].replace("y", "i")
        yield begun
        if 2 < len(stem) <= BEGINNING:
            yield begun[:-1]


def _stemmer(name: str | None) -> Callable[[list[str]], list[str]]:
    if name is None:
        return lambda words: words
    import Stemmer

    stemmer = Stemmer.Stemmer(name)
    return lambda words: list(stemmer.stemWords(words))


def _words(text: str) -> list[str]:
    text = UNVOWELED.sub(r"\1", ACRONYMS.sub(r"\1", text).lower())
    if text.isascii():
        return WORD.findall(text)
    decomposed = unicodedata.normalize("NFKD", text)
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return [part for word in WORD.findall(plain) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """Return a word, or the character pairs of one in a script that writes no spaces."""
    if not UNSPACED.search(word) or len(word) < 2:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
