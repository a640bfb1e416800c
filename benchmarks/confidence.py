"""Fit the coefficients of `knowledge.confidence` and print what they give at the operating point.

    python -m benchmarks.confidence --data ../shared/bench

One logistic regression over the hits that the trained model read, one over others with several phrasings and one over
the rest, each part of a set weighing the same: whole, with 30 % of the entries removed, small ones of 6 to 60 entries,
and with few phrasings, for a website has few; off-topic questions are mixed into each. Entries with an answer and one
phrasing are given some of their set's questions as further ones, which are then not asked. The figures of a set come
from coefficients fitted without it; its calibration error is the mean distance, over ten equally wide bands, of the
confidence from the share that is right.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from benchmarks.bench_sets import RETRIEVAL_SETS, BenchSet, Question, documents_of, load_set
from benchmarks.in_memory import RememberingEmbedder, index_in_memory
from knowledge import Document, DocumentKind, Embedder, load_embedder
from knowledge.confidence import ANSWER_FROM, Evidence, gather_evidence
from knowledge.cross_encoder import load_cross_encoder
from knowledge.judge import MOST_JUDGED, PRESUMED, Judge
from knowledge.retrieve import Retriever

SMALL_SIZES = (6, 20, 60)
KEPT_SHARE = 0.7
OFF_TOPIC_SHARE = 0.5
MOST_ANSWERABLE = 300
FEWEST_OTHERS = 10
BANDS = 10
KINDS = ("PLAIN", "JUDGED", "PHRASED")
MOST_PHRASINGS = 4  # of an entry that a person wrote


@dataclass(frozen=True, slots=True)
class Observations:
    """What was seen of each question's best hit and whether it was right; all weighed by the same regression."""

    name: str
    kind: str
    features: np.ndarray
    right: np.ndarray
    answerable: np.ndarray
    off_topic: np.ndarray


def observe(
    name: str, retriever: Retriever, asked: Sequence[tuple[Question, bool]]
) -> Iterator[Observations]:
    """Ask the questions, each with whether it is off-topic."""
    rows: dict[str, list[tuple[tuple[float, ...], bool, bool, bool]]] = {}
    judge = Judge(load_cross_encoder())
    for question, is_off_topic in asked:
        query = retriever.read_question(question.text)
        hits = judge.judge(retriever.search(query, limit=MOST_JUDGED), query)
        if hits[0].judgement is PRESUMED:
            hits[0], _ = judge.read(hits[0], query)
        evidence = gather_evidence(hits, question.text, retriever.table, retriever.tokenize)
        right = hits[0].answer_id in question.relevant
        for kind, seen in kinds_of(evidence):
            rows.setdefault(kind, []).append((seen.features, right, bool(question.relevant), is_off_topic))
    for kind, kept in rows.items():
        features, *flags = zip(*kept, strict=True)
        yield Observations(name, kind, np.array(features), *(np.array(flag) for flag in flags))


def kinds_of(evidence: Evidence) -> Iterator[tuple[str, Evidence]]:
    """Yield the evidence for each regression that it is to fit; what was read also as if it had not been."""
    if evidence.logit is not None:
        yield "JUDGED", evidence
    if evidence.phrased is None:
        yield "PLAIN", replace(evidence, logit=None)
    elif evidence.logit is None:
        yield "PHRASED", evidence


def parts_of(documents: Sequence[Document], chance: random.Random) -> Iterator[Sequence[Document]]:
    """Yield all of a knowledge base, most of it, small pieces, and the same with few phrasings an entry."""
    yield documents
    yield [document for document in documents if chance.random() < KEPT_SHARE]
    for size in SMALL_SIZES:
        if size * 2 < len(documents):
            yield chance.sample(documents, size)
    if any(len(document.questions) > MOST_PHRASINGS for document in documents):
        few = [with_few_phrasings(document, chance) for document in documents]
        yield few
        yield [document for document in few if chance.random() < KEPT_SHARE]
        for size in SMALL_SIZES[:2]:
            yield chance.sample(few, size)


def with_few_phrasings(document: Document, chance: random.Random) -> Document:
    """Return an entry with as many phrasings as a person would write."""
    count = min(chance.randint(1, MOST_PHRASINGS), len(document.questions))
    questions = tuple(chance.sample(document.questions, count))
    return replace(document, title=questions[0], questions=questions)


