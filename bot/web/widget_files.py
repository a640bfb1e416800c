"""The widget's files: the loader under a fixed name, its modules under a content hash, compressed once.

The loader's text carries the base of the modules, so that one release's files always load together; the modules
are immutable under their hash. An unknown hash (a loader cached over an upgrade) gets today's file, uncached.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import ascii_letters

import brotli
from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web.errors import Problem

SOURCE = Path(__file__).resolve().parents[2] / "widget" / "src"
LOADER = "foyer.js"
BASE_PLACEHOLDER = "__FOYER_BASE__"
COMMENTS = re.compile(r"/\*\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
"""The only two forms our sources use (a test sees that no string holds them)."""
NEEDLESS = re.compile(r"(?<=[{(\[,;})])\n|\n(?=[})\]])")
"""Line ends beside brackets, commas and semicolons: they end no statement where each has its semicolon."""
LITERALS = re.compile(
    r"""('(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?:(?<=[=(,:[!&|?{};])|(?<=[=(,:[!&|?{};] ))/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+/)"""
)
"""Strings, templates (none within another) and expressions: what they hold is served as it is."""
NEEDLESS_ENDS = re.compile(r",(?=[)\]}])|;(?=})")
"""What stands before a closing bracket and ends nothing (no loop of ours is without a body)."""
SIGNS = r"[=<>&|?:,;*{}()[\]]"
NEEDLESS_SPACES = re.compile(rf"(?<={SIGNS}) | (?={SIGNS})")
NEEDLESS_BRACKETS = re.compile(r"(?<![\w$])\((\w+)\)(?==>)")
PRIVATE = re.compile(r"#[A-Za-z]\w*")
"""The private names of classes, which nobody outside their file can use; and colours, which follow no full stop."""
SHORT_S = 300
ACROSS_ORIGINS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class WidgetFile:
    """One file, as it is and compressed; `tag` is its ETag."""

    body: bytes
    encoded: Mapping[str, bytes]
    tag: str


@dataclass(frozen=True, slots=True)
class WidgetFiles:
    """All files of one release by their path, and the hash over all of them."""

    digest: str
    loader: WidgetFile
    modules: Mapping[str, WidgetFile]


@lru_cache(maxsize=1)
def widget_files() -> WidgetFiles:
    """Read and compress the widget's files, once."""
    paths = sorted(SOURCE.rglob("*.js"))
    bodies = {path.relative_to(SOURCE).as_posix(): as_served(path.read_text()).encode() for path in paths}
    digest = hashlib.sha256(b"\0".join(name.encode() + body for name, body in bodies.items())).hexdigest()[:8]
    loader = bodies.pop(LOADER).replace(BASE_PLACEHOLDER.encode(), f"widget/{digest}/".encode())
    return WidgetFiles(
        digest, widget_file(loader), {name: widget_file(body) for name, body in bodies.items()}
    )


def as_served(source: str) -> str:
    """Leave out what is unread there: comments, indentation, needless line ends and spaces, private names."""
    text = NEEDLESS.sub("", re.sub(r"\n\s+", "\n", COMMENTS.sub("", source)).lstrip())
    parts = LITERALS.split(text)
    parts[::2] = [without_needless(code) for code in parts[::2]]
    text = "".join(parts)
    letters = dict(zip(dict.fromkeys(re.findall(r"(?<=\.)#\w+", text)), ascii_letters, strict=False))
    return PRIVATE.sub(lambda name: f"#{letters[name[0]]}" if name[0] in letters else name[0], text)


def without_needless(code: str) -> str:
    """Leave out spaces and brackets that change nothing; no literal is in the code."""
    return NEEDLESS_BRACKETS.sub(r"\1", NEEDLESS_ENDS.sub("", NEEDLESS_SPACES.sub("", code)))


def widget_file(body: bytes) -> WidgetFile:
    """Compress a file as far as it goes; best encoding first."""
    encoded = {"br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, 9, mtime=0)}
    return WidgetFile(body, encoded, f'"{hashlib.sha256(body).hexdigest()[:24]}"')


@router.api_route("/widget.js", methods=["GET", "HEAD"])
async def loader(request: Request) -> Response:
    """Return the loader: small, cached for minutes, then asked again with its ETag."""
    return respond(request, widget_files().loader, f"public, max-age={SHORT_S}")


@router.api_route("/widget/{digest}/{name:path}", methods=["GET", "HEAD"])
async def module(digest: str, name: str, request: Request) -> Response:
    """Return a module of this release."""
    files = widget_files()
    found = files.modules.get(name)
    if found is None:
        raise Problem(404, "not_found", "There is no such file.")
    is_current = digest == files.digest
    return respond(request, found, "public, max-age=31536000, immutable" if is_current else "no-store")


def respond(request: Request, found: WidgetFile, cache: str) -> Response:
    """Return a file in the best encoding the client takes, or 304."""
    headers = {**ACROSS_ORIGINS, "Cache-Control": cache, "ETag": found.tag}
    if found.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    accepted = {part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
    for encoding, body in found.encoded.items():
        if encoding in accepted:
            return Response(
                body, media_type="text/javascript", headers=headers | {"Content-Encoding": encoding}
            )
    return Response(found.body, media_type="text/javascript", headers=headers)
