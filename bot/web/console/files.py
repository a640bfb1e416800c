"""The console's own files: its style sheet and the little script that copies."""

from pathlib import Path

from fastapi.responses import Response

from bot.web.console.pages import page_router
from bot.web.errors import Problem

FILES = Path(__file__).parent / "files"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}

router = page_router()


@router.get("/console/{name}")
async def console_file(name: str) -> Response:
    """Return a file that the pages load."""
    path = FILES / name
    if path.parent != FILES or path.suffix not in MEDIA_TYPES or not path.is_file():
        raise Problem(404, "not_found", "There is no such file.")
    return Response(
        path.read_bytes(), media_type=MEDIA_TYPES[path.suffix], headers={"Cache-Control": "no-cache"}
    )
