"""With a model the same engine decides; the model words, and every sentence is supported before it is shown."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from tests.llm.script import Script
from tests.model.conftest import GENERATED, KEY, Model, fresh, told
from tests.service.running_server import ANSWER
from tests.service.visitor_client import Socket

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_server_that_is_ready_has_loaded_its_model(model: Model) -> None:
    assert "jiter" in model.mapped_when_ready  # the compiled part of the provider's library


async def test_an_answer_is_worded_by_the_model_with_citations_and_then_the_engine_asks(
    model: Model, socket: Socket
) -> None:
    accepted = await socket.say(fresh())
    reply = (await socket.reply_to(accepted))["data"]

    assert reply["kind"] == "generated"
    assert reply["text"].startswith(GENERATED)
    assert reply["text"].count("?") == 1
    assert reply["asked"]
    assert [citation["n"] for citation in reply["citations"]] == [1]
    assert ANSWER in reply["citations"][0]["quote"]
    assert "".join(told(socket, accepted)) == reply["text"]


async def test_each_sentence_is_told_as_soon_as_it_is_whole_and_supported(
    model: Model, socket: Socket
) -> None:
    model.say(
        "We ship to France ",
        "for 12 euros [1].",
        " Shipping to France takes ",
        "three days [1].",
        delay_s=0.2,
    )
    accepted = await socket.say(fresh())
    first = await socket.until("delta", in_reply_to=accepted["message_id"])
    assert first["data"]["text"] == "We ship to France for 12 euros [1]."
    reply = (await socket.reply_to(accepted))["data"]
    assert reply["text"].startswith(
        "We ship to France for 12 euros [1]. Shipping to France takes three days [1]."
    )


async def test_what_no_passage_supports_is_never_shown(model: Model, socket: Socket) -> None:
    model.say(
        "We ship to France for 12 euros [1]. It is free of charge on Sundays [1]. ",
        "Within three days we ship to France [1]. ",
        "We love our customers. Shipping to France takes three days [1]. Ask at https://evil.example/ [1].",
    )
    accepted = await socket.say(fresh())
    reply = (await socket.reply_to(accepted))["data"]
    shown = "".join(told(socket, accepted)) + reply["text"]
    assert "12 euros [1]" in reply["text"]
    for invented in ("Sunday", "free", "love", "evil"):
        assert invented not in shown


async def test_marks_in_one_bracket_are_citations_and_politeness_takes_nothing_from_an_answer(
    model: Model, socket: Socket
) -> None:
    model.say(
        "Great question! We ship to France for 12 euros [1, 1]. Happy to help! Let me know if you have any questions."
    )
    reply = await socket.ask(fresh())
    assert reply["kind"] == "generated"
    assert reply["text"].startswith("We ship to France for 12 euros [1]")
    assert "appy" not in reply["text"]


@pytest.mark.parametrize(
    "pieces",
    [
        ("We ship to France for 12 euros 【1†sou", "rce】. Shipping takes three days【", "1】."),
        ("We ship to France for 12 euros[", "^1", "]. Shipping takes three days [passage ", "1].\n\n[^1]: Page"),
        ("We ship to France for 12 euros ([", "1]). Shipping takes three days **[1]*", "*."),
        ("We ship to France for 12 euros [1](https://", "a.example/b). Shipping takes three days <su", "p>1</sup>."),
        ("**Ans", "wer:** We ship to France for 12 euros [1]. **Important:** shipping takes three days [1]."),
        ("Assistant: We ship to France for 12 euros [1]. ", "Shipping takes three days [1].<|im_", "end|>"),
        ("<think>12 {euros} [1].</th", "ink>We ship to France for 12 euros [1]. Shipping takes three days [1]."),
    ],
)  # fmt: skip
async def test_the_habits_of_models_lose_no_answer_and_are_not_shown(
    model: Model, socket: Socket, pieces: tuple[str, ...]
) -> None:
    model.say(*pieces)
    accepted = await socket.say(fresh())
    reply = (await socket.reply_to(accepted))["data"]

    assert reply["kind"] == "generated"
    assert (
        reply["text"].split("\n")[0] == "We ship to France for 12 euros [1]. Shipping takes three days [1]."
    )
    assert "".join(told(socket, accepted)) == reply["text"]


async def test_what_of_several_questions_nothing_answers_is_said_by_the_engine_and_left_out_by_the_model(
    model: Model, socket: Socket
) -> None:
    model.say(GENERATED)
    reply = await socket.ask(f"Do you repair violins? {fresh()}")

    assert reply["kind"] == "generated"
    assert reply["text"].startswith(f"{GENERATED}\n\nTo “Do you repair violins?” I found no answer")
    (asked,) = model.asked("answer")[-1:]
    assert asked.text.count("Do you repair violins?") == 2  # in what was asked, and in what is to be left out


async def test_a_call_that_the_provider_does_not_count_is_told_in_the_metrics(
    model: Model, socket: Socket
) -> None:
    model.say(GENERATED, counts=None)
    await socket.ask(fresh())
    async with httpx2.AsyncClient() as client:
        numbers = (await client.get(f"{model.server.url}/metrics")).text
    assert 'foyer_model_estimated_total{site="harbour"}' in numbers


async def test_where_too_little_is_supported_the_documentation_is_quoted(
    model: Model, socket: Socket
) -> None:
    model.say("We ship to France for 99 euros [1]. The first time is free [1]. Ask for a refund [1].")
    reply = await socket.ask(fresh())
    assert reply["kind"] == "faq"
    assert ANSWER in reply["text"]
    assert "99" not in reply["text"]
    assert not reply.get("degraded")


async def test_a_model_that_finds_no_answer_is_heard_and_the_documentation_is_quoted(
    model: Model, socket: Socket
) -> None:
    model.say("NO ANSWER")
    assert ANSWER in (await socket.ask(fresh()))["text"]


async def test_what_the_documentation_does_not_say_the_model_is_not_asked(
    model: Model, socket: Socket
) -> None:
    reply = await socket.ask("Who won the football match yesterday?")
    assert reply["kind"] == "none"
    assert reply["citations"] == []
    assert not model.asked("answer")


async def test_a_failing_model_leaves_the_quoted_answer_and_says_so(model: Model, socket: Socket) -> None:
    model.answer = Script(status=500)
    reply = await socket.ask(fresh())
    assert (reply["kind"], reply["degraded"]) == ("faq", True)
    assert ANSWER in reply["text"]
    assert len(model.asked("answer")) <= 2


async def test_the_prompt_holds_what_is_needed_and_nothing_else(model: Model, socket: Socket) -> None:
    await socket.ask("My e-mail is ada@example.com, and I am Ada Lovelace.")
    await socket.ask(fresh())
    sent = model.asked("answer")[-1]
    assert "12 euros" in sent.text
    for secret in (KEY, "ada@example.com", "Lovelace", "whsec_", str(model.server.home)):
        assert secret not in sent.text
    assert sent.headers["authorization"] == f"Bearer {KEY}"


async def test_the_same_question_is_worded_once_for_a_version(
    model: Model, arrive: Callable[[], Awaitable[Socket]]
) -> None:
    model.say("We ship to France for 12 euros [1].")
    question = "Do you really ship to France?"
    first = await (await arrive()).ask(question)
    model.say("Within three days we ship to France [1].")
    second = await (await arrive()).ask(f"  {question.upper()} ")
    assert first["text"].split("\n")[0] == second["text"].split("\n")[0]
    assert len(model.asked("answer")) == 1


async def test_an_answer_with_a_visitors_name_in_it_is_said_to_nobody_else(
    model: Model, arrive: Callable[[], Awaitable[Socket]]
) -> None:
    question = fresh()
    model.say(GENERATED.replace("Yes", "[name 1]"))
    reply = await (await arrive()).ask(f"My name is Ella Marchetti. {question}")
    assert reply["text"].startswith("Ella Marchetti, we ship to France")

    model.say(GENERATED)
    another = await (await arrive()).ask(question)
    assert "Ella" not in another["text"]
    assert another["kind"] == "generated"


@pytest.mark.parametrize("reason", ["length", "content_filter", "model_length", None])
async def test_an_answer_that_was_cut_is_not_said_again(
    model: Model, arrive: Callable[[], Awaitable[Socket]], reason: str | None
) -> None:
    question = fresh()
    model.say("We ship to France for 12 euros [1]. ", "It is there within", reason=reason)
    first = await (await arrive()).ask(question)
    model.say(GENERATED)
    second = await (await arrive()).ask(question)

    assert first["text"].startswith("We ship to France for 12 euros [1].")
    assert "within" not in first["text"]
    assert second["text"].startswith(GENERATED)
    assert len(model.asked("answer")) == 2


async def test_facts_are_taken_from_the_visitors_words_only(model: Model, socket: Socket) -> None:
    model.facts = Script(
        value={
            "facts": [
                {"slot": "team_size", "quote": "forty or so"},
                {"slot": "budget", "quote": "a million dollars"},
                {"slot": "score", "quote": "crew"},
            ]
        }
    )
    await socket.ask(fresh())
    await socket.ask("Whatever it is has to work for the crew, forty or so, and for the boss.")
    lead = model.server.rows("SELECT slot, quote, extractor FROM facts")
    assert ("team_size", "forty or so", "model") in {tuple(row) for row in lead}
    assert not {"budget", "score"} & {row[0] for row in lead}


async def test_a_question_is_completed_where_patterns_can_not(model: Model, socket: Socket) -> None:
    await socket.ask("How much is the city bike?")
    model.question = Script(pieces=("What about giving back the bike?",))
    model.say("You may return a bike within thirty days [1].")
    reply = await socket.ask("and what about giving that back?")
    assert model.asked("question")
    assert "thirty days" in reply["text"]


async def test_a_question_that_leans_on_nothing_is_not_completed(model: Model, socket: Socket) -> None:
    await socket.ask("How much is the city bike?")
    reply = await socket.ask("Do you rent out surfboards by the hour?")
    assert reply["kind"] == "none"
    assert not model.asked("question")
