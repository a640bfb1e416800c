"""Train the reader: `python -m benchmarks.reader_training --data ../shared/train --out knowledge/models/reader`.

Takes about an hour and a half on one core. `--rows 100` shows in a minute that everything fits together.
"""

import argparse
import random
import sys
from pathlib import Path

from benchmarks.reader_training.evaluate import describe, evaluate
from benchmarks.reader_training.graph import build_graph, quantised
from benchmarks.reader_training.lessons import Lessons, prepare_lessons
from knowledge import load_embedder
from knowledge.minilm import Weights
from knowledge.onnx_session import open_session

SEED = 3
THREADS = 1  # sums are then made in one order, and the same machine gives the same weights again
FIRST_ROWS, FIRST_RATE = 36_000, 1.5e-4
SECOND_ROWS, SECOND_RATE = 34_000, 1.0e-4
THIRD_ROWS, THIRD_RATE = 30_000, 0.7e-4  # of the same rows as the second, in another order
FILE = "reader.onnx"


def main() -> int:
    """Make the rows, train in three passes, write the graph, and print what it is worth."""
    options = _options()
    if not options.data.is_dir():
        print(f"No training sets at {options.data}: name their folder with --data.", file=sys.stderr)
        return 1
    lessons = prepare_lessons(options.data, load_embedder(), most_rows=options.rows)
    print(f"rows: {len(lessons.first)} first, {len(lessons.second)} second, {len(lessons.valid)} valid")
    graph = quantised(build_graph(_train(lessons)))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / FILE).write_bytes(graph)
    print(describe(evaluate(open_session(graph, threads=THREADS), lessons.valid)))
    return 0


def _train(lessons: Lessons) -> Weights:
    import torch

    from benchmarks.reader_training.model import Pass, learn, load_model, weights_of

    torch.set_num_threads(THREADS)
    chance = random.Random(SEED)
    model = load_model()
    learn(model, lessons.first, Pass(min(FIRST_ROWS, len(lessons.first)), FIRST_RATE), chance)
    for rows, rate in ((SECOND_ROWS, SECOND_RATE), (THIRD_ROWS, THIRD_RATE)):
        learn(model, lessons.second, Pass(min(rows, len(lessons.second)), rate), chance)
    return weights_of(model)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets")
    parser.add_argument("--out", type=Path, required=True, help=f"folder where {FILE} is written")
    parser.add_argument("--rows", type=int, help="only so many rows of each file, to rehearse")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
