"""Files are parsed in another process, which may die of them: this one starts it, feeds it and outlives it.

Promises: `parse` always answers, within the limits' wall time; whatever happens to the child is one named
failure, and the next file finds a healthy child. The child gets an empty environment and no open file but its
pipes; nothing but checked JSON comes back (threats R6, F19).
"""

import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from knowledge.document import Document, LoadedSource, LoadFailure
from knowledge.limits import LIMITS, Limits

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# The front page of `knowledge` brings numpy and the index; the child needs its loaders only and starts in 50 ms.
START = (
    "import sys, types; package = types.ModuleType('knowledge'); package.__path__ = [sys.argv[1]];"
    " sys.modules['knowledge'] = package;"
    " from knowledge.parsing_child import main; main(sys.argv[2])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the child's answer; a child that is worn answers no further file."""

    document: Document | None = None
    failure: LoadFailure | None = None
    is_end: bool = False
    is_worn: bool = False


class ParseError(Exception):
    """The child did not answer as it should; `code` and text become the file's failure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Sandbox:
    """One child at a time, started for the first file and again after it died. For one thread."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_child()

    def parse(self, source: str, content: bytes, *, suffix: str) -> LoadedSource:
        """Read a file's bytes; `suffix` is its ending, one of `READABLE`."""
        try:
            lines = self._ask(source, content, suffix)
        except ParseError as error:
            self._end_child()
            failure = LoadFailure(source=source, code=error.code, message=str(error))
            return LoadedSource(source=source, failures=(failure,))
        return LoadedSource(
            source=source,
            documents=tuple(line.document for line in lines if line.document),
            failures=tuple(line.failure for line in lines if line.failure),
        )

    def _ask(self, source: str, content: bytes, suffix: str) -> list[Line]:
        if self._child is None or not self._child.is_alive:
            self._end_child()
            self._child = _Child(self._limits)
        header = {"source": source, "suffix": suffix, "size_bytes": len(content)}
        return list(self._child.ask(header, content))

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """The process and what has come out of it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._is_overdue = False
        self._is_worn = False
        self._lines = _line_adapter()
        package = Path(__file__).resolve().parent
        command = [sys.executable, "-I", "-c", START, str(package), json.dumps(asdict(limits))]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us; we end the child
            )
        except OSError as error:
            raise ParseError(
                "no_parser", f"The process that reads files cannot be started ({error.strerror})."
            ) from error

    @property
    def is_alive(self) -> bool:
        return not self._is_worn and self._process.poll() is None

    def ask(self, header: dict[str, object], content: bytes) -> Iterator[Line]:
        """Send a file and yield the lines of the answer but the last.

        Raises:
            ParseError: the child died, was too slow, or said something else.
        """
        alarm = threading.Timer(self._limits.wall_s, self._expire)
        alarm.daemon = True
        alarm.start()
        try:
            self._send(header, content)
            yield from self._receive(str(header["source"]))
        finally:
            alarm.cancel()
            alarm.join()

    def end(self) -> None:
        self._process.kill()
        with contextlib.suppress(OSError):  # what was not sent any more
            self._process.communicate()

    def _expire(self) -> None:
        self._is_overdue = True
        self._process.kill()

    def _send(self, header: dict[str, object], content: bytes) -> None:
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # of what it died is told when its answer is missing
            self._process.stdin.write(json.dumps(header).encode() + b"\n" + content)
            self._process.stdin.flush()

    def _receive(self, source: str) -> Iterator[Line]:
        assert self._process.stdout
        left = self._limits.reply_bytes
        while (packed := self._process.stdout.readline(left + 1)).endswith(b"\n"):
            left -= len(packed)
            line = self._checked(packed, source)
            if line.is_end:
                self._is_worn = line.is_worn
                return
            yield line
        if len(packed) > left:
            raise ParseError("too_much_text", "The file holds too much text for one; split it.")
        raise self._death()

    def _checked(self, packed: bytes, source: str) -> Line:
        try:
            line = self._lines.validate_json(packed)
        except ValueError as error:
            raise ParseError("broken_file", "Reading the file gave no sound text; save it again.") from error
        if any(part.source != source for part in (line.document, line.failure) if part):
            raise ParseError("broken_file", "Reading the file gave another file's text; save it again.")
        return line

    def _death(self) -> ParseError:
        status = self._process.wait()
        if self._is_overdue or status == -signal.SIGXCPU:
            return ParseError("too_slow", "Reading the file takes too long; split it or save it anew.")
        if status == -signal.SIGKILL:
            return ParseError("too_much_memory", "Reading the file takes too much memory; split it.")
        return ParseError(
            "parser_crashed", f"Reading the file ended its parser (status {status}); save it again."
        )


def _line_adapter() -> "TypeAdapter[Line]":
    from pydantic import TypeAdapter

    return TypeAdapter(Line)
