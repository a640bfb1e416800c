"""One Chroma collection in a folder of its own: written once, by the process that builds it, then only read.

Promises: our own vectors only (Chroma never embeds and never reaches for a network); cosine distance. Chroma
notes each opening in its catalogue, so the sealed one is put away and every opening reads a fresh copy.
"""

import importlib
import shutil
import sys
import weakref
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from knowledge.errors import IndexUnavailableError
from knowledge.exact import Neighbours, no_neighbours
from knowledge.key_rows import key_numbers
from knowledge.vector_file import FiledVectors, VectorFile

HNSW = {"space": "cosine", "ef_search": 300, "ef_construction": 200, "max_neighbors": 32}
WRITE_AT_ONCE = {"batch_size": 2, "sync_threshold": 2}
WRITE_ROWS = 100
CATALOGUE = "chroma.sqlite3"
SEALED_CATALOGUE = "catalogue.sqlite3"
FORM = "2"
"""What lies in a sealed folder; one of another form is built again."""
TRACES_EXPORTER = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"
PART = ".part"
"""What the name of a folder ends with while it is built."""


def facts_of(name: str) -> dict[str, str]:
    """Return what a sealed folder must have been made for: another Chroma may read its files differently."""
    return {"collection": name, "chroma": version("chromadb"), "form": FORM}


def put_catalogue_away(folder: Path) -> None:
    """Keep the closed collection's catalogue as it is now."""
    (folder / CATALOGUE).replace(folder / SEALED_CATALOGUE)


def take_out_catalogue(folder: Path) -> None:
    """Give Chroma a fresh copy of the catalogue to open."""
    part = folder / f"{CATALOGUE}{PART}"
    shutil.copyfile(folder / SEALED_CATALOGUE, part)
    part.replace(folder / CATALOGUE)  # whoever has the last copy open keeps it


class ChromaWriter:
    """A collection while it is written. Holds the interpreter: not for a process that has other things to do."""

    def __init__(self, name: str, folder: Path) -> None:
        """Make an empty collection in a folder, and the folder where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._client = _client(folder)
        self._collection: Any = self._client.create_collection(
            name, configuration={"hnsw": HNSW}, embedding_function=None
        )
        self._dimensions = 0

    def add(self, keys: Sequence[str], vectors: np.ndarray) -> None:
        """Add `(n, dimensions) float32` unit vectors, one a key."""
        self._dimensions = vectors.shape[1]
        for start in range(0, len(keys), WRITE_ROWS):
            part = slice(start, start + WRITE_ROWS)
            self._collection.add(ids=list(keys[part]), embeddings=np.asarray(vectors[part], np.float32))

    def discard(self) -> None:
        """Remove the collection and Chroma's files."""
        self._client.close()
        for path in self._folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
        for path in self._folder.glob(f"{CATALOGUE}*"):
            path.unlink()

    def close(self) -> None:
        """Let go of the folder's files.

        What Chroma still has in its journal it writes to the index when that is opened next, which has to be
        before the folder is sealed: else every opening inserts it anew, a second for a thousand vectors.
        """
        if self._dimensions:
            self._collection.modify(
                metadata={"dimensions": self._dimensions}, configuration={"hnsw": WRITE_AT_ONCE}
            )
        self._client.close()


class ChromaIndex(FiledVectors):
    """One collection, for searching, and the file of its vectors. Closed when nobody holds it any more.

    `finds_pieces` is False of a large one: the vectors of the pieces of passages are in the file alone then.
    """

    def __init__(self, name: str, folder: Path) -> None:
        """Open a collection whose folder is known to be undamaged: Chroma may crash the process otherwise.

        Raises:
            IndexUnavailableError: Chroma cannot open it.
        """
        _chromadb()
        from chromadb.errors import ChromaError

        try:
            client = _client(folder)
            self._collection: Any = client.get_collection(name, embedding_function=None)
            self._load()
            self.n_searched = int(self._collection.count())
            super().__init__(VectorFile(folder))
        except (ChromaError, ValueError, OSError, RuntimeError) as error:
            raise IndexUnavailableError(
                f"The vector index {name!r} cannot be opened ({error}); it is built again from rows."
            ) from error
        self.finds_pieces = self.n_searched == len(self._file)
        self._close = weakref.finalize(self, client.close)

    def _load(self) -> None:
        """Have the index read from disk by a query, which lets other threads run meanwhile; counting does not."""
        dimensions = (self._collection.metadata or {}).get("dimensions")
        if dimensions:
            one = np.ones(dimensions, np.float32)
            self._collection.query(query_embeddings=[one], n_results=1, include=["distances"])

    def close(self) -> None:
        """Let go of the folder's files; nothing can be searched any more."""
        self._close()
        self._file.close()

    def search(self, vector: np.ndarray, k: int) -> Neighbours:
        """Return up to k neighbours, most similar first.

        Raises:
            IndexUnavailableError: the collection is gone or damaged.
        """
        k = min(k, self.n_searched)
        if not k:
            return no_neighbours()
        found = self._ask("query", query_embeddings=[vector], n_results=k, include=["distances"])
        return key_numbers(found["ids"][0]), 1 - np.array(found["distances"][0], np.float32)

    def _ask(self, verb: str, **arguments: object) -> Any:
        from chromadb.errors import ChromaError

        try:
            return getattr(self._collection, verb)(**arguments)
        except (ChromaError, ValueError, RuntimeError, AttributeError) as error:  # the last: it was closed
            raise IndexUnavailableError(
                f"The vector index cannot be read ({error}); it is built again."
            ) from error


def _client(folder: Path) -> Any:
    chromadb = _chromadb()
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    except BaseException:
        # Chroma keeps the half-made client and would hand it out again.
        SharedSystemClient.clear_system_cache()
        raise


def _chromadb() -> Any:
    """Import Chroma without the gRPC exporter of its own traces, which are off: 12 MB and a tenth of a second."""
    if "chromadb" in sys.modules or TRACES_EXPORTER in sys.modules:
        return importlib.import_module("chromadb")
    stand_in = ModuleType(TRACES_EXPORTER)
    stand_in.OTLPSpanExporter = None  # type: ignore[attr-defined]
    sys.modules[TRACES_EXPORTER] = stand_in
    try:
        return importlib.import_module("chromadb")
    finally:
        del sys.modules[TRACES_EXPORTER]
