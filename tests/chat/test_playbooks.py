"""Each playbook that comes with Foyer, in a short conversation: what it asks, in which order, and what comes of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import BUNDLED_PLAYBOOKS, bundled_playbook_file, load_playbook
from tests.chat.in_memory import Thread, bundled

FAQ = "Do you ship to France?"

# What the visitor says, and what the reply asks for.
NEED = "We need fewer support tickets"
BUDGET = "20,000 dollars a year"
TRANSCRIPTS = {
    "simple": (
        [(FAQ, "need"), (NEED, "timeline"), ("next month", "email"), ("I'd rather not say", None)],
        {"stage": "lead", "known": {"need", "timeline"}},
    ),
    "bant": (
        [
            (FAQ, "need"),
            (NEED, "decision_maker"),
            ("Yes, I decide", "budget"),
            (BUDGET, "email"),
            ("ada@harbour.example", "consent"),
            ("Yes, that is fine", "timeline"),
            ("next month", "person"),
        ],
        {"stage": "sql", "known": {"need", "budget", "timeline", "decision_maker", "email"}},
    ),
    "champ": (
        [
            (FAQ, "need"),
            (NEED, "budget"),
            (BUDGET, "decision_maker"),
            ("no, someone else decides", "team_size"),
            ("40 people", "email"),
        ],
        {"stage": "mql", "known": {"need", "budget", "decision_maker", "team_size"}},
    ),
    "meddic": (
        [
            (FAQ, "need"),
            (NEED, "decision_maker"),
            ("no, someone else decides", "team_size"),
            ("40 people", "budget"),
            (BUDGET, "timeline"),
            ("next month", "email"),
            ("I'd rather not say", None),
            (FAQ, "champion"),
            ("Yes", "person"),
        ],
        {"stage": "sql", "known": {"need", "decision_maker", "team_size", "budget", "timeline", "champion"}},
    ),
    "shop": (
        [
            ("How much does it cost?", "need"),
            ("I am looking for a city bike, a gift", "budget"),
            ("1,200 euros", "email"),
            ("ada@harbour.example", "consent"),
            ("Yes, that is fine", "person"),
            ("Not now", None),
            (FAQ, None),
            ("This week", None),
        ],
        {"stage": "sql", "known": {"need", "purpose", "budget", "timeline", "email"}},
    ),
}


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_playbook_asks_what_decides_most_and_comes_to_its_judgement(name: str) -> None:
    lines, expected = TRANSCRIPTS[name]
    thread = Thread(bundled(name))

    asked = [thread.say(text).asked for text, _ in lines]

    known = {slot for slot, fact in thread.facts().items() if fact.state == "known" and "signal." not in slot}
    assert asked == [slot for _, slot in lines]
    assert (thread.judged().stage, known) == (expected["stage"], expected["known"])


PRICE, BOSS, IN_MAY = "What does it cost?", "My boss decides", "We would like to start in May"
THINGS = {"shop": "I am looking for a city bike"}


@pytest.mark.parametrize(
    ("name", "told", "asked"),
    [
        ("bant", [], "decision_maker"),
        ("bant", [PRICE], "budget"),
        ("champ", [], "budget"),
        ("champ", ["We have no budget"], "urgency"),
        ("champ", [BOSS], "urgency"),
        ("meddic", [], "decision_maker"),
        ("meddic", [IN_MAY], "budget"),
        ("meddic", [BOSS], "team_size"),
        ("simple", [], "timeline"),
        ("simple", [IN_MAY], "email"),
        ("shop", [], "budget"),
        ("shop", ["1,200 euros"], "email"),
    ],
)
def test_the_same_need_is_followed_by_what_can_change_most_now(
    name: str, told: list[str], asked: str
) -> None:
    thread = Thread(bundled(name))
    for line in told:
        thread.say(line)

    assert thread.say(THINGS.get(name, NEED)).asked == asked


@pytest.mark.parametrize(
    ("name", "told", "slot", "is_asked"),
    [
        ("shop", "It is for a business", "quantity", True),
        ("shop", "It is a gift", "quantity", False),
        ("champ", "It is our top priority", "timeline", True),
        ("champ", "It would be nice to have", "timeline", False),
        ("meddic", "My boss decides", "champion", True),
        ("meddic", "I decide", "champion", False),
        ("simple", "We are 30 people", "timeline", True),
        ("simple", "Hello", "timeline", False),
    ],
)
def test_a_branch_is_asked_only_of_whom_it_is_for(name: str, told: str, slot: str, is_asked: bool) -> None:
    thread = Thread(replace(bundled(name), max_questions=20, max_questions_a_day=None))
    thread.say(told)

    asked = [thread.say("I don't know" if n % 2 else FAQ).asked for n in range(30)]

    assert (slot in asked) is is_asked


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("name", ["bant", "champ", "meddic"])
def test_a_question_may_name_the_company(name: str, locale: str) -> None:
    question = bundled(name, locale).question_for("team_size")
    assert question is not None
    thread = Thread(replace(bundled(name, locale), questions=(replace(question, texts=question.texts[:1]),)))

    thread.say("I work for Initech Ltd")
    reply = thread.say(FAQ)

    assert "Initech Ltd" in reply.text.rpartition("\n")[2]


@pytest.mark.parametrize("name", BUNDLED_PLAYBOOKS)
def test_what_needs_an_owners_data_is_switched_on_by_one_line(name: str, tmp_path: Path) -> None:
    text = bundled_playbook_file(name).read_text()
    path = tmp_path / "playbook.yaml"
    path.write_text(re.sub(r"(?m)^# (?=(?:meeting|hours): )", "", text))
    switched, shipped = load_playbook(path), bundled(name)

    assert (shipped.meeting, shipped.hours) == (None, None)
    assert switched.meeting is not None
    assert switched.hours is not None


@pytest.mark.parametrize("name", BUNDLED_PLAYBOOKS)
def test_a_bundled_playbook_uses_what_the_engine_can(name: str) -> None:
    playbook = bundled(name)

    assert any(question.when for question in playbook.questions)
    assert all(question.priority == 0 for question in playbook.questions)
    assert playbook.max_questions_a_day == playbook.max_questions
    assert playbook.handoff_at is not None
    assert playbook.stages.disqualified_when
