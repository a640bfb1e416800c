"""A small model reads a question and a text together: does the text answer, and where?

Promises: the same question and text give the same judgement; what is longer than the model sees is read as far as
it goes; nothing is fetched. What the model is, what it was made from and what it is worth stands in its model card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge import minilm
from knowledge.onnx_session import open_session
from knowledge.remembered import Remembered

MODEL = Path(__file__).parent / "models" / "reader" / "reader.onnx"
MAX_TOKENS = 224  # of question and text together, as in training
QUESTION_CHARACTERS = 200  # a character is one token at most, so some of the text is always read
TEXT = 1  # the sequence id of what is read; the question is 0
TRAINED_ON = ("en",)
JUDGEMENTS_REMEMBERED = 1_000
"""Judgements that are kept, some two kilobytes each: the same is asked in many conversations."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model makes of one text.

    `logit` speaks for "this answers" where it is positive. `spans` `(n, 2) int64` are the text's words and word
    pieces as offsets in code points, `shares` `(n,) float32` how much of the answer stands in each; they sum to 1.
    """

    logit: float
    spans: np.ndarray
    shares: np.ndarray

    def share_of(self, start: int, end: int) -> float:
        """Return how much of the answer stands between two offsets, from 0 to 1."""
        within = (self.spans[:, 0] < end) & (self.spans[:, 1] > start)
        return float(self.shares[within].sum())

    def without(self, characters: int) -> "Judgement":
        """Return the judgement with offsets into the text without its first characters."""
        return Judgement(self.logit, self.spans - characters, self.shares)


@cache
def load_cross_encoder() -> "CrossEncoder":
    """Return the trained model, opened once for the process."""
    return CrossEncoder()


class CrossEncoder:
    """The trained model (`models/reader`). Safe to use from several threads at once."""

    def __init__(self) -> None:
        self._tokenizer = load_tokenizer(MAX_TOKENS)
        self._session = open_session(MODEL, threads=1)
        self._remembered: Remembered[Judgement] = Remembered(JUDGEMENTS_REMEMBERED)

    def judge(self, question: str, texts: Sequence[str]) -> list[Judgement]:
        """Read each text with the question.

        One after another: side by side, shorter ones wait for the longest, and what 8 bits make of one would depend
        on the others.
        """
        asked = question[:QUESTION_CHARACTERS]
        return [self._remembered.of(asked, text, make=self._read) for text in texts]

    def _read(self, question: str, text: str) -> Judgement:
        encoding = self._tokenizer.encode(question, text)
        columns = (
            ("input_ids", encoding.ids),
            ("attention_mask", encoding.attention_mask),
            ("token_type_ids", encoding.type_ids),
        )
        inputs = {name: np.array([column], np.int64) for name, column in columns}
        logits, places = self._session.run(["answers", "places"], inputs)
        return _judgement(encoding, logits[0], places[0])


def _judgement(encoding: Any, logit: np.float32, places: np.ndarray) -> Judgement:
    read = np.array([sequence == TEXT for sequence in encoding.sequence_ids])
    shares = np.exp(places[read] - places[read].max(initial=-np.inf))
    spans = np.array(encoding.offsets, np.int64)[read]
    return Judgement(float(logit), spans, shares / max(float(shares.sum()), 1e-9))


def load_tokenizer(most_tokens: int) -> Any:
    """Load the packaged tokenizer; of two texts together, the second is cut after so many tokens."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(minilm.find_model_files().tokenizer))
    tokenizer.enable_truncation(most_tokens, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer
