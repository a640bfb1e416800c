"""Collections on a Chroma server that several processes share: searched there, their vectors on this machine too.

Names begin with the installation's own prefix, so that no other's collection is ever touched. What a newer one
replaced is put aside at once, and removed when another is built after a while: other processes may still search it.
"""

import contextlib
import secrets
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from knowledge.chroma_server import Server, ServerBuilder, ServerIndex
from knowledge.errors import IndexUnavailableError
from knowledge.key_rows import key_numbers
from knowledge.vector_file import VectorFile, VectorFileWriter

PART, OLD = ".part-", ".old-"
KEPT = timedelta(minutes=10)
"""How long what was replaced is kept: a replica follows in seconds, unless it reads much or lost its database."""


class ServerStore:
    """The collections of one installation on a server, and the files of their vectors under a path."""

    def __init__(
        self,
        url: str,
        path: Path,
        *,
        prefix: str,
        clock: Callable[[], datetime],
        token: str | None = None,
    ) -> None:
        """Connect to nothing yet.

        Args:
            url: where the server is.
            path: folder of the vectors' files.
            prefix: what all names of this installation begin with; no other's may begin so.
            clock: what time it is.
            token: sent as `Authorization: Bearer`, for the proxy before the server.
        """
        path.mkdir(parents=True, exist_ok=True)
        self._server = Server(url, token)
        self._path = path
        self._prefix = f"{prefix}."
        self._clock = clock

    def check(self) -> None:
        """See that the server answers.

        Raises:
            IndexAwayError: it does not.
        """
        self._server.check()

    def begin(self, name: str) -> ServerBuilder:
        """Begin to build a collection, and remove what newer ones replaced long ago: nobody reads it any more."""
        for full in self._listed():
            if OLD in full and self._clock() - put_aside_at(full) >= KEPT:
                self._delete(full)
        part = f"{self._prefix}{name}{PART}{secrets.token_hex(4)}"
        return ServerBuilder(name, part, self._server, lambda collection: self._give_name(collection, name))

    def _give_name(self, collection: Any, name: str) -> None:
        full = f"{self._prefix}{name}"
        if full in self._listed():
            self._put_aside(full)
        with self._server.calls():
            collection.modify(name=full)

    def _put_aside(self, full: str) -> None:
        """Free a collection's name; who has it open goes on searching it."""
        aside = f"{full}{OLD}{self._clock().timestamp():.0f}.{secrets.token_hex(4)}"
        with self._server.calls() as client:
            client.get_collection(full, embedding_function=None).modify(name=aside)

    def _delete(self, full: str) -> None:
        with self._server.calls() as client:
            client.delete_collection(full)

    def keeper_of_missing(self, name: str) -> "FileKeeper | None":
        """Return what takes the vectors of a collection that this machine lacks; None when it has them."""
        folder = self._path / name
        return None if folder.is_dir() else FileKeeper(folder)

    def open(self, name: str) -> ServerIndex:
        """Return a collection for searching.

        Raises:
            IndexUnavailableError: there is no such collection, or it does not hold the vectors of its file.
        """
        try:
            file = VectorFile(self._path / name)
        except OSError as error:
            raise IndexUnavailableError(f"The vectors of {name!r} are not here ({error}).") from error
        index = ServerIndex(f"{self._prefix}{name}", self._server, file)
        if index.n_searched != len(file):
            shutil.rmtree(self._path / name, ignore_errors=True)
            raise IndexUnavailableError(
                f"The vector index {name!r} holds {index.n_searched} of {len(file)} vectors."
            )
        self._forget_others(name)
        return index

    def _forget_others(self, name: str) -> None:
        """Remove the files of the site's other versions; whoever has them open keeps them."""
        site = name.rpartition("-v")[0]
        for folder in self._path.iterdir():
            if folder.name != name and folder.name.rpartition("-v")[0] == site and PART not in folder.name:
                shutil.rmtree(folder, ignore_errors=True)

    def names(self) -> list[str]:
        """List the collections, whole or damaged."""
        names = [full.removeprefix(self._prefix) for full in self._listed()]
        return [name for name in names if PART not in name and OLD not in name]

    def leftovers(self) -> list[str]:
        """List the collections that a cut-off build left something of."""
        names = [full.removeprefix(self._prefix) for full in self._listed()]
        return sorted({name.split(PART)[0] for name in names if PART in name})

    def drop(self, name: str) -> None:
        """Give a collection up, if there is one, and remove what a cut-off build of it left."""
        whole = f"{self._prefix}{name}"
        for full in self._listed():
            if full == whole:
                self._put_aside(full)
            elif full.startswith(f"{whole}{PART}"):
                self._delete(full)

    def _listed(self) -> list[str]:
        return self._server.list_names(self._prefix)


def put_aside_at(full: str) -> datetime:
    """Return when a collection was put aside, long ago when its name does not say."""
    seconds, dot, _ = full.rpartition(OLD)[2].partition(".")
    return datetime.fromtimestamp(int(seconds) if dot else 0, UTC)


class FileKeeper:
    """The file of a collection's vectors while it is written; nothing is left of one cut off."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._part = folder.with_name(f"{folder.name}{PART}{secrets.token_hex(4)}")
        self._part.mkdir(parents=True)
        self._writer = VectorFileWriter(self._part)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        if kind is None:
            with contextlib.suppress(OSError):  # another process was first
                self._part.rename(self._folder)
        shutil.rmtree(self._part, ignore_errors=True)

    def add(self, names: Sequence[str], vectors: np.ndarray) -> None:
        """Append `(n, dimensions) float32` vectors, one a name."""
        self._writer.add(key_numbers(names), vectors)
