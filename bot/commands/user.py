"""`foyer user`: the people who may log in at `/leads`. Works beside a running server; a change counts at once."""

import asyncio
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.key import check_site
from bot.commands.opened import open_store
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError, NotFoundError
from bot.domain.password import complaint_about

if TYPE_CHECKING:
    from bot.store import Database

NAME_CHARS = 64
PIPED_CHARS = 10_000

app = typer.Typer(help="The people who may log in at /leads.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="The name they log in with; capitals do not matter.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from stdin, one line, and do not ask.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("add")
def add(
    name: Name,
    site: Annotated[str | None, typer.Option(help="Id of the one site they see; else all sites.")] = None,
    shown_as: Annotated[
        str | None, typer.Option(help="The name under which visitors talk with them; else none is told.")
    ] = None,
    password_stdin: PasswordStdin = False,
    as_json: JsonOption = False,
) -> None:
    """Let somebody log in. The password is asked for, twice, and not shown.

    Example: foyer user add ada --site mysite --shown-as "Ada"
    """
    check_name(name)
    shown_name = shown_name_of(shown_as)
    given = read_password(name, from_stdin=password_stdin)
    asyncio.run(_add(name.strip(), site, given, shown_name, as_json=as_json))


@app.command("shown-as")
def shown_as(
    name: Name,
    shown_name: Annotated[
        str | None, typer.Argument(help="What visitors read; without it they are told no name.")
    ] = None,
) -> None:
    """Say under which name visitors talk with somebody; it need not be the one they log in with.

    Example: foyer user shown-as ada "Ada from Example Ltd"
    """
    asyncio.run(_shown_as(name, shown_name_of(shown_name)))


@app.command("list")
def list_users(as_json: JsonOption = False) -> None:
    """List who may log in, and in how many browsers they are.

    Example: foyer user list
    """
    asyncio.run(_list(as_json=as_json))


@app.command("password")
def password(name: Name, password_stdin: PasswordStdin = False) -> None:
    """Give somebody a new password; they are logged out everywhere.

    Example: foyer user password ada
    """
    asyncio.run(_password(name, from_stdin=password_stdin))


@app.command("disable")
def disable(name: Name) -> None:
    """Let somebody in no more; they are logged out everywhere, at once. `enable` undoes it.

    Example: foyer user disable ada
    """
    asyncio.run(_disable(name, is_disabled=True))


@app.command("enable")
def enable(name: Name) -> None:
    """Let somebody in again, with the password they had.

    Example: foyer user enable ada
    """
    asyncio.run(_disable(name, is_disabled=False))


@app.command("remove")
def remove(name: Name) -> None:
    """Forget somebody; they are logged out everywhere, at once.

    Example: foyer user remove ada
    """
    asyncio.run(_remove(name))


def check_name(name: str) -> None:
    """Refuse a name that people could not type or tell apart.

    Raises:
        ConfigurationError: It is empty, too long, or has invisible characters.
    """
    if not name.strip() or len(name.strip()) > NAME_CHARS or not name.isprintable():
        raise ConfigurationError(
            f"{name!r} is no name to log in with: 1 to {NAME_CHARS} visible characters, as in `foyer user add ada`."
        )


def shown_name_of(given: str | None) -> str | None:
    """Return the name as visitors are to read it; None where there is none.

    Raises:
        ConfigurationError: It is too long, or has invisible characters.
    """
    name = (given or "").strip()
    if len(name) > NAME_CHARS or not name.isprintable():
        raise ConfigurationError(
            f"{given!r} is no name to show: at most {NAME_CHARS} visible characters, as in `--shown-as Ada`."
        )
    return name or None


def read_password(name: str, *, from_stdin: bool) -> str:
    """Return a new password that will do, asked for on the terminal or read from a pipe.

    Raises:
        ConfigurationError: There is none, the two differ, or it is easily guessed.
    """
    if from_stdin:
        given = sys.stdin.readline(PIPED_CHARS).rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise ConfigurationError(
            f"There is no terminal to ask for the password on; pipe it in with --password-stdin "
            f"(`foyer user add {name} --password-stdin < file`)."
        )
    else:
        given = typer.prompt(f"Password for {name}", hide_input=True, err=True)
        if typer.prompt("The same again", hide_input=True, err=True) != given:
            raise ConfigurationError("The two passwords differ; nothing was changed. Try again.")
    complaint = complaint_about(given, name)
    if complaint is not None:
        raise ConfigurationError(complaint)
    return given


async def _add(name: str, site: str | None, given: str, shown_name: str | None, *, as_json: bool) -> None:
    from bot.assemble import new_id, now
    from bot.store import operators, passwords, sites

    operator_id, kept = new_id("u"), passwords.hash_of(given)
    async with open_store() as (environment, db), db.write() as connection:
        if site is not None:
            known = [row.site_id for row in await sites.list_all(connection)]
            check_site(site, known, environment.home, what="the user sees")
        await operators.add(
            connection,
            operator_id=operator_id,
            name=name,
            password_hash=kept,
            site_id=None if site is None else SiteId(site),
            now=now(),
            shown_name=shown_name,
        )
    if as_json:
        added = {"user_id": operator_id, "name": name, "site": site, "shown_as": shown_name}
        typer.echo(json.dumps(added, ensure_ascii=False))
    else:
        typer.echo(f"{name} can log in now, at /leads of the running server.")


async def _list(*, as_json: bool) -> None:
    from bot.leads.values import utc
    from bot.store import operators

    async with open_store() as (_, db), db.read() as connection:
        rows = await operators.list_all(connection)
        browsers = [await operators.count_sessions(connection, row.operator_id) for row in rows]
    shown: list[dict[str, object]] = [
        {
            "user_id": row.operator_id,
            "name": row.name,
            "site": row.site_id,
            "shown_as": row.shown_name,
            "created_at": utc(row.created_at),
            "disabled_at": utc(row.disabled_at),
            "sessions": count,
        }
        for row, count in zip(rows, browsers, strict=True)
    ]
    typer.echo(json.dumps(shown, ensure_ascii=False) if as_json else "\n".join(_lines(shown)))


def _lines(shown: Sequence[dict[str, object]]) -> list[str]:
    if not shown:
        return ["Nobody can log in yet. Let somebody: foyer user add NAME"]
    return [
        f"{user['name']}  {user['site'] or 'all sites'}  "
        f"{'disabled ' + str(user['disabled_at']) if user['disabled_at'] else 'may log in'}  "
        f"{user['sessions']} logged in"
        for user in shown
    ]


async def _password(name: str, *, from_stdin: bool) -> None:
    from bot.store import operators, passwords

    async with open_store() as (_, db):
        operator_id = await _known(db, name)
        kept = passwords.hash_of(read_password(name, from_stdin=from_stdin))
        async with db.write() as connection:
            await operators.set_password(connection, operator_id, kept)
    typer.echo(f"{name} has a new password and is logged out everywhere.")


async def _shown_as(name: str, shown_name: str | None) -> None:
    from bot.store import operators

    async with open_store() as (_, db):
        operator_id = await _known(db, name)
        async with db.write() as connection:
            await operators.set_shown_name(connection, operator_id, shown_name)
    typer.echo(f"Visitors talk with {shown_name!r}." if shown_name else "Visitors are told no name.")


async def _disable(name: str, *, is_disabled: bool) -> None:
    from bot.assemble import now
    from bot.store import operators

    async with open_store() as (_, db):
        operator_id = await _known(db, name)
        async with db.write() as connection:
            await operators.set_disabled(connection, operator_id, at=now() if is_disabled else None)
    typer.echo(f"{name} can {'not log in any more' if is_disabled else 'log in again'}.")


async def _remove(name: str) -> None:
    from bot.store import operators

    async with open_store() as (_, db):
        operator_id = await _known(db, name)
        async with db.write() as connection:
            await operators.remove(connection, operator_id)
    typer.echo(f"{name} is no user any more.")


async def _known(db: "Database", name: str) -> str:
    from bot.store import operators

    async with db.read() as connection:
        found = await operators.find(connection, name)
    if found is None:
        raise NotFoundError(f"There is no user {name!r}; `foyer user list` shows those there are.")
    return found[0].operator_id
