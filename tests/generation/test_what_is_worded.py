"""What a visitor copies letter by letter is not given to a model to word."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.chat.generation.generate import Brief, Generator, NotGenerated
from bot.chat.generation.kept_answers import KeptAnswers
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

    assert [part async for part in generator.answer(brief, None)] == [NotGenerated("to_copy")]
