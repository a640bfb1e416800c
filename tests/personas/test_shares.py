"""Conversations shared among processes are those of one process."""

from pathlib import Path

import pytest

from bot.assemble import trials
from bot.assemble.trials import Plan, play_trials
from bot.personas import PERSONAS
from tests.service.running_server import write_site


@pytest.mark.slow
@pytest.mark.model
async def test_nobody_can_tell_how_many_processes_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(trials.os, "cpu_count", lambda: 2)
    site = write_site(tmp_path / "site")
    plan = Plan(personas=tuple(PERSONAS), conversations=len(PERSONAS), seed=7)
    heard: list[int] = []

    alone = await play_trials(site, plan, on_played=heard.append)
    monkeypatch.setattr(trials, "WORTH_A_PROCESS", len(PERSONAS) // 2)
    shared = await play_trials(site, plan, on_played=heard.append)

    assert shared == alone
    assert [trial.name for trial in alone] == [f"{name}-0001" for name in PERSONAS]
    assert heard[: len(PERSONAS)] == [*range(1, len(PERSONAS) + 1)]
    assert heard[-1] == len(PERSONAS)
