"""`foyer simulate` and `foyer test`: play conversations against a site, print or check what comes of them."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.domain.errors import ConfigurationError

CHECK_FOUND_SOMETHING = 1
SiteArgument = Annotated[Path, typer.Argument(help="The site's folder.", metavar="SITE")]
Line = dict[str, Any]


def simulate(
    site: SiteArgument,
    transcript: Annotated[
        Path, typer.Argument(help="A YAML list of `- visitor: …` lines.", metavar="TRANSCRIPT")
    ],
    now: Annotated[str | None, typer.Option(help="The time it happens, RFC 3339.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the messages as JSON lines too.")] = False,
) -> None:
    """Play a visitor's lines against a fresh database and print every message and the lead.

    Example: foyer simulate ./mysite visitor.yaml --now 2026-03-02T10:00:00Z
    """
    asyncio.run(play_and_print(site, transcript, read_time(now), as_json=as_json))


def read_time(text: str | None) -> datetime | None:
    """Read an RFC 3339 time.

    Raises:
        ConfigurationError: it is none, or has no time zone.
    """
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"--now {text!r} is not a time like 2026-03-02T10:00:00Z.") from error
    if time.tzinfo is None:
        raise ConfigurationError(f"--now {text!r} has no time zone. Write 2026-03-02T10:00:00Z.")
    return time


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


def lines_of(value: Any, path: Path) -> list[Line]:
    """Return a transcript's lines: a list, or a mapping with the list under `conversation`.

    A `consent:` beside the list answers the consent question whenever it is asked.
    """
    standing = value.get("consent") if isinstance(value, dict) else None
    named = ("conversation", "transcript", "turns", "messages", "lines")
    lines = next((value[n] for n in named if n in value), None) if isinstance(value, dict) else value
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise ConfigurationError(
            f"{path}: a transcript is a list of lines like `- visitor: How much is it?`."
        )
    if not all({"visitor", "consent"} & set(line) for line in lines):
        raise ConfigurationError(f"{path}: every line is `- visitor: …` or `- consent: yes`.")
    return [{"consent": standing, **line} if standing is not None else line for line in lines]


async def play(simulation: Any, line: Line) -> list[Any]:
    """Play one line: what the visitor says, then the answer to the consent question if it was asked."""
    messages = []
    if line.get("visitor") is not None:
        messages += await simulation.say(str(line["visitor"]))
    if line.get("consent") is not None:
        choice = "yes" if str(line["consent"]).lower() in {"yes", "true"} else "no"
        messages += await simulation.answer_consent(choice)
    return messages


def test(
    site: SiteArgument,
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
    if not results:
        typer.echo("There are no cases: put conversations into tests/*.yaml of the site.")
    for result in results:
        typer.echo(f"{'failed' if result['failures'] else 'passed'}  {result['case']}")
        for failure in result["failures"]:
            typer.echo(f"        {failure}")


async def run_cases(site: Path) -> list[dict[str, Any]]:
    """Play every case of the site against the same knowledge, each on a fresh database."""
    from bot.assemble.offline import simulate_site
    from bot.commands.expectations import check_lead, check_reply
    from bot.settings import read_yaml

    results = []
    async with simulate_site(site) as open_one:
        for path in sorted((site / "tests").glob("*.y*ml")):
            file = read_yaml(path)
            case = file.value if isinstance(file.value, dict) else {"conversation": file.value}
            failures: list[str] = []
            async with open_one(read_time(case.get("now"))) as simulation:
                for position, line in enumerate(lines_of(case, path)):
                    messages = await play(simulation, line)
                    where = f"{path.name}:{file.line_of(('conversation', position))}"
                    failures += check_reply(line.get("expect") or {}, messages, where)
                lead = (await simulation.lead()).as_json()
            where = f"{path.name}:{file.line_of(('expect',)) if 'expect' in case else 1}"
            failures += check_lead(case.get("expect") or {}, lead, where)
            results.append({"case": str(case.get("name") or path.stem), "failures": failures})
    return results
