"""The consent question in the visitor's language: what is asked, what answers it, and what the receipt keeps of it."""

from dataclasses import replace

import pytest

from bot.assemble.simulation import VISITOR, Simulation, open_simulation, reply_of
from bot.chat.agreement import words_of_form
from bot.chat.said import Said
from bot.chat.talk import Opening
from bot.chat.voice import Voice
from bot.domain.conversation import Message, SiteId
from bot.domain.languages import ConsentQuestion
from tests.chat.conversations import Talking, documentation, voice_of

FRENCH = ConsentQuestion(
    text="Pouvons-nous conserver vos coordonnées ?",
    version="f1",
    locale="fr",
    answers={"consent_yes": "Volontiers, oui", "consent_no": "Plutôt pas"},
)
ENGLISH = ConsentQuestion(
    text="May we keep it?",
    version="e1",
    locale="en",
    answers={"consent_yes": "Yes, that is fine", "consent_no": "No, thank you"},
)
ADDRESS = "ada@harbour.example"


def two_languages() -> Voice:
    return replace(voice_of("bant"), consents={"en": ENGLISH, "fr": FRENCH}).heard_in(None)


async def begin(simulation: Simulation, locale: str | None, said: str) -> Message:
    """Begin a conversation in a locale; return the reply."""
    first = Said(client_message_id="first", text=said)
    opening = Opening(locale=locale)
    await simulation._talk.say(first, site_id=SiteId("harbour"), visitor_id=VISITOR, opening=opening)
    await simulation._talk.drain(timeout_s=60)
    reply = reply_of(await simulation.messages())
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("locale", "question"),
    [("fr-CA", FRENCH), ("FR", FRENCH), ("en", ENGLISH), ("sv", ENGLISH), (None, ENGLISH)],
)
async def test_the_question_its_answers_and_its_receipt_are_in_the_visitors_language(
    locale: str | None, question: ConsentQuestion
) -> None:
    voice = two_languages()
    async with open_simulation(voice=voice, answer=documentation, site_id="harbour", now=None) as simulation:
        asked = await begin(simulation, locale, f"write to {ADDRESS}")
        await simulation.answer_consent("yes")
        (record,) = await Talking(simulation, voice).rows("consents")

    assert question.text in asked.text
    assert [choice.label for choice in asked.choices] == list(question.answers.values())
    kept = (record["answer"], record["text"], record["text_version"], record["locale"])
    assert kept == ("given", question.text, question.version, question.locale)


@pytest.mark.parametrize(("line", "answer"), [("volontiers!", "given"), ("Plutôt", "refused"), ("?", None)])
async def test_the_first_word_of_an_answer_is_that_answer(line: str, answer: str | None) -> None:
    voice = two_languages()
    async with open_simulation(voice=voice, answer=documentation, site_id="harbour", now=None) as simulation:
        await begin(simulation, "fr", f"write to {ADDRESS}")
        await simulation.say(line)
        records = await Talking(simulation, voice).rows("consents")

    assert [record["answer"] for record in records] == ([answer] if answer else [])


async def test_a_ticked_box_is_kept_in_the_language_it_was_shown_in() -> None:
    voice = two_languages()
    async with open_simulation(voice=voice, answer=documentation, site_id="harbour", now=None) as simulation:
        await begin(simulation, "en", "I want to talk to a person")
        form = {"email": ADDRESS, "consent": FRENCH.version}
        await simulation._exchange(Said(client_message_id="form", form=form))
        reply = (await simulation.messages())[-1]
        (record,) = await Talking(simulation, voice).rows("consents")

    assert reply.kind == "consent_given"
    assert (record["text"], record["text_version"], record["locale"]) == (FRENCH.text, "f1", "fr")


def test_the_tick_of_no_language_says_nothing() -> None:
    form = {"email": ADDRESS, "consent": "another"}

    assert words_of_form(form, two_languages()) == f"email: {ADDRESS}"
