"""The process in which the bytes of knowledge files are parsed, poor in rights and short of everything.

Promises: it answers each file with JSON lines, documents and failures first and an end last; it opens no
connection, starts no process and writes no file; its memory, and its seconds for each file, are bounded.
"""

import contextlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from knowledge.document import LoadedSource, LoadFailure
from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.loaders.formats import load_content

NICENESS = 10
OPEN_FILES = 64
WORN_SHARE = 0.5  # of the address space still held after a file; past it the next file gets a new process
NEW_NETWORK = 0x40000000  # CLONE_NEWNET and CLONE_NEWUSER of unshare(2)
NEW_USER = 0x10000000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.", "ctypes.")


def main(limits_json: str) -> None:
    """Answer files until the other side closes; a file that wore the process out is its last."""
    limits = Limits(**json.loads(limits_json))
    requests, replies = _take_pipes()
    _confine(limits)
    while header := requests.readline():
        request = json.loads(header)
        content = requests.read(request["size_bytes"])
        _allow_cpu(limits.cpu_s)
        is_worn = _answer(replies, request, content, limits)
        if is_worn:
            return


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for ourselves: what a library prints must not look like an answer."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    return requests, replies


def _confine(limits: Limits) -> None:
    os.nice(NICENESS)
    _leave_network()
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    for nothing in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        _lower(nothing, 0)
    sys.addaudithook(_refuse)


def _leave_network() -> None:
    """Move into a network namespace without any interface, where the system lets us."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        unshare = ctypes.CDLL(None).unshare
        if unshare(NEW_NETWORK) != 0:
            unshare(NEW_NETWORK | NEW_USER)


def _lower(kind: int, limit: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # macOS has no limit of the address space
        resource.setrlimit(kind, (limit, limit))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    is_writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if is_writing or event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not for the parsing child.")


def _allow_cpu(cpu_s: int) -> None:
    """Give the next file its seconds; past them the system ends this process."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + cpu_s, hard))


def _answer(replies: BinaryIO, request: dict[str, Any], content: bytes, limits: Limits) -> bool:
    loaded, is_exhausted = _load(request["source"], request["suffix"], content, limits)
    for document in loaded.documents:
        _write(replies, document=document)
    for failure in loaded.failures:
        _write(replies, failure=failure)
    is_worn = is_exhausted or _held_bytes() > WORN_SHARE * limits.memory_bytes
    _write(replies, is_end=True, is_worn=is_worn)
    replies.flush()
    return is_worn


def _load(source: str, suffix: str, content: bytes, limits: Limits) -> tuple[LoadedSource, bool]:
    try:
        return load_content(source, content, suffix=suffix, limits=limits), False
    except UnreadableSourceError as error:
        return _failed(source, error.code, str(error)), False
    except MemoryError:
        return _failed(source, "too_much_memory", "Reading the file takes too much memory; split it."), True
    except RecursionError:
        return _failed(source, "too_deep", "The file is nested too deeply; save it in a simpler form."), False
    except Exception as error:  # noqa: BLE001 - outermost loop of this process; parsers fail in any way
        message = f"The file is damaged ({type(error).__name__} while reading); open it and save it again."
        return _failed(source, "broken_file", message), False


def _failed(source: str, code: str, message: str) -> LoadedSource:
    return LoadedSource(source=source, failures=(LoadFailure(source=source, code=code, message=message),))


def _write(replies: BinaryIO, **line: Any) -> None:
    try:
        packed = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        document = line["document"]
        message = "The text holds half characters (lone surrogates); write it anew and save it as UTF-8."
        failure = LoadFailure(source=document.source, code="not_text", message=message)
        packed = orjson.dumps({"failure": failure}, option=orjson.OPT_APPEND_NEWLINE)
    replies.write(packed)


def _held_bytes() -> int:
    with contextlib.suppress(OSError):  # macOS has no such file, and no such limit
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0
