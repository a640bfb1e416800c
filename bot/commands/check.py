"""`foyer check`: everything that is wrong with a site, each fault by name, before a visitor meets it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.commands.finding import PARTS, Finding
from bot.commands.findings import find_all
from bot.commands.which_site import THE_ONLY_ONE, SiteArgument

FOUND = 1


def check(
    site: SiteArgument = THE_ONLY_ONE,
    model: Annotated[
        bool, typer.Option("--model", help="Call the language model and its fallback once, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Check configuration, playbook, knowledge, tests and environment; exit code 1 when a fault was named.

    Example: foyer check ./mysite
    """
    findings = list(find_all(site, with_model=model))
    problems = [finding for finding in findings if finding.level == "problem"]
    if as_json:
        typer.echo(json.dumps(as_rows(findings), ensure_ascii=False))
    else:
        print_findings(findings)
    if problems:
        raise typer.Exit(FOUND)


def as_rows(findings: Sequence[Finding]) -> dict[str, object]:
    """Return what was found as JSON: `ok`, then `problems`, `notes` and `not_checked` with part, place, what."""
    rows: dict[str, list[dict[str, Any]]] = {"problem": [], "note": [], "unchecked": []}
    for finding in findings:
        row = asdict(finding)
        if finding.figures is None:
            del row["figures"]
        rows[row.pop("level")].append(row)
    return {
        "ok": not rows["problem"],
        "problems": rows["problem"],
        "notes": rows["note"],
        "not_checked": rows["unchecked"],
    }


def print_findings(findings: Sequence[Finding]) -> None:
    """Print each part with its verdict, and under it what was found."""
    for part in PARTS:
        here = [finding for finding in findings if finding.part == part]
        typer.echo(f"{part:<14} {verdict(here)}")
        for finding in here:
            place = f"{finding.place}: " if finding.place else ""
            accepted_by = f" [{finding.id}]" if finding.id else ""
            typer.echo(f"  {'note: ' if finding.level == 'note' else ''}{place}{finding.what}{accepted_by}")


def verdict(findings: Sequence[Finding]) -> str:
    """Return what a part's findings come to; a part that was not looked at is never `ok`."""
    levels = {finding.level for finding in findings}
    if "problem" in levels:
        return "to mend"
    return "not checked" if "unchecked" in levels else "ok"
