"""One Chroma collection in a folder of its own: written once, by the process that builds it, then only read.

Promises: our own vectors only (Chroma never embeds and never reaches for a network); cosine distance. Chroma
notes each opening in its catalogue, so the sealed one is put away and every opening reads a fresh copy.
"""

import shutil
import weakref
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import IndexUnavailableError
from knowledge.exact import Neighbour

HNSW = {"space": "cosine", "ef_search": 400, "ef_construction": 200, "max_neighbors": 32}
WRITE_AT_ONCE = {"batch_size": 2, "sync_threshold": 2}
WRITE_ROWS = 100
READ_ROWS = 1000
"""A statement of SQLite takes so many ids without complaint."""
CATALOGUE = "chroma.sqlite3"
SEALED_CATALOGUE = "catalogue.sqlite3"
PART = ".part"
"""What the name of a folder ends with while it is built."""


def facts_of(name: str) -> dict[str, str]:
    """Return what a sealed folder must have been made for: another Chroma may read its files differently."""
    return {"collection": name, "chroma": version("chromadb")}


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
        """Make the folder and an empty collection in it."""
        folder.mkdir(parents=True)
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


class ChromaIndex:
    """One collection, for searching. Closed when nobody holds it any more."""

    def __init__(self, name: str, folder: Path) -> None:
        """Open a collection whose folder is known to be undamaged: Chroma may crash the process otherwise.

        Raises:
            IndexUnavailableError: Chroma cannot open it.
        """
        from chromadb.errors import ChromaError

        try:
            client = _client(folder)
            self._collection: Any = client.get_collection(name, embedding_function=None)
            self._load()
            self._size = int(self._collection.count())
        except (ChromaError, ValueError, OSError, RuntimeError) as error:
            raise IndexUnavailableError(
                f"The vector index {name!r} cannot be opened ({error}); it is built again from rows."
            ) from error
        self._close = weakref.finalize(self, client.close)

    def _load(self) -> None:
        """Have the index read from disk by a query, which lets other threads run meanwhile; counting does not."""
        dimensions = (self._collection.metadata or {}).get("dimensions")
        if dimensions:
            one = np.ones(dimensions, np.float32)
            self._collection.query(query_embeddings=[one], n_results=1, include=["distances"])

    def __len__(self) -> int:
        """Count the vectors as they were when the collection was opened."""
        return self._size

    def close(self) -> None:
        """Let go of the folder's files; nothing can be searched any more."""
        self._close()

    def search(self, vector: np.ndarray, k: int) -> list[Neighbour]:
        """Return up to k `(vector_key, similarity)`, most similar first.

        Raises:
            IndexUnavailableError: the collection is gone or damaged.
        """
        if not self._size:
            return []
        k = min(k, self._size)
        found = self._ask("query", query_embeddings=[vector], n_results=k, include=["distances"])
        return [(key, 1.0 - float(d)) for key, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def similarities(self, vector: np.ndarray, keys: Sequence[str]) -> list[float]:
        """Return the similarity to each of these vectors; 0 for a key that is not in the index.

        Raises:
            IndexUnavailableError: the collection is gone or damaged.
        """
        if not keys:
            return []
        found = self._ask("get", ids=list(dict.fromkeys(keys)), include=["embeddings"])
        by_key = (
            dict(zip(found["ids"], np.asarray(found["embeddings"]) @ vector, strict=True))
            if found["ids"]
            else {}
        )
        return [float(by_key.get(key, 0.0)) for key in keys]

    def vectors(self, keys: Sequence[str]) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not in the index.

        Raises:
            IndexUnavailableError: the collection is gone or damaged.
        """
        by_key: dict[str, np.ndarray] = {}
        for start in range(0, len(keys), READ_ROWS):
            part = list(dict.fromkeys(keys[start : start + READ_ROWS]))
            found = self._ask("get", ids=part, include=["embeddings"])
            by_key.update(zip(found["ids"], found["embeddings"], strict=True))
        width = len(next(iter(by_key.values()), ()))
        return np.array([by_key.get(key, np.zeros(width)) for key in keys], np.float32).reshape(
            len(keys), width
        )

    def _ask(self, verb: str, **arguments: object) -> Any:
        from chromadb.errors import ChromaError

        try:
            return getattr(self._collection, verb)(**arguments)
        except (ChromaError, ValueError, RuntimeError, AttributeError) as error:  # the last: it was closed
            raise IndexUnavailableError(
                f"The vector index cannot be read ({error}); it is built again."
            ) from error


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    except BaseException:
        # Chroma keeps the half-made client and would hand it out again.
        SharedSystemClient.clear_system_cache()
        raise
