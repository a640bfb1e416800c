"""Reads the set the support checker is trained on: a premise, a sentence, and whether the one supports the other.

JSON lines under xz: `set, premise, hypothesis, label, neg, doc, split`. A sentence takes the place of the reader's
question, its premise that of the passage.
"""

from pathlib import Path
from typing import Any

from benchmarks.reader_training.rows import Row, Split, read_split

SUPPORT = "support-clean.jsonl.xz"
SUPPORTED = "supported"


def load_support(data: Path) -> Split:
    """Read the labelled sentences of a folder of sets.

    Raises:
        FileNotFoundError: the folder has no such file.
    """
    return read_split(data / SUPPORT, _row)


def _row(fields: dict[str, Any]) -> Row:
    return Row(
        fields["set"],
        fields["hypothesis"],
        fields["premise"],
        fields["label"] == SUPPORTED,
        kind=None if fields["label"] == SUPPORTED else fields["neg"] or fields["label"],
        document=fields["doc"],
    )
