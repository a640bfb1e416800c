"""`foyer serve`: the whole service, in one process or several."""

from pathlib import Path
from typing import Annotated

import typer


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
    workers: Annotated[
        int,
        typer.Option(help="Processes on the port; each has the model and the knowledge in memory.", min=1),
    ] = 1,
) -> None:
    """Serve sites: chat, FAQ, leads and the widget.

    Example: foyer serve ./mysite --port 8000
    """
    folders = [Path(site) for site in sites or []]
    if workers == 1:
        from bot.assemble.server import run_server

        run_server(folders, host=host, port=port)
    else:
        from bot.assemble.crew import run_crew

        run_crew(folders, workers=workers, host=host, port=port)
