"""A question in words of the knowledge: misspelt words, other names for the same, compounds, countries of a region.

Promises: a word that is written anywhere in the knowledge stays as it is, so nothing that could be found by its words
is lost; what is said otherwise is found as if it had been asked so.
"""

from knowledge.compounds import LANGUAGES, split_compounds
from knowledge.embedding import Embedder
from knowledge.keywords import KeywordIndex, Tokenizer
from knowledge.misspelt import spell_as_written
from knowledge.regions import say_by_region
from knowledge.synonyms import say_by_synonyms


class Rewording:
    """Says questions in the words of one version. Safe to use from several threads at once."""

    def __init__(
        self, keywords: KeywordIndex, tokenize: Tokenizer, language: str | None, embedder: Embedder
    ) -> None:
        """Take what knows the version's words.

        Args:
            keywords: knows the stems of the knowledge.
            tokenize: makes stems of a text.
            language: the knowledge's, ISO 639-1.
            embedder: knows the words of its language.
        """
        self._keywords = keywords
        self._tokenize = tokenize
        self._language = language
        self._embedder = embedder
        self._tokens_of_a_word = embedder.count_tokens("") + 1

    def as_written(self, question: str) -> str:
        """Return a question with each word that is written nowhere as one that is and means the same, if one does."""
        spelt = spell_as_written(question, self._keywords, self._tokenize, is_word=self._is_word)
        named = say_by_synonyms(spelt, self._holds_unknown)
        if self._language in LANGUAGES:
            named = split_compounds(named, self._holds_unknown)
        return say_by_region(named, self._holds_unknown, language=self._language)

    def _is_word(self, word: str) -> bool:
        return self._embedder.count_tokens(word) <= self._tokens_of_a_word

    def _holds_unknown(self, words: str) -> bool:
        return any(map(self._keywords.is_unknown, self._tokenize(words)))
