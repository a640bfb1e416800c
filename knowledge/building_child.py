"""The process that builds one collection from what it is sent: Chroma holds the interpreter while it writes.

Promises: the folder appears whole, checked and sealed, or not at all; when the other side goes away before the
end, nothing is left of it.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from knowledge import chroma
from knowledge.errors import KnowledgeError
from knowledge.growing import Batch, GrowingCollection
from knowledge.seal import seal_folder

FOUND_ITSELF = 0.99
"""Cosine at which a probe has found its own vector (or its twin)."""


class CutOffError(Exception):
    """The other side went away before it had sent everything."""


def main(name: str, folder: str, most: str) -> None:
    """Read batches, build the collection `name` in `folder`, and answer with one JSON line."""
    requests, replies = _take_pipes()
    whole = Path(folder)
    part = whole.with_name(f"{whole.name}{chroma.PART}")
    try:
        report = _build(name, part, requests, int(most))
        seal_folder(part, chroma.facts_of(name))
        part.replace(whole)
    except CutOffError:
        shutil.rmtree(part, ignore_errors=True)
        return
    except (KnowledgeError, OSError, ValueError, RuntimeError) as error:
        shutil.rmtree(part, ignore_errors=True)
        report = {"error": f"{type(error).__name__}: {error}"}
    with contextlib.suppress(OSError):
        replies.write(json.dumps(report).encode() + b"\n")
        replies.flush()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for ourselves: what a library prints must not look like an answer."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    return requests, replies


def _build(name: str, part: Path, requests: BinaryIO, most: int) -> dict[str, Any]:
    shutil.rmtree(part, ignore_errors=True)
    collection = GrowingCollection(name, part, most)
    for batch in _batches(requests):
        collection.add(batch)
    collection.close()
    index = chroma.ChromaIndex(name, part)
    nearest = (index.search(probe, 1)[1] for probe in collection.probes)
    report = {
        "size": len(index),
        "is_whole": index.n_searched == collection.n_searched,
        "is_found": all(len(found) and found[0] >= FOUND_ITSELF for found in nearest),
    }
    index.close()
    chroma.put_catalogue_away(part)
    return report


def _batches(requests: BinaryIO) -> Iterator[Batch]:
    """Yield what is sent until the end is announced.

    Raises:
        CutOffError: it was not.
    """
    while line := requests.readline():
        header = json.loads(line)
        if header.get("is_end"):
            return
        size = len(header["names"]) * header["dimensions"] * 4
        content = requests.read(size)
        if len(content) < size:
            break
        vectors = np.frombuffer(content, "<f4").reshape(-1, header["dimensions"])
        yield Batch(header["names"], vectors, frozenset(header["pieces"]))
    raise CutOffError
