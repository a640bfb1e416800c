"""The rows the reader is trained on, and the graph it is served as."""

import json
import lzma
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reader_training.batches import batches_of, encode
from benchmarks.reader_training.evaluate import evaluate
from benchmarks.reader_training.graph import build_graph
from benchmarks.reader_training.made import (
    Stock,
    deny,
    edit_questions,
    gather_stock,
    remove_answer,
    swap_in_both,
    turn_round,
)
from benchmarks.reader_training.nearest import nearest_of_others
from benchmarks.reader_training.rows import QUESTIONS, Row, Span, load_questions
from knowledge import Embedder
from knowledge.cross_encoder import MAX_TOKENS, load_tokenizer
from knowledge.onnx_session import open_session

CHANCE_SEEDS = range(30)


def answered(question: str, passage: str, answer: str, document: str = "d") -> Row:
    start = passage.index(answer)
    spans: tuple[Span, ...] = ((start, start + len(answer)),)
    return Row("own", question, passage, is_answered=True, spans=spans, is_exact=True, document=document)


TOWER = answered(
    "When was the harbour tower of Velm finished?",
    "Velm lies on the coast. The old harbour tower of Velm was finished in 1931 after a painted storm. "
    "Later Orsa built a bridge of iron, and Velm watched.",
    "1931",
)
BRIDGE = answered(
    "What did Orsa build after Velm?",
    "For years Orsa had no bridge. In 1950 Orsa and Tinnwick opened a bridge of iron. It was closed once.",
    "a bridge of iron",
)
MILL = answered(
    "Who owned the largest mill before Kester?",
    "The mill of Kester grinds oats. Before Kester the largest mill was owned by Dame Ravel, who retired.",
    "Dame Ravel",
    document="other",
)
ROWS = [TOWER, BRIDGE, MILL]


@pytest.fixture(scope="module")
def stock() -> Stock:
    return gather_stock(ROWS, random.Random(1))


@pytest.fixture(scope="module")
def edited(stock: Stock) -> list[Row]:
    return [row for seed in CHANCE_SEEDS for row in edit_questions(ROWS, stock, random.Random(seed))]


@pytest.mark.parametrize(
    ("old", "new"), [("Velm", "Oberhausen an der Aa"), ("harbour", "x"), ("finished", "widened")]
)
def test_a_word_changed_in_both_texts_leaves_the_answer_where_it_is(old: str, new: str) -> None:
    (made,) = swap_in_both(TOWER, old, new, "both")

    assert made.answers == ("1931",)
    assert made.is_answered
    assert old not in made.question + made.passage


@pytest.mark.parametrize(
    ("row", "old", "new", "answer"),
    [(BRIDGE, "iron", "cast steel", "a bridge of cast steel"), (MILL, "Dame", "Countess", "Countess Ravel")],
)
def test_a_word_within_the_answer_is_changed_there_as_well(row: Row, old: str, new: str, answer: str) -> None:
    (made,) = swap_in_both(row, old, new, "both")

    assert made.answers == (answer,)


def test_an_answer_that_ends_within_the_word_is_left_alone() -> None:
    cut = replace(MILL, spans=((MILL.spans[0][0], MILL.spans[0][1] - 2),))

    assert list(swap_in_both(cut, "Ravel", "Ostrander", "both")) == []


def test_every_edit_is_made_and_what_no_longer_answers_has_no_span(edited: list[Row]) -> None:
    assert {row.kind for row in edited} == {
        "entity swapped",
        "entity swapped in both",
        "word swapped",
        "word swapped in both",
        "opposite",
        "denied",
    }
    for row in edited:
        assert row.is_answered == bool(row.spans) == str(row.kind).endswith("in both")


def test_what_still_answers_has_the_answer_it_had(edited: list[Row]) -> None:
    assert {row.answers for row in edited if row.is_answered} <= {row.answers for row in ROWS}


