"""A model that speaks to the visitor by name: the sentence is judged without it, and shown with it."""

import pytest

from bot.assemble.generating import check
from bot.chat.generation.addressing import set_apart
from bot.chat.generation.verify import Gate, Passed
from bot.domain.answer import Citation, Written
from bot.domain.reading import Private
from bot.domain.veil import Veil

TEXT = "A single kayak costs 18 euros per hour."
PASSAGE = Written(document_id="d", passage_id="p", title="Prices", url=None, text=TEXT)
CITATION = Citation(n=1, document_id="d", passage_id="p", title="Prices", url=None, quote=TEXT)


async def shown(written: str) -> str | None:
    veil = Veil()
    veil.hide(Private(0, 9, "name", "tom baker"), "Tom Baker")
    assert veil.cover("How much is it? Cheers, Tom Baker") == "How much is it? Cheers, [name 1]"
    gate = Gate([PASSAGE], question="How much is a single kayak?", check=check, cite=lambda *_: CITATION)
    apart = set_apart(written, veil.lift)
    seen = await gate.look(apart.sentence)
    return apart.put_back(seen.text) if isinstance(seen, Passed) else None


@pytest.mark.parametrize(
    "written",
    [
        "[name 1], a single kayak costs 18 euros per hour [1].",
        " Hello Mr [name 1]: a single kayak costs 18 euros per hour [1].",
        "Cher M. [name 1] – a single kayak costs 18 euros per hour [1].",
        "Estimado señor [name 1], a single kayak costs 18 euros per hour [1].",
        "A single kayak costs 18 euros per hour, Herr [name 1] [1].",
        "Well, [name 1], a single kayak costs 18 euros per hour [1].",
        "A single kayak, [name 1], costs 18 euros per hour [1]. ",
    ],
)
async def test_an_address_is_no_foreign_name_and_stands_where_it_stood(written: str) -> None:
    assert await shown(written) == written.replace("[name 1]", "Tom Baker")


@pytest.mark.parametrize(
    "written",
    [
        "[name 1] pays 18 euros per hour for a single kayak [1].",
        "A single kayak costs [name 1] 18 euros per hour [1].",
        "[name 7], a single kayak costs 18 euros per hour [1].",
        "[name 1], a single kayak costs 81 euros per hour [1].",
        "Hello [name 1]!",
    ],
)
async def test_what_is_said_of_somebody_or_is_wrong_is_dropped_as_before(written: str) -> None:
    assert await shown(written) is None
