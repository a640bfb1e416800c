"""Train the checker: `python -m benchmarks.support_training --data ../shared/train --out knowledge/models/support`.

Takes about two hours on one core. `--rows 100` shows in a minute that everything fits together. `--go-on-from GRAPH`
takes the weights of an earlier checker instead of the reader's, and gives only the last pass.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reader_training.evaluate import area_under_roc
from benchmarks.reader_training.graph import quantised
from benchmarks.reader_training.rows import Row
from benchmarks.support_training.graph import build_graph
from benchmarks.support_training.lessons import Lessons, prepare_lessons
from knowledge.cross_encoder import load_tokenizer
from knowledge.minilm import Weights
from knowledge.support.checker import MAX_TOKENS, MODEL, SENTENCE_CHARACTERS, Checker

SEED = 3
THREADS = 1  # sums are then made in one order, and the same machine gives the same weights again
FIRST_ROWS, FIRST_RATE = 27_000, 1.2e-4
SECOND_ROWS, SECOND_RATE = 36_000, 1.0e-4
THIRD_ROWS, THIRD_RATE = 13_000, 0.6e-4  # of the same rows as the second
LAST_RATE = 0.9e-4  # over all of its rows


def main() -> int:
    """Make the rows, train in three passes, write the graph, and print what it is worth."""
    options = _options()
    if not options.data.is_dir():
        print(f"No training sets at {options.data}: name their folder with --data.", file=sys.stderr)
        return 1
    lessons = prepare_lessons(options.data, most_rows=options.rows)
    counts = ((name, len(getattr(lessons, name))) for name in ("first", "second", "last", "valid"))
    print("rows: " + ", ".join(f"{count} {name}" for name, count in counts))
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / MODEL.name
    path.write_bytes(quantised(build_graph(_train(lessons, options.go_on_from))))
    for name, area in areas(Checker(path), lessons.valid).items():
        print(f"area under ROC  {name:24} {area:.3f}")
    return 0


def areas(checker: Checker, rows: list[Row]) -> dict[str, float]:
    """Return the area under the ROC curve of "supported or not", 0 to 1, by set and of all rows."""
    logits = [checker.judge(row.question, row.passage) for row in rows]
    names = sorted({row.set_name for row in rows})
    chosen = {name: [at for at, row in enumerate(rows) if row.set_name == name] for name in names}
    chosen["all"] = list(range(len(rows)))
    found = {
        name: area_under_roc([rows[at].is_answered for at in places], [logits[at] for at in places])
        for name, places in chosen.items()
    }
    return {name: area for name, area in found.items() if area is not None}


def _train(lessons: Lessons, earlier: Path | None) -> Weights:
    import torch

    from benchmarks.reader_training.batches import Encoded, encode
    from benchmarks.reader_training.model import Pass, learn, model_of, weights_of, without_dropout
    from benchmarks.support_training.start import checker_weights, reader_weights

    torch.set_num_threads(THREADS)
    tokenizer = load_tokenizer(MAX_TOKENS)

    def as_checked(rows: Sequence[Row], _: random.Random) -> list[Encoded]:
        return encode(tokenizer, rows, question_characters=SENTENCE_CHARACTERS)

    chance = random.Random(SEED)
    model = model_of(checker_weights(earlier) if earlier else reader_weights())
    for rows, most, rate in () if earlier else _first_passes(lessons):
        learn(model, rows, Pass(min(most, len(rows)), rate), chance, encode_rows=as_checked)
    # Each row is read once: nothing to forget by chance, and a quarter of the time.
    learn(
        without_dropout(model),
        lessons.last,
        Pass(len(lessons.last), LAST_RATE),
        chance,
        encode_rows=as_checked,
    )
    return weights_of(model)


def _first_passes(lessons: Lessons) -> tuple[tuple[list[Row], int, float], ...]:
    return (
        (lessons.first, FIRST_ROWS, FIRST_RATE),
        (lessons.second, SECOND_ROWS, SECOND_RATE),
        (lessons.second, THIRD_ROWS, THIRD_RATE),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets")
    parser.add_argument("--out", type=Path, required=True, help=f"folder where {MODEL.name} is written")
    parser.add_argument("--rows", type=int, help="only so many rows, to rehearse")
    parser.add_argument(
        "--go-on-from", type=Path, metavar="GRAPH", help="an earlier checker, for the last pass alone"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
