"""What large knowledge needs: packed passages, flat tables, and an index without the pieces of passages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.settings import demo_site_folder
from knowledge import (
    ChromaStore,
    Document,
    DocumentKind,
    EmbeddedBatch,
    Embedder,
    ExactIndex,
    KnowledgeBase,
    PackedPassages,
    Passage,
    VectorIndex,
    found_by_keys,
    key_numbers,
    load_folder,
    split_documents,
    vector_keys,
    vectors_of,
)
from knowledge.compared import BLOCK, highest
from knowledge.key_rows import KeyRows
from knowledge.keywords import KeywordIndex, tokenizer_for


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [one for source in load_folder(demo_site_folder() / "knowledge") for one in source.documents]


@pytest.fixture(scope="module")
def passages(documents: list[Document], embedder: Embedder) -> list[Passage]:
    return split_documents(documents, embedder=embedder)


def index_of(batches: Sequence[EmbeddedBatch], path: Path, *, pieces_up_to: int) -> VectorIndex:
    store = ChromaStore(path, pieces_up_to=pieces_up_to, compared_up_to=0)
    with store.begin("site") as builder:
        for batch in batches:
            builder.add(list(batch.vectors), np.stack(list(batch.vectors.values())), batch.pieces)
        builder.finish()
    return store.open("site")


def test_packed_passages_are_what_was_packed(passages: list[Passage]) -> None:
    packed = PackedPassages(passages)
    entries = [passage for passage in passages if passage.kind is DocumentKind.FAQ]

    assert list(packed) == passages
    assert packed[2:9:3] == passages[2:9:3]
    assert list(packed.of_kind(DocumentKind.FAQ)) == entries != []
    for document_id in {passage.document_id for passage in passages}:
        assert list(packed.of_document(document_id)) == [p for p in passages if p.document_id == document_id]
    assert len(packed.of_document("nobody wrote this")) == 0


def test_rows_are_found_by_their_key() -> None:
    rows = KeyRows(np.array([7, 3, 7, 9], np.uint64))
    sought = np.array([9, 7, 8], np.uint64)

    assert rows.first(sought).tolist() == [3, 0, -1]
    assert [column.tolist() for column in rows.all(sought)] == [[3, 0, 2], [0, 1, 1]]
    assert KeyRows(sought[:0]).first(sought).tolist() == [-1, -1, -1]


def test_keywords_score_by_the_formula_of_bm25() -> None:
    texts = ["red red boat", "a boat", "the long red letter about the long blue river", ""]
    tokenize = tokenizer_for(None)
    counts = [Counter(tokenize(text)) for text in texts]
    usual = sum(map(Counter.total, counts)) / len(texts)

    def expected(words: Counter[str]) -> float:
        total = 0.0
        for word in ("red", "boat", "boat", "unheard"):
            held = sum(word in others for others in counts)
            rarity = np.log(1 + (len(texts) - held + 0.5) / (held + 0.5))
            total += rarity * words[word] / (words[word] + 1.5 * (0.25 + 0.75 * words.total() / usual))
        return total

    scores = KeywordIndex(iter(texts), tokenize).scores("Red boat, boat unheard")

    assert np.allclose(scores, list(map(expected, counts)), atol=1e-6)


def test_only_the_rarest_words_count_where_it_is_asked() -> None:
    index = KeywordIndex(["a red boat", "a red letter", "a red river", "a boat", "a"], tokenizer_for(None))

    assert np.array_equal(index.scores("a red letter", rarest=1), index.scores("letter"))
    assert np.array_equal(index.scores("a letter, a letter", rarest=9), index.scores("a letter"))


@pytest.mark.parametrize("size", [0, 7, 20 * BLOCK - 1, 20 * BLOCK, 5000])
def test_the_highest_values_are_those_of_a_full_sort(size: int) -> None:
    chance = np.random.default_rng(size)
    values = np.maximum(chance.integers(-60, 40, size), 0).astype(np.float32)  # many are 0, many are equal

    expected = [at for at in np.argsort(-values, kind="stable").tolist() if values[at] > 0][:20]

    assert highest(values, 20).tolist() == expected


def test_a_large_index_leaves_pieces_out_and_the_same_is_answered(
    passages: list[Passage], embedder: Embedder, tmp_path: Path
) -> None:
    batches = list(vectors_of(passages, embedder, known=lambda _: {}, batch=7))
    vectors = {key: vector for batch in batches for key, vector in batch.vectors.items()}
    exact = ExactIndex(list(vectors), np.array(list(vectors.values())))
    whole = index_of(batches, tmp_path / "whole", pieces_up_to=len(vectors))
    large = index_of(batches, tmp_path / "large", pieces_up_to=len(vectors) // 2)
    found_by = {key for passage in passages for key in found_by_keys(passage)}

    assert (whole.finds_pieces, large.finds_pieces) == (True, False)
    assert len(whole) == len(large) == len(vectors) > len(found_by)
    assert set(large.search(next(iter(vectors.values())), 10_000)[0].tolist()) == set(
        key_numbers(found_by).tolist()
    )
    bases = [KnowledgeBase(passages, index, embedder) for index in (exact, whole, large)]
    questions = {question for passage in passages for question in passage.questions[:1]}
    for question in [*sorted(questions)[::9], "how does it score leads?", "is there a Docker image?"]:
        first, second, third = (base.answer(question) for base in bases)
        assert replace(first, confidence=second.confidence) == second
        assert first.confidence == pytest.approx(second.confidence, abs=1e-5)
        assert (first.text, first.hits[:1]) == (third.text, third.hits[:1])


def test_what_came_as_a_piece_and_is_a_passage_later_is_searched(embedder: Embedder, tmp_path: Path) -> None:
    page = Document(
        document_id="a", source="s", kind=DocumentKind.PAGE, title="T", text="One boat. Two boats."
    )
    alone = Document(document_id="b", source="s", kind=DocumentKind.PAGE, title="T", text="One boat.")
    both = [split_documents([document], embedder=embedder)[0] for document in (page, alone)]
    assert vector_keys(both[1])[0] in vector_keys(both[0])[1:]

    batches = list(vectors_of(both, embedder, known=lambda _: {}, batch=1))
    index = index_of(batches, tmp_path, pieces_up_to=1)

    found, _ = index.search(embedder.embed(["One boat."])[0], 5)
    assert len(index) == 3
    assert set(found.tolist()) == set(key_numbers(key for one in both for key in found_by_keys(one)).tolist())
