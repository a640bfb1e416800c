"""A reply comes piece by piece through langchain, in both protocols, over a real connection."""

import asyncio
from contextlib import aclosing

import pytest

from bot.llm import Finished, Piece, Prompt, Spoken
from tests.llm.conftest import KEY, SILENT, settings_for
from tests.llm.provider import Provider
from tests.llm.script import Script

PROMPT = Prompt(
    "You answer from passages.",
    (Spoken("user", "Hello"), Spoken("assistant", "Hello."), Spoken("user", "How fast is shipping?")),
    300,
)
BOTH = pytest.mark.parametrize("protocol", ["openai", "anthropic"])


async def spoken(model, prompt=PROMPT):
    """Return the text and how it ended."""
    items = [item async for item in model.stream(prompt)]
    return "".join(item.text for item in items[:-1]), items[-1]


@BOTH
async def test_a_reply_comes_in_pieces_and_its_tokens_are_counted(models, protocol):
    async with Provider(protocol) as provider:
        model = models(provider).open(settings_for(provider))

        items = [item async for item in model.stream(PROMPT)]

    assert items[:-1] == [Piece("Orders are "), Piece("shipped "), Piece("in two days. [1]")]
    assert isinstance(items[-1], Finished)
    assert (items[-1].model, items[-1].is_cut) == (model.name, False)
    usage = items[-1].usage
    assert (usage.input_tokens, usage.output_tokens, usage.cached_tokens) == (40, 12, 8)
    assert not usage.is_estimated


@BOTH
async def test_the_stable_part_is_first_and_marked_for_the_cache(models, protocol):
    async with Provider(protocol) as provider:
        await spoken(models(provider).open(settings_for(provider, max_output_tokens=100)))

        (request,) = provider.requests
    body = request.body
    roles = [message["role"] for message in body["messages"]]
    assert body["max_tokens"] == 100
    if protocol == "anthropic":
        cached = {"type": "text", "text": PROMPT.system, "cache_control": {"type": "ephemeral"}}
        assert (body["system"], roles) == ([cached], ["user", "assistant", "user"])
    else:
        assert roles == ["system", "user", "assistant", "user"]
        assert body["messages"][0]["content"] == PROMPT.system
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert not [name for name in request.headers if name.startswith("x-stainless")]


async def test_openai_itself_gets_the_parameters_of_its_newer_models(models):
    async with Provider() as standin:
        settings = settings_for(standin, provider="openai", model="gpt-5-mini", reasoning_effort="minimal")

        await spoken(models(standin).open(settings))

        body = standin.requests[0].body
    assert (body["max_completion_tokens"], body["reasoning_effort"]) == (300, "minimal")
    assert not {"max_tokens", "temperature"} & body.keys()


@BOTH
async def test_a_provider_that_does_not_count_is_estimated(models, protocol):
    async with Provider(protocol, Script(counts=None)) as provider:
        text, finished = await spoken(models(provider).open(settings_for(provider)))

    assert finished.usage.is_estimated
    assert finished.usage.output_tokens >= len(text) // 4
    assert finished.usage.input_tokens > 10


@BOTH
async def test_a_reply_that_was_stopped_says_so(models, protocol):
    async with Provider(protocol, Script(reason="length"), Script(reason=None)) as provider:
        model = models(provider).open(settings_for(provider))

        ends = [(await spoken(model))[1] for _ in range(2)]

    assert [end.is_cut for end in ends] == [True, True]


OTHER_THINGS = {
    "openai": (
        {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "pay", "arguments": "{}"}}]},
        {"reasoning_content": "Thinking aloud."},
        {"refusal": "No."},
        {"content": [{"type": "image_url", "image_url": {"url": "http://example.com/a.png"}}]},
    ),
    "anthropic": (
        {"type": "thinking_delta", "thinking": "Thinking aloud."},
        {"type": "input_json_delta", "partial_json": "{}"},
    ),
}


@BOTH
async def test_what_is_no_text_is_left_out(models, protocol):
    for extra in OTHER_THINGS[protocol]:
        async with Provider(protocol, Script(extra=(extra,))) as provider:
            text, ended = await spoken(models(provider).open(settings_for(provider)))

        assert text in {"Orders are shipped in two days. [1]", ""}
        assert isinstance(ended, Finished) or ended.code in {"malformed", "empty"}


async def test_odd_characters_do_not_get_through(models):
    async with Provider(
        "openai", Script(pieces=("  ", "\n a\x00b\ud83d", "\udc00c\x1b[2J", "é\u2028"))
    ) as provider:
        text, _ = await spoken(models(provider).open(settings_for(provider)))

    assert text == "abc[2Jé\u2028"


@BOTH
async def test_who_leaves_hangs_up(models, protocol):
    async with Provider(protocol, Script(mishap="hang_midway")) as provider:
        model = models(provider).open(settings_for(provider))

        async with aclosing(model.stream(PROMPT)) as reply:
            await anext(reply)
        async with asyncio.timeout(5):
            await provider.requests[0].was_left.wait()

        provider.arrived.clear()
        reading = asyncio.ensure_future(spoken(model))
        await provider.arrived.wait()
        reading.cancel()
        async with asyncio.timeout(5):
            await provider.requests[1].was_left.wait()
        assert [state.failures for state in model.state()] == [0]


async def test_only_so_many_calls_are_made_at_once_and_who_waits_too_long_is_told(models):
    async with Provider("openai", *[Script(mishap="hang_midway")] * 2, Script()) as provider:
        made = models(provider)
        site = made.open(settings_for(provider, concurrency=2))
        hasty = made.open(settings_for(provider, concurrency=2, timeouts=SILENT))
        async with aclosing(site.stream(PROMPT)) as one, aclosing(site.stream(PROMPT)) as another:
            await anext(one)
            await anext(another)

            _, refused = await spoken(hasty)
            await one.aclose()
            _, served = await spoken(site)

        assert len(provider.requests) == 3
        assert [state.failures for state in hasty.state()] == [0]
    assert (refused.code, type(served)) == ("busy", Finished)


async def test_a_connection_is_kept_for_the_next_call(models):
    async with Provider() as provider:
        model = models(provider).open(settings_for(provider))

        for _ in range(3):
            await spoken(model)

        assert (len(provider.requests), provider.connections) == (3, 1)
