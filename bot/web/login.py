"""Letting people in: the right password, not too many tries, and the same time and words for whoever is not known.

Tries are counted for the name and for the address, whether or not the name exists, in the database, for all processes;
who is logged in already notices nothing.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.store import Database, login_tries, operators, passwords
from bot.store.login_tries import Tries
from bot.store.operators import OperatorRow
from bot.web.errors import Problem

HASHES_AT_ONCE = 2
HASHES_WAITING = 40
"""Each takes 19 MiB and 20 ms of a core: a flood of logins must not take the service."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
MOST_DOUBLINGS = 10
NAMES_PER_ADDRESS = 4
"""An office shares an address: so many people may each fail as often as one name may."""


class Doorman:
    """Lets people in by name and password."""

    def __init__(self, db: Database, *, tries: int, is_on: bool) -> None:
        self._db = db
        self._tries = tries
        self._is_on = is_on
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)
        self._waiting = 0

    async def knock(self, name: str, address: str, now: datetime) -> float:
        """Count a try of this name from this address; return how many seconds it has to wait, 0 when it may be made.

        Who has to wait is not counted, and writes nothing.
        """
        if not self._is_on:
            return 0.0
        keys = keys_of(name, address)
        async with self._db.read() as connection:
            wait_s = seconds_until(await login_tries.wait_until(connection, keys), now)
        if wait_s > 0:
            return wait_s
        async with self._db.write(login_tries.LINE) as connection:  # tries side by side count too
            wait_s = seconds_until(await login_tries.wait_until(connection, keys), now)
            if wait_s > 0:
                return wait_s
            for key, allowed in zip(keys, (self._tries, self._tries * NAMES_PER_ADDRESS), strict=True):
                before = await login_tries.find(connection, key, now=now)
                await login_tries.keep(connection, key, after_try(before, now, allowed=allowed), now=now)
        return 0.0

    async def let_in(self, name: str, password: str, *, address: str) -> OperatorRow | None:
        """Return whose name and password these are; None when they are nobody's who may come in. Knock first.

        Raises:
            Problem: 503 when too many are at the door.
        """
        async with self._db.read() as connection:
            found = await operators.find(connection, name)
        operator, kept = found if found is not None else (None, None)
        is_right = await self._is_right(password, kept)
        if operator is None or kept is None or not is_right or operator.disabled_at is not None:
            return None
        await self._welcome(name, address)
        if passwords.is_outdated(kept):
            anew = await asyncio.to_thread(passwords.hash_of, password)
            async with self._db.write() as connection:
                await operators.keep_hash(connection, operator.operator_id, anew)
        return operator

    async def _welcome(self, name: str, address: str) -> None:
        """Take back the try that was right."""
        by_name, by_address = keys_of(name, address)
        async with self._db.write(login_tries.LINE) as connection:
            await login_tries.forget(connection, by_name)
            await login_tries.forgive(connection, by_address)

    async def _is_right(self, password: str, kept: str | None) -> bool:
        if self._waiting >= HASHES_WAITING:
            raise Problem(
                503, "busy", "Too many people log in at once. Try again in a moment.", {"Retry-After": "2"}
            )
        self._waiting += 1
        try:
            async with self._hashing:
                return await asyncio.to_thread(passwords.is_right, password, kept)
        finally:
            self._waiting -= 1


def seconds_until(moment: datetime | None, now: datetime) -> float:
    """Return how long it is until then, 0 when it is over."""
    return 0.0 if moment is None else max(0.0, (moment - now).total_seconds())


def after_try(before: Tries | None, now: datetime, *, allowed: int) -> Tries:
    """Return what is remembered after one more try; beyond what is allowed each makes the wait twice as long."""
    count = 1 if before is None else before.count + 1
    doublings = min(count - allowed, MOST_DOUBLINGS)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT) if doublings >= 0 else timedelta()
    return Tries(count, now + wait)


def keys_of(name: str, address: str) -> Sequence[str]:
    """Return by what tries are counted."""
    return f"name:{operators.name_key(name)}", f"address:{address}"
