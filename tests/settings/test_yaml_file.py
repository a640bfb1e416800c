"""YAML 1.2, with line numbers and within bounds."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.settings.problems import FilesError
from bot.settings.yaml_file import MAX_VALUES, parse_yaml, read_yaml, scalar
from bot.settings.yaml_scanner import Loader

PATH = Path("site/foyer.yaml")


def refusal(text: str) -> str:
    with pytest.raises(FilesError) as caught:
        parse_yaml(text, PATH)
    return str(caught.value)


def complaint_about(text: str) -> str:
    """Return why a text is refused; where it is not, only the path."""
    try:
        parse_yaml(text, PATH)
    except FilesError as error:
        return str(error)
    return str(PATH)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("12:30", "12:30"),
        ("0123", 123),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("-3", -3),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ("2027-01-15", "2027-01-15"),
        ("<<", "<<"),
        ("=", "="),
        ("1" * 5000, "1" * 5000),
    ],
)
def test_an_unquoted_word_means_what_yaml_1_2_says(word: str, meaning: Any) -> None:
    value = parse_yaml(f"key: {word}", PATH).value["key"]

    assert value == meaning
    assert type(value) is type(meaning)


def test_a_quoted_word_is_always_text() -> None:
    assert parse_yaml("a: 'true'\nb: \"7\"\nc: |\n  8", PATH).value == {"a": "true", "b": "7", "c": "8"}


def test_every_key_and_item_knows_its_line() -> None:
    file = parse_yaml("# comment\na: 1\nb:\n  - x\n  - y: 2\n    z: [1, {q: 3}]\n", PATH)

    assert file.line_of(("a",)) == 2
    assert file.line_of(("b", 0)) == 4
    assert file.line_of(("b", 1, "z", 1, "q")) == 6
    assert file.line_of(("b", 1, "missing", "deeper")) == 5


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb: 2\na: 3", "site/foyer.yaml:3: `a` is given twice (first in line 1); remove one"),
        ("x: 1\na: !!python/object:os.system x", "site/foyer.yaml:2: the tag"),
        ("a: !local x", "site/foyer.yaml:1: the tag '!local' is not supported; remove it"),
        ("a: 1\n---\nb: 2", "site/foyer.yaml:2: a second document"),
        ("a: &a [*a]", "`*a` is used before `&a` is complete"),
        ("a: *nowhere", "`*nowhere` is used before"),
        ("a:\n\t- b", "site/foyer.yaml:2: a tab stands where"),
        ("a: b: c", "site/foyer.yaml:1: a second `:`"),
        ("a: 1\nb: 'open", "site/foyer.yaml:2: is not YAML"),
        ("? [a]\n: b", "a key must be"),
        ("a: \x00", "control characters"),
        ("[" * 5000, "is nested deeper than"),
        ("- " * 5000, "is nested deeper than"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, complaint: str) -> None:
    assert complaint in refusal(text)


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    assert f"more than {MAX_VALUES:,} values" in refusal("\n".join(lines))


def test_an_alias_within_bounds_is_its_anchors_value() -> None:
    assert parse_yaml("a: &x [1, 2]\nb: *x", PATH).value == {"a": [1, 2], "b": [1, 2]}


def test_a_large_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_text("a: " + "x" * 300_000)

    with pytest.raises(FilesError, match="larger than 256 KiB"):
        read_yaml(tmp_path / "big.yaml")


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: caf\xe9")

    with pytest.raises(FilesError, match=r"latin\.yaml:2: is not UTF-8"):
        read_yaml(tmp_path / "latin.yaml")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfa: 1")

    assert read_yaml(tmp_path / "bom.yaml").value == {"a": 1}


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FilesError, match="can not be read: no such file"):
        read_yaml(tmp_path / "none.yaml")


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_problem(text: str) -> None:
    assert complaint_about(text).startswith("site/foyer.yaml")


@given(st.text(alphabet="&*a[]{}:,- \n!'\"|>#?", max_size=80))
def test_no_punctuation_raises_anything_but_a_problem(text: str) -> None:
    assert complaint_about(text).startswith("site/foyer.yaml")


@given(st.integers(-(10**17), 10**17))
def test_a_whole_number_is_read_as_itself(number: int) -> None:
    assert scalar(str(number)) == number


def test_a_question_needs_no_quotes_inside_brackets() -> None:
    text = "choices: [What does it cost?, {label: Why?, at: 1?2}]\nmore:\n  - Really? # yes\n  - [a: b?]"

    assert parse_yaml(text, PATH).value == {
        "choices": ["What does it cost?", {"label": "Why?", "at": "1?2"}],
        "more": ["Really?", [{"a": "b?"}]],
    }


@given(st.text(alphabet="ab1:#- ,[]{}'\"\n&*!|>", max_size=60))
def test_without_question_marks_our_scanner_is_that_of_pyyaml(text: str) -> None:
    def events(loader: Any) -> list[str]:
        found = []
        try:
            found.extend(repr(event) for event in yaml.parse(text, Loader=loader))
        except yaml.YAMLError as error:
            found.append(str(error))
        return found

    assert events(Loader) == events(yaml.SafeLoader)
