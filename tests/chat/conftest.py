"""A fresh conversation for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.chat.conversations import Talking, talking


@pytest.fixture
async def talk() -> AsyncIterator[Talking]:
    async with talking() as opened:
        yield opened