def test_an_unanswered_question_differs_in_one_place(edited: list[Row]) -> None:
    passages = {row.passage: row.question for row in ROWS}

    for row in edited:
        if not row.is_answered:
            assert row.question != passages[row.passage]


def test_opposites_and_denials_read_as_english() -> None:
    assert {row.question for s in CHANCE_SEEDS for row in turn_round(MILL, random.Random(s))} == {
        "Who owned the smallest mill before Kester?",
        "Who owned the largest mill after Kester?",
    }
    assert {row.question[:14] for s in CHANCE_SEEDS for row in deny(BRIDGE, random.Random(s))} == {
        "What did not O",
        "What did never",
        "What didn't Or",
    }


def test_a_passage_loses_the_sentence_that_answers() -> None:
    made = remove_answer(TOWER)

    assert made is not None
    assert made.passage == "Velm lies on the coast. Later Orsa built a bridge of iron, and Velm watched."
    assert (made.is_answered, made.spans) == (False, ())


def test_a_near_passage_is_of_another_document(embedder: Embedder) -> None:
    made = list(nearest_of_others(ROWS, embedder, random.Random(1)))

    assert len(made) == len(ROWS)
    for row in made:
        held = next(other for other in ROWS if other.passage == row.passage)
        assert held.document != row.document
        assert (row.is_answered, row.spans) == (False, ())


def test_the_tokens_of_an_answer_are_marked() -> None:
    tokenizer = load_tokenizer(MAX_TOKENS)

    for one in encode(tokenizer, ROWS):
        marked = tokenizer.decode(one.ids[one.is_answer == 1].tolist())
        assert marked == one.row.answers[0].lower()


def test_a_span_that_misses_its_answer_is_refused(tmp_path: Path) -> None:
    fields = {
        "id": "own-1",
        "set": "own",
        "question": "When?",
        "passage": "It was in May.",
        "answers": [{"text": "May", "start": 9}],
        "answerable": True,
        "gran": "exact",
        "neg": None,
        "doc": "d",
        "split": "train",
    }
    (tmp_path / QUESTIONS).write_bytes(lzma.compress(json.dumps(fields).encode()))

    with pytest.raises(ValueError, match="'own-1' does not give its answer"):
        load_questions(tmp_path)


def test_figures_are_given_by_set_and_by_kind_of_unanswered_question() -> None:
    others = [replace(row, is_answered=False, spans=(), kind="denied") for row in ROWS]

    figures = evaluate(EvenReader(), [*ROWS, *others])

    assert figures.by_set == {"own": 0.5}  # the same texts, so nothing sets them apart
    assert figures.by_kind == {"denied": 0.5}
    assert 0 < figures.place_share < 0.5


class EvenReader:
    """Runs as a session does, and finds every token as likely as the next."""

    def run(self, _: list[str], inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        ids = inputs["input_ids"]
        return ids.sum(axis=1).astype(np.float32), np.zeros(ids.shape, np.float32)


@pytest.mark.slow
def test_the_graph_reads_as_the_model_does() -> None:
    import torch

    from benchmarks.reader_training.model import random_model, weights_of

    model = random_model(seed=1).eval()
    graph = build_graph(weights_of(model))
    (batch,) = batches_of(encode(load_tokenizer(MAX_TOKENS), ROWS))
    inputs = (batch.ids, batch.mask, batch.kinds)
    with torch.no_grad():
        expected = [part.numpy() for part in model(*map(torch.from_numpy, inputs))]

    names = ("input_ids", "attention_mask", "token_type_ids")
    session = open_session(graph)
    logits, places = session.run(["answers", "places"], dict(zip(names, inputs, strict=True)))

    assert (logits.shape, places.shape) == ((3,), batch.ids.shape)
    assert np.abs(logits - expected[0]).max() <= 1e-4
    assert np.abs((places - expected[1])[batch.mask == 1]).max() <= 1e-4
