"""What the support check is worth: sentences caught and dropped, time a sentence, area under the ROC curve by set."""

import resource
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.reader_training.evaluate import area_under_roc
from benchmarks.support.labelled import Labelled, Part, load_labelled
from benchmarks.support_training.rows import load_support
from knowledge import load_embedder
from knowledge.support import Source, Verdict, check_sentence
from knowledge.support.check import take_apart, weigh
from knowledge.support.checker import load_checker
from knowledge.support.weights import score

WARMED = 20  # sentences that are checked before the clock starts


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence, and what the check made of it."""

    labelled: Labelled
    verdict: Verdict

    @property
    def is_right(self) -> bool:
        """Whether the check agrees with the label."""
        return self.verdict.supported == self.labelled.is_supported


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1: `recall` of the unsupported sentences, and how many supported ones were `dropped`."""

    recall: float
    dropped: float
    judged: list[Judged]


def measure(sentences: Sequence[Labelled]) -> Figures:
    """Check every sentence."""
    return figures_of([Judged(one, check_sentence(one.sentence, one.sources)) for one in sentences])


def figures_of(judged: list[Judged]) -> Figures:
    """Count what was judged rightly."""
    unsupported = [one.is_right for one in judged if not one.labelled.is_supported]
    supported = [one.is_right for one in judged if one.labelled.is_supported]
    return Figures(sum(unsupported) / len(unsupported), 1 - sum(supported) / len(supported), judged)


def describe(part: Part, figures: Figures, *, has_wrong: bool) -> str:
    """Write figures as lines of text, by kind and by language."""
    lines = [f"{part}: {len(figures.judged)} sentences"]
    lines += [f"  recall of unsupported {figures.recall:.3f}, supported dropped {figures.dropped:.3f}"]
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in figures.judged:
        groups[one.labelled.kind].append(one)
        label = "supported" if one.labelled.is_supported else "unsupported"
        groups[f"{one.labelled.language} {label}"].append(one)
    lines += [
        f"  {name:16} {sum(one.is_right for one in group):3} of {len(group):3} right"
        for name, group in sorted(groups.items())
    ]
    if has_wrong:
        wrong = [one for one in figures.judged if not one.is_right]
        lines += [
            f"  {one.labelled.kind}: {one.labelled.sentence} ({one.verdict.reason} {one.verdict.detail!r},"
            f" {one.verdict.score:.2f})"
            for one in wrong
        ]
    return "\n".join(lines)


def times(sentences: Sequence[Labelled]) -> str:
    """Say how much of one core's time a sentence takes that comes for the first time, as its sources may."""
    for one in load_labelled(Part.DEVELOP)[:WARMED]:
        check_sentence(one.sentence, one.sources)
    measured = []
    for one in sentences:
        started = time.thread_time()
        check_sentence(one.sentence, one.sources)
        measured.append(1000 * (time.thread_time() - started))
    median, most = np.percentile(measured, [50, 95])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"a sentence: {median:.1f} ms median, {most:.1f} ms at the 95th percentile; {memory:.0f} MB at most"
    )


def areas(data: Path) -> str:
    """Measure the small model alone, and all signs together, on the rows of other documents."""
    rows = load_support(data).valid
    alone = [load_checker().judge(row.question, row.passage) for row in rows]
    embedder = load_embedder()
    claims = [take_apart(row.question, (Source(1, "", row.passage),)) for row in rows]
    together = [score(weigh(claim, embedder)) for claim in claims]
    groups: dict[str, list[int]] = {"all": list(range(len(rows)))}
    for at, row in enumerate(rows):
        groups.setdefault(row.set_name, []).append(at)
    lines = ["area under ROC          rows  model  together"]
    for name, places in sorted(groups.items()):
        labels = [rows[at].is_answered for at in places]
        areas = [area_under_roc(labels, [scores[at] for at in places]) for scores in (alone, together)]
        told = "  ".join("    –" if area is None else f"{area:.3f}" for area in areas)
        lines.append(f"  {name:20} {len(places):5}  {told}")
    return "\n".join(lines)
