"""`foyer key`: keys for programs that read leads over HTTP. A key is shown once; only its hash is kept."""

import asyncio
import hashlib
import json
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError, NotFoundError

PREFIX = "fk_"
SECRET_BYTES = 32
SHOWN_CHARS = 8
"""Of a key's characters these are kept to recognise it by; what is secret of the rest is over 220 bits."""

app = typer.Typer(
    help="Keys for programs that read leads over HTTP.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("add")
def add(
    name: Annotated[str, typer.Option(help="What the key is for, to recognise it by.")],
    site: Annotated[str | None, typer.Option(help="Id of the one site it opens; else all sites.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Make a key and print it, this once.

    Example: foyer key add --name crm --site mysite
    """
    asyncio.run(_add(name, site, as_json=as_json))


@app.command("list")
def list_keys(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List the keys there are, without their secrets.

    Example: foyer key list
    """
    asyncio.run(_list(as_json=as_json))


@app.command("revoke")
def revoke(
    key_id: Annotated[str, typer.Argument(help="The key's id, as `foyer key list` shows it.")],
) -> None:
    """Let a key open nothing any more, from now on.

    Example: foyer key revoke k_01jcw9
    """
    asyncio.run(_revoke(key_id))


async def _add(name: str, site: str | None, *, as_json: bool) -> None:
    from bot.assemble import load_environment, new_id, now, open_database
    from bot.store import keys, sites

    environment = load_environment()
    key = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    key_id = new_id("k")
    async with open_database(environment) as db, db.write() as connection:
        if site is not None:
            known = [row.site_id for row in await sites.list_all(connection)]
            check_site(site, known, environment.home, what="the key opens")
        await keys.add(
            connection,
            key_id=key_id,
            sha256=hashlib.sha256(key.encode()).digest(),
            prefix=key[:SHOWN_CHARS],
            name=name,
            site_id=None if site is None else SiteId(site),
            now=now(),
        )
    if as_json:
        typer.echo(json.dumps({"key_id": key_id, "name": name, "site": site, "key": key}, ensure_ascii=False))
        return
    typer.echo(key)
    typer.echo(
        f"This is the only time the key is shown. Send it as `Authorization: Bearer {key[:SHOWN_CHARS]}…`; "
        f"take it back with `foyer key revoke {key_id}`.",
        err=True,
    )


def check_site(site: str, known: Sequence[str], home: Path, *, what: str) -> None:
    """Refuse a site that is not among the known; before the first one was served, say so and go on."""
    if not known:
        note = f"No site was served from this FOYER_HOME yet ({home}); {what} {site!r} once it is."
        typer.echo(f"Note: {note}", err=True)
    elif site not in known:
        raise ConfigurationError(
            f"--site {site!r}: no such site was ever served or indexed from this FOYER_HOME ({home}). "
            f"Known here: {', '.join(sorted(known))}."
        )


async def _list(*, as_json: bool) -> None:
    from bot.assemble import load_environment, open_database
    from bot.leads.values import utc
    from bot.store import keys

    async with open_database(load_environment()) as db, db.read() as connection:
        rows = await keys.list_all(connection)
    shown = [
        {
            "key_id": row.key_id,
            "name": row.name,
            "prefix": row.prefix,
            "site": row.site_id,
            "created_at": utc(row.created_at),
            "revoked_at": utc(row.revoked_at),
        }
        for row in rows
    ]
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False))
    elif not shown:
        typer.echo("There are no keys. Make one with: foyer key add --name crm")
    for line in [] if as_json else shown:
        state = f"revoked {line['revoked_at']}" if line["revoked_at"] else "valid"
        reach = line["site"] or "all sites"
        typer.echo(f"{line['key_id']}  {line['prefix']}…  {state}  {reach}  {line['name']}")


async def _revoke(key_id: str) -> None:
    from bot.assemble import load_environment, now, open_database
    from bot.store import keys

    async with open_database(load_environment()) as db, db.write() as connection:
        is_revoked = await keys.revoke(connection, key_id, at=now())
    if not is_revoked:
        raise NotFoundError(f"There is no valid key {key_id!r}; `foyer key list` shows those there are.")
    print(f"The key {key_id} opens nothing any more.", file=sys.stderr)
