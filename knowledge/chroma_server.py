"""A Chroma server: its client, a collection while it is sent there, and one that is searched there.

Promises: our own vectors only, `embedding_function=None` always; every call has a time-out, a search one of a second in
all; a server that is away is an error that says so, and no search waits for it again before it has answered a knock.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np

from knowledge.chroma import HNSW
from knowledge.errors import IndexAwayError, IndexBuildError, IndexUnavailableError
from knowledge.exact import Neighbours, no_neighbours
from knowledge.key_rows import key_numbers
from knowledge.vector_file import FiledVectors, VectorFile

Found = TypeVar("Found")

KNOCK_WITHIN_S = 2.0
ANSWER_WITHIN_S = 5.0
SEARCH_WITHIN_S = 1.0
"""Somebody waits for the answer meanwhile, whom the words of the knowledge could answer at once."""
SEARCHES = 16
"""At once; each is a thread that waits."""
SHOWN_CHARS = 200
WRITE_ROWS = 100
PROBES = 16
SAME = 1e-3
"""The cosine distance below which a vector is itself."""
LISTED_AT_ONCE = 100


class Server:
    """The server and its client, which is made when it is first needed. Safe to use from several threads."""

    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._lock = Lock()
        self._known_client: Any = None
        self._searches = ThreadPoolExecutor(SEARCHES, thread_name_prefix="chroma")
        self._is_away = False

    def check(self) -> None:
        """Knock: see whether the server answers, and have it searched, or not, from now on.

        Raises:
            IndexAwayError: it does not.
        """
        request = Request(f"{self._url}/api/v2/heartbeat", headers=self._headers)  # noqa: S310 - http by settings
        try:
            with urlopen(request, timeout=KNOCK_WITHIN_S):  # noqa: S310 - as above
                pass
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise self._away(error) from None
        self._is_away = False

    def _away(self, error: Exception) -> IndexAwayError:
        self._is_away = True
        return IndexAwayError(f"The Chroma server {self._url} does not answer ({repr(error)[:SHOWN_CHARS]}).")

    def list_names(self, prefix: str) -> list[str]:
        """Return the names of all collections that begin so.

        Raises:
            IndexUnavailableError: the server is away, or refuses.
        """
        found: list[str] = []
        with self.calls() as client:
            n_seen = 0
            while some := client.list_collections(limit=LISTED_AT_ONCE, offset=n_seen):
                found += [collection.name for collection in some]
                n_seen += len(some)
        return [name for name in found if name.startswith(prefix)]

    @contextlib.contextmanager
    def calls(self) -> Iterator[Any]:
        """Give the client, and turn what goes wrong with it into our own errors; one that was away is knocked for."""
        if self._is_away:
            self.check()
        with self._translated():
            yield self._client()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            yield
        except HTTPError as error:
            raise self._away(error) from None
        except (ChromaError, ValueError, KeyError) as error:
            raise IndexUnavailableError(f"The Chroma server {self._url} refuses: {error}") from error
        except Exception as error:
            if type(error) is not Exception:
                raise
            # What the library makes of an answer that is not Chroma's own: of the proxy before it, most often.
            raise self._away(error) from None

    def search(self, ask: Callable[[], Found], *, within_s: float) -> Found:
        """Return what is found, or that the server is away: at once where that is known, else when the time is over.

        Raises:
            IndexUnavailableError: the server is away, or refuses.
        """
        if self._is_away:
            raise IndexAwayError(f"The Chroma server {self._url} is away.")
        with self._translated():
            asking = self._searches.submit(ask)
            try:
                return asking.result(within_s)
            except TimeoutError as error:
                asking.cancel()
                raise self._away(error) from None

    def _client(self) -> Any:
        with self._lock:
            if self._known_client is None:
                self.check()  # the library's own first calls have no time-out
                self._known_client = connect(self._url, self._headers)
            return self._known_client


class ServerBuilder:
    """A collection while it is sent to the server. Not finished, nothing of it is left."""

    def __init__(
        self,
        name: str,
        part: str,
        server: Server,
        give_name: Callable[[Any], None],
    ) -> None:
        """Begin under the name of a part; `give_name` makes it a whole collection."""
        self._name = name
        self._server = server
        self._give_name = give_name
        with self._building() as client:
            self._collection: Any = client.create_collection(
                part, configuration={"hnsw": HNSW}, embedding_function=None
            )
        self._keys: set[str] = set()
        self._probes: dict[str, np.ndarray] = {}
        self._is_finished = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_finished:
            with contextlib.suppress(IndexUnavailableError), self._server.calls() as client:
                client.delete_collection(self._collection.name)

    def add(self, names: Sequence[str], vectors: np.ndarray, pieces: Iterable[str] = ()) -> None:
        """Send vectors; pieces are searched like all others, for the server has its own memory.

        Raises:
            IndexBuildError: the server does not take them.
        """
        del pieces
        new = [at for at, name in enumerate(names) if name not in self._keys]
        self._keys.update(names)
        with self._building():
            for start in range(0, len(new), WRITE_ROWS):
                some = new[start : start + WRITE_ROWS]
                self._collection.upsert(
                    ids=[names[at] for at in some], embeddings=np.asarray(vectors[some], np.float32)
                )
        if new and len(self._probes) < PROBES:
            self._probes[names[new[0]]] = vectors[new[0]].copy()

    def finish(self) -> int:
        """See that the collection holds and finds what it was given, and give it its name; return its size.

        Raises:
            IndexBuildError: it does not.
        """
        with self._building():
            size = int(self._collection.count())
            if size != len(self._keys):
                raise IndexBuildError(
                    f"The index {self._name!r} does not hold all that it was given. Index again."
                )
            for vector in self._probes.values():
                found = self._collection.query(query_embeddings=[vector], n_results=1, include=["distances"])
                if not found["ids"][0] or found["distances"][0][0] > SAME:
                    raise IndexBuildError(
                        f"The index {self._name!r} does not find its own passages. Index again."
                    )
            self._give_name(self._collection)
        self._is_finished = True
        return size

    @contextlib.contextmanager
    def _building(self) -> Iterator[Any]:
        """Turn what goes wrong while it is built into one error."""
        try:
            with self._server.calls() as client:
                yield client
        except IndexUnavailableError as error:
            raise IndexBuildError(
                f"The index {self._name!r} could not be built ({error}). Index again."
            ) from error


class ServerIndex(FiledVectors):
    """One collection, for searching on the server, and the file of its vectors."""

    finds_pieces = True

    def __init__(
        self,
        name: str,
        server: Server,
        file: VectorFile,
    ) -> None:
        """Open it.

        Raises:
            IndexUnavailableError: the server is away, or has no such collection.
        """
        super().__init__(file)
        self._server = server
        with server.calls() as client:
            self._collection: Any = client.get_collection(name, embedding_function=None)
            self.n_searched = int(self._collection.count())
        if self.n_searched and len(file):
            # A server reads a collection when it is first searched: nobody shall wait for that.
            self._query(self.first(), 1, within_s=ANSWER_WITHIN_S)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def search(self, vector: np.ndarray, k: int) -> Neighbours:
        """Return up to k neighbours, most similar first.

        Raises:
            IndexUnavailableError: the server is away, or the collection is gone.
        """
        k = min(k, len(self._file))
        if not k:
            return no_neighbours()
        return self._query(vector, k, within_s=SEARCH_WITHIN_S)

    def _query(self, vector: np.ndarray, k: int, *, within_s: float) -> Neighbours:
        ask = partial(self._collection.query, query_embeddings=[vector], n_results=k, include=["distances"])
        found = self._server.search(ask, within_s=within_s)
        return key_numbers(found["ids"][0]), 1 - np.array(found["distances"][0], np.float32)


def connect(url: str, headers: dict[str, str]) -> Any:
    """Return a client of the server, which waits for no answer for ever."""
    import chromadb
    from chromadb.config import Settings

    address = urlsplit(url)
    is_safe = address.scheme == "https"
    client = chromadb.HttpClient(
        host=address.hostname or "",
        port=address.port or (443 if is_safe else 80),
        ssl=is_safe,
        headers=headers,
        settings=Settings(anonymized_telemetry=False),
    )
    client._server._session.timeout = ANSWER_WITHIN_S  # noqa: SLF001 - it has no other way to set one
    return client
