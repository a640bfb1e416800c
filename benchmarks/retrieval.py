"""Retrieval on the evaluation sets: Foyer beside BM25, MiniLM's cosine and their weighted sum, in one run.

    python -m benchmarks.retrieval --data ../shared/bench [--sets stackfaq,squad2] [--indexing dstc10_faq]

Each ranker sees the same rows. The weighted sum is `0.6 · cosine + 0.4 · BM25 / (2 · max BM25)`. Exit status 1
when Foyer is below it anywhere.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.bench_sets import RETRIEVAL_SETS, BenchSet, Question, documents_of, load_set
from knowledge import ChromaStore, Embedder, KnowledgeBase, load_embedder, split_documents, vectors_of
from knowledge.keywords import KeywordIndex, tokenizer_for
from knowledge.vectors import texts_of

LISTED = 10
# hit@1 / MRR@10 of BM25, cosine and weighted sum, as published with the sets for their other half.
PUBLISHED = {
    "stackfaq": (".723/.819", ".947/.971", ".932/.963"),
    "hint3_sofmattress": (".597/.734", ".776/.851", ".716/.820"),
    "hint3_curekart": (".753/.829", ".834/.895", ".887/.924"),
    "banking77": (".811/.877", ".914/.949", ".917/.951"),
    "clinc150": (".757/.840", ".847/.904", ".860/.914"),
    "zoomcamp_faq": (".812/.865", ".716/.790", ".816/.872"),
    "squad2": (".796/.858", ".652/.749", ".788/.865"),
    "xquad": (".928/.956", ".872/.921", ".955/.973"),
}

Rank = Callable[[Question], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of the answerable questions."""

    hit_at_1: float
    hit_at_5: float
    mrr: float

    def __str__(self) -> str:
        return f"{self.hit_at_1:.3f} {self.hit_at_5:.3f} {self.mrr:.3f}"

    def reaches(self, other: "Quality") -> bool:
        """Say whether neither hit@1 nor MRR is below another's."""
        return self.hit_at_1 >= other.hit_at_1 and self.mrr >= other.mrr


def measure(rank: Rank, questions: Sequence[Question]) -> Quality:
    """Rank for every question and see where the first right answer stands."""
    places = []
    for question in questions:
        ids = list(dict.fromkeys(rank(question)))[:LISTED]
        places.append(next((at for at, found in enumerate(ids, start=1) if found in question.relevant), 0))
    count = max(len(places), 1)
    return Quality(
        sum(place == 1 for place in places) / count,
        sum(0 < place <= 5 for place in places) / count,
        sum(1 / place for place in places if place) / count,
    )


def baselines(bench: BenchSet, embedder: Embedder) -> Iterator[tuple[str, Rank]]:
    """Yield the single rankers and their weighted sum, over the rows as they are."""
    texts = [f"{row['title']}\n{row['text']}".strip() for row in bench.rows]
    answer_ids = np.array(bench.answer_ids)
    vectors = embedder.embed(texts)
    keywords = KeywordIndex(texts, tokenizer_for("en"))

    def ranked(scores: np.ndarray) -> list[str]:
        ids: dict[str, None] = {}
        for row in np.argsort(-scores, kind="stable"):
            ids[str(answer_ids[row])] = None
            if len(ids) == LISTED:
                break
        return list(ids)

    def cosine(question: Question) -> np.ndarray:
        return np.asarray(vectors @ embedder.embed([question.text])[0])

    def bm25(question: Question) -> np.ndarray:
        return keywords.scores(question.text)

    def weighted(question: Question) -> np.ndarray:
        words = bm25(question)
        return 0.6 * cosine(question) + 0.4 * words / (2 * max(float(words.max()), 1e-9))

    yield "BM25", lambda question: ranked(bm25(question))
    yield "cosine", lambda question: ranked(cosine(question))
    yield "weighted sum", lambda question: ranked(weighted(question))


def build(bench: BenchSet, embedder: Embedder, folder: Path) -> KnowledgeBase:
    """Index a set the way the product does."""
    passages = split_documents(documents_of(bench), embedder=embedder)
    store = ChromaStore(folder)
    batches = vectors_of(passages, embedder, known=lambda _: {})
    store.build(
        bench.name, ((list(b.vectors), np.array(list(b.vectors.values()))) for b in batches if b.vectors)
    )
    return KnowledgeBase(passages, store.open(bench.name), embedder)


def compare(bench: BenchSet, embedder: Embedder) -> bool:
    """Print a set's table; say whether Foyer reaches the weighted sum."""
    print(f"\n{bench.name}: {len(bench.rows)} rows, {len(bench.answerable)} answerable questions")
    published = dict(zip(("BM25", "cosine", "weighted sum"), PUBLISHED.get(bench.name, ()), strict=False))
    found: dict[str, Quality] = {}
    for name, rank in baselines(bench, embedder):
        found[name] = measure(rank, bench.answerable)
        print(f"  {name:14} {found[name]}   {published.get(name, '')}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        knowledge = build(bench, embedder, Path(folder))
        started = time.perf_counter()
        foyer = measure(lambda q: [hit.answer_id for hit in knowledge.search(q.text).hits], bench.answerable)
        per_question_ms = (time.perf_counter() - started) / max(len(bench.answerable), 1) * 1e3
    reached = foyer.reaches(found["weighted sum"])
    print(
        f"  {'Foyer':14} {foyer}   {per_question_ms:.1f} ms a question{'' if reached else '   BELOW'}",
        flush=True,
    )
    return reached


def measure_indexing(bench: BenchSet, embedder: Embedder) -> None:
    """Print how fast the largest set is indexed, as a share of embedding the same texts and nothing else."""
    passages = split_documents(documents_of(bench), embedder=embedder)
    texts = list(dict.fromkeys(text for passage in passages for text in texts_of(passage).all()))
    started = time.perf_counter()
    embedder.embed(texts)
    raw_s = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        knowledge = build(bench, embedder, Path(folder))
        total_s = time.perf_counter() - started
        started = time.perf_counter()
        for question in bench.questions:
            knowledge.answer(question.text)
        answer_ms = (time.perf_counter() - started) / max(len(bench.questions), 1) * 1e3
    print(
        f"\nindexing {bench.name}: {len(passages)} passages, {len(texts)} vectors in {total_s:.1f} s"
        f" ({len(passages) / total_s:.0f} passages/s), {raw_s / total_s:.0%} of raw embedding speed;"
        f" an answer takes {answer_ms:.1f} ms"
    )


def main() -> int:
    """Run the sets that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"), help="the folder of the sets")
    parser.add_argument("--sets", default=",".join(RETRIEVAL_SETS), help="names, separated by commas")
    parser.add_argument(
        "--indexing", default="dstc10_faq", help="the set indexing is measured on; '' for none"
    )
    options = parser.parse_args()
    if not options.data.is_dir():
        print(
            f"There is no folder {str(options.data)!r}; give the folder of the sets with --data.",
            file=sys.stderr,
        )
        return 2
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; hit@1 hit@5 MRR@10,"
    )
    print("at the right: published for the sets' other half (hit@1/MRR@10)")
    embedder = load_embedder()
    reached = [compare(load_set(options.data, name), embedder) for name in options.sets.split(",") if name]
    if options.indexing:
        measure_indexing(load_set(options.data, options.indexing), embedder)
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
