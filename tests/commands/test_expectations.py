"""What a case expects: each thing that can be expected fails when it does not hold, and says what, where, and why."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.assemble.simulation import open_simulation
from bot.commands.cases import Case, read_cases, run_case
from bot.domain.errors import ConfigurationError
from bot.settings import bundled_playbook
from tests.chat.conversations import documentation, voice_of

pytestmark = pytest.mark.slow

SLOTS = [slot.id for slot in bundled_playbook("bant").slots]
TALK = """\
cases:
- name: first
  conversation:
    - visitor: Hello
- name: second
  conversation:
    - visitor: Do you ship to France?
      expect: {reply}
    - visitor: We are 40 people
      expect: {line}
    - visitor: What is the capital of Peru?
  expect:
    captured: false
    {end}
"""


def cases(
    tmp_path: Path, *, reply: str = "{}", line: str = "{}", end: str = "score: {at_least: 1}"
) -> list[Case]:
    path = tmp_path / "talk.yaml"
    path.write_text(TALK.replace("{reply}", reply).replace("{line}", line).replace("{end}", end))
    return read_cases(path)


async def failures(case: Case) -> list[str]:
    def open_one(at: datetime | None) -> Any:
        return open_simulation(voice=voice_of("bant"), answer=documentation, site_id="harbour", now=at)

    return (await run_case(case, open_one, slots=SLOTS))["failures"]


@pytest.mark.parametrize(
    ("expected", "failure"),
    [
        (
            {"reply": "{kind: [none, extracted]}"},
            "talk.yaml:7: expected kind ['none', 'extracted'], got 'faq'",
        ),
        ({"reply": "{answered: false}"}, "talk.yaml:7: expected answered False, got True"),
        ({"reply": "{abstained: true}"}, "talk.yaml:7: expected abstained True, got False"),
        ({"reply": "{asks: null}"}, "talk.yaml:7: expected asks None, got 'need'"),
        ({"reply": "{contains: [France, Peru]}"}, "talk.yaml:7: the reply does not contain 'Peru'"),
        ({"reply": "{lacks: [Peru, france]}"}, "talk.yaml:7: the reply contains 'france'"),
        (
            {"line": "{facts: {team_size: {min: 41}}}"},
            "talk.yaml:9: expected team_size to be {'min': 41}, got",
        ),
        ({"line": "{score: 100}"}, "talk.yaml:9: expected score 100, got 11"),
        (
            {"end": "receipts: [budget.stated]"},
            "talk.yaml:14: expected a receipt 'budget.stated', got team_size",
        ),
        (
            {"end": "no_receipts: team_size.from_5"},
            "talk.yaml:14: expected no receipt 'team_size.from_5', got +5",
        ),
        ({"end": "asked: phone"}, "talk.yaml:14: expected to be asked for phone, was asked for need"),
        ({"end": "not_asked: [phone, need]"}, "talk.yaml:14: expected not to be asked for need, but was"),
        ({"end": "answered: 2"}, "talk.yaml:14: expected answered 2, got 1"),
        ({"end": "abstained: {at_least: 2}"}, "talk.yaml:14: expected abstained at_least 2, got 1"),
        (
            {"end": "facts: {budget: none}"},
            "talk.yaml:14: expected budget to be none, it is not_asked",
        ),
        ({"end": "stage: [mql, sql]"}, "talk.yaml:14: expected stage ['mql', 'sql'], got 'lead'"),
    ],
)
async def test_what_does_not_hold_is_said_with_its_line(
    tmp_path: Path, expected: dict[str, str], failure: str
) -> None:
    first, second = cases(tmp_path, **expected)

    found = await failures(second)

    assert len(found) == 1
    assert found[0].startswith(failure)
    assert await failures(first) == []


async def test_what_holds_is_no_failure(tmp_path: Path) -> None:
    _, case = cases(
        tmp_path,
        reply="{kind: faq, answered: true, abstained: false, cites: true, asks: [need, budget], contains: 12 euros}",
        line="{facts: {team_size: {min: 40}, budget: not_asked}, receipts: [team_size.from_20], score: {at_least: 5}}",
        end="asked: need\n    not_asked: [phone]\n    answered: 1\n    abstained: 1\n    stage: [lead, mql]",
    )

    assert await failures(case) == []


async def test_a_failure_quotes_the_visitor_and_the_reply(tmp_path: Path) -> None:
    _, case = cases(tmp_path, reply="{kind: none}")

    (found,) = await failures(case)

    assert 'the visitor: "Do you ship to France?"' in found
    assert 'the reply: "Yes, we ship to France for 12 euros.' in found


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"reply": "{mood: good}"}, "`mood` is not a known key here"),
        ({"reply": "{contain: France}"}, "did you mean `contains`"),
        ({"end": "not_askd: [need]"}, "did you mean `not_asked`"),
        ({"reply": "[kind]"}, "is not a mapping of keys to values"),
    ],
)
def test_an_expectation_that_nothing_checks_is_refused_with_its_line(
    tmp_path: Path, expected: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        cases(tmp_path, **expected)

    assert "talk.yaml:" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("expected", ["facts: {teamsize: 4}", "not_asked: [teamsize]", "score: {above: 3}"])
async def test_a_slot_or_bound_that_does_not_exist_is_refused_too(tmp_path: Path, expected: str) -> None:
    _, case = cases(tmp_path, end=expected)

    with pytest.raises(ConfigurationError, match=r"talk.yaml:14: .*(teamsize|above)"):
        await failures(case)


def test_a_time_of_a_case_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("now: 2027-01-15T10:00:00Z\nconversation:\n  - visitor: Hello\n")

    (case,) = read_cases(path)

    assert (case.name, case.now) == ("one", datetime(2027, 1, 15, 10, tzinfo=UTC))
