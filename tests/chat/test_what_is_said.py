"""What the bot says: help first, at most one question, honest about what it does not know."""

import pytest

from bot.chat.compose import DELTAS, word_groups
from bot.chat.phrases import PHRASES
from bot.domain.conversation import Author
from tests.chat.conversations import DOCUMENTATION, Talking

pytestmark = pytest.mark.slow


async def test_an_answer_is_quoted_as_it_stands_with_its_citation(talk: Talking) -> None:
    reply = await talk.say("Do you ship to France?")

    assert reply.text.startswith(DOCUMENTATION["ship"])
    assert [citation.quote for citation in reply.citations] == [DOCUMENTATION["ship"]]


async def test_what_is_not_written_is_not_answered_cites_nothing_and_is_noted(talk: Talking) -> None:
    reply = await talk.say("How fast does an unladen swallow fly?")

    assert (reply.kind, reply.citations) == ("none", ())
    assert "do not know" in reply.text
    assert [gap["question"] for gap in await talk.rows("gaps")] == ["How fast does an unladen swallow fly?"]


async def test_what_of_several_questions_is_not_written_is_said_and_noted(talk: Talking) -> None:
    reply = await talk.say("Do you ship to France? Is there [a tandem](//x/y) for `two`?")

    left = PHRASES["not_answered"].format(question="Is there a tandem x y for two")
    assert reply.text.startswith(f"{DOCUMENTATION['ship']}\n\n{left}")
    assert [gap["question"] for gap in await talk.rows("gaps")] == ["Is there [a tandem](//x/y) for `two`?"]


async def test_a_question_left_that_is_long_is_cut_at_a_word(talk: Talking) -> None:
    reply = await talk.say(f"Do you ship to France? Is there a tandem for {'very ' * 40}tall people?")

    assert "for very very" in reply.text
    assert "very …?”" in reply.text
    assert "tall" not in reply.text


@pytest.mark.parametrize(
    "beside",
    ["Can I talk to somebody about a tandem?", "Will you ring +1 415 555 2671 about a tandem?"],
)
async def test_what_no_documentation_answers_is_not_said_to_be_missing(talk: Talking, beside: str) -> None:
    reply = await talk.say(f"Do you ship to France? {beside}")

    assert "tandem" not in reply.text
    assert await talk.rows("gaps") == []


@pytest.mark.parametrize(
    ("line", "said", "offered"),
    [
        ("bicycle something?", "suggest_one", ["How much does the city bike cost?"]),
        ("bicycle something??", "suggest", ["How much does the city bike cost?", "Do you ship to France?"]),
    ],
)
async def test_did_you_mean_cites_nothing_and_offers_one_question_or_several(
    talk: Talking, line: str, said: str, offered: list[str]
) -> None:
    reply = await talk.say(line)

    assert (reply.kind, reply.citations) == ("none", ())
    assert reply.text.startswith(PHRASES[said])
    assert [choice.label for choice in reply.choices] == offered
    assert await talk.rows("gaps") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Hello", "greeting"),
        ("Thanks a lot!", "thanks"),
        ("Goodbye", "goodbye"),
        ("Who are you?", "who_are_you"),
        ("I want to talk to a person", "person"),
    ],
)
async def test_small_talk_is_understood_as_what_it_is(talk: Talking, line: str, kind: str) -> None:
    reply = await talk.say(line)

    assert (reply.kind, reply.citations) == (kind, ())


async def test_the_first_words_ask_for_nothing(talk: Talking) -> None:
    assert (await talk.say("Hello")).asked is None


async def test_a_person_is_asked_for_a_contact_first_and_promised_nothing(talk: Talking) -> None:
    reply = await talk.say("Can I talk to a human please")

    assert reply.asked == "email"
    promises = ("will call", "will contact", "will get back", "within", "shortly", "soon", "right away")
    assert not any(promise in reply.text.lower() for promise in promises)


async def test_a_person_who_is_reachable_already_is_not_asked_again(talk: Talking) -> None:
    await talk.say("I am ada@harbour.example", "yes")

    reply = await talk.say("I want to talk to a person")

    assert (reply.kind, reply.asked) == ("person_noted", None)


