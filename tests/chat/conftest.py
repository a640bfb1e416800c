"""A fresh conversation for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.conversations import Talking, talking
from tests.chat.operators_desk import Desk, desk_in


@pytest.fixture
async def talk() -> AsyncIterator[Talking]:
    async with talking() as opened:
        yield opened


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path) as opened:
        yield opened
