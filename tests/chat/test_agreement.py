"""A form for contact details: what its fields say is read like any words, and its box gives consent, or does not."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.assemble.simulation import reply_of
from bot.chat.agreement import forms_of, words_of_form
from bot.chat.said import Said
from bot.chat.understand import understand
from bot.domain.conversation import Author, Consent, ConversationId, Message, MessageId
from bot.domain.slots import Slot, SlotKind
from tests.chat.conversations import Talking, voice_of
from tests.chat.in_memory import START

ADDRESS = "ada@harbour.example"
FILLED = {"name": "Ada Lovelace", "email": ADDRESS}


async def fill_in(talk: Talking, form: Mapping[str, str]) -> Message:
    """Ask for an address and fill in the form below the question."""
    await talk.say("I want to talk to a person")
    said = Said(client_message_id="form", form=dict(form))
    reply = reply_of(await talk.simulation._exchange(said))
    assert reply is not None
    return reply


def test_an_address_or_a_number_is_asked_for_with_the_name() -> None:
    forms = forms_of(voice_of("bant").playbook)

    assert forms == {"email": ["name", "email"], "phone": ["name", "phone"], "website": ["url"]}


def test_a_website_is_asked_for_without_name_and_without_consent() -> None:
    site = Slot(id="site", kind=SlotKind.URL, label="Website")
    playbook = replace(voice_of("bant").playbook, slots=(site,))
    voice = replace(voice_of("bant"), playbook=playbook)
    asked = Message(
        message_id=MessageId("m1"), conversation_id=ConversationId("c"), seq=1, author=Author.BOT, text="Which?",
        at=START, asked="site",
    )  # fmt: skip
    filled = replace(
        asked, author=Author.VISITOR, text=words_of_form({"url": "acme.io", "consent": "1"}, voice)
    )

    understood = understand(filled, history=(asked,), known={}, consent=Consent.NOT_ASKED, voice=voice)

    assert forms_of(playbook) == {"site": ["url"]}
    assert [fact.value for fact in understood.kept] == ["https://acme.io"]
    assert understood.consent is Consent.NOT_ASKED


async def test_a_ticked_box_gives_consent_with_the_details(talk: Talking) -> None:
    reply = await fill_in(talk, FILLED | {"consent": "1"})

    lead = await talk.lead()
    (record,) = await talk.rows("consents")
    assert reply.kind == "consent_given"
    assert lead.as_json()["captured"] is True
    assert {slot: lead.facts[slot].value for slot in FILLED} == FILLED
    assert lead.facts["email"].quote == ADDRESS
    assert (record["answer"], record["text"]) == ("given", talk.voice.consent_text)


@pytest.mark.parametrize("form", [FILLED, FILLED | {"consent": ""}, FILLED | {"consent": "0"}])
async def test_without_the_tick_beside_the_question_of_now_it_is_asked(
    talk: Talking, form: Mapping[str, str]
) -> None:
    reply = await fill_in(talk, form)

    assert reply.asked == "consent"
    assert await talk.tables_with(ADDRESS) == {"messages"}
    assert await talk.rows("consents") == []


async def test_a_tick_where_nothing_was_asked_counts_for_nothing(talk: Talking) -> None:
    said = Said(client_message_id="form", form=FILLED | {"consent": "1"})
    reply = reply_of(await talk.simulation._exchange(said))

    assert reply is not None
    assert reply.asked == "consent"
    assert await talk.rows("consents") == []


def test_a_tick_alone_says_nothing() -> None:
    assert words_of_form({"consent": "1"}, voice_of("bant")) == ""
