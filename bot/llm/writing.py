"""One call that has a reply written: piece by piece, within its times, judged at its end. Nothing is tried again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot.llm.line import Line, Outcome, Window
from bot.llm.reply import Reply
from bot.llm.trouble import Trouble, TroubleError
from bot.llm.words import Prompt

ONLY_THOUGHT = (
    "it used up its tokens before the first word. Thoughts count as written: lower `reasoning_effort` "
    "(`none` or `minimal`), raise `max_output_tokens`, or choose a model that does not think."
)


async def write(line: Line, prompt: Prompt, window: Window) -> AsyncGenerator[str | Outcome, None]:
    """Yield the pieces of a reply, and last how it ended. Close the generator to hang up."""
    reply = Reply()
    trouble: Trouble | None = None
    try:
        with line.calling("text") as verdict:
            try:
                async with aclosing(_texts(line, prompt, reply, window)) as texts:
                    async for text in texts:
                        yield text
            except Exception as error:  # noqa: BLE001 - a hostile reply has the libraries raise anything
                trouble = None if reply.has_ended else line.trouble_of(error, window)
            else:
                trouble = None if reply.text else _empty(line, reply)
            verdict.ended(trouble)
    except TroubleError as refused:
        trouble = refused.trouble
    usage = line.usage(trouble, prompt, written=reply.written, counted=reply.counted)
    yield Outcome(trouble=trouble, usage=usage, is_cut=reply.is_cut)


async def _texts(line: Line, prompt: Prompt, reply: Reply, window: Window) -> AsyncGenerator[str, None]:
    async with line.seated(window.first_by):
        async with asyncio.timeout(window.first_by - line.clock()):
            chat = await line.warm()
        most = min(prompt.max_output_tokens, line.settings.max_output_tokens)
        by = window.first_by
        async with aclosing(chat.model.astream(chat.messages(prompt), max_tokens=most)) as chunks:
            while True:
                async with asyncio.timeout(min(by, window.end_by) - line.clock()):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    if rest := reply.finish():
                        yield rest
                    return
                if text := reply.take(chunk):
                    yield text
                    # Counted from here: whoever reads may take its time.
                    by = line.clock() + line.settings.timeouts.gap_s


def _empty(line: Line, reply: Reply) -> Trouble:
    if reply.has_run_out:
        return line.trouble("empty", ONLY_THOUGHT)
    # A visitor can have a model refuse: that must not open the breaker for all the others.
    return line.trouble("empty", "the reply has no text.", is_prompts=reply.is_refusal)
