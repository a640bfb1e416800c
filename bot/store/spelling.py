"""Expressions that SQLite and PostgreSQL spell differently, and that mean the same in both.

Promises: text is compared byte by byte and its case folded in ASCII only; JSON of another type than was asked for is
NULL and no error.
"""

from typing import Any

from sqlalchemy import JSON, Boolean, Float, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class PlainText(FunctionElement[str]):
    """A text that is no column, to be compared as columns are (`bot.store.columns.Text`)."""

    type = Text()
    inherit_cache = True


class JsonNumber(FunctionElement[float]):
    """The number that a JSON expression is."""

    type = Float()
    inherit_cache = True


class JsonBoolean(FunctionElement[bool]):
    """The truth value that a JSON expression is."""

    type = Boolean()
    inherit_cache = True


class JsonLine(FunctionElement[str]):
    """Values as the text of a JSON array; the last one may be JSON itself, when a text stands before it."""

    type = Text()
    inherit_cache = True


class Joined(FunctionElement[str]):
    """The rows' texts as one, with a separator between them; NULL of no rows."""

    type = Text()
    inherit_cache = True


class TimeText(FunctionElement[str]):
    """A time as text in UTC that sorts as times do: `2027-01-31 09:00:00.000000`."""

    type = Text()
    inherit_cache = True


@compiles(PlainText, "sqlite")
def _(element: PlainText, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(PlainText, "postgresql")
def _(element: PlainText, compiler: Any, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)} COLLATE "C")'


@compiles(JsonNumber, "sqlite")
def _(element: JsonNumber, compiler: Any, **options: Any) -> str:
    (value,) = element.clauses
    return str(compiler.process(value.as_float(), **options))


@compiles(JsonNumber, "postgresql")
def _(element: JsonNumber, compiler: Any, **options: Any) -> str:
    (value,) = element.clauses
    return _of_type("number", value, value.as_float(), compiler, options)


@compiles(JsonBoolean, "sqlite")
def _(element: JsonBoolean, compiler: Any, **options: Any) -> str:
    (value,) = element.clauses
    return str(compiler.process(value[()].as_boolean(), **options))


@compiles(JsonBoolean, "postgresql")
def _(element: JsonBoolean, compiler: Any, **options: Any) -> str:
    (value,) = element.clauses
    return _of_type("boolean", value, value[()].as_boolean(), compiler, options)


def _of_type(name: str, value: Any, read: Any, compiler: Any, options: dict[str, Any]) -> str:
    kind, text = compiler.process(value, **options), compiler.process(read, **options)
    return f"CASE WHEN json_typeof({kind}) = '{name}' THEN {text} END"


@compiles(JsonLine, "sqlite")
def _(element: JsonLine, compiler: Any, **options: Any) -> str:
    values = [compiler.process(value, **options) for value in element.clauses]
    if not isinstance(list(element.clauses)[-1].type, JSON):
        return f"json_array({', '.join(values)})"
    # JSON is kept as text: it is put in as it stands, before the bracket that closes the array.
    return f"rtrim(json_array({', '.join(values[:-1])}), ']') || ',' || coalesce({values[-1]}, 'null') || ']'"


@compiles(JsonLine, "postgresql")
def _(element: JsonLine, compiler: Any, **options: Any) -> str:
    return f"CAST(json_build_array({compiler.process(element.clauses, **options)}) AS TEXT)"


@compiles(Joined, "sqlite")
def _(element: Joined, compiler: Any, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


@compiles(Joined, "postgresql")
def _(element: Joined, compiler: Any, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)})"


@compiles(TimeText, "sqlite")
def _(element: TimeText, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS TEXT)"


@compiles(TimeText, "postgresql")
def _(element: TimeText, compiler: Any, **options: Any) -> str:
    at = compiler.process(element.clauses, **options)
    return f"to_char(timezone('UTC', {at}), 'YYYY-MM-DD HH24:MI:SS.US')"
