"""Vectors in Chroma, embedded in this process: one collection a version, built whole, then only read.

Promises: our own vectors only (Chroma never embeds and never reaches for a network); cosine distance; the
collection is disposable, for the passages' rows hold the same vectors. One process owns a path at a time:
Chroma shows a second one neither errors nor the first one's new vectors.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import IndexUnavailableError
from knowledge.exact import Neighbour

HNSW = {"space": "cosine", "ef_search": 400, "ef_construction": 200, "max_neighbors": 32}
WRITE_ROWS = 100  # Chroma holds the interpreter while it writes; small batches let other threads breathe
READ_ROWS = 1000  # a statement of SQLite takes so many ids without complaint


class ChromaStore:
    """The collections under one path. Build with one thread; search with many."""

    def __init__(self, path: Path) -> None:
        """Open or make the folder.

        Raises:
            IndexUnavailableError: Chroma cannot use the folder.
        """
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        try:
            path.mkdir(parents=True, exist_ok=True)
            self._client: Any = chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
        except (ChromaError, ValueError, OSError, RuntimeError) as error:
            # Chroma keeps the half-made client and would hand it out again, also once the folder is mended.
            SharedSystemClient.clear_system_cache()
            raise IndexUnavailableError(
                f"The vector index in {str(path)!r} cannot be opened ({error}); remove the folder,"
                " it is built again."
            ) from error

    def build(self, name: str, batches: Iterable[tuple[Sequence[str], np.ndarray]]) -> int:
        """Make a collection anew from `(keys, (n, dimensions) float32)` batches; return its size."""
        self.drop(name)
        collection = self._client.create_collection(
            name, configuration={"hnsw": HNSW}, embedding_function=None
        )
        for keys, vectors in batches:
            for start in range(0, len(keys), WRITE_ROWS):
                part = slice(start, start + WRITE_ROWS)
                collection.add(ids=list(keys[part]), embeddings=np.asarray(vectors[part], np.float32))
        return int(collection.count())

    def open(self, name: str) -> "ChromaIndex":
        """Return a collection for searching.

        Raises:
            IndexUnavailableError: there is no such collection.
        """
        from chromadb.errors import ChromaError

        try:
            return ChromaIndex(self._client.get_collection(name, embedding_function=None))
        except (ChromaError, ValueError) as error:
            raise IndexUnavailableError(
                f"The vector index {name!r} is missing; it is built again from rows."
            ) from error

    def names(self) -> list[str]:
        """List the collections."""
        return sorted(collection.name for collection in self._client.list_collections())

    def count(self, name: str) -> int:
        """Count the vectors of a collection.

        Raises:
            IndexUnavailableError: there is no such collection.
        """
        return len(self.open(name))

    def drop(self, name: str) -> None:
        """Remove a collection, if there is one."""
        if name in self.names():
            self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of the folder's files."""
        self._client.close()


class ChromaIndex:
    """One collection, for searching."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self._size = int(collection.count())

    def __len__(self) -> int:
        """Count the vectors as they were when the collection was opened."""
        return self._size

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
        return np.array([by_key.get(key, np.zeros(width)) for key in keys], np.float32).reshape(-1, width)

    def _ask(self, verb: str, **arguments: object) -> Any:
        from chromadb.errors import ChromaError

        try:
            return getattr(self._collection, verb)(**arguments)
        except (ChromaError, ValueError, RuntimeError) as error:
            raise IndexUnavailableError(
                f"The vector index cannot be read ({error}); it is built again."
            ) from error
