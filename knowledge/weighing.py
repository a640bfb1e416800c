"""What a candidate scores: what it means, what it is about, and its words; one setting for every kind of text.

How the weights were found and what was tried is in docs/decisions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from knowledge.candidates import QUESTION, UNIT, WHOLE
from knowledge.compared import Best, Compared
from knowledge.follow_up import Shown
from knowledge.hits import Hit, Phrased
from knowledge.phrasings import Reading, scores_alone

MEANT_WEIGHT = 0.6  # what the phrasings make of the question; of a page, its most similar vector
WHOLE_WEIGHT = 0.1  # the passage as a whole: is it what this text is about?
LEXICAL_WEIGHT = 0.3  # BM25 as a share of what a text scores that holds every word asked for
PREFERRED_BONUS = 0.1  # on the score of what is in the asker's language


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates with what they score; of each field one number a candidate, of `phrased` a value or None."""

    compared: Compared
    questions: Best
    wholes: Best
    units: Best
    similarities: np.ndarray
    whole_similarities: np.ndarray
    lexical: np.ndarray
    scores: np.ndarray
    phrased: list[Phrased | None]

    def hits(self, shown: Shown) -> Iterator[Hit]:
        """Yield them as hits, best first, without what was shown just now; each is unpacked when it is its turn."""
        table = self.compared.table
        for at in np.argsort(-self.scores, kind="stable").tolist():
            if not shown.turns or not shown.holds(table.main(int(self.compared.numbers[at]))):
                yield self._hit(at)

    def _hit(self, at: int) -> Hit:
        table = self.compared.table
        is_unit = bool(self.units.similarities[at] > self.wholes.similarities[at])
        slot = (self.units if is_unit else self.wholes).slots[at]
        passage = table.passages[int(table.rows[slot])]
        asked = self.questions.slots[at]
        question = None
        if asked >= 0:
            row = int(table.rows[asked])
            holder = passage if row == table.rows[slot] else table.passages[row]
            question = holder.questions[table.places[asked]]
        return Hit(
            passage=passage,
            answer_id=passage.group or passage.document_id,
            score=float(self.scores[at]),
            similarity=float(self.similarities[at]),
            whole_similarity=float(self.whole_similarities[at]),
            lexical=float(self.lexical[at]),
            question=question,
            unit=int(table.places[slot]) if is_unit else None,
            phrased=self.phrased[at],
        )


def weigh(compared: Compared, lexical: np.ndarray, reading: Reading | None, *, liked: np.ndarray) -> Weighed:
    """Weigh candidates.

    Args:
        compared: their similarities.
        lexical: `(n_numbers,) float32`, the share of the BM25 score hoped for.
        reading: what the phrasings say of the question, where there are some.
        liked: `(n_numbers,) bool`, which are in the asker's language.
    """
    questions, wholes, units = (compared.best(kind) for kind in (QUESTION, WHOLE, UNIT))
    similarities = np.maximum(np.maximum(wholes.similarities, units.similarities), questions.similarities)
    meant, alike = scores_alone(similarities), wholes.similarities
    phrased: list[Phrased | None] = [None] * len(compared.numbers)
    if reading is not None:
        has_several = compared.table.have_phrasings(compared.numbers)
        said = np.array([reading.scores.get(number, 0.0) for number in compared.numbers.tolist()])
        meant = np.where(has_several, said, meant)
        # Each phrasing is a whole of its own; the first with the answer is no better than the others.
        alike = np.where(has_several, np.maximum(alike, questions.similarities), alike)
        phrased = [
            Phrased(score, reading.novelty, reading.left_out) if several else None
            for score, several in zip(said.tolist(), has_several.tolist(), strict=True)
        ]
    scores = MEANT_WEIGHT * meant + WHOLE_WEIGHT * alike + LEXICAL_WEIGHT * lexical + PREFERRED_BONUS * liked
    return Weighed(compared, questions, wholes, units, similarities, alike, lexical, scores, phrased)
