"""Who asks how to reach the company hears its number or address; who asks for more does not."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

ABOUT = """# About us

We have tuned pianos in Bergen since 1988, in our third generation.

## Find us

Send your letters to post@tuner.example or ring us on +47 55 55 01 00 in the morning.

## Fees

A tuning takes an hour. We send an invoice.
"""


@pytest.fixture(scope="module")
def tuner(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(ABOUT, document_id="about.md", title="About us"),
            make_faq("f1", "Can I hire a piano?", "Yes, by the month, delivery included."),
            make_faq("f2", "Do I need an account?", "No, you can order as a guest."),
        ]
    )


@pytest.mark.parametrize(
    "question", ["phone number", "can I call you?", "what's your e-mail address", "how can i contact you"]
)
def test_the_number_or_address_is_told(tuner: KnowledgeBase, question: str) -> None:
    assert "post@tuner.example or ring us on +47 55 55 01 00" in (tuner.answer(question).text or "")


@pytest.mark.parametrize("question", ["I forgot my number", "do you send an e-mail reminder", "address"])
def test_more_than_that_is_not_answered_with_it(tuner: KnowledgeBase, question: str) -> None:
    assert tuner.answer(question).kind == "none"
