"""`foyer serve`: the whole service in one process."""

from pathlib import Path
from typing import Annotated

import typer

from bot.domain.errors import ConfigurationError


def serve(
    sites: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SITE]...", help="Site folders; none serves the bundled demo."),
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on (FOYER_HOST, else 127.0.0.1).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on (FOYER_PORT, else 8000); 0 picks one.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes; more than one needs PostgreSQL and Redis.")] = 1,
) -> None:
    """Serve sites: chat, FAQ, leads and the widget.

    Example: foyer serve ./mysite --port 8000
    """
    from bot.assemble.server import run_server

    if workers != 1:
        raise ConfigurationError(
            f"--workers {workers}: this version serves with one process (SQLite and an embedded index have one "
            "owner). Leave --workers out."
        )
    run_server([Path(site) for site in sites or []], host=host, port=port)
