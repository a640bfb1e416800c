"""What is not worded by a model, and what none may say: the mark of its own prompt."""

import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assemble.code_key import code_key, mark_of
from bot.chat.generation.generate import Brief, Generator, NotGenerated
from bot.chat.generation.kept_answers import KeptAnswers
from bot.chat.generation.verify import Watch, plain
from bot.domain.answer import Answer, Written
from bot.domain.conversation import VisitorId

NOBODY = cast(Any, None)


@pytest.mark.parametrize(
    "text", ["Add this line:\n\n```html\n<b>\n```", "Prices:\n\n| a | b |\n|---|---|\n| 1 | 2 |"]
)
async def test_code_and_tables_are_quoted(text: str) -> None:
    generator = Generator(
        model=NOBODY, purse=NOBODY, check=NOBODY, cite=NOBODY, kept=KeptAnswers(), name="Harbour Bikes",
        mark="5eac0de5", is_masked=True, note=lambda *_: None,
    )  # fmt: skip
    passage = Written(document_id="d", passage_id="p", title="How", url=None, text=text)
    answer = Answer(kind="faq", text=text, confidence=0.9, passages=(passage,))
    brief = Brief(
        question="How?", answer=answer, visitor_id=VisitorId("v"), at=datetime(2027, 1, 15, tzinfo=UTC)
    )

    assert [part async for part in generator.answer(brief, None, within_s=1)] == [NotGenerated("to_copy")]


@given(
    st.lists(st.text(alphabet="5EAc0d -é", max_size=12), max_size=6), st.lists(st.integers(0, 60), max_size=4)
)
def test_a_mark_is_seen_however_it_is_cut_and_spelt(noise: list[str], cuts: list[int]) -> None:
    text = " 5-E.a".join(noise) + " 5 e-A.c 0DE" + "5".join(noise)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    watch = Watch("5eac0de5")
    for begin, end in itertools.pairwise(places):
        watch.take(text[begin:end])
    assert watch.has_seen is ("5eac0de5" in plain(text))


def test_the_beginning_of_a_prompt_is_the_same_in_each_process_and_another_for_each_site(
    tmp_path: Path,
) -> None:
    first, after_a_restart = code_key(tmp_path), code_key(tmp_path)
    assert mark_of("harbour", first) == mark_of("harbour", after_a_restart)
    assert mark_of("harbour", first) != mark_of("ferry", first)
    assert mark_of("harbour", first) != mark_of("harbour", code_key(tmp_path / "another"))
    assert plain(mark_of("harbour", first)) == mark_of("harbour", first)
