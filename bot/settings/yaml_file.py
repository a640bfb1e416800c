"""YAML 1.2 (core schema) with line numbers, read within bounds.

`no`, `on` and `12:30` are text, `0123` is 123, only `true` and `false` are truth values. A key given twice,
a tag (`!!python/…`), a second document, a file over 256 KiB, nesting over 24 levels or aliases that expand to
more than 20,000 values are refused, each with its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from bot.settings.problems import FilesError, Problem
from bot.settings.yaml_scanner import Loader

MAX_BYTES = 256 * 1024
MAX_VALUES = 20_000
MAX_DEPTH = 24
MAX_DIGITS = 20
"""Longer numbers stay text: nothing here counts that far, and parsing them costs time squared."""

Place: TypeAlias = tuple[str | int, ...]
Event: TypeAlias = Any
"""A parser event of PyYAML, whose types do not say which of them have which attributes."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's content as plain values, and the line of every place in it."""

    path: Path
    value: Any
    lines: Mapping[Place, int] = field(repr=False)

    def nearest(self, place: Place) -> Place:
        """Return the place, or the nearest one around it that exists."""
        return next((place[:n] for n in range(len(place), 0, -1) if place[:n] in self.lines), ())

    def line_of(self, place: Place) -> int:
        """Return the line of a key or item, or of the nearest thing around it that exists."""
        return self.lines.get(self.nearest(place), 1)

    def problem(self, place: Place, what: str) -> Problem:
        """Return a problem at that place."""
        return Problem(self.path, self.line_of(place), what)


def read_yaml(path: Path) -> YamlFile:
    """Read a file. Its value is None when it is empty.

    Raises:
        FilesError: it can not be read, is not YAML, or breaks a bound.
    """
    return parse_yaml(_read_text(path), path)


def parse_yaml(text: str, path: Path) -> YamlFile:
    """Parse a text that stands in `path`. See `read_yaml`."""
    try:
        return _Reader(path, yaml.parse(text, Loader=Loader)).read()
    except yaml.MarkedYAMLError as error:
        never_ends = "end of stream" in (error.problem or "")
        mark = error.context_mark if never_ends else error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise FilesError([Problem(path, mark.line + 1 if mark else None, _plain(what))]) from None
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        what = "a character that YAML does not allow; remove control characters"
        raise FilesError([Problem(path, line, what)]) from None


def scalar(text: str) -> str | int | float | bool | None:
    """Return what an unquoted word means in the YAML 1.2 core schema."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if len(text) <= MAX_DIGITS:
        if _INT.fullmatch(text):
            return int(text)
        if _BASED.fullmatch(text):
            return int(text[2:], 8 if text[1] == "o" else 16)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        raise FilesError([Problem(path, None, f"can not be read: {reason}")]) from None
    if data is None:
        what = f"is larger than {MAX_BYTES // 1024} KiB; move what visitors read to knowledge/"
        raise FilesError([Problem(path, None, what)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FilesError([Problem(path, line, "is not UTF-8; save the file as UTF-8")]) from None


def _plain(what: str) -> str:
    """Say a parser's complaint with the two causes that explain nearly all of them."""
    if "'\\t'" in what:
        return "a tab stands where YAML wants spaces; indent with spaces"
    if "mapping values are not allowed" in what:
        return "a second `:` on this line, or wrong indentation; put the text in quotes"
    return f"is not YAML: {what}"


class _Reader:
    """Builds values from parser events: never deeper or larger than the bounds, whatever the file says."""

    def __init__(self, path: Path, events: Iterator[Event]) -> None:
        self._path = path
        self._events = events
        self._lines: dict[Place, int] = {(): 1}
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0

    def read(self) -> YamlFile:
        value = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document begins here (`---`); keep one in a file")
                value = self._value(next(self._events), ())
        return YamlFile(self._path, value, self._lines)

    def _value(self, event: Event, place: Place) -> Any:
        if len(place) > MAX_DEPTH:
            self._refuse(event, f"is nested deeper than {MAX_DEPTH} levels")
        self._lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if getattr(event, "tag", None) is not None:
            self._refuse(event, f"the tag {event.tag!r} is not supported; remove it")
        before = self._count
        self._grow(event, 1)
        value = self._content(event, place)
        if getattr(event, "anchor", None):
            self._anchors[event.anchor] = (value, self._count - before)
        return value

    def _content(self, event: Event, place: Place) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return scalar(event.value) if event.implicit[0] and event.style is None else event.value

    def _mapping(self, place: Place) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            if key in result:
                first = self._lines[(*place, key)]
                self._refuse(event, f"`{key}` is given twice (first in line {first}); remove one")
            self._lines[(*place, key)] = _line(event)
            result[key] = self._value(next(self._events), (*place, key))
        return result

    def _key(self, event: Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key must be a single word or text")
        return str(event.value)

    def _sequence(self, place: Place) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*place, len(result))))
        return result

    def _alias(self, event: Event) -> Any:
        if event.anchor not in self._anchors:
            self._refuse(event, f"`*{event.anchor}` is used before `&{event.anchor}` is complete")
        value, size = self._anchors[event.anchor]
        self._grow(event, size)
        return value

    def _grow(self, event: Event, size: int) -> None:
        self._count += size
        if self._count > MAX_VALUES:
            self._refuse(event, f"holds more than {MAX_VALUES:,} values, aliases included")

    def _refuse(self, event: Event, what: str) -> NoReturn:
        raise FilesError([Problem(self._path, _line(event), what)])


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
