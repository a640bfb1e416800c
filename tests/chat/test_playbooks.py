"""Each playbook that comes with Foyer, in a short conversation: what it asks, in which order, and what comes of it."""

import pytest

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
