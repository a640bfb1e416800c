"""A thousand seeded visitors of every kind, with every playbook in every language: no law is broken, once or ever."""

import pytest

from bot.domain.conversation import Author
from bot.domain.dialogue import OWN_QUESTIONS
from bot.domain.questions import AGAIN, HELPFUL, KEEPS_OPEN, SERVICE
from bot.personas import PERSONAS, Trial
from bot.settings import BUNDLED_PLAYBOOKS
from tests.personas.rehearsals import LOCALES, desk_of, play, settings_of

pytestmark = pytest.mark.slow

CONVERSATIONS = 1_000
AT_ONCE = 125
FREE = {"person"} | AGAIN
"""Kinds of reply whose question is asked whatever the limit."""


def check_questions(trial: Trial, wordings: list[str]) -> None:
    """No wording comes twice, one question a reply; a slot comes back at once or never, and within the limit."""
    for wording in wordings:
        assert sum(reply.text.count(wording) for reply in trial.replies) <= 1, wording
    for reply in trial.replies:
        assert sum(reply.text.count(wording) for wording in wordings) <= 1, reply.text
    replies = [reply for reply in trial.replies if reply.asked or reply.kind not in KEEPS_OPEN]
    for slot in set(trial.asked()):
        places = [n for n, reply in enumerate(replies) if reply.asked == slot]
        assert places in ([places[0]], [places[0], places[0] + 1]), (slot, places)
        required = {q.slot for q in trial.playbook.questions if q.is_required}
        assert slot in required or all(replies[n].kind in HELPFUL for n in places[1:]), (slot, places)
    put = [r for r in replies if r.asked and r.asked not in SERVICE and r.kind not in FREE]
    assert len(put) <= trial.playbook.max_questions


@pytest.mark.parametrize("first", range(0, CONVERSATIONS, AT_ONCE))
async def test_no_question_comes_twice_and_no_law_is_broken(first: int) -> None:
    for number in range(first, first + AT_ONCE):
        trial = await play(number)
        voice = desk_of(*settings_of(number)).voice
        wordings = [
            text for question in voice.playbook.questions for text in question.texts if "{" not in text
        ]
        try:
            assert list(trial.broken()) == []
            check_questions(trial, wordings)
        except AssertionError as error:
            raise AssertionError(f"{trial.name} with {settings_of(number)}: {error}") from error


async def test_the_same_seed_plays_the_same_conversation_and_another_seed_another() -> None:
    for number in range(len(PERSONAS)):
        first, again, other = [await play(number, seed=seed) for seed in (5, 5, 6)]

        assert first == again
        assert [e.line for e in first.exchanges] != [e.line for e in other.exchanges]


def test_every_persona_meets_every_playbook_and_language() -> None:
    pairs = {settings_of(number) for number in range(CONVERSATIONS)}

    assert pairs == {(playbook, locale) for playbook in BUNDLED_PLAYBOOKS for locale in LOCALES}


async def test_personas_do_what_they_are_named_for() -> None:
    trials = {trial.persona: trial for trial in [await play(number) for number in range(len(PERSONAS))]}
    asked = {name: {reply.asked for reply in trial.replies} for name, trial in trials.items()}

    assert trials["refuses-consent"].captured is False
    assert trials["hostile"].captured is False
    assert trials["changes-language"].language != "en"
    assert len(trials["hurried"].exchanges) <= 5
    assert any(slot not in OWN_QUESTIONS for slot in asked["plain"] if slot)
    assert all(reply.author is Author.BOT for reply in trials["injects"].replies)
