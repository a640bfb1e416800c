"""Which sentences of a model are shown, and which count: those that say something."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.chat.generation.verify import Dropped, Gate, Passed
from bot.domain.answer import Citation, Written
from bot.domain.notes import OMITTED
from knowledge.support import Source, Verdict, check_sentence

PASSAGE = Written(
    document_id="d",
    passage_id="p",
    title="Sledges",
    url=None,
    text="A sledge costs 12 euros a day. Helmets are included. We do not accept cheques; pay by card.",
)


async def check(sentence: str, passages: Sequence[Written], question: str) -> Verdict:
    sources = [Source(1, one.title, one.text) for one in passages]
    return await asyncio.to_thread(check_sentence, sentence, sources, question)


def cite(passage: Written, sentence: str) -> Citation | None:
    return Citation(n=1, document_id="d", passage_id="p", title=passage.title, quote=passage.text, url=None)


async def looked_at(sentences: Sequence[str], question: str = "What is a sledge?") -> tuple[list[bool], Gate]:
    gate = Gate([PASSAGE], question=question, check=check, cite=cite)
    return [isinstance(await gate.look(one), Passed) for one in sentences], gate


@pytest.mark.parametrize(
    "hollow",
    ["[1].", "* [1]", "- **[1]**", "👍 [1].", "✅ [1]", "Ha! [1]", "OK [1].", "Sure [1]!", "Klar [1].", "…"],
)  # fmt: skip
async def test_what_says_nothing_is_not_shown_and_counts_neither_way(hollow: str) -> None:
    shown, gate = await looked_at([hollow, "A sledge costs 12 euros a day [1]."])

    assert (shown, gate.passed, gate.dropped) == ([False, True], 1, 0)


@pytest.mark.parametrize(
    "polite",
    [
        "Happy to help!", "Great question! 😊", "Let me know if you have any other questions.", "I hope this helps!",
        "Is there anything else I can help you with?", "You’re welcome.", "Here's what I found:",
        "Gerne!  Bei weiteren Fragen melden Sie sich einfach.", "Kann ich Ihnen sonst noch helfen?",
        "Avec plaisir ! N'hésitez pas si vous avez d'autres questions.", "Je reste à votre disposition.",
        "¡Con mucho gusto!", "Si tiene más preguntas, no dude en preguntar.",
    ],
)  # fmt: skip
async def test_politeness_needs_no_citation_is_not_shown_and_counts_neither_way(polite: str) -> None:
    shown, gate = await looked_at(["A sledge costs 12 euros a day [1].", polite])

    assert (shown, gate.passed, gate.dropped) == ([True, False], 1, 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "Happy to help, and it is free!", "Happy to help within 2 hours!", "Let me know and I will call you.",
        "Great question, Bob!", "Thanks for asking, you get a discount.", "Feel free to take two.",
        "Of course you can cancel.", "Gerne liefern wir kostenlos.", "Natürlich ist der Helm dabei.",
        "N'hésitez pas, c'est gratuit.", "Claro que sí, es gratis.", "Melden Sie sich jederzeit bei Frau Weiss.",
        "We are here to help you around the clock.", "If you need anything else, we deliver.",
    ],
)  # fmt: skip
async def test_what_promises_offers_or_tells_anything_is_no_politeness(sentence: str) -> None:
    shown, gate = await looked_at([sentence])

    assert (shown, gate.passed, gate.dropped) == ([False], 0, 1)


async def test_what_was_shown_is_not_shown_again_but_in_a_list() -> None:
    again = ["A sledge costs 12 euros a day [1].", " A sledge costs 12 euros a day! [1]"]
    listed = [
        "- Helmets are included. [1]\n",
        "- Helmets are included. [1]\n",
        "Pay by card [1]\n",
        "Pay by card [1]\n",
    ]
    shown, gate = await looked_at([*again, *listed])

    assert (shown, gate.passed, gate.dropped) == ([True, False, True, True, True, True], 5, 0)


async def test_marks_alone_do_not_vouch_for_what_was_thrown_away() -> None:
    _, gate = await looked_at(["[1].", " [1].", "A sledge costs 900 euros [1].", "[1]", "It is free [1]."])

    assert (gate.passed, gate.dropped) == (0, 2)


@pytest.mark.parametrize(
    ("question", "answer", "is_shown"),
    [
        ("Can I pay by cheque?", "Yes [1].", False),
        ("Can I pay by cheque?", "Of course [1].", False),
        ("Can I pay by cheque?", "Yes, pay by card [1].", False),
        ("Are helmets included?", "Yes [1].", True),
        ("Are helmets included?", "No [1].", False),
    ],
)
async def test_a_yes_is_shown_where_it_is_right(question: str, answer: str, is_shown: bool) -> None:
    assert (await looked_at([answer], question))[0] == [is_shown]


async def test_what_leans_on_a_sentence_that_was_thrown_away_falls_with_it_also_behind_a_mark() -> None:
    gate = Gate([PASSAGE], question="?", check=check, cite=cite)
    for one in ("Sledges are free on Mondays [1].", "[1]."):
        assert isinstance(await gate.look(one), Dropped)
    assert await gate.look("They are included [1].") == Dropped("dangling")


async def test_the_rest_of_a_sentence_that_was_thrown_away_falls_with_it_and_an_item_does_not() -> None:
    gate = Gate([PASSAGE], question="?", check=check, cite=cite)
    for one in ("Sledges are free on Mondays [1].", "helmets are included [1]."):
        assert isinstance(await gate.look(one), Dropped)
    assert isinstance(await gate.look("- helmets are included [1]"), Passed)


async def test_what_introduces_a_list_may_end_in_its_mark_and_a_colon() -> None:
    shown, _ = await looked_at(
        [
            "A sledge costs 12 euros a day [1]:\n",
            "- Helmets are included [1]\n",
            "[1]: https://example.com [1]",
        ]
    )

    assert shown == [True, True, False]


async def test_a_word_of_a_script_without_spaces_is_a_sentence() -> None:
    _, gate = await looked_at(["我们送货到法国 [1]。", "我们不送货到德国 [1]。"])

    assert gate.dropped == 2  # judged, and not passed over


async def test_what_is_cited_of_one_passage_is_one_footnote() -> None:
    def cite_place(passage: Written, sentence: str) -> Citation:
        quote = "A sledge costs 12 euros a day." if "12" in sentence else "Helmets are included."
        return replace(cite(passage, sentence), quote=quote)

    gate = Gate([PASSAGE, PASSAGE], question="What is a sledge?", check=check, cite=cite_place)
    shown = [
        await gate.look(one) for one in ("A sledge costs 12 euros a day [1].", "Helmets are included [2].")
    ]

    assert [one.text for one in shown if isinstance(one, Passed)] == [
        "A sledge costs 12 euros a day [1].",
        "Helmets are included [1].",
    ]
    assert [note.quote.split(OMITTED) for note in gate.citations] == [
        ["A sledge costs 12 euros a day.", "Helmets are included."]
    ]


async def test_a_list_of_what_the_marks_stand_for_is_not_shown_and_counts_neither_way() -> None:
    shown, gate = await looked_at(["A sledge costs 12 euros a day [1].\n", "[1]: Sledges, price list\n"])

    assert (shown, gate.passed, gate.dropped) == ([True, False], 1, 0)


OTHERS = (
    replace(PASSAGE, passage_id="hours", text="The shop is open from 10 to 17. Call us on +44 113 496 0123."),
    replace(
        PASSAGE, passage_id="prices", text="Sledges: 12 euros a day each.", url="https://a.example/prices"
    ),
    replace(PASSAGE, passage_id="skis", text="A pair of skis costs 30 euros a day."),
)


def cite_its_own(passage: Written, sentence: str) -> Citation:
    return Citation(n=1, document_id="d", passage_id=passage.passage_id, title="", quote="", url=None)


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        ("A sledge costs 12 euros a day [1][2].", "[1]"),
        ("A sledge costs 12 euros a day [2][1].", "[1]"),
        ("A sledge costs 12 euros a day [1] [2] [4].", "[1]"),
        ("A sledge costs 12 euros a day [1][3].", "[1][2]"),
        ("A sledge costs 12 euros a day [1], and the shop is open from 10 to 17 [2].", "[1][2]"),
        ("A sledge costs 12 euros a day, and the shop is open from 10 to 17 [1][2][4].", "[1][2]"),
        ("A sledge costs 12 euros a day [1][2][3][4].", "[1][2]"),
    ],
)
async def test_a_mark_of_what_a_sentence_stands_without_is_left_out(written: str, marks: str) -> None:
    gate = Gate([PASSAGE, *OTHERS], question="What is a sledge?", check=check, cite=cite_its_own)
    shown = await gate.look(written)

    assert isinstance(shown, Passed)
    assert "".join(re.findall(r"\[\d\]", shown.text)) == marks
    assert len(gate.citations) == marks.count("[")
    assert not re.search(r"\s[.,]", shown.text)


async def test_the_mark_of_a_page_that_is_linked_to_stays() -> None:
    async def check_without_link(sentence: str, passages: Sequence[Written], question: str) -> Verdict:
        return await check(sentence.replace(" (https://a.example/prices)", ""), passages, question)

    gate = Gate(OTHERS, question="?", check=check_without_link, cite=cite_its_own)
    await gate.look("[The shop](https://a.example/prices) is open from 10 to 17 [1][2].")

    assert [citation.passage_id for citation in gate.citations] == ["hours", "prices"]
