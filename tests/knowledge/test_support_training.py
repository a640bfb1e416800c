"""The rows the support checker is trained on, and the graph it is served as."""

import random
import re
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.reader_training.evaluate import area_under_roc
from benchmarks.reader_training.made import gather_stock
from benchmarks.reader_training.rows import Row
from benchmarks.support_training.facts import LANGUAGES, Fact, language_of, made_facts, tell
from benchmarks.support_training.lessons import mixed
from benchmarks.support_training.made import affirm, change_number, made_of, near_number
from benchmarks.support_training.offers import made_offers
from benchmarks.support_training.wordings import Kind, draw_values, fill
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


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_kind_of_fact_has_both_labels_and_every_gap_is_filled(code: str) -> None:
    vocabulary, kinds = language_of(code)
    chance = random.Random(6)

    for kind in kinds:
        for world, sources in kind.sources.items():
            values = draw_values(kind, vocabulary, chance)
            written = [
                fill(text, values, chance) for text in (*sources, *(text for _, text in kind.sentences))
            ]
            assert not [text for text in written if re.search(r"[{}|]", text)]
            signs = {signs[world] for signs, _ in kind.sentences}
            assert "+" in signs
            assert "-" in signs or kind.swaps or kind.redrawn, kind.name


def test_a_fact_is_told_wrongly_by_one_thing() -> None:
    kind = Kind(
        "fee", [("price", "price2")], [], {0: ["Small {price}, large {price2}."]}, [("+", "Large: {price2}.")]
    )
    values = {"price": ("€5",), "price2": ("€9",)}

    told = {
        label: tell(Fact(kind, 0, values, ""), language_of("en")[0], random.Random(2), is_true=label)
        for label in (True, False)
    }

    assert told == {True: "Large: €9.", False: "Large: €5."}


def test_the_words_of_a_sentence_do_not_give_its_label_away() -> None:
    rows = made_facts(random.Random(9), count=4000)
    said = [set(re.findall(r"\w+", row.question.lower())) for row in rows]
    read = [set(re.findall(r"\w+", row.passage.lower())) for row in rows]
    labels = [row.is_answered for row in rows]

    assert 0.47 < sum(labels) / len(labels) < 0.53
    for signs in (
        [len(words & source) / len(words) for words, source in zip(said, read, strict=True)],
        [len(row.question) for row in rows],
    ):
        assert 0.42 < (area_under_roc(labels, signs) or 0) < 0.58


def test_the_last_lesson_is_mostly_facts() -> None:
    facts, labelled = [MILL] * 620, [replace(MILL, set_name="labelled")] * 900

    last = mixed(facts, (labelled, [MILL] * 2, []), random.Random(1))

    assert (len(last), sum(row.set_name == "labelled" for row in last)) == (620 + 250 + 2, 250)


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
