"""`foyer leads withdraw`: somebody said elsewhere that they want to be contacted no more."""

import asyncio
import json
import sys
from typing import Annotated, Any

import typer

from bot.commands.lead_sites import load_sites
from bot.commands.opened import open_store
from bot.domain.conversation import LeadId
from bot.domain.errors import ConfigurationError, NotFoundError


def withdraw(
    lead_id: Annotated[
        str, typer.Argument(help="The lead's id, as `foyer leads list` shows it.", metavar="ID")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Take back a lead's consent: contact details are deleted and masked, the conversation stays.

    Example: foyer leads withdraw l_01jcw9 --yes
    """
    question = f"Delete and mask the contact details of lead {lead_id}, for good?"
    if not yes and not (sys.stdin.isatty() and typer.confirm(question)):
        raise ConfigurationError("Nothing was changed: confirm, or add --yes.")
    asyncio.run(_withdraw(LeadId(lead_id), as_json=as_json))


async def _withdraw(lead_id: LeadId, *, as_json: bool) -> None:
    from bot.assemble import now
    from bot.assemble.delivering import receivers_of
    from bot.leads import withdraw_consent
    from bot.store import leads

    async with open_store() as (_, db):
        async with db.read() as connection:
            row = await leads.find(connection, lead_id)
        if row is None:
            raise NotFoundError(f"There is no lead {lead_id!r}; `foyer leads list` shows those there are.")
        (site,) = await load_sites(db, row.site_id)
        async with db.write() as connection:
            after = await withdraw_consent(
                connection,
                lead_id,
                playbook=site.playbook,
                receivers=receivers_of(site),
                now=now(),
                region=site.region,
            )
        await db.overwrite_erased()
    told: dict[str, Any] = {"lead_id": lead_id, "consent": after.consent.value, "score": after.score}
    typer.echo(
        json.dumps(told)
        if as_json
        else f"Lead {lead_id} can no longer be reached; its score is {after.score}."
    )


def consent_lines(receipts: list[dict[str, Any]]) -> list[str]:
    """Return the consent receipts as lines of a page."""
    if not receipts:
        return []
    lines = ["", "What they agreed to"]
    for one in receipts:
        said = f"“{one['said']}”" if one["said"] else "told to a person"
        language = f", {one['locale']}" if one["locale"] else ""
        lines += [f"  {one['at']} {one['answer']}: {said}"]
        lines += [f"    to “{one['text']}” (version {one['text_version']}{language})"]
    return lines