async def test_a_mistyped_address_is_asked_back_once_with_both_spellings(talk: Talking) -> None:
    reply = await talk.say("Write to ada@gmial.com")

    assert reply.kind == "check_email"
    assert {choice.id for choice in reply.choices} == {"ada@gmail.com", "ada@gmial.com"}
    again = await talk.say("ada@gmial.com")
    assert (again.kind, again.asked) == ("noted", "consent")


async def test_an_address_confirmed_against_our_doubt_is_kept_as_it_was_typed(talk: Talking) -> None:
    await talk.say("Write to ada@gmial.com", "ada@gmial.com", "yes")

    assert (await talk.lead()).facts["email"].value == "ada@gmial.com"


async def test_a_mistyped_address_is_never_kept_unasked(talk: Talking) -> None:
    await talk.say("Write to ada@gmial.com")

    assert await talk.tables_with("gmial") == {"messages"}


async def test_two_refusals_and_nothing_more_is_asked(talk: Talking) -> None:
    for _ in range(2):
        assert (await talk.say("Do you ship to France?")).asked is not None
        await talk.say("no thanks")

    for question in ("What does it cost?", "How long does it charge?", "Do you ship to Spain?"):
        assert (await talk.say(question)).asked is None


async def test_a_refusal_is_accepted_without_a_further_question(talk: Talking) -> None:
    await talk.say("Do you ship to France?")

    reply = await talk.say("no thanks")

    assert (reply.kind, reply.asked) == ("accept_refusal", None)


async def test_a_disqualified_visitor_is_answered_and_not_asked(talk: Talking) -> None:
    await talk.say("We have no budget, no problem and no deadline. I am not a decision maker.")

    reply = await talk.say("Do you ship to France?")

    assert (reply.kind, reply.asked) == ("faq", None)


async def test_a_pressed_quick_reply_answers_the_question(talk: Talking) -> None:
    asked = await talk.say_until_asked_for("team_size")
    await talk.say(asked.choices[1].label)

    assert (await talk.lead()).facts["team_size"].state.value == "known"


async def test_deltas_join_to_exactly_the_text() -> None:
    for text in (
        "",
        " ",
        "one",
        "one  two\n\nthree   four five\n",
        "a b c",
        "a b c d",
        "  lead",
        "many words " * 99,
    ):
        groups = list(word_groups(text))

        assert "".join(groups) == text
        assert len(groups) <= DELTAS


async def test_every_visitor_message_has_its_reply_right_after_it(talk: Talking) -> None:
    await talk.say("Hello", "Do you ship to France?", "thanks")

    messages = await talk.messages()

    assert [message.author for message in messages] == [Author.VISITOR, Author.BOT] * 3
    assert [m.in_reply_to for m in messages[1::2]] == [m.message_id for m in messages[::2]]


async def test_a_conversation_of_many_hundred_messages_is_still_answered(talk: Talking) -> None:
    for number in range(170):
        reply = await talk.say(f"thanks {number}")

    assert reply.seq == 340


@pytest.mark.parametrize(("answer", "address"), [("yes", "jon@gmail.com"), ("no", "jon@gmial.com")])
async def test_a_yes_takes_the_address_we_meant_and_a_no_the_one_that_was_typed(
    talk: Talking, answer: str, address: str
) -> None:
    reply = await talk.say("my email is jon@gmial.com", answer, "yes")

    facts = {fact.slot: fact for fact in await talk.fact_log()}
    assert reply.kind == "consent_given"
    assert facts["email"].value == address


async def test_a_mistyped_address_is_asked_back_after_the_answer(talk: Talking) -> None:
    reply = await talk.say("Do you ship to France? write to jon@gmial.com")

    assert reply.kind in {"faq", "extracted"}
    assert reply.asked == "check_email"
    assert "jon@gmail.com" in reply.text


async def test_a_need_is_no_question_that_sales_reads_and_no_gap(talk: Talking) -> None:
    await talk.say(
        "We answer the same support questions all day and want to automate it.", "my boss and the CFO"
    )

    (lead,) = await talk.rows("leads")
    assert lead["first_question"] is None
    assert await talk.rows("gaps") == []
    assert await talk.states() == {"need": "known", "decision_maker": "known"}
