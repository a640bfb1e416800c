"""A conversation held in memory is the one that a store would have kept, word for word and fact for fact."""

import pytest

from bot.assemble.simulation import DEFAULT_NOW, open_simulation
from bot.chat.rehearsal import Rehearsal
from bot.domain.conversation import Message
from bot.personas import PERSONAS
from tests.chat.conversations import documentation
from tests.personas.rehearsals import desk_of, play, settings_of

pytestmark = pytest.mark.slow

FORGOTTEN = (21, 53)
"""Conversations at whose end everything is deleted."""
NUMBERS = sorted({*range(3 * len(PERSONAS)), *FORGOTTEN})


def shown(message: Message) -> tuple[object, ...]:
    asked = message.asked, message.kind, message.choices, message.citations
    return message.message_id, message.seq, message.author, message.text, message.at, asked


@pytest.mark.parametrize("number", NUMBERS)
async def test_memory_and_store_agree(number: int) -> None:
    trial = await play(number)
    desk = desk_of(*settings_of(number))
    rehearsal = Rehearsal(desk, now=DEFAULT_NOW)

    async with open_simulation(
        voice=desk.voice, answer=documentation, site_id="harbour", now=None
    ) as simulation:
        for line in (exchange.line for exchange in trial.exchanges):
            if line.press:
                await simulation.answer_consent(line.press)
                await rehearsal.press(line.press)
            else:
                await simulation.say(line.text)
                await rehearsal.say(line.text)
        stored = await simulation.messages()
        log, _ = await simulation.fact_log()
        lead = await simulation.lead()

    assert [shown(message) for message in rehearsal.messages] == [shown(message) for message in stored]
    assert rehearsal.fact_log == list(log)
    if rehearsal.learned is None:
        assert lead.row is None
    else:
        assert (lead.row.score, lead.row.grade, lead.row.stage) == (
            rehearsal.learned.assessment.score,
            rehearsal.learned.assessment.grade,
            rehearsal.learned.assessment.stage,
        )
        assert (lead.row.captured, lead.row.stopped_at, lead.row.consent) == (
            rehearsal.learned.captured,
            rehearsal.learned.stopped_at,
            rehearsal.consent,
        )


async def test_these_conversations_mask_and_forget() -> None:
    trials = [await play(number) for number in NUMBERS]

    assert sum(trial.was_forgotten for trial in trials) == len(FORGOTTEN)
    assert any(trial.consent.value == "refused" for trial in trials)
