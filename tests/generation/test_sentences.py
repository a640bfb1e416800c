"""A text that is being written becomes sentences, whatever the pieces it comes in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.generation.sentences import LONGEST, SentenceStream

ENDINGS = st.text(alphabet="aB1, .!?…\n[]()\"'*。-z.B", max_size=80)


def cut(text: str, size: int | None = None) -> list[str]:
    """Return the sentences of a text, fed whole or in pieces of a size."""
    stream = SentenceStream()
    told = [one for at in range(0, len(text), size or len(text)) for one in stream.feed(text[at:][:size])]
    return [one.strip() for one in [*told, stream.finish()] if one.strip()]


@given(st.lists(ENDINGS, max_size=8))
def test_nothing_is_lost_added_or_told_otherwise_in_other_pieces(pieces: list[str]) -> None:
    stream = SentenceStream()
    told = [sentence for piece in pieces for sentence in stream.feed(piece)]
    assert "".join([*told, stream.finish()]) == "".join(pieces)


def test_a_sentence_ends_at_its_stop_with_its_marks() -> None:
    assert cut("We ship to France [1]. It costs 12.50 euros [2]! Is it new? Yes. [1] [2] End") == [
        "We ship to France [1].",
        "It costs 12.50 euros [2]!",
        "Is it new?",
        "Yes. [1] [2]",
        "End",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        'Our guide said: "Never alone." [2].',
        'He wrote "Go!" [2] [3]!',
        "Sie sagte: „Nie allein.“ [2].",
        "Elle a dit : « Jamais. » [2].",
        "Dijo: «Nunca solo.» [2].",
        "He said “Never.” [12].",
        "He said “Never.” [1, 12].",
        "Yes, always. [1,2] [3; 4]",
    ],
)
@pytest.mark.parametrize("size", [1, 3, 99])
def test_a_stop_behind_the_marks_of_a_quotation_ends_its_sentence(sentence: str, size: int) -> None:
    assert cut(f"{sentence} Then so [1].", size) == [sentence, "Then so [1]."]


@pytest.mark.parametrize(
    "sentence",
    [
        "We collect from 8 a.m. on Mondays [1].",
        "The line is staffed from 9 a.m. to 5 p.m. Monday to Friday [1].",
        "Pick-up costs £12 incl. packing [1].",
        "It is within 5 mi. of the studio [1].",
        "Find us at Mill Rd. 5 [1].",
        "The U.S. Postal Service brings it [1].",
        "Inkl. MwSt. kostet es 12 Euro zzgl. Versand [1].",
        "Open Mon. to Fri. until noon [1].",
    ],
)
@pytest.mark.parametrize("size", [1, 4, 99])
def test_an_abbreviation_ends_no_sentence(sentence: str, size: int) -> None:
    whole = cut(f"{sentence} 5 rooms are left [2]. Then so [1].", size)
    assert whole == [sentence, "5 rooms are left [2].", "Then so [1]."]


def test_what_ends_in_an_hour_with_its_mark_behind_ends_there() -> None:
    assert cut("We close at 5 p.m. [1] Tickets are 5 euros [2].") == [
        "We close at 5 p.m. [1]",
        "Tickets are 5 euros [2].",
    ]


def test_marks_behind_the_stop_belong_to_the_sentence_also_when_they_come_later() -> None:
    stream = SentenceStream()
    told = [
        one for piece in ("Yes", ".", " [", "1", "]", " [2] ", "So. ", "No") for one in stream.feed(piece)
    ]
    assert told == ["Yes. [1] [2] ", "So. "]


@pytest.mark.timeout(
    20
)  # which are minutes of work for whoever searches the whole text again with every piece
@pytest.mark.parametrize(
    "pieces",
    [
        ["."] * 6_000,
        ["." * 12] * 500,
        list("a. " * 2_000),
        ["a. " * 2_000],
        list(".[1]" * 1_500),
        list(".[1, 2]" * 900),
        list("." + "[1," * 2_000),
        list(".*" * 3_000),
    ],
    ids=[
        "dots",
        "dozens of dots",
        "initials",
        "initials at once",
        "marks",
        "marks of two",
        "half marks",
        "closings",
    ],
)
def test_no_piece_is_so_odd_that_it_holds_up_everybody_else(pieces: list[str]) -> None:
    stream = SentenceStream()
    for _ in range(5):
        told = [sentence for piece in pieces for sentence in stream.feed(piece)]
        assert "".join([*told, stream.finish()]) == "".join(pieces)


def test_a_stop_that_ends_nothing_is_passed_over() -> None:
    for text in (
        "Dr. Who rides it [1].",
        "Wir liefern z. B. nach Wien [1].",
        "It opens at 8.30 a.m. on 3.5.2027 [1].",
    ):
        assert cut(text)[0].startswith(text[:12]), text
    assert cut("1. The first [1].\n2. The second [2].\n") == ["1. The first [1].", "2. The second [2]."]


def test_a_sentence_with_its_mark_before_the_stop_waits_for_nothing() -> None:
    stream = SentenceStream()
    told = [sentence for letter in "We ship [1]." for sentence in stream.feed(letter)]
    assert told == ["We ship [1]."]


def test_what_never_ends_is_given_all_the_same() -> None:
    stream = SentenceStream()
    assert len(stream.feed("x" * LONGEST)[0]) == LONGEST
