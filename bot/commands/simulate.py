"""`foyer simulate` and `foyer test`: play conversations against a site, print or check what comes of them."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.cases import case_files, lines_of, play, read_cases, read_time, run_case
from bot.commands.trials import make_plan, play_personas
from bot.commands.which_site import THE_ONLY_ONE, NamedSite, SiteArgument
from bot.domain.errors import ConfigurationError

CHECK_FOUND_SOMETHING = 1
PERSONAS_KNOWN = (
    "plain, hurried, vague, corrects-herself, hostile, refuses-consent, changes-language, injects"
)
"""The names of `bot.personas.PERSONAS`, which take a while to load."""


def simulate(
    site: NamedSite,
    transcript: Annotated[
        Path | None, typer.Argument(help="A YAML list of `- visitor: …` lines.", metavar="TRANSCRIPT")
    ] = None,
    personas: Annotated[
        str | None,
        typer.Option(
            help=f"Let made-up visitors talk instead: all, or names with commas, of {PERSONAS_KNOWN}."
        ),
    ] = None,
    conversations: Annotated[int, typer.Option(help="How many, shared among the personas.", min=1)] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed, the same conversations.")] = 1,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A folder for the conversations, as cases.")
    ] = None,
    now: Annotated[str | None, typer.Option(help="The time it happens, RFC 3339.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print messages or report as JSON.")] = False,
) -> None:
    """Play a visitor's lines, or let personas talk to the site, and print what comes of it.

    Example: foyer simulate ./mysite visitor.yaml --now 2026-03-02T10:00:00Z
    Example: foyer simulate ./mysite --personas all --conversations 1000 --seed 7
    """
    if (transcript is None) == (personas is None):
        raise ConfigurationError(
            "foyer simulate plays a TRANSCRIPT or --personas (all, or some of "
            f"{PERSONAS_KNOWN}): give one of the two."
        )
    if transcript is not None:
        asyncio.run(play_and_print(site, transcript, read_time(now), as_json=as_json))
    else:
        plan = make_plan(personas or "", conversations, seed, read_time(now))
        play_personas(site, plan, output=output, as_json=as_json)


async def play_and_print(site: Path, transcript: Path, now: datetime | None, *, as_json: bool) -> None:
    """Play a transcript and print it, the lead last."""
    from bot.assemble.offline import simulate_site
    from bot.settings import read_yaml

    lines = lines_of(read_yaml(transcript).value, transcript)
    async with simulate_site(site) as open_one, open_one(now) as simulation:
        for line in lines:
            for message in await play(simulation, line):
                row = {"author": message.author.value, "text": message.text, "message_id": message.message_id}
                typer.echo(
                    json.dumps(row, ensure_ascii=False) if as_json else f"{row['author']}: {row['text']}"
                )
        lead = await simulation.lead()
    typer.echo(json.dumps({"lead": lead.as_json()}, ensure_ascii=False))


def test(
    site: SiteArgument = THE_ONLY_ONE,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Run the site's own conversations in tests/*.yaml; exit code 1 names each case that failed, with its line.

    Example: foyer test ./mysite
    """
    results = asyncio.run(run_cases(site))
    if as_json:
        typer.echo(json.dumps({"cases": results}, ensure_ascii=False))
    else:
        print_results(results)
    if any(result["failures"] for result in results):
        raise typer.Exit(CHECK_FOUND_SOMETHING)


def print_results(results: Sequence[dict[str, Any]]) -> None:
    """Say which cases hold and which do not."""
    for result in results:
        typer.echo(f"{'failed' if result['failures'] else 'passed'}  {result['case']}")
        for failure in result["failures"]:
            typer.echo(f"        {failure}")


async def run_cases(site: Path) -> list[dict[str, Any]]:
    """Play every case of the site against the same knowledge, each on a fresh database.

    Raises:
        ConfigurationError: there is none.
    """
    from bot.assemble.offline import simulate_site
    from bot.settings import load_site

    slots = [slot.id for slot in load_site(site).playbook.slots]
    cases = [case for path in case_files(site) for case in read_cases(path)]
    if not cases:
        where = site / "tests"
        raise ConfigurationError(
            f"{where} has no conversations: nothing was tested. Write one into {where / 'first.yaml'}."
        )
    async with simulate_site(site) as open_one:
        return [await run_case(case, open_one, slots=slots) for case in cases]
