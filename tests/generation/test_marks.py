"""Citation marks are ours whatever way a model writes them, in whatever pieces they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.generation.marks import MarkStream, with_our_marks

PARTS = st.sampled_from(
    ["[", "]", "(", ")", "*", "**", "_", "<sup>", "</sup>", "【", "】", "†source", "^", "1", "12", ", ", " ", ".", "\n",
     "passage ", "Quelle ", "[1]", "([2])", "[1](https://a.example/b.html?c)", "We ship", "[name 1]", "# "]
)  # fmt: skip


def in_pieces(text: str, size: int) -> str:
    stream = MarkStream()
    told = [stream.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join([*told, stream.finish()])


@pytest.mark.parametrize("size", [1, 3, 999])
@pytest.mark.parametrize(
    "mark",
    [
        "[1]", "【1】", "【1†source】", "【1†faq.md L3-L9】", "[1†source]", "[^1]", "[^1^]", "［1］", "[passage 1]",
        "[Passage 1]", "[source: 1]", "[Quelle 1]", "[extrait 1]", "[fuente 1]", "[#1]", "[ 1 ]", "[[1]]",
        "[1](https://www.example.com/a.html?b=c#d)", "[[1]](/returns)", "[1](#fn1)", "[1]()", "<sup>[1]</sup>",
        "<sup>1</sup>", "([1])", "**[1]**", "*[1]*", "_[1]_", "(passage 1)", "(Quelle 1)", "([1](https://a.example/))",
    ],
)  # fmt: skip
def test_a_mark_of_another_form_is_ours(mark: str, size: int) -> None:
    assert in_pieces(f"We ship {mark}. Or {mark}", size) == "We ship [1]. Or [1]"


@pytest.mark.parametrize("size", [1, 3, 999])
@pytest.mark.parametrize(
    "marks",
    ["[1, 2]", "[1; 2]", "[1 & 2]", "【1, 2】", "【1】【2】", "([1][2])", "([1], [2])", "[passages 1 and 2]", "[1,2]",
     "[passage 1, passage 2]", "**[1][2]**", "<sup>1, 2</sup>", "(Quellen 1 und 2)", "[^1][^2]"],
)  # fmt: skip
def test_several_stand_apart(marks: str, size: int) -> None:
    assert in_pieces(f"We ship {marks}.", size) == "We ship [1][2]."


@pytest.mark.parametrize(
    "text",
    [
        "Hello [name 1], write to [email 1.2] [1].",
        "It costs (12) or [price: 12] [1].",
        "Read [our terms](https://a.example/terms) [1].",
        "Open 9 to 17 (Monday to Friday) [1].",
        "**Delivery:** [1] **Returns:** [2]",
        "【4:0†source】 [2024] [a1]",
        "12 m<sup>2</sup-",
        "[1](free of charge)",
        "- Helmets are included [1]\n* Skis (two) [2]\n",
    ],
)
def test_all_else_stays_letter_by_letter(text: str) -> None:
    assert with_our_marks(text) == in_pieces(text, 1) == text


@given(st.lists(PARTS, max_size=14).map("".join), st.integers(1, 9))
def test_what_comes_out_does_not_hang_on_the_pieces(text: str, size: int) -> None:
    assert in_pieces(text, size) == with_our_marks(text)


def test_a_whole_sentence_waits_for_nothing() -> None:
    stream = MarkStream()
    assert "".join(map(stream.feed, "* We **ship** (fast) 【1】.")) == "* We **ship** (fast) [1]."


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["[" * 6_000, "[1](a" * 1_200, "[1](/a)" * 900, "(*_<[" * 1_200, "[1, " * 1_500]
)
def test_no_text_is_so_odd_that_it_holds_up_everybody_else(text: str) -> None:
    assert in_pieces(text, 1)
    assert with_our_marks(text)
