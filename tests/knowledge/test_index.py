"""Vectors, the two indexes that hold them, and the keyword index beside them."""

from pathlib import Path

import numpy as np
import pytest

from knowledge import (
    ChromaIndex,
    ChromaStore,
    Document,
    DocumentKind,
    Embedder,
    ExactIndex,
    IndexUnavailableError,
    VectorIndex,
    key_numbers,
    split_documents,
    vector_key,
    vector_keys,
    vectors_of,
)
from knowledge.keywords import KeywordIndex, tokenizer_for

UNREADABLE = "The vector index cannot be read ("
"""Chroma may want another connection to what is gone."""
RNG = np.random.default_rng(7)


def unit_vectors(count: int) -> np.ndarray:
    vectors = RNG.normal(size=(count, 384)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def names(*what: object) -> list[str]:
    return [vector_key(str(one)) for one in what]


def nearest(index: VectorIndex, vector: np.ndarray) -> int:
    return int(index.search(vector, 9)[0][0])


def nearest_or_refusal(index: VectorIndex, vector: np.ndarray) -> int | str:
    """Return what is nearest, or how the index says that its collection is gone."""
    try:
        return nearest(index, vector)
    except IndexUnavailableError as error:
        return str(error)[: len(UNREADABLE)]


def pages(*texts: str) -> list[Document]:
    return [
        Document(document_id=f"d{n}", source="s", kind=DocumentKind.PAGE, title="T", text=text)
        for n, text in enumerate(texts)
    ]


def test_nothing_known_is_embedded_again(embedder: Embedder) -> None:
    passages = split_documents(pages("One. Two.", "Three.", "One. Two."), embedder=embedder)
    (first,) = vectors_of(passages, embedder, known=lambda _: {})
    stored = {key: vector.astype("<f4").tobytes() for key, vector in first.vectors.items()}

    (second,) = vectors_of(passages, embedder, known=lambda keys: {k: stored[k] for k in keys})

    assert first.new_keys == frozenset(key for p in passages for key in vector_keys(p))
    assert second.new_keys == frozenset()
    assert all(np.array_equal(second.vectors[key], first.vectors[key]) for key in first.vectors)


def test_batches_hold_every_passage_and_every_vector_once(embedder: Embedder) -> None:
    passages = split_documents(pages(*(f"Text {n % 7}. More." for n in range(20))), embedder=embedder)

    batches = list(vectors_of(passages, embedder, known=lambda _: {}, batch=6))

    assert [p for batch in batches for p in batch.passages] == passages
    keys = [key for batch in batches for key in batch.vectors]
    assert len(keys) == len(set(keys)) == len({key for p in passages for key in vector_keys(p)})


def test_chroma_finds_what_an_exact_search_finds(tmp_path: Path) -> None:
    keys, vectors = names(*range(1200)), unit_vectors(1200)
    store = ChromaStore(tmp_path, compared_up_to=0)
    exact = ExactIndex(keys, vectors)

    count = store.build("site_1", [(keys[:700], vectors[:700]), (keys[700:], vectors[700:])])

    index = store.open("site_1")
    assert count == len(index) == 1200
    for query in unit_vectors(20):
        found, expected = index.search(query, 10), exact.search(query, 10)
        assert np.array_equal(found[0], expected[0])
        assert np.allclose(found[1], expected[1], atol=1e-5)
        some = key_numbers(names(5, "none", 7, 6, 5))
        assert np.allclose(index.similarities(query, some), exact.similarities(query, some), atol=1e-6)
        assert np.array_equal(index.vectors(some), vectors[[5, 0, 7, 6, 5]] * [[1], [0], [1], [1], [1]])


def test_collections_are_built_anew_listed_and_dropped(tmp_path: Path) -> None:
    store = ChromaStore(tmp_path, compared_up_to=0)
    store.build("site_1", [(names("a", "b"), unit_vectors(2))])
    store.build("site_1", [(names("c"), unit_vectors(1))])
    store.build("site_2", [])
    opened = store.open("site_1")

    assert store.names() == ["site_1", "site_2"]
    assert nearest(opened, unit_vectors(1)[0]) == key_numbers(names("c"))
    assert len(store.open("site_2").search(unit_vectors(1)[0], 9)[0]) == 0
    store.drop("site_1")
    store.drop("site_1")
    assert store.names() == ["site_2"]
    assert nearest_or_refusal(opened, unit_vectors(1)[0]) in (int(key_numbers(names("c"))[0]), UNREADABLE)
    opened.close()
    with pytest.raises(IndexUnavailableError):
        opened.search(unit_vectors(1)[0], 1)
    with pytest.raises(IndexUnavailableError, match="'site_1' cannot be used: it is missing"):
        store.open("site_1")


@pytest.mark.parametrize(("compared_up_to", "kind"), [(2, ChromaIndex), (3, ExactIndex)])
def test_what_was_built_is_there_after_reopening(
    tmp_path: Path, compared_up_to: int, kind: type[VectorIndex]
) -> None:
    vectors = unit_vectors(3)
    first = ChromaStore(tmp_path)
    first.build("site_1", [(names("a", "b", "c"), vectors), (names("b"), vectors[1:2])])

    index = ChromaStore(tmp_path, compared_up_to=compared_up_to).open("site_1")

    assert isinstance(index, kind)
    assert len(index) == 3
    found, similarities = index.search(vectors[1], 9)
    assert found.tolist()[0] == key_numbers(names("b"))
    assert sorted(found.tolist()) == sorted(key_numbers(names("a", "b", "c")).tolist())
    assert np.allclose(similarities, sorted(vectors @ vectors[1], reverse=True), atol=1e-5)


def test_keywords_find_stems_and_weigh_rare_words_most() -> None:
    index = KeywordIndex(["Refunds are paid", "We are paid weekly", "We are open"], tokenizer_for("en"))

    scores = index.scores("are you refunding?")

    assert scores.argmax() == 0
    assert index.weight("refund") > index.weight("are")
    assert index.weight("unheard") > index.weight("refund")


@pytest.mark.parametrize("texts", [[], [""], ["one"], ["...", "!"]])
def test_keywords_survive_tiny_collections(texts: list[str]) -> None:
    scores = KeywordIndex(texts, tokenizer_for("en")).scores("one or none")

    assert scores.shape == (len(texts),)
    assert bool(scores.any()) == (texts == ["one"])


def test_words_are_found_in_other_languages_and_scripts() -> None:
    assert tokenizer_for("de")("Häuser")[0] == tokenizer_for("de")("Haus")[0]
    assert KeywordIndex(["退款需要三天", "我们营业"], tokenizer_for("zh")).scores("退款").argmax() == 0
    assert tokenizer_for(None)("Ünïted, 2.50") == ["united", "2", "50"]
