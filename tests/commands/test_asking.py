"""`foyer index` and `foyer ask`: the shapes that scripts rely on."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Foyer

pytestmark = [pytest.mark.slow, pytest.mark.model]


def test_index_prints_its_report_as_one_json_object(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    result = foyer("index", site, "--json", home=tmp_path / "home")

    assert (result.returncode, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert set(report) == {"documents", "passages", "index_version", "seconds", "failures"}
    assert report["documents"] == {"added": 8, "changed": 0, "removed": 0, "unchanged": 0, "failed": 0}


def test_a_broken_file_is_exit_code_3_and_named_and_the_rest_is_indexed(
    foyer: Foyer, site: Path, tmp_path: Path
) -> None:
    broken = Path(shutil.copytree(site, tmp_path / "broken"))
    (broken / "knowledge" / "orders.json").write_text("[{")

    result = foyer("index", broken, "--json", home=tmp_path / "home")

    assert result.returncode == 3
    report = json.loads(result.stdout)
    assert (report["documents"]["added"], report["documents"]["failed"]) == (8, 1)
    assert [set(failure) for failure in report["failures"]] == [{"source", "code", "message"}]
    assert report["failures"][0]["source"] == "orders.json"
    assert "orders.json" in result.stderr
    assert "Traceback" not in result.stderr


def test_ask_answers_in_words_with_its_source(foyer: Foyer, site: Path) -> None:
    result = foyer("ask", site, "Do you ship to France?")

    assert result.returncode == 0
    assert "12 euros" in result.stdout
    assert "[1]" in result.stdout


def test_a_batch_is_answered_line_by_line_in_its_order_and_shape(
    foyer: Foyer, site: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [
        {"id": "z", "text": "Do you ship to France?"},
        {"id": "a", "text": "How long does the battery of the cargo bike charge?"},
        {"id": "m", "text": "Who won the world cup in 1954?"},
        {
            "id": "h",
            "text": "and how much is that?",
            "history": [
                {"author": "visitor", "text": "Do you ship to France?"},
                {"author": "bot", "text": "Yes."},
                {"author": "topic", "text": "shipping"},
            ],
        },
    ]
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows) + "\n")

    result = foyer("ask", site, "--batch", batch)

    assert result.returncode == 0, result.stderr
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["z", "a", "m", "h"]
    for answer in answers:
        check_shape(answer)
    shipping, battery, cup, _ = answers
    assert (shipping["kind"], shipping["citations"][0]["document_id"]) == ("faq", "ship")
    assert "12 euros" in shipping["text"]
    assert battery["kind"] in {"faq", "extracted"}
    assert "four hours" in battery["text"]
    assert (cup["kind"], cup["text"], cup["citations"]) == ("none", None, [])


def test_a_batch_with_a_byte_order_mark_and_odd_line_separators_is_read(
    foyer: Foyer, site: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [{"id": "1", "text": "Do you ship\u2028to France?"}, {"id": "2", "text": "Hello\x85?"}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    batch.write_bytes(("\ufeff" + "\r\n".join(lines)).encode())

    result = foyer("ask", site, "--batch", batch)

    assert result.returncode == 0, result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.split("\n")[:-1]] == ["1", "2"]


def check_shape(answer: dict[str, object]) -> None:
    """See that an answer has the contract's keys and kinds."""
    keys = {"id", "kind", "text", "confidence", "citations", "hits"}
    assert keys <= answer.keys() <= {*keys, "suggestions", "products", "unknown"}
    assert answer["kind"] in {"faq", "extracted", "generated", "none"}
    assert 0 <= answer["confidence"] <= 1  # type: ignore[operator]
    assert answer["hits"]
    assert len(answer["hits"]) == len(set(answer["hits"])) <= 10  # type: ignore[arg-type, call-overload]
    for citation in answer["citations"]:  # type: ignore[attr-defined]
        assert set(citation) == {"document_id", "passage_id", "title", "url", "link", "quote"}
        assert citation["quote"]


def test_the_same_question_gives_the_same_answer_every_time(foyer: Foyer, site: Path) -> None:
    first, second = (foyer("ask", site, "What warranty do the bikes have?", "--json") for _ in range(2))

    assert first.stdout == second.stdout
    assert "ten years" in first.stdout


def test_the_demo_says_how_to_add_foyer_to_a_website_with_a_citation(foyer: Foyer, demo: Path) -> None:
    result = foyer("ask", demo, "How do I add Foyer to my website?", "--json")

    answer = json.loads(result.stdout)
    assert "<script" in answer["text"]
    assert answer["citations"]
