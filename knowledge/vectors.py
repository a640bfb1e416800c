"""Which vectors a passage owns, and how they are made without embedding anything twice.

Promises: a vector's key is made of the text it stands for, so the same text is embedded once however often
and wherever it occurs; passages are worked through in batches, so memory does not grow with the folder.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from knowledge.document import Passage
from knowledge.embedding import Embedder
from knowledge.key_rows import key_number
from knowledge.plain import one_line, strip_markdown
from knowledge.tables import describe_row

KnownVectors = Callable[[list[str]], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class EmbeddedBatch:
    """Some passages with those of their vectors that no earlier batch of the same run held.

    `pieces` are the keys that stand for pieces of passages only; one that turns out to be more later comes again.
    `vectors` are `(dimensions,) float32` by key; `new_keys` are those embedded just now, which are to be
    stored (as little-endian float32 bytes) so that the next run knows them.
    """

    passages: tuple[Passage, ...]
    vectors: Mapping[str, np.ndarray]
    new_keys: frozenset[str]
    pieces: frozenset[str]


@dataclass(frozen=True, slots=True)
class PassageTexts:
    """What a passage is found by: its phrasings, itself as a whole, and each piece that can be quoted.

    A passage of one piece has no `units`: the whole stands for it.
    """

    questions: tuple[str, ...]
    whole: str
    units: tuple[str, ...]

    def found_by(self) -> tuple[str, ...]:
        """Return the texts that any index finds it by: all but its pieces."""
        return (*self.questions, self.whole)

    def all(self) -> tuple[str, ...]:
        """Return every text, each once."""
        return tuple(dict.fromkeys((*self.found_by(), *self.units)))


def texts_of(passage: Passage) -> PassageTexts:
    """Return the texts that stand for a passage in the vector index."""
    units: tuple[str, ...] = ()
    if len(passage.units) > 1:
        words = strip_markdown if passage.is_markdown else one_line
        pieces = (
            describe_row(passage.text, unit, passage.lead) or words(passage.text[slice(*unit)])
            for unit in passage.units
        )
        units = tuple("\n".join(part for part in (passage.head, piece) if part) for piece in pieces)
    return PassageTexts(passage.questions, passage.search_text, units)


def vector_keys(passage: Passage) -> tuple[str, ...]:
    """Name the vectors a passage owns; passages with a text in common share its key."""
    return tuple(vector_key(text) for text in texts_of(passage).all())


def found_by_keys(passage: Passage) -> tuple[str, ...]:
    """Name those vectors that any index finds a passage by: all but its pieces'."""
    return tuple(map(vector_key, texts_of(passage).found_by()))


def vector_key(text: str) -> str:
    """Return 32 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def vectors_of(
    passages: Iterable[Passage], embedder: Embedder, *, known: KnownVectors, batch: int = 256
) -> Iterator[EmbeddedBatch]:
    """Yield every passage once, in order, with its vectors; of a stream, no more than a batch is held.

    Args:
        passages: what is to be indexed.
        embedder: makes the vectors that are not known.
        known: given keys, returns the stored vectors (float32 bytes) among them.
        batch: passages worked on at a time.
    """
    done: set[int] = set()  # half a key as a number takes a third of the memory
    done_as_pieces: set[int] = set()
    stream = iter(passages)
    while some := tuple(islice(stream, batch)):
        each = [texts_of(passage) for passage in some]
        found_by = {vector_key(text): text for one in each for text in one.found_by()}
        texts = found_by | {vector_key(text): text for one in each for text in one.units}
        texts = {
            key: text
            for key, text in texts.items()
            if (number := key_number(key)) not in done and (key in found_by or number not in done_as_pieces)
        }
        stored = known(list(texts)) if texts else {}
        vectors = {key: np.frombuffer(content, "<f4") for key, content in stored.items() if key in texts}
        missing = [key for key in texts if key not in vectors]
        vectors.update(zip(missing, embedder.embed([texts[key] for key in missing]), strict=True))
        pieces = frozenset(texts.keys() - found_by.keys())
        done.update(key_number(key) for key in texts if key in found_by)
        done_as_pieces.update(map(key_number, pieces))
        yield EmbeddedBatch(some, vectors, frozenset(missing), pieces)
