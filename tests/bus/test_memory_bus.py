"""News reaches everybody who listened before it was told; slow listeners lose only what is gone anyway."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bus import DeltaNews, ErasedNews, HeadNews, MemoryBus, StatusNews, Subscription, TypingNews
from bot.bus.memory import DELTAS_WAITING
from bot.domain.conversation import Author, ConversationStatus, MessageId

REPLY = MessageId("m1")


async def waiting_in(news: Subscription) -> list[object]:
    items: list[object] = []
    try:
        async with asyncio.timeout(0):
            while True:
                items.append(await news.get())
    except TimeoutError:
        return items


async def test_every_subscriber_of_a_topic_hears_what_is_published_there_and_nothing_else() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as one, bus.subscribe("c1") as two, bus.subscribe("c2") as other:
        bus.publish("c1", 7)
        bus.publish("nobody listens", 1)

        assert [await waiting_in(news) for news in (one, two, other)] == [[HeadNews(7)], [HeadNews(7)], []]


async def test_news_that_comes_between_reading_and_waiting_is_not_lost() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        bus.publish("c1", 1)
        assert await news.get() == HeadNews(1)
        waiting = asyncio.create_task(news.get())
        bus.publish("c1", 2)

        async with asyncio.timeout(1):
            assert await waiting == HeadNews(2)


async def test_a_waiting_subscriber_is_woken() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        waiting = asyncio.create_task(news.get())
        await asyncio.wait({waiting}, timeout=0)
        bus.publish("c1", 1)

        async with asyncio.timeout(1):
            assert await waiting == HeadNews(1)


async def test_a_listener_is_called_for_each_arrival_and_takes_what_came_until_it_leaves() -> None:
    bus, calls = MemoryBus(), list[int]()
    news = bus.listen("c1", lambda: calls.append(1))
    bus.publish("c1", 1)
    bus.publish("c1", 2)
    bus.leave("c1", news)
    bus.publish("c1", 3)

    assert (news.take(), news.take(), len(calls)) == (HeadNews(2), None, 2)
    assert not bus.topics


async def test_a_cancelled_wait_loses_nothing() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        waiting = asyncio.create_task(news.get())
        await asyncio.wait({waiting}, timeout=0)
        bus.publish("c1", 1)
        waiting.cancel()
        await asyncio.wait({waiting})

        assert await waiting_in(news) == [HeadNews(1)]


async def test_newer_news_takes_the_place_of_older_and_never_the_other_way_round() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        for head_seq in (1, 3, 2):
            bus.publish("c1", head_seq)

        assert await waiting_in(news) == [HeadNews(3)]


async def test_all_kinds_come_in_the_order_of_arrival() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        bus.publish_typing("c1", author=Author.BOT)
        bus.publish_delta("c1", in_reply_to=REPLY, n=0, text="Hello ")
        bus.publish_delta("c1", in_reply_to=REPLY, n=1, text="there")
        bus.publish("c1", 2)
        bus.publish_status("c1", ConversationStatus.LIVE)
        bus.publish_erased("c1")

        assert await waiting_in(news) == [
            TypingNews(Author.BOT),
            DeltaNews(REPLY, 0, "Hello "),
            DeltaNews(REPLY, 1, "there"),
            HeadNews(2),
            StatusNews(ConversationStatus.LIVE),
            ErasedNews(),
        ]


async def test_a_slow_subscriber_keeps_the_beginning_of_a_reply_and_all_news() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        for n in range(DELTAS_WAITING + 50):
            bus.publish_delta("c1", in_reply_to=REPLY, n=n, text="x")
        bus.publish("c1", 2)
        read = [await news.get() for _ in range(10)]
        bus.publish_delta("c1", in_reply_to=REPLY, n=DELTAS_WAITING + 50, text="x")
        bus.publish_delta("c1", in_reply_to=MessageId("m2"), n=0, text="y")

        items = read + await waiting_in(news)

    first_reply = [item.n for item in items if isinstance(item, DeltaNews) and item.in_reply_to == REPLY]
    assert first_reply == list(range(DELTAS_WAITING))
    assert HeadNews(2) in items
    assert items[-1] == DeltaNews(MessageId("m2"), 0, "y")


async def test_what_waits_is_bounded_whatever_is_published() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        for n in range(10_000):
            bus.publish("c1", n)
            bus.publish_typing("c1", author=Author.OPERATOR)
            bus.publish_delta("c1", in_reply_to=MessageId(f"m{n}"), n=0, text="x")

        assert len(await waiting_in(news)) <= DELTAS_WAITING + 4


async def test_leaving_cleans_up_also_when_the_subscriber_fails() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1"):
        with pytest.raises(ValueError, match="oops"):  # noqa: PT012 - the whole transaction fails
            async with bus.subscribe("c1"), bus.subscribe("c2"):
                assert bus.topics == {"c1", "c2"}
                raise ValueError("oops")
        assert bus.topics == {"c1"}

    assert bus.topics == frozenset()


async def test_a_subscription_can_be_iterated() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c1") as news:
        bus.publish("c1", 1)
        async for item in news:
            assert item == HeadNews(1)
            break


@settings(max_examples=50, deadline=None)
@given(turns=st.lists(st.integers(min_value=0, max_value=4), max_size=40))
def test_a_reader_always_gets_to_the_last_head(turns: list[int]) -> None:
    async def play() -> int:
        bus = MemoryBus()
        async with bus.subscribe("c1") as news:

            async def read_to_the_end() -> int:
                async for item in news:
                    if isinstance(item, HeadNews) and item.head_seq == len(turns):
                        return item.head_seq
                return -1

            reading = asyncio.create_task(read_to_the_end())
            for head_seq, waits in enumerate([*turns, 0]):
                for _ in range(waits):
                    await asyncio.sleep(0)  # one turn of the loop
                bus.publish("c1", head_seq)
            async with asyncio.timeout(1):
                return await reading

    assert asyncio.run(play()) == len(turns)
