"""Personas who talk to a bundled playbook, answered from a few sentences: the real engine, no model, no store."""

from functools import cache

from bot.assemble.simulation import tell_nobody
from bot.assemble.trials import Plan, play_trial
from bot.chat.deciding import Desk
from bot.chat.voice import Voice
from bot.personas import PERSONAS, Trial
from bot.settings import BUNDLED_PLAYBOOKS, bundled_playbook
from tests.chat.conversations import CONSENT_TEXT, documentation

LOCALES = ("en", "de", "fr", "es")
QUESTIONS = (
    "Do you ship to France?",
    "What does the city bike cost?",
    "How long does it charge?",
    "Do you have a testimonial?",
    "Which bicycle is for me?",
    "Is there a workshop?",
)


@cache
def desk_of(playbook: str, locale: str) -> Desk:
    voice = Voice(
        name="Harbour Bikes",
        playbook=bundled_playbook(playbook, locale=locale),
        consent_text=CONSENT_TEXT,
        consent_version="1",
        locale=locale,
    )
    return Desk(voice=voice, answer=documentation, tell=tell_nobody)


def settings_of(number: int) -> tuple[str, str]:
    """Return the playbook and locale of the nth conversation: each pair comes up with each persona."""
    number //= len(PERSONAS)
    return BUNDLED_PLAYBOOKS[number % len(BUNDLED_PLAYBOOKS)], LOCALES[number % len(LOCALES)]


async def play(number: int, *, seed: int = 4) -> Trial:
    plan = Plan(personas=tuple(PERSONAS), conversations=number + 1, seed=seed)
    persona, name = list(plan.names())[number]
    return await play_trial(desk_of(*settings_of(number)), persona, name, plan=plan, questions=QUESTIONS)
