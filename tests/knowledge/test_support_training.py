"""The rows the support checker is trained on, and the graph it is served as."""

import random
import re

import numpy as np
import pytest

from benchmarks.reader_training.made import gather_stock
from benchmarks.reader_training.rows import Row
from benchmarks.support_training.made import affirm, change_number, made_of, near_number
from benchmarks.support_training.offers import made_offers
from knowledge.cross_encoder import CrossEncoder, load_tokenizer
from knowledge.onnx_session import open_session

MILL = Row(
    "own",
    "The mill of Kester was not rebuilt before 1931.",
    "Dame Ravel owned it. The mill of Kester was not rebuilt before 1931. Since 1950 it grinds oats again.",
    is_answered=True,
    is_exact=True,
    document="d",
)
SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_changed_number_is_another_and_all_else_stays(seed: int) -> None:
    (changed,) = change_number(MILL, random.Random(seed))

    number = re.findall(r"\d+", changed.question)
    assert not changed.is_answered
    assert number != ["1931"]
    assert changed.question.replace(number[0], "1931") == MILL.question


@pytest.mark.parametrize("seed", SEEDS)
def test_a_near_number_has_the_same_form(seed: int) -> None:
    near = near_number("1,250.50", random.Random(seed))

    assert near != "1,250.50"
    assert re.fullmatch(r"\d,\d{3}\.\d{2}", near)


def test_a_denial_is_taken_out() -> None:
    (affirmed,) = affirm(MILL)

    assert (affirmed.question, affirmed.is_answered) == ("The mill of Kester was rebuilt before 1931.", False)


def test_made_rows_are_what_their_labels_say() -> None:
    chance = random.Random(5)

    made = made_of([MILL], gather_stock([MILL], chance), chance, count=80)

    assert {row.is_answered for row in made} == {True, False}
    for row in made:
        if row.kind == "as it stands":
            assert row.is_answered
        if row.kind == "removed":
            assert not row.is_answered
            assert row.question not in row.passage


def test_an_offers_sentence_tells_values_of_its_item_only_when_supported() -> None:
    rows = made_offers(random.Random(4), count=400)

    shares = [row.is_answered for row in rows]
    assert 0.4 < sum(shares) / len(shares) < 0.6
    for row in rows:
        numbers = set(re.findall(r"\d+(?::\d+)?", row.question))
        if row.is_answered:
            assert numbers <= set(re.findall(r"\d+(?::\d+)?", row.passage))


def test_the_start_judges_as_the_reader_does() -> None:
    import torch

    from benchmarks.reader_training.model import model_of
    from benchmarks.support_training.start import reader_weights

    encoding = load_tokenizer(64).encode("When was the mill rebuilt?", MILL.passage)
    model = model_of(reader_weights()).eval()
    inputs = (encoding.ids, encoding.attention_mask, encoding.type_ids)
    with torch.no_grad():
        logits, _ = model(*(torch.tensor([part]) for part in inputs))

    served = CrossEncoder().judge("When was the mill rebuilt?", [MILL.passage])[0].logit
    assert abs(float(logits[0]) - served) < 0.6  # 8 bits of what passes through it, too


@pytest.mark.slow
def test_the_graph_judges_as_the_model_does() -> None:
    import torch

    from benchmarks.reader_training.model import random_model, weights_of
    from benchmarks.support_training.graph import build_graph

    model = random_model(seed=1).eval()
    encoding = load_tokenizer(64).encode(MILL.question, MILL.passage)
    inputs = [
        np.array([part], np.int64) for part in (encoding.ids, encoding.attention_mask, encoding.type_ids)
    ]
    with torch.no_grad():
        expected, _ = model(*map(torch.from_numpy, inputs))

    names = ("input_ids", "attention_mask", "token_type_ids")
    session = open_session(build_graph(weights_of(model)))
    (logits,) = session.run(["supported"], dict(zip(names, inputs, strict=True)))

    assert logits.shape == (1,)
    assert np.abs(logits - expected.numpy()).max() <= 1e-4
