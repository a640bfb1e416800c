"""The collections under one path: each built by a process of its own, verified before it is opened, disposable.

Promises: a collection that opens is byte for byte what was built and checked; a damaged one is an error here,
never in Chroma, whose native code may end the process on damaged files. The passages' rows hold the same
vectors, so what is lost is built again.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from knowledge.chroma import CATALOGUE, PART, ChromaIndex, facts_of, take_out_catalogue
from knowledge.errors import IndexBuildError, IndexUnavailableError
from knowledge.exact import ExactIndex
from knowledge.seal import find_damage
from knowledge.vector_file import VectorFile

# The front page of `knowledge` brings the embedder and the loaders; the child needs one room of it.
START = (
    "import sys, types; package = types.ModuleType('knowledge'); package.__path__ = [sys.argv[1]];"
    " sys.modules['knowledge'] = package;"
    " from knowledge.building_child import main; main(*sys.argv[2:])"
)
END_WITHIN_S = 30
PIECES_UP_TO = 100_000
"""Vectors of a version, up to which those of the pieces of passages are searched too: 200 MB, 14,000 passages."""
COMPARED_UP_TO = 16_000
"""Vectors that are all compared with a question, in memory (25 MB, half a millisecond), instead of opening Chroma."""


class ChromaStore:
    """The collections under one path."""

    def __init__(
        self,
        path: Path,
        *,
        pieces_up_to: int = PIECES_UP_TO,
        compared_up_to: int = COMPARED_UP_TO,
        view: Path | None = None,
    ) -> None:
        """Open or make the folder.

        Args:
            path: the folder.
            view: where this process alone opens collections, as links to what is in the folder; Chroma must not
                find two processes in one place.
            pieces_up_to: vectors of a collection that is built, beyond which pieces of passages are left out of it.
            compared_up_to: vectors of a collection that is opened, beyond which Chroma searches it.

        Raises:
            IndexUnavailableError: the path cannot be used.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnavailableError(
                f"The folder of the vector index {str(path)!r} cannot be used ({error}); remove it."
            ) from error
        self._path = path
        self._view = view
        self._pieces_up_to = pieces_up_to
        self._compared_up_to = compared_up_to

    def begin(self, name: str) -> "CollectionBuilder":
        """Begin to build a collection; it can be opened once the builder has finished."""
        folder = self._path / f"{name}.{secrets.token_hex(4)}"
        return CollectionBuilder(name, folder, pieces_up_to=self._pieces_up_to)

    def build(self, name: str, batches: Iterable[tuple[Sequence[str], np.ndarray]]) -> int:
        """Make a collection anew from `(keys, (n, dimensions) float32)` batches; return its size.

        Raises:
            IndexBuildError: it is not what it should be; an older one of that name is as it was.
        """
        older = self._folders(name)
        with self.begin(name) as builder:
            for keys, vectors in batches:
                builder.add(keys, vectors)
            size = builder.finish()
        _remove(older)
        return size

    def open(self, name: str) -> ChromaIndex | ExactIndex:
        """Verify a collection and return it for searching; a small one is read into memory.

        Raises:
            IndexUnavailableError: there is no such collection, or it is damaged.
        """
        reason = "it is missing"
        for folder in self._folders(name):
            damage = find_damage(folder, facts_of(name))
            if damage is None:
                return self._opened(name, folder)
            reason = damage
        raise IndexUnavailableError(
            f"The vector index {name!r} cannot be used: {reason}; it is built again from rows."
        )

    def _opened(self, name: str, folder: Path) -> ChromaIndex | ExactIndex:
        try:
            file = VectorFile(folder)
            if len(file) <= self._compared_up_to:
                return ExactIndex(*file.all())
        except OSError as error:
            raise IndexUnavailableError(
                f"The vector index {name!r} cannot be read ({error}); it is built again from rows."
            ) from error
        file.close()
        opened = folder if self._view is None else linked(folder, self._view)
        take_out_catalogue(opened)
        return ChromaIndex(name, opened)

    def keeper_of_missing(self, name: str) -> None:
        """Return None: the vectors of every collection are here."""

    def check(self) -> None:
        """See that the collections can be reached: they are on this machine."""

    def names(self) -> list[str]:
        """List the collections, whole or damaged."""
        folders = (path for path in self._path.iterdir() if path.suffix != PART)
        return sorted({path.stem for path in folders})

    def drop(self, name: str) -> None:
        """Remove a collection, if there is one, and what a cut-off build of it left.

        Whoever has it open may go on searching.
        """
        _remove(
            path for path in self._path.iterdir() if path.name.removesuffix(PART).rpartition(".")[0] == name
        )

    def leftovers(self) -> list[str]:
        """List the collections that a cut-off build left something of."""
        parts = (path.stem for path in self._path.iterdir() if path.suffix == PART)
        return sorted({part.rpartition(".")[0] for part in parts})

    def _folders(self, name: str) -> list[Path]:
        return [path for path in self._path.iterdir() if path.suffix != PART and path.stem == name]


