"""Every quick reply of the playbooks that come with Foyer is understood when a visitor presses it."""

from datetime import UTC, datetime

import pytest

from bot.domain.facts import FactState
from bot.domain.reading import read_message
from bot.settings import bundled_playbook, demo_site_folder, load_playbook

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)
PLAYBOOKS = [
    bundled_playbook("bant"),
    bundled_playbook("simple"),
    load_playbook(demo_site_folder() / "playbook.yaml"),
]
LABELS = [
    pytest.param(playbook, question.slot, choice.label, id=f"{playbook.id}: {choice.label}")
    for playbook in PLAYBOOKS
    for question in playbook.questions
    for choice in question.choices
]
NOT_KNOWN = {"No budget yet": FactState.NONE, "Not sure yet": FactState.UNCLEAR}


@pytest.mark.parametrize(("playbook", "slot", "label"), LABELS)
def test_a_quick_reply_is_a_fact_of_the_slot_it_answers(playbook, slot, label) -> None:
    reading = read_message(label, slots=playbook.slots, asked=slot, now=NOW)

    states = {fact.slot: fact.state for fact in reading.facts}
    assert states == {slot: NOT_KNOWN.get(label, FactState.KNOWN)}
    assert reading.question is None
