"""Letting people in: the right password, not too many tries, and the same time and words for whoever is not known.

Tries are counted for the name and for the address, whether or not the name exists; who is logged in already notices
nothing. The counts are this process's own and go with it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import Database, operators, passwords
from bot.store.operators import OperatorRow
from bot.web.errors import Problem

HASHES_AT_ONCE = 2
HASHES_WAITING = 40
"""Each takes 19 MiB and 20 ms of a core: a flood of logins must not take the service."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)
NAMES_PER_ADDRESS = 4
"""An office shares an address: so many people may each fail as often as one name may."""
KEYS_KEPT = 20_000


@dataclass(slots=True)
class Tries:
    """Wrong tries of one name or address; nothing is tried before `until`."""

    count: int
    last_at: datetime
    until: datetime


class Throttle:
    """Counts tries; beyond what is allowed each makes the wait twice as long."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, Tries] = OrderedDict()

    def wait_s(self, key: str, now: datetime) -> float:
        """Return how many seconds the key has to wait, 0 when it may try."""
        tries = self._tries.get(key)
        return 0.0 if tries is None else max(0.0, (tries.until - now).total_seconds())

    def note(self, key: str, now: datetime, *, allowed: int) -> None:
        """Count a try."""
        tries = self._tries.pop(key, None)
        count = 1 if tries is None or tries.last_at + FORGET_AFTER < now else tries.count + 1
        doublings = min(count - allowed, 10)
        wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT) if doublings >= 0 else timedelta()
        self._tries[key] = Tries(count, now, now + wait)
        while len(self._tries) > KEYS_KEPT:
            self._tries.popitem(last=False)

    def forgive(self, key: str) -> None:
        """Take back a try that was right."""
        tries = self._tries.get(key)
        if tries is not None:
            tries.count -= 1
            tries.until = tries.last_at

    def forget(self, key: str) -> None:
        """Begin to count anew."""
        self._tries.pop(key, None)


class Doorman:
    """Lets people in by name and password."""

    def __init__(self, db: Database, *, tries: int, is_on: bool) -> None:
        self._db = db
        self._tries = tries
        self._is_on = is_on
        self._throttle = Throttle()
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)
        self._waiting = 0

    def wait_s(self, name: str, address: str, now: datetime) -> float:
        """Return how many seconds this name, from this address, has to wait before it is tried again."""
        return max(self._throttle.wait_s(key, now) for key in keys_of(name, address))

    async def let_in(self, name: str, password: str, *, address: str, now: datetime) -> OperatorRow | None:
        """Return whose name and password these are; None when they are nobody's who may come in.

        Raises:
            Problem: 503 when too many are at the door.
        """
        by_name, by_address = keys_of(name, address)
        if self._is_on:  # before anything is awaited: tries side by side count too
            self._throttle.note(by_name, now, allowed=self._tries)
            self._throttle.note(by_address, now, allowed=self._tries * NAMES_PER_ADDRESS)
        async with self._db.read() as connection:
            found = await operators.find(connection, name)
        operator, kept = found if found is not None else (None, None)
        is_right = await self._is_right(password, kept)
        if operator is None or kept is None or not is_right or operator.disabled_at is not None:
            return None
        self._throttle.forget(by_name)
        self._throttle.forgive(by_address)
        if passwords.is_outdated(kept):
            anew = await asyncio.to_thread(passwords.hash_of, password)
            async with self._db.write() as connection:
                await operators.keep_hash(connection, operator.operator_id, anew)
        return operator

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


def keys_of(name: str, address: str) -> Sequence[str]:
    """Return by what tries are counted."""
    return f"name:{operators.name_key(name)}", f"address:{address}"
