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
from knowledge.seal import seal_folder

PROBES = 16
"""Vectors that must find themselves in the new collection before it may be used."""
FOUND_ITSELF = 0.99
"""Cosine at which a probe has found its own vector (or its twin)."""

Batch = tuple[list[str], np.ndarray]


class CutOffError(Exception):
    """The other side went away before it had sent everything."""


def main(name: str, folder: str) -> None:
    """Read batches, build the collection `name` in `folder`, and answer with one JSON line."""
    requests, replies = _take_pipes()
    whole = Path(folder)
    part = whole.with_name(f"{whole.name}{chroma.PART}")
    try:
        report = _build(name, part, requests)
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


def _build(name: str, part: Path, requests: BinaryIO) -> dict[str, Any]:
    shutil.rmtree(part, ignore_errors=True)
    writer = chroma.ChromaWriter(name, part)
    probes: list[tuple[str, np.ndarray]] = []
    added, stride = 0, 1
    for keys, vectors in _batches(requests):
        writer.add(keys, vectors)
        for row, key in enumerate(keys, start=added):
            if row % stride == 0:
                probes.append((key, vectors[row - added].copy()))
        added += len(keys)
        while len(probes) > 2 * PROBES:
            probes, stride = probes[::2], stride * 2
    writer.close()
    index = chroma.ChromaIndex(name, part)
    found = all(hits and hits[0][1] >= FOUND_ITSELF for hits in (index.search(v, 1) for _, v in probes))
    report = {"count": len(index), "added": added, "found": found}
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
        size = len(header["keys"]) * header["dimensions"] * 4
        content = requests.read(size)
        if len(content) < size:
            break
        yield header["keys"], np.frombuffer(content, "<f4").reshape(-1, header["dimensions"])
    raise CutOffError
