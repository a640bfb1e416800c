"""Contact data waits for consent: until the yes nothing personal is kept, and after a no it is nowhere at all."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.chat.conversations import CONSENT_TEXT, NEED, Talking, talking

pytestmark = pytest.mark.slow

NAME, ADDRESS = "Ada Lovelace", "ada@harbour.example"
VOLUNTEERED = f"My name is {NAME}, write to {ADDRESS}. We are 12 people."


async def test_volunteering_an_address_brings_up_the_consent_question(talk: Talking) -> None:
    reply = await talk.say(VOLUNTEERED)

    assert reply.asked == "consent"
    assert CONSENT_TEXT in reply.text
    assert [choice.id for choice in reply.choices] == ["yes", "no"]


async def test_before_the_yes_personal_words_stand_in_the_message_alone(talk: Talking) -> None:
    await talk.say(VOLUNTEERED)

    assert await talk.tables_with(ADDRESS) == {"messages"}
    assert await talk.tables_with(NAME) == {"messages"}
    assert await talk.states() == {"team_size": "known"}
    assert (await talk.lead()).as_json()["captured"] is False


@pytest.mark.parametrize("line", ["yes", "sure, go ahead", "Yes please", "yes, thanks", "Ja, danke"])
async def test_a_typed_yes_keeps_what_was_volunteered_with_its_own_quotes(talk: Talking, line: str) -> None:
    await talk.say(VOLUNTEERED)
    spoken = (await talk.messages())[0]

    await talk.say(line)

    facts = (await talk.lead()).facts
    assert facts["email"].value == ADDRESS
    assert (facts["email"].quote, facts["email"].message_id) == (ADDRESS, spoken.message_id)
    assert facts["name"].value == NAME
    assert facts["name"].quote in spoken.text
    assert (await talk.lead()).as_json()["captured"] is True


@pytest.mark.parametrize(
    ("line", "consent"),
    [
        ("Sure, go ahead. How long does delivery take?", "given"),
        ("yes, thanks! How long does delivery take?", "given"),
        ("ok, how long does delivery take?", "not_asked"),
        ("yes, but how long does delivery take?", "not_asked"),
        ("how long does delivery take? Yes or no", "not_asked"),
    ],
)
async def test_a_yes_before_a_question_is_heard(talk: Talking, line: str, consent: str) -> None:
    reply = await talk.say(VOLUNTEERED, line)

    assert (await talk.lead()).as_json()["captured"] is (consent == "given")
    assert (reply.asked == "consent") is (consent != "given")


async def test_a_pressed_yes_is_a_yes(talk: Talking) -> None:
    await talk.say(VOLUNTEERED)
    reply = await talk.press("yes")

    assert reply.kind == "consent_given"
    assert (await talk.lead()).facts["email"].value == ADDRESS


async def test_a_yes_is_recorded_with_the_words_it_answered(talk: Talking) -> None:
    await talk.say(VOLUNTEERED)
    await talk.press("yes")

    (record,) = await talk.rows("consents")
    assert (record["answer"], record["text"], record["text_version"]) == ("given", CONSENT_TEXT, "1")
    assert record["message_id"] == (await talk.messages())[2].message_id


@pytest.mark.parametrize("line", ["no", "No thanks", "I'd rather not", "thanks, but no"])
async def test_after_a_no_the_personal_words_are_nowhere(talk: Talking, line: str) -> None:
    await talk.say(VOLUNTEERED)
    reply = await talk.say(line)

    assert reply.kind == "consent_refused"
    assert await talk.tables_with(ADDRESS) == set()
    assert await talk.tables_with(NAME) == set()
    lead = (await talk.lead()).as_json()
    assert (lead["captured"], lead["stopped_at"]) == (False, "consent_refused")


async def test_masking_keeps_every_other_character_where_it_was(talk: Talking) -> None:
    await talk.say(VOLUNTEERED)
    await talk.press("no")

    masked = (await talk.messages())[0].text
    assert masked == VOLUNTEERED.replace(NAME, "•" * len(NAME)).replace(ADDRESS, "•" * len(ADDRESS))


async def test_other_facts_of_the_message_survive_a_no(talk: Talking) -> None:
    await talk.say(VOLUNTEERED)
    await talk.press("no")

    assert (await talk.lead()).facts["team_size"].quote == "12 people"


async def test_a_no_masks_questions_noted_as_gaps_and_the_first_question(talk: Talking) -> None:
    await talk.say(f"I am {ADDRESS}, how fast is a swallow?")
    assert len(await talk.rows("gaps")) == 1

    await talk.say("no")

    assert await talk.tables_with(ADDRESS) == set()


async def test_a_no_masks_the_address_we_proposed_ourselves(talk: Talking) -> None:
    await talk.say("Please write to ada.lovelace@gmial.com")
    await talk.say("ada.lovelace@gmail.com")
    await talk.say("no")

    assert await talk.tables_with("ada.lovelace@gmial.com") == set()
    assert await talk.tables_with("ada.lovelace@gmail.com") == set()


async def test_who_refused_and_volunteers_again_is_asked_again_and_each_no_counts(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "no")
    reply = await talk.say("Then take bob@harbour.example")
    await talk.say("no")

    assert reply.asked == "consent"
    assert await talk.tables_with("bob@harbour.example") == set()
    assert [record["answer"] for record in await talk.rows("consents")] == ["refused", "refused"]


async def test_who_refused_may_still_agree_later(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "no", "Well, take bob@harbour.example", "yes")

    lead = await talk.lead()
    assert lead.facts["email"].value == "bob@harbour.example"
    assert lead.as_json()["captured"] is True
    assert await talk.tables_with(ADDRESS) == set()


async def test_once_given_consent_is_not_asked_for_again(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "yes")
    reply = await talk.say("My phone is +33 1 44 55 66 77")

    assert reply.asked != "consent"
    assert (await talk.lead()).facts["phone"].value == "+33144556677"


async def test_a_question_instead_of_an_answer_to_consent_is_answered_and_keeps_nothing(
    talk: Talking,
) -> None:
    await talk.say(VOLUNTEERED)
    reply = await talk.say("Do you ship to France?")

    assert reply.kind == "faq"
    assert await talk.tables_with(ADDRESS) == {"messages"}
    assert (await talk.lead()).as_json()["stopped_at"] == "consent_missing"


async def test_a_yes_to_something_else_is_no_consent(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "Do you ship to France?", "Do you ship to France?", "yes")

    assert await talk.tables_with(ADDRESS) == {"messages"}
    assert await talk.rows("consents") == []


@pytest.mark.parametrize("playbook", ["simple", "bant"])
async def test_a_name_alone_waits_for_consent_too(playbook: str) -> None:
    async with talking(playbook=playbook) as talk:
        await talk.say(f"My name is {NAME}")

        assert "facts" not in await talk.tables_with(NAME)
        assert "leads" not in await talk.tables_with(NAME)


async def test_a_consent_question_that_was_passed_over_returns_once(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "Do you ship to France?", "Do you ship to France?")

    assert [reply.asked == "consent" for reply in await talk.replies()] == [True, True, False]


async def test_who_refused_is_not_asked_for_an_address_again(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "no", "Who won the cup in 1954?", "I want to talk to a person")

    assert "email" not in [reply.asked for reply in await talk.replies()]


async def test_who_wants_to_be_forgotten_is_asked_once_and_then_nothing_is_left(talk: Talking) -> None:
    reply = await talk.say(VOLUNTEERED, "yes", "please delete my data")
    assert reply.asked == "forget"

    await talk.simulation.say("Yes, delete everything")

    assert await talk.tables_with(ADDRESS) == set()


async def test_who_changes_their_mind_keeps_everything(talk: Talking) -> None:
    reply = await talk.say(VOLUNTEERED, "yes", "forget me", "no")

    assert reply.kind == "kept"
    assert "facts" in await talk.tables_with(ADDRESS)


@pytest.mark.parametrize(
    "line",
    [
        "I withdraw my consent",
        "Please don't contact me again.",
        "unsubscribe",
        "Ich widerrufe meine Einwilligung",
    ],
)
async def test_a_yes_that_is_taken_back_leaves_no_personal_word_and_keeps_the_rest(
    talk: Talking, line: str
) -> None:
    await talk.say(VOLUNTEERED, "yes", "My phone is +33 1 44 55 66 77", f"Did I say that I am {NAME}?")
    agreed = await talk.lead()

    reply = await talk.say(line)

    lead = await talk.lead()
    assert (reply.kind, reply.asked) == ("consent_withdrawn", "forget")
    assert await talk.tables_with(ADDRESS, NAME, "1 44 55 66 77", "+33144556677") == set()
    assert (lead.as_json()["captured"], lead.as_json()["stopped_at"]) == (False, "consent_withdrawn")
    assert set(await talk.states()) & {"email", "phone", "name"} == set()
    assert lead.facts["team_size"].value == agreed.facts["team_size"].value
    assert sum(receipt.points for receipt in lead.receipts) == lead.as_json()["score"]
    assert await talk.rows("identities") == []
    given, withdrawn = await talk.rows("consents")
    assert (given["answer"], withdrawn["answer"]) == ("given", "withdrawn")
    assert withdrawn["message_id"] == (await talk.messages())[-2].message_id


async def test_after_taking_it_back_nothing_is_deleted_twice_and_a_new_yes_counts(talk: Talking) -> None:
    await talk.say(VOLUNTEERED, "yes", "I withdraw my consent")

    kept = await talk.say("No, keep it")
    again = await talk.say("Well, take bob@harbour.example")
    await talk.say("yes")

    assert (kept.kind, again.asked) == ("accept_refusal", "consent")
    lead = await talk.lead()
    assert (lead.facts["email"].value, lead.as_json()["captured"]) == ("bob@harbour.example", True)
    assert await talk.tables_with(ADDRESS) == set()


@pytest.mark.parametrize(
    "line",
    ["How do I withdraw my consent?", "Don't contact me before Monday", "I do not want to be disturbed"],
)
async def test_what_is_no_withdrawal_keeps_the_yes(talk: Talking, line: str) -> None:
    await talk.say(VOLUNTEERED, "yes", line)

    assert (await talk.lead()).as_json()["captured"] is True


async def test_who_never_agreed_and_takes_it_back_is_asked_whether_to_delete(talk: Talking) -> None:
    reply = await talk.say("I withdraw my consent")

    assert (reply.kind, reply.asked) == ("forget", "forget")
    assert await talk.rows("consents") == []


@pytest.mark.parametrize("last", [["no"], ["yes", "I withdraw my consent"], []])
async def test_without_consent_no_byte_of_the_file_holds_a_personal_field(
    talk: Talking, last: list[str]
) -> None:
    volunteers = (
        [VOLUNTEERED, f"I am {NAME}; what about {ADDRESS}?", "Call me: +33 1 44 55 66 77"] if last else []
    )
    for line in ["Do you ship to France?", *volunteers, *last]:
        await talk.say(line)
    db = talk.simulation._db
    await db.overwrite_erased()

    async with db.read() as connection:
        path = Path(
            str(await connection.scalar(text("SELECT file FROM pragma_database_list WHERE name = 'main'")))
        )
    held = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert b"Do you ship to France?" in held
    for word in (ADDRESS, NAME, "Lovelace", "1 44 55 66 77", "+33144556677"):
        assert word.encode() not in held


async def test_a_question_whose_words_changed_before_the_answer_is_kept_as_it_was_shown(
    talk: Talking,
) -> None:
    asked = await talk.say(VOLUNTEERED)
    async with talk.simulation._db.write() as connection:
        shown = "May we ring you up?"
        await connection.execute(
            text("UPDATE messages SET text = :shown WHERE message_id = :id"),
            {"shown": shown, "id": asked.message_id},
        )
    await talk.say("yes")

    (record,) = await talk.rows("consents")
    assert (record["text"], record["text_version"]) == (shown, "earlier")


async def test_an_address_that_is_only_asked_about_is_noted_nowhere_either(talk: Talking) -> None:
    await talk.say(f"Does {ADDRESS} work at your place? And who has +33 1 44 55 66 77?")

    assert len(await talk.rows("gaps")) == 1
    assert await talk.tables_with(ADDRESS, "1 44 55 66 77") == {"messages"}


PERMISSIONS = (
    "ok, go ahead then, you may keep it",
    "You can keep my e-mail address.",
    "Sie dürfen sie doch behalten",
    "vous pouvez la garder",
    "vale, pueden guardarlo",
)


@pytest.mark.parametrize("line", PERMISSIONS)
async def test_a_yes_after_a_no_is_asked_for_again_with_its_own_receipt(talk: Talking, line: str) -> None:
    await talk.say(NEED, VOLUNTEERED, "No, thank you")

    reply = await talk.say(line)

    assert (reply.kind, reply.asked) == ("give_again", None)
    assert (await talk.states()).keys() == {"need", "team_size"}
    assert (await talk.say(ADDRESS)).asked == "consent"
    await talk.say("yes")
    assert [row["answer"] for row in await talk.rows("consents")] == ["refused", "given"]
    assert (await talk.lead()).facts["email"].value == ADDRESS


@pytest.mark.parametrize("line", [*PERMISSIONS, "yes, you may keep them"])
async def test_who_may_keep_it_is_a_yes_to_the_consent_question(talk: Talking, line: str) -> None:
    reply = await talk.say(VOLUNTEERED, line)

    assert reply.kind == "consent_given"


@pytest.mark.parametrize(
    "line", ["no, delete it", "delete them", "nein, löschen Sie sie", "supprimez-la", "bórrelo"]
)
async def test_delete_it_is_a_no_there_and_elsewhere_the_wish_to_be_forgotten(
    talk: Talking, line: str
) -> None:
    refused = await talk.say(VOLUNTEERED, line)
    changed = await talk.say("you may keep it", line)

    assert (refused.kind, changed.asked) == ("consent_refused", "forget")
    assert "email" not in await talk.states()


async def test_a_no_before_it_leaves_the_question_open(talk: Talking) -> None:
    reply = await talk.say(VOLUNTEERED, "no, you may keep it")

    assert (reply.kind, reply.asked) == ("ask_consent", "consent")
    assert await talk.rows("consents") == []


async def test_an_address_with_letters_of_any_script_is_kept_whole_or_nowhere() -> None:
    for written, value in (
        ("jürgen@example.com", "jürgen@example.com"),
        ("Zoe@xn--mller-kva.example", "zoe@müller.example"),
    ):
        async with talking() as talk:
            await talk.say(f"My address is {written}", "yes")
            kept = (await talk.lead()).facts["email"]
            assert (kept.value, kept.quote) == (value, written)
            await talk.say("I withdraw my consent")
            assert await talk.tables_with(written, value, value[1:]) == set()
        async with talking() as talk:
            await talk.say(f"My address is {written}", "No, thank you")
            assert await talk.tables_with(written, value, value[1:]) == set()
