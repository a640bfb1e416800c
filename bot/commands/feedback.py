"""`foyer feedback`: how answers and chats were rated, and what visitors said of them."""

import asyncio
import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.dates import read_date
from bot.commands.gaps import FORMATS, write
from bot.commands.which_site import THE_ONLY_ONE, SiteArgument
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.sources import Feedback, RatedAnswer, Tally

ANSWER_CHARACTERS = 60


def feedback(
    site: SiteArgument = THE_ONLY_ONE,
    since: Annotated[str | None, typer.Option(help="Only what was rated since.", metavar="DATE")] = None,
    file_format: Annotated[str, typer.Option("--format", help="table, csv, jsonl or json.")] = "table",
    everything: Annotated[
        bool, typer.Option("--all", help="In the table, also answers that always helped.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[str, typer.Option("-o", "--output", help="Write to FILE, or - for stdout.")] = "-",
) -> None:
    """List the answers that did not help, the most often so first, with what visitors said; and how chats were rated.

    Example: foyer feedback ./mysite --since 2027-01-01 --format csv -o feedback.csv
    """
    wanted = "json" if as_json else file_format
    if wanted not in FORMATS:
        raise ConfigurationError(f"--format {wanted!r}: choose one of {', '.join(FORMATS)}.")
    found = asyncio.run(_find(site, read_date(since, "--since")))
    if wanted == "table":
        write(as_table(found, everything=everything), output)
    else:
        write({"csv": as_csv, "jsonl": as_lines, "json": as_document}[wanted](found), output)


async def _find(site: Path, since: datetime | None) -> "Feedback":
    from bot.assemble import load_environment, open_database
    from bot.settings import load_site
    from bot.sources import find_feedback

    site_id = SiteId(load_site(site).id)
    async with open_database(load_environment()) as db:
        return await find_feedback(db, site_id, since=since)


def as_table(found: "Feedback", *, everything: bool) -> str:
    """Return the counts for people, then the answers that did not help, and below each what was said of it."""
    from bot.sources import tally

    of_answers = tally([rating for answer in found.answers for rating in answer.ratings])
    lines = [f"answers: {in_words(of_answers)}", f"chats:   {in_words(tally(found.chats))}"]
    shown = [answer for answer in found.answers if everything or answer.unhelpful]
    if shown:
        lines += ["", f"{'did not':>7}  {'helped':>6}  {'last':<10}  answer"]
    for answer in shown:
        last = answer.ratings[0]
        words = " ".join(f"{last.title} – {last.text}".split()) if last.title else " ".join(last.text.split())
        cut = words if len(words) <= ANSWER_CHARACTERS else words[: ANSWER_CHARACTERS - 1] + "…"
        counts = f"{answer.unhelpful:>7}  {answer.tally.helped:>6}"
        lines.append(f"{counts}  {last.opinion.at:%Y-%m-%d}  {cut}")
        lines += [f"{'':>29}{line}" for line in remarks(answer)]
    return "\n".join(lines) + "\n"


def in_words(counted: "Tally") -> str:
    """Say how many ratings there are and what they come to."""
    if counted.share is None:
        return "none rated yet"
    return f"{counted.rated} rated, {counted.helped} helped ({counted.share:.0%})"


def remarks(answer: "RatedAnswer") -> list[str]:
    """Return what visitors said of an answer, with the conversation, newest first."""
    from bot.sources import comment_of

    said = ((" ".join(comment_of(one).split()), one) for one in answer.ratings)
    return [f"“{comment}” ({one.conversation_id})" for comment, one in said if comment]


def as_csv(found: "Feedback") -> str:
    """Return one row a rating, newest first; no cell is calculated by a spreadsheet."""
    from bot.sources import RATING_COLUMNS, rating_cells

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(RATING_COLUMNS)
    writer.writerows(rating_cells(rating) for rating in found.ratings)
    return buffer.getvalue()


def as_lines(found: "Feedback") -> str:
    """Return one JSON object a rating, newest first."""
    from bot.sources import rating_json

    return "".join(json.dumps(rating_json(one), ensure_ascii=False) + "\n" for one in found.ratings)


def as_document(found: "Feedback") -> str:
    """Return one JSON object: what the ratings come to, and each of them."""
    from bot.sources import rating_json, tally

    def counts(counted: "Tally") -> dict[str, Any]:
        return {"rated": counted.rated, "helped": counted.helped, "share": counted.share}

    of_answers = tally([rating for answer in found.answers for rating in answer.ratings])
    document = {
        "answers": counts(of_answers),
        "chats": counts(tally(found.chats)),
        "ratings": [rating_json(one) for one in found.ratings],
    }
    return json.dumps(document, ensure_ascii=False) + "\n"
