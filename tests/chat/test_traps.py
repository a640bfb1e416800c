"""The ten traps, played through the whole engine: what hurried lead bots count, and must not."""

import pytest

from bot.settings import BUNDLED_PLAYBOOKS
from tests.chat.conversations import Talking, talking

pytestmark = pytest.mark.slow

NOTHING = "We have no budget, no problem and no deadline. I am not a decision maker."
READY = "We are ready to sign for 40 seats, 30k approved, our CFO agreed, start on 1 March"


async def score_of(*lines: str, playbook: str = "bant") -> tuple[int, str]:
    """Return the score and stage that these lines bring."""
    async with talking(playbook=playbook) as talk:
        await talk.say(*lines)
        lead = (await talk.lead()).as_json()
        return lead["score"], lead["stage"]


@pytest.mark.parametrize("playbook", BUNDLED_PLAYBOOKS)
async def test_no_thanks_to_every_question_leaves_nothing_known_and_no_points(playbook: str) -> None:
    async with talking(playbook=playbook) as talk:
        for question in ("Do you ship to France?", "What does it cost?", "How long does it charge?") * 3:
            await talk.say(question)
            await talk.say("no thanks")

        assert set((await talk.states()).values()) == {"declined"}
        lead = (await talk.lead()).as_json()
        assert [
            r for r in lead["receipts"] if r["points"] > 0 and not r["rule"].startswith("engagement.")
        ] == []
        assert lead["captured"] is False


async def test_no_thanks_alone_scores_zero(talk: Talking) -> None:
    await talk.say("hello", "no thanks", "no thanks", "no thanks")

    lead = (await talk.lead()).as_json()
    assert (lead["score"], lead["facts"]) == (0, {})


@pytest.mark.parametrize("playbook", BUNDLED_PLAYBOOKS)
async def test_who_has_nothing_never_scores_above_an_unknown_visitor_and_is_disqualified(
    playbook: str,
) -> None:
    unknown, _ = await score_of("hello", playbook=playbook)

    score, stage = await score_of(NOTHING, playbook=playbook)

    assert score <= unknown
    assert stage == "disqualified"


@pytest.mark.parametrize("playbook", BUNDLED_PLAYBOOKS)
async def test_who_is_ready_scores_above_both_and_is_qualified(playbook: str) -> None:
    unknown, _ = await score_of("hello", playbook=playbook)
    nothing, _ = await score_of(NOTHING, playbook=playbook)

    score, stage = await score_of(READY, playbook=playbook)

    assert score > max(unknown, nothing)
    assert stage in {"mql", "sql"}


async def timeline_points(answer: str) -> int:
    async with talking() as talk:
        await talk.say_until_asked_for("timeline")
        await talk.say(answer)
        receipts = (await talk.lead()).receipts
        return sum(r.points for r in receipts if r.rule.startswith("timeline."))


@pytest.mark.parametrize("answer", ["unknown", "I don't know", "not urgent", "no rush", "someday"])
async def test_an_uncertain_time_gives_no_timeline_points(answer: str) -> None:
    assert await timeline_points(answer) <= 0


@pytest.mark.parametrize("answer", ["on 1 March", "in two months", "next month"])
async def test_a_date_within_ninety_days_gives_timeline_points(answer: str) -> None:
    assert await timeline_points(answer) > await timeline_points("in five months") > 0


async def budget_points(line: str) -> int:
    async with talking() as talk:
        await talk.say_until_asked_for("budget")
        await talk.say(line)
        return sum(r.points for r in (await talk.lead()).receipts if r.rule.startswith("budget."))


@pytest.mark.parametrize("line", ["too high for us", "that is too expensive", "too much money"])
async def test_too_high_is_no_budget_point(line: str) -> None:
    assert await budget_points(line) <= 0


async def test_an_approved_sum_is_a_budget_point() -> None:
    assert await budget_points("USD 250,000 approved") > 0


async def test_the_bots_own_words_never_make_a_fact(talk: Talking) -> None:
    reply = await talk.say("Do you have a testimonial?")
    await talk.say("ok", "I see", "go on")

    assert "50 people" in reply.text
    assert await talk.states() == {}
    assert (await talk.lead()).as_json()["score"] == 0


async def test_known_none_declined_unclear_and_not_asked_stay_five_different_things(talk: Talking) -> None:
    await talk.say("We are 12 people and there is no deadline.")
    not_sure_of = await talk.next_asked()
    await talk.say("I don't know")
    refused = await talk.next_asked()
    await talk.say("no thanks")

    states = await talk.states()

    assert (states["team_size"], states["timeline"]) == ("known", "none")
    assert (states[not_sure_of], states[refused]) == ("unclear", "declined")
    assert "company" not in states


async def test_several_facts_in_one_message_are_all_taken(talk: Talking) -> None:
    await talk.say("I am the CTO at Initech, we are 40 people, our budget is 30k and we start in March.")

    states = await talk.states()

    assert {"company", "team_size", "budget", "timeline", "role"} <= states.keys()


async def test_a_correction_replaces_the_fact_and_keeps_the_old_one(talk: Talking) -> None:
    await talk.say("We are 12 people")
    await talk.say("Sorry, we are 15 people")

    assert (await talk.lead()).facts["team_size"].value == {"min": 15, "max": 15}
    kept = [fact.value for fact in await talk.fact_log() if fact.slot == "team_size"]
    assert kept == [{"min": 12, "max": 12}, {"min": 15, "max": 15}]


async def test_a_fact_is_not_asked_for_when_it_was_volunteered(talk: Talking) -> None:
    await talk.say("We are 12 people, our budget is 30k and we start in March")
    for _ in range(8):
        await talk.say("Do you ship to France?")
        await talk.say("I don't know")

    asked = {reply.asked for reply in await talk.replies()}
    assert asked.isdisjoint({"team_size", "budget", "timeline"})