def phrased_parts(
    documents: Sequence[Document], questions: Sequence[Question], chance: random.Random
) -> Iterator[tuple[Sequence[Document], Sequence[Question]]]:
    """Yield parts of a knowledge base of entries with answers, phrased in more ways, and the questions left."""
    if not all(one.kind is DocumentKind.FAQ and one.text and len(one.questions) == 1 for one in documents):
        return
    asked: dict[str, list[Question]] = {}
    for question in questions:
        for answer_id in question.relevant:
            asked.setdefault(answer_id, []).append(question)
    taken: set[str] = set()
    phrased = []
    for document in documents:
        own = asked.get(document.group or document.document_id, [])
        chosen = chance.sample(own, min(chance.randint(1, MOST_PHRASINGS - 1), len(own) // 2))
        taken.update(question.text for question in chosen)
        further = (question.text for question in chosen)
        phrased.append(replace(document, questions=(*document.questions, *further)))
    left = [question for question in questions if question.text not in taken]
    yield from ((part, left) for part in parts_of(phrased, chance))


def observe_set(
    bench: BenchSet, off_topic: Sequence[Question], embedder: Embedder, chance: random.Random
) -> Iterator[Observations]:
    """Yield the observations of each part of a set."""
    whole = documents_of(bench)
    plain = [(documents, bench.questions) for documents in parts_of(whole, chance)]
    for documents, all_questions in (*plain, *phrased_parts(whole, bench.questions, chance)):
        held = {document.group or document.document_id for document in documents}
        questions = [replace(question, relevant=question.relevant & held) for question in all_questions]
        own = _balanced(questions, chance)
        strangers = chance.sample(off_topic, int(len(own) * OFF_TOPIC_SHARE))
        asked = [(question, False) for question in own] + [(question, True) for question in strangers]
        retriever = Retriever(*index_in_memory(documents, embedder), embedder)
        yield from observe(bench.name, retriever, asked)


def _balanced(questions: Sequence[Question], chance: random.Random) -> list[Question]:
    """Choose questions so that at most four in ten are unanswerable: a small part answers few of a set's."""
    shuffled = chance.sample(questions, len(questions))
    answerable = [question for question in shuffled if question.relevant][:MOST_ANSWERABLE]
    others = [question for question in shuffled if not question.relevant]
    return answerable + others[: max(len(answerable) * 2 // 3, FEWEST_OTHERS)]


def fit(observed: Sequence[Observations]) -> LogisticRegression:
    """Fit one regression in which every part weighs the same."""
    weights = np.concatenate(
        [np.full(len(part.right), 1000 / max(len(part.right), FEWEST_OTHERS * 5)) for part in observed]
    )
    features = np.vstack([part.features for part in observed])
    model = LogisticRegression(C=1e3, max_iter=5000)
    return model.fit(features, np.concatenate([part.right for part in observed]), sample_weight=weights)


def report(name: str, observed: Sequence[Observations]) -> None:
    """Print what coefficients fitted on the other sets do on this one."""
    models = {kind: fit([o for o in observed if o.name != name and o.kind == kind]) for kind in KINDS}
    for part in (part for part in observed if part.name == name and len(part.right) >= FEWEST_OTHERS):
        confidence = models[part.kind].predict_proba(part.features)[:, 1]
        answered = confidence >= ANSWER_FROM
        right = (part.right & answered)[part.answerable].mean() if part.answerable.any() else 0.0
        wrong = (~part.right[answered]).mean() if answered.any() else 0.0
        strangers = answered[part.off_topic].mean() if part.off_topic.any() else 0.0
        print(
            f"{name:20} {part.kind:7} {len(part.right):5} questions: answered right {right:.2f} of the answerable;",
            end=" ",
        )
        print(f"wrong {wrong:.2f} of the answered; off-topic answered {strangers:.3f};", end=" ")
        print(f"calibration error {calibration_error(confidence, part.right):.3f}", flush=True)


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error over ten bands, 0 when each band is right as often as it says."""
    band = np.minimum((confidence * BANDS).astype(int), BANDS - 1)
    gaps = np.abs(np.bincount(band, confidence - right))
    return float(gaps.sum() / len(confidence))


def main() -> int:
    """Fit on all sets, report on each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"), help="the folder of the sets")
    options = parser.parse_args()
    chance = random.Random(1)
    embedder = RememberingEmbedder(load_embedder())
    off_topic = load_set(options.data, "nq_offtopic").questions
    sets = [load_set(options.data, name) for name in RETRIEVAL_SETS]
    observed = [part for bench in sets for part in observe_set(bench, off_topic, embedder, chance)]
    for bench in sets:
        report(bench.name, observed)
    for kind in KINDS:
        model = fit([part for part in observed if part.kind == kind])
        print(f"{kind} = {[round(float(c), 2) for c in (model.intercept_[0], *model.coef_[0])]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
