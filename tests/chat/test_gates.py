"""The capture ledger is right about every way a conversation can end."""

import pytest

from tests.chat.conversations import talking

pytestmark = pytest.mark.slow

ADDRESS = "ada@harbour.example"


@pytest.mark.parametrize(
    ("lines", "gate"),
    [
        (["Hello"], "never_asked"),
        (["Do you ship to France?"], "left_at:need"),
        (["Do you ship to France?", "no thanks"], "no_contact_given"),
        (["I want to talk to a person"], "left_at:email"),
        (["I want to talk to a person", "ada@@harbour"], "contact_unclear"),
        (["I want to talk to a person", "ada@@harbour", "Do you ship to France?"], "contact_unclear"),
        (["I want to talk to a person", "ada@gmial.com"], "contact_unclear"),
        (["I want to talk to a person", "no thanks"], "contact_declined"),
        (["I want to talk to a person", "ada@@harbour", f"sorry, {ADDRESS}"], "consent_missing"),
        ([f"Write to {ADDRESS}"], "consent_missing"),
        ([f"Write to {ADDRESS}", "no"], "consent_refused"),
        ([f"Write to {ADDRESS}", "yes"], None),
        ([f"Write to {ADDRESS}", "yes", "I withdraw my consent"], "consent_withdrawn"),
        (["please delete my data"], "never_asked"),
    ],
)
async def test_a_conversation_stands_at_the_gate_that_stopped_it(lines: list[str], gate: str | None) -> None:
    async with talking() as talk:
        await talk.say(*lines)

        lead = (await talk.lead()).as_json()

    assert (lead["stopped_at"], lead["captured"]) == (gate, gate is None)