class CollectionBuilder:
    """A collection while a child process builds it. Not finished, nothing of it is left."""

    def __init__(self, name: str, folder: Path, *, pieces_up_to: int) -> None:
        """Start the process."""
        package = Path(__file__).resolve().parent
        self._name = name
        self._folder = folder.absolute()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-I", "-c", START, str(package), name, str(self._folder), str(pieces_up_to)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,  # Ctrl-C is for us; the child ends when its pipe closes
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        shutil.rmtree(self._folder.with_name(f"{self._folder.name}{PART}"), ignore_errors=True)

    def add(self, names: Sequence[str], vectors: np.ndarray, pieces: Iterable[str] = ()) -> None:
        """Send vectors; waits while the child has enough to do.

        Args:
            names: what they are called (see `vector_key`).
            vectors: `(n, dimensions) float32` unit vectors, one a name.
            pieces: the names among them that stand for pieces of passages only.

        Raises:
            IndexBuildError: the child is gone.
        """
        if names:
            header = {"names": list(names), "dimensions": vectors.shape[1], "pieces": list(pieces)}
            self._send(header, vectors.astype("<f4").tobytes())

    def finish(self) -> int:
        """Wait until the collection is whole, checked and sealed; return its size.

        Raises:
            IndexBuildError: it does not hold, or does not find, what it was given.
        """
        self._send({"is_end": True})
        assert self._process.stdout
        answer = self._process.stdout.readline()
        if not answer:
            raise IndexBuildError(f"The process that builds the index {self._name!r} died. Index again.")
        self._process.wait(END_WITHIN_S)
        return _checked(self._name, json.loads(answer))

    def _send(self, header: dict[str, object], content: bytes = b"") -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(header).encode() + b"\n" + content)
            self._process.stdin.flush()
        except OSError as error:
            raise IndexBuildError(
                f"The process that builds the index {self._name!r} died. Index again."
            ) from error


def linked(folder: Path, view: Path) -> Path:
    """Return a folder in the view with the same files."""
    own = view / f"{folder.name}.{secrets.token_hex(4)}"
    shutil.copytree(folder, own, copy_function=os.link, ignore=shutil.ignore_patterns(f"{CATALOGUE}*"))
    return own


def _checked(name: str, report: dict[str, Any]) -> int:
    if "error" in report:
        raise IndexBuildError(f"The index {name!r} could not be built ({report['error']}). Index again.")
    if not report["is_whole"]:
        raise IndexBuildError(f"The index {name!r} does not hold all that it was given. Index again.")
    if not report["is_found"]:
        raise IndexBuildError(f"The index {name!r} does not find its own passages. Index again.")
    return int(report["size"])


def _remove(folders: Iterable[Path]) -> None:
    for folder in list(folders):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            folder.unlink(missing_ok=True)
