"""What `foyer check` expects of a small knowledge base, beside what comes of other people's questions to it.

    python -m benchmarks.expected --data ../shared/bench [--rounds 3]

From each set entries are drawn, as few as a new website has, each with up to four of its phrasings. Real questions that
they answer are asked, those of the entries that were not drawn, and some of another set. Entries of sets that have no
answers say their first phrasing instead; with no other phrasing they are left out, for no website has such.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.bench_sets import PAGE_SETS, BenchSet, Question, documents_of, load_set
from benchmarks.confidence import with_few_phrasings
from benchmarks.in_memory import RememberingEmbedder
from bot.sources import Share, Written, estimate, read_written
from knowledge import Document, Embedder, FoundAnswer, load_embedder

SETS = (
    "hint3_sofmattress", "hint3_curekart", "stackfaq", "zoomcamp_faq", "clinc150", "banking77", "squad2",
)  # fmt: skip
SIZES = (5, 12, 30)
ASKED, OTHERS, STRANGERS = 25, 15, 5
FEWEST = 5
"""Questions that a base has to answer, so that something is known of it."""
BANDS = ((0, 2), (3, 5), (6, 11), (12, 40))
DRAWS = 4_000


@dataclass(frozen=True, slots=True)
class Compared:
    """One share of one base: what was expected, from how many questions, and what came of how many others."""

    what: str
    expected: Share | None
    n_own: int
    came: int
    of: int


def bases(bench: BenchSet, chance: random.Random) -> Iterator[list[Document]]:
    """Draw entries, of each size once."""
    documents = documents_of(bench)
    for size in SIZES:
        drawn = chance.sample(documents, min(size, len(documents) * 2 // 3))
        if bench.name not in PAGE_SETS:
            drawn = [with_few_phrasings(one, chance) for one in drawn]
        if not any(one.text for one in drawn):
            drawn = [one for one in drawn if len(one.questions) > 1]
        yield [replace(one, text=one.text or one.title) for one in drawn]


def compare(
    documents: Sequence[Document],
    bench: BenchSet,
    strangers: Sequence[Question],
    embedder: Embedder,
    chance: random.Random,
) -> Iterator[Compared]:
    """Ask a base what people asked, and compare that with what is expected of it."""
    names = {one.document_id: one.group or one.document_id for one in documents}
    said = {question for one in documents for question in one.questions}
    answerable = [q for q in bench.questions if q.relevant & set(names.values()) and q.text not in said]
    others = [q for q in bench.questions if not q.relevant & set(names.values())]
    asked = chance.sample(answerable, min(ASKED, len(answerable)))
    unwritten = chance.sample(others, min(OTHERS, len(others))) + chance.sample(strangers, STRANGERS)
    if len(asked) < FEWEST:
        return
    written = read_written(documents, embedder, {}, on_batch=lambda *_: None)
    outcomes = [
        (is_answered, is_right) for q in asked for is_answered, is_right in [judge(q, written, names)]
    ]
    expected = estimate(written)
    right = sum(is_right for _, is_right in outcomes)
    yield Compared("right", expected.right, expected.n_asked, right, len(asked))
    wrong = sum(is_answered for is_answered, _ in outcomes) - right
    yield Compared("wrong", expected.wrong, expected.n_asked, wrong, len(asked))
    same = sum(judge(question, written, names)[0] for question in unwritten)
    yield Compared("same", expected.answered_all_the_same, expected.n_left_out, same, len(unwritten))


def judge(question: Question, written: Written, names: dict[str, str]) -> tuple[bool, bool]:
    """Ask; return whether it is answered, and rightly."""
    answer: FoundAnswer = written.base.answer(question.text)
    is_answered = answer.kind != "none" and bool(answer.text)
    return is_answered, is_answered and any(
        names.get(cited.document_id) in question.relevant for cited in answer.citations
    )


def is_held(one: Compared, chance: np.random.Generator) -> bool:
    """Whether what came lies where the range says, with the chance of so few questions allowed for."""
    assert one.expected is not None
    share, low, high = one.expected.value, one.expected.low, one.expected.high
    spread = max((high - low) / (2 * 1.645), 1e-3)
    strength = max(share * (1 - share) / spread**2 - 1, 0.1)
    shares = chance.beta(share * strength, (1 - share) * strength, DRAWS)
    low_count, high_count = np.quantile(chance.binomial(one.of, shares), (0.05, 0.95))
    return bool(low_count <= one.came <= high_count)


def report(compared: Sequence[Compared]) -> None:
    """Print a line for each share and number of own questions."""
    chance = np.random.default_rng(0)
    print("share  own questions  bases  came   expected  mean distance  range holds  mean width")
    for what in ("right", "wrong", "same"):
        for low, high in BANDS:
            here = [one for one in compared if one.what == what and low <= one.n_own <= high]
            told = [one for one in here if one.expected is not None]
            came = np.mean([one.came / one.of for one in here]) if here else np.nan
            line = f"{what:5}  {f'{low} to {high}':>13}  {len(here):5}  {came:4.2f}"
            if told:
                shares = [one.expected for one in told if one.expected is not None]
                off = [abs(share.value - one.came / one.of) for share, one in zip(shares, told, strict=True)]
                held = np.mean([is_held(one, chance) for one in told])
                width = np.mean([share.high - share.low for share in shares])
                value = np.mean([share.value for share in shares])
                line += f"   {value:8.2f}  {np.mean(off):13.2f}  {held:11.2f}  {width:10.2f}"
            print(line)


def main() -> int:
    """Draw, ask, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"), help="the folder of the sets")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    chance = random.Random(3)
    embedder = RememberingEmbedder(load_embedder())
    strangers = load_set(options.data, "nq_offtopic").questions
    compared = [
        one
        for _ in range(options.rounds)
        for name in SETS
        for bench in [load_set(options.data, name)]
        for documents in bases(bench, chance)
        for one in compare(documents, bench, strangers, embedder, chance)
    ]
    report(compared)
    return 0


if __name__ == "__main__":
    sys.exit(main())
