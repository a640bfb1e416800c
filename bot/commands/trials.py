"""`foyer simulate --personas`: many seeded visitors talk to a site, and a table says what came of them."""

import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.commands.recorded import record
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.assemble.trials import Plan

CHECK_FOUND_SOMETHING = 1
MISREAD_SHOWN = 12
TOLD_EVERY = 10
COLUMNS = ("persona", "n", "turns", "captured", "score", "right", "missed", "wrong", "invented", "asked")
MORE_COLUMNS = ("back", "repeated", "answered", "unknown", "mostly ends at")


def make_plan(personas: str, conversations: int, seed: int, now: datetime | None) -> "Plan":
    """Return which conversations to play.

    Raises:
        ConfigurationError: a persona that does not exist.
    """
    from bot.assemble.trials import Plan
    from bot.personas import PERSONAS

    wanted = [name.strip() for name in personas.split(",") if name.strip()]
    names = list(PERSONAS) if "all" in wanted else wanted
    unknown = [name for name in names if name not in PERSONAS]
    if unknown or not names:
        known = ", ".join(PERSONAS)
        raise ConfigurationError(f"--personas {personas!r}: there is {known}; or all of them: all.")
    return Plan(personas=tuple(names), conversations=conversations, seed=seed, now=now)


def play_personas(site: Path, plan: "Plan", *, output: Path | None, as_json: bool) -> None:
    """Play the plan, print the report and write each conversation down; a broken law ends with exit code 1.

    Raises:
        ConfigurationError: `output` is a folder that holds something.
    """
    from bot.assemble.trials import play_trials
    from bot.personas import summary

    if output is not None and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise ConfigurationError(f"{output} is not an empty folder. Name one that is empty or not there yet.")
    trials = asyncio.run(play_trials(site, plan, on_played=progress(plan.conversations)))
    report = summary(trials)
    if output is not None:
        record(trials, output)
    if as_json:
        typer.echo(json.dumps({"seed": plan.seed, **report}, ensure_ascii=False))
    else:
        print_report(report, seed=plan.seed)
    if report["broken"]:
        raise typer.Exit(CHECK_FOUND_SOMETHING)


def progress(of: int) -> Callable[[int], None]:
    """Return what shows how far the trials are, where somebody watches."""

    def show(done: int) -> None:
        if done % TOLD_EVERY == 0 or done == of:
            print(
                f"\rConversation {done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True
            )

    return show if sys.stderr.isatty() else lambda _: None


def print_report(report: Mapping[str, Any], *, seed: int) -> None:
    """Print the tables, some of what was misread, and each broken law."""
    typer.echo(f"{report['conversations']} conversations, {report['turns']} turns, seed {seed}\n")
    rows = [persona_row(name, one) for name, one in report["personas"].items()]
    if len(rows) > 1:
        rows.append(persona_row("all", report["all"]))
    print_table([COLUMNS + MORE_COLUMNS, *rows])
    typer.echo("\nWhat was taken of what they told, slot by slot:\n")
    slots = report["slots"].items()
    names = list(next(iter(report["slots"].values()), {}))
    print_table([("slot", *names), *((slot, *(str(one[name]) for name in names)) for slot, one in slots)])
    print_misread(report["misread"])
    for one in report["broken"]:
        typer.echo(f"BROKEN  {one['conversation']}: {one['law']}")


def persona_row(name: str, one: Mapping[str, Any]) -> Sequence[str]:
    """Return a persona's row: per conversation where it says so, else counts."""
    count, facts, score = one["conversations"] or 1, one["facts"], one["score"]
    ends = next((f"{gate} {number}" for gate, number in one["gates"].items() if gate != "captured"), "")
    return (
        name,
        str(one["conversations"]),
        f"{one['turns'] / count:.1f}",
        f"{100 * one['captured'] / count:.0f} %",
        f"{score['p10']}-{score['p50']}-{score['p90']}",
        *(str(facts[outcome]) for outcome in ("right", "missed", "wrong", "invented")),
        f"{one['asked'] / count:.1f}",
        *(str(one[column]) for column in ("returned", "repeated", "answered", "unanswered")),
        ends,
    )


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows with the first and last column to the left, the rest to the right; the first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    last = len(widths) - 1
    for row in rows:
        cells = [
            cell.ljust(width)
            if column == 0 or (column == last and "at" in rows[0][last])
            else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        typer.echo("  ".join(cells).rstrip())


def print_misread(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print some of what was not taken as it was told."""
    if not rows:
        return
    typer.echo(
        f"\nNot taken as told, {min(len(rows), MISREAD_SHOWN)} of {len(rows)} (all of them: --json):\n"
    )
    for row in rows[:MISREAD_SHOWN]:
        said = "nothing" if row["said"] is None else json.dumps(row["said"], ensure_ascii=False)
        kept = "nothing" if row["kept"] is None else json.dumps(row["kept"], ensure_ascii=False)
        quote = "" if row["quote"] is None else f" from {json.dumps(row['quote'], ensure_ascii=False)}"
        typer.echo(
            f"  {row['conversation']}  {row['slot']} {row['outcome']}: said {said}, kept {kept}{quote}"
        )
