"""What a source says in other words: its units by the likeness of their vectors to a sentence's."""

from collections.abc import Sequence

import numpy as np

from knowledge.embedding import Embedder
from knowledge.support.evidence import MOST_UNITS, Evidence, Unit


def with_nearest(
    evidence: Evidence, units: Sequence[Unit], sentence: str, embedder: Embedder
) -> tuple[Unit, ...]:
    """Return units with the nearest of the others, in their order, in the last one's place where there are many.

    Units are embedded when they are first needed, and remembered by the embedder.
    """
    others = [unit for unit in evidence.units if unit not in units]
    if not others:
        return tuple(units)
    vectors = embedder.embed_questions([sentence, *(unit.text for unit in others)])
    nearest = others[int(np.argmax(vectors[1:] @ vectors[0]))]
    return tuple(sorted((*units[: MOST_UNITS - 1], nearest), key=lambda unit: unit.place))
