"""`foyer chat`: talk to a site in the terminal, with the facts and the score beside."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opened import log_beside
from bot.commands.outlook import talk_lines
from bot.commands.which_site import THE_ONLY_ONE, SiteArgument


def chat(
    site: SiteArgument = THE_ONLY_ONE,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Answer in the words of the documentation.")
    ] = False,
) -> None:
    """Talk to a site in the terminal; nothing is kept. End with Ctrl-D. With `model:` the model words the answers.

    Example: foyer chat ./mysite
    """
    log_beside()
    asyncio.run(talk(site, with_model=not no_model))


async def talk(site: Path, *, with_model: bool) -> None:
    """Read lines until the input ends; print replies, facts and score."""
    from bot.assemble.simulation import reply_of
    from bot.assemble.worded import converse

    async with converse(site, with_model=with_model) as simulation:
        while (line := await asyncio.to_thread(read_line)) is not None:
            if not line.strip():
                continue
            reply = reply_of(await simulation.say(line))
            if reply is None:
                continue
            typer.echo(reply.text)
            for citation in reply.citations:
                typer.secho(f"  [{citation.n}] {citation.title} {citation.url or ''}".rstrip(), dim=True)
            if reply.degraded:
                typer.secho("  (The model failed: these are the words of the documentation.)", dim=True)
            if reply.choices:
                typer.secho("  " + "  ·  ".join(choice.label for choice in reply.choices), dim=True)
            lead = (await simulation.lead()).as_json()
            known = ", ".join(
                f"{slot}: {fact['state']} “{fact['quote']}”" for slot, fact in lead["facts"].items()
            )
            typer.secho(f"  {lead['score']} {lead['grade']} {lead['stage']}  {known}", dim=True)
            log, moment = await simulation.fact_log()
            typer.secho("\n".join(talk_lines(simulation.playbook, log, now=moment)), dim=True)


def read_line() -> str | None:
    """Return the next line the person types, None at the end."""
    try:
        return input("> ")
    except EOFError:
        return None
