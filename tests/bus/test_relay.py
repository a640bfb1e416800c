"""News between processes, over a real hub: in order; what is hostile is left aside, what is missed is found."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bus import (
    BusyNews,
    CountsAwayError,
    DeltaNews,
    ErasedNews,
    HeadNews,
    LeadNews,
    MaskedNews,
    RelayBus,
    RollCallNews,
    Standing,
    StatusNews,
    Subscription,
    TypingNews,
    Window,
)
from bot.bus.hub import Hub
from bot.bus.spelling import MOST_BYTES, read_news, spell_news
from bot.bus.worker import HubLine
from bot.domain.conversation import Author, ConversationStatus, MessageId

REPLY = MessageId("m1")
EVERYTHING = [
    ("c1", TypingNews(Author.BOT)),
    ("c1", DeltaNews(REPLY, 0, "Hello ")),
    ("c1", HeadNews(2)),
    ("c1", StatusNews(ConversationStatus.LIVE)),
    ("c1", ErasedNews()),
    ("c1", MaskedNews()),
    ("c1", LeadNews()),
    ("c1", RollCallNews()),
    ("turns", BusyNews((REPLY, MessageId("m2")))),
]


class Crew:
    """A hub with workers, all in this process."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.hub = Hub()
        self.standings: dict[str, Standing] = {}
        self.lost: list[str] = []
        self.serving: dict[str, asyncio.Task[None]] = {}

    async def join(self, name: str) -> tuple[RelayBus, HubLine]:
        ours, theirs = socket.socketpair()
        self.serving[name] = asyncio.create_task(self.hub.serve(name, ours, lambda: None))
        line = HubLine(theirs, on_lost=lambda: self.lost.append(name))
        await line.open()
        bus = RelayBus(line, self.look, sender=name)
        tasks = [asyncio.create_task(work) for work in (line.run(), bus.run())]
        self._stack.push_async_callback(end, *tasks, self.serving[name])
        while bus.is_away:  # noqa: ASYNC110 - a few turns of the loop
            await asyncio.sleep(0)
        return bus, line

    async def look(self, topics: Collection[str]) -> Mapping[str, Standing]:
        return {topic: self.standings[topic] for topic in topics if topic in self.standings}


async def end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def crew() -> AsyncIterator[Crew]:
    async with AsyncExitStack() as stack:
        yield Crew(stack)
    gc.collect()  # the finalizers of streams must not run within another test's ast.parse (a fault of CPython 3.11)


async def next_of(news: Subscription) -> object:
    async with asyncio.timeout(5):
        return await news.get()


async def test_what_one_process_tells_another_hears_in_order_and_nobody_twice(crew: Crew) -> None:
    (one, _), (two, _) = await crew.join("one"), await crew.join("two")
    async with one.subscribe("c1") as here, two.subscribe("c1") as there:
        one.publish_typing("c1", author=Author.BOT)
        one.publish_delta("c1", in_reply_to=REPLY, n=0, text="Hello")
        one.publish("c1", 2)
        one.publish_erased("c1")

        for news in (here, there):
            heard = [await next_of(news) for _ in range(4)]
            assert heard == [TypingNews(Author.BOT), DeltaNews(REPLY, 0, "Hello"), HeadNews(2), ErasedNews()]
        two.publish("c1", 3)
        assert [await next_of(here), await next_of(there)] == [HeadNews(3), HeadNews(3)]


async def test_what_nobody_told_is_found_by_looking(crew: Crew) -> None:
    bus, _ = await crew.join("one")
    bot, live = ConversationStatus.BOT, ConversationStatus.LIVE
    withdrawn = Standing(5, live, is_withdrawn=True)
    async with bus.subscribe("c1") as news:
        for standing in (Standing(4, bot), Standing(4, bot), Standing(5, live), withdrawn, None):
            crew.standings = {} if standing is None else {"c1": standing}
            await bus.look_once()
        heard = [await next_of(news) for _ in range(4)]

    assert heard == [HeadNews(5), StatusNews(live), MaskedNews(), ErasedNews()]


async def test_a_process_whose_hub_is_gone_says_so_and_goes_on_alone(crew: Crew) -> None:
    bus, line = await crew.join("one")
    async with bus.subscribe("c1") as news:
        crew.serving["one"].cancel()
        async with asyncio.timeout(5):
            await line.lost.wait()
        bus.publish("c1", 7)

        assert await next_of(news) == HeadNews(7)
        assert crew.lost == ["one"]
        with pytest.raises(CountsAwayError):
            await line.wait_s("say", "v1", [Window(1, 60)])


async def test_workers_count_together_and_the_places_of_one_that_is_gone_are_free(crew: Crew) -> None:
    (_, one), (_, two) = await crew.join("one"), await crew.join("two")

    waits = [await line.wait_s("say", "v1", [Window(2, 60)]) for line in (one, two, one)]
    took = [await line.take("visitor:v1", "s1", 1) for line in (one, one, two)]
    crew.serving["one"].cancel()
    await asyncio.wait({crew.serving["one"]})

    assert waits == [None, None, 60.0]
    assert took == [True, True, False]
    assert await two.take("visitor:v1", "s2", 1)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b'["x"]',
        b'["x", [["c1", "head", "9"]]]',
        b'["x", [["c1", "head", -1]]]',
        b'["x", [["c1", "head", true]]]',
        b'["x", [["c1", "typing", "somebody"]]]',
        b'["x", [["c1", "delta", "m1", 0, 5]]]',
        b'["x", [[5, "erased"]]]',
        b'["x", [["c1", "erased", "more"]]]',
        b'["x", [["' + b"c" * 200 + b'", "erased"]]]',
        b'["x", [["c1", "delta", "m1", 0, "' + b"a" * 9_000 + b'"]]]',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
async def test_what_is_no_news_is_left_aside_and_the_next_is_heard(crew: Crew, line: bytes) -> None:
    (bus, _), (_, other) = await crew.join("one"), await crew.join("two")
    async with bus.subscribe("c1") as news:
        await other.send(line)
        await other.send(spell_news("two", [("c1", HeadNews(3))]))

        assert await next_of(news) == HeadNews(3)
    assert read_news(line) is None


def test_news_survive_their_spelling() -> None:
    assert read_news(spell_news("p1", EVERYTHING)) == ("p1", EVERYTHING)
    assert read_news(b" " * (MOST_BYTES + 1)) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=20,
    )
)
def test_no_value_whatsoever_makes_reading_fail(value: object) -> None:
    read_news(orjson.dumps(value))
    read_news(orjson.dumps(["x", value]))
    read_news(orjson.dumps(["x", [value]]))
