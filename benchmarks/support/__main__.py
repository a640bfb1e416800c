"""Measure the support check: `python -m benchmarks.support --data ../shared/train`.

Without the folder of sets, what needs none: the labelled sentences of `sentences/`, and the time a sentence takes.
`--fit` prints weights fitted anew (`fit.py`) for `knowledge/support/weights.py`.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.support.labelled import Part, load_labelled
from benchmarks.support.measured import areas, describe, measure, times


def main() -> int:
    """Print what the check is worth."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/train"), help="folder of the sets")
    parser.add_argument("--fit", action="store_true", help="fit the weights instead, and print them")
    parser.add_argument("--wrong", action="store_true", help="print the sentences that were judged wrongly")
    options = parser.parse_args()
    if options.fit:
        from benchmarks.support.fit import fit

        print(fit())
        return 0
    print(times(load_labelled(Part.HELD)))
    for part in Part:
        print(describe(part, measure(load_labelled(part)), has_wrong=options.wrong))
    if options.data.is_dir():
        print(areas(options.data))
    else:
        print(f"No sets at {options.data}: the area under the ROC curve is not measured.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
