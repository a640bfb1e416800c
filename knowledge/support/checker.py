"""A small model reads a source and a sentence together: does the one carry the other?

Promises: loaded when it is first asked; the same pair gives the same judgement; nothing is fetched. What the model
is, what it was made from and what it is worth stands in its model card.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.cross_encoder import load_tokenizer
from knowledge.onnx_session import open_session

MODEL = Path(__file__).parents[1] / "models" / "support" / "support.onnx"
MAX_TOKENS = 224  # of sentence and source together; trained on 176, which only the longest sources exceed
SENTENCE_CHARACTERS = 400  # that are read in training
SENTENCE_TOKENS = 160
UNREAD = -10.0


@cache
def load_checker() -> "Checker":
    """Return the trained model, opened once for the process."""
    return Checker()


class Checker:
    """The trained model (`models/support`). Safe to use from several threads at once."""

    def __init__(self, path: Path = MODEL) -> None:
        self._tokenizer = load_tokenizer(MAX_TOKENS)
        self._words = load_tokenizer(MAX_TOKENS)
        self._words.no_truncation()
        self._session = open_session(path, threads=1)

    def judge(self, sentence: str, premise: str) -> float:
        """Return the logit of "this is supported": positive where it speaks for it.

        A sentence that leaves no room for what it is compared with is not supported.
        """
        if len(self._words.encode(sentence).ids) > SENTENCE_TOKENS:
            return UNREAD
        encoding = self._tokenizer.encode(sentence, premise)
        columns = (
            ("input_ids", encoding.ids),
            ("attention_mask", encoding.attention_mask),
            ("token_type_ids", encoding.type_ids),
        )
        inputs: dict[str, Any] = {name: np.array([column], np.int64) for name, column in columns}
        (logits,) = self._session.run(["supported"], inputs)
        return float(logits[0])
