"""One call that asks for an object by a schema, in the way that the model was found to know."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from bot.llm.chat import METHODS, PLAIN, Chat, Method
from bot.llm.line import Line, Outcome, Window
from bot.llm.reply import find_object
from bot.llm.trouble import Trouble, TroubleError
from bot.llm.words import Prompt, Usage

NOT_THIS_WAY = frozenset({400, 404, 405, 415, 422, 501})
"""What servers answer to a way of asking that they do not know."""

Schema = Mapping[str, Any]


async def ask(line: Line, prompt: Prompt, schema: Schema, window: Window) -> Outcome:
    """Ask for an object: until something has worked in each way in turn, then in that way only."""
    try:
        async with line.finding_the_way(window.end_by):
            return await _ask_in_turn(line, prompt, schema, window)
    except TroubleError as refused:
        return Outcome(trouble=refused.trouble)


async def _ask_in_turn(line: Line, prompt: Prompt, schema: Schema, window: Window) -> Outcome:
    used, outcome = Usage(), Outcome(trouble=None)
    with line.calling("object") as verdict:
        for method in METHODS if line.method is None else (line.method,):
            outcome = await _ask(line, prompt, schema, method=method, window=window)
            used += outcome.usage
            if outcome.trouble is None or not _is_about_the_way(outcome.trouble):
                break
        _learn(line, method, outcome.trouble)
        verdict.ended(outcome.trouble)
    return replace(outcome, usage=used)


async def _ask(line: Line, prompt: Prompt, schema: Schema, *, method: Method, window: Window) -> Outcome:
    trouble: Trouble | None = None
    value: Mapping[str, Any] | None = None
    message: Any = None
    try:
        async with line.seated(window.first_by), asyncio.timeout(window.end_by - line.clock()):
            message = await _message(
                await line.warm(), prompt, schema, method=method, most=_most(line, prompt)
            )
        value = find_object(message)
        if value is None:
            trouble = replace(line.trouble("malformed", "the reply holds no JSON object."), is_form=True)
    except Exception as error:  # noqa: BLE001 - a hostile reply has the libraries raise anything
        trouble = line.trouble_of(error, window)
    written = orjson.dumps(value).decode() if value is not None else str(getattr(message, "content", ""))
    counted = getattr(message, "usage_metadata", None)
    usage = line.usage(trouble, prompt, written=written, counted=counted)
    return Outcome(trouble=trouble, usage=usage, value=value)


async def _message(chat: Chat, prompt: Prompt, schema: Schema, *, method: Method, most: int) -> Any:
    if method == "plain":
        plain = replace(prompt, system=prompt.system + PLAIN + orjson.dumps(dict(schema)).decode())
        return await chat.model.ainvoke(chat.messages(plain), max_tokens=most)
    model, more = chat.asking_for(schema, method)
    return await model.ainvoke(chat.messages(prompt), max_tokens=most, **more)


def _most(line: Line, prompt: Prompt) -> int:
    return min(prompt.max_output_tokens, line.settings.max_output_tokens)


def _is_about_the_way(trouble: Trouble) -> bool:
    return trouble.is_form or trouble.status in NOT_THIS_WAY


def _learn(line: Line, method: Method, trouble: Trouble | None) -> None:
    """Keep what worked. What is refused in every way is the prompt's fault; who only babbles stays with the last."""
    if trouble is None or (method == METHODS[-1] and trouble.is_form):
        line.method = method
    elif trouble.status in NOT_THIS_WAY:
        line.method = None
