"""Check a YAML file against its model, and say each fault with its line and the way to mend it."""

import difflib
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.settings.problems import FilesError, Problem
from bot.settings.yaml_file import Place, YamlFile

MEANT: Mapping[str, str] = {
    "color": "accent", "colour": "accent", "primary_color": "accent", "title": "name", "domains": "origins",
    "domain": "origins", "origin": "origins", "allowed_origins": "origins", "urls": "origins",
    "website": "origins", "lang": "locale", "language": "locale", "country": "region", "welcome": "greeting",
    "weight": "points",
    "score": "points", "why": "reason", "if": "when", "condition": "when", "type": "kind", "question": "ask",
    "questions": "ask", "text": "texts", "options": "choices", "quick_replies": "choices", "min": "at_least",
    "max": "at_most", "equals": "is", "value": "is", "is_one_of": "is", "synonyms": "words", "email": "email",
    "llm": "model", "language_model": "model", "model": "name", "api_key": "key", "url": "base_url",
    "max_tokens": "max_output_tokens", "timeout": "timeouts", "price": "prices", "mask_pii": "mask_personal",
    "webhook": "webhooks", "mail": "email", "docs": "knowledge", "theme_mode": "mode", "days": "within_days",
}  # fmt: skip
"""Keys that people write from habit, and what they are called here where the section has it."""

Text = Annotated[str, Field(min_length=1, max_length=2000)]
ShortText = Annotated[str, Field(min_length=1, max_length=120)]


class Section(BaseModel):
    """A part of a file that people write: strict types, no unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


SectionT = TypeVar("SectionT", bound=Section)


def check_file(file: YamlFile, model: type[SectionT]) -> SectionT:
    """Return the file's content as its model.

    Raises:
        FilesError: with every fault found, in the order of their lines.
    """
    if file.value is not None and not isinstance(file.value, dict):
        raise FilesError([file.problem((), f"must hold keys like `{next(iter(model.model_fields))}: …`")])
    try:
        return model.model_validate(file.value or {})
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = {_problem(file, model, detail) for detail in details}
    raise FilesError(sorted(problems, key=lambda problem: (problem.line or 0, problem.what)))


def did_you_mean(word: str, known: list[str]) -> str:
    """Return `; did you mean …?` for the nearest known word, else what is known."""
    meant = MEANT.get(word.lower().replace("-", "_"))
    near = [meant] if meant in known else difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; known are {', '.join(known)}"


def complaint_about(detail: ErrorDetails) -> str:
    """Say what is wrong with a value, by pydantic's error type."""
    given, context = _shown(detail["input"]), detail.get("ctx", {})
    complaint = _COMPLAINTS.get(detail["type"])
    return complaint(given, context) if complaint else f"is not valid: {detail['msg']}"


def _problem(file: YamlFile, model: type[Section], detail: ErrorDetails) -> Problem:
    place = file.nearest(detail["loc"]) if detail["type"] != "missing" else detail["loc"]
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    if detail["type"] == "extra_forbidden":
        return file.problem(place, f"`{key}` is not a known key here{_remedy(model, place)}")
    if detail["type"] == "missing":
        return file.problem(place[:-1], f"`{key}` is missing; {_about(model, place)}")
    if detail["type"] == "value_error":
        return file.problem(place, str(detail["ctx"]["error"]))
    subject = f"`{key}`" if place and place[-1] == key else f"an item of `{key}`"
    return file.problem(place, f"{subject} {complaint_about(detail)}")


_COMPLAINTS: Mapping[str, Callable[[str, dict[str, Any]], str]] = {
    "string_type": lambda given, _: f"must be text, not {given}; put it in quotes",
    "int_type": lambda given, _: f"must be a whole number, not {given}",
    "int_from_float": lambda given, _: f"must be a whole number, not {given}",
    "int_parsing": lambda given, _: f"must be a whole number, not {given}",
    "float_parsing": lambda given, _: f"must be a number, not {given}",
    "bool_parsing": lambda given, _: f"must be true or false, not {given}",
    "float_type": lambda given, _: f"must be a number, not {given}",
    "bool_type": lambda given, _: f"must be true or false, not {given}",
    "list_type": lambda given, _: f"must be a list, not {given}; write each item on its own line after `- `",
    "dict_type": lambda given, _: f"must hold keys of its own, not {given}",
    "model_type": lambda given, _: f"must hold keys of its own, not {given}",
    "model_attributes_type": lambda given, _: f"must hold keys of its own, not {given}",
    "literal_error": lambda given, context: f"must be one of {context['expected']}, not {given}",
    "greater_than_equal": lambda given, context: f"must be at least {context['ge']}, not {given}",
    "less_than_equal": lambda given, context: f"must be at most {context['le']}, not {given}",
    "too_short": lambda _, context: f"must have at least {context['min_length']} of them",
    "too_long": lambda _, context: f"must have at most {context['max_length']} of them",
    "string_too_short": lambda _, __: "must not be empty",
    "string_too_long": lambda _, context: f"must have at most {context['max_length']} characters",
}


def _shown(value: Any) -> str:
    """Show a value as its author would recognise it, cut where it is long."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case dict():
            return "keys"
        case list():
            return "a list"
        case _:
            text = repr(value)
            return text if len(text) <= 60 else f"{text[:57]}…"


def _known_keys(model: type[Section], place: Place) -> list[str]:
    section = _section_at(model, place)
    return [field.alias or name for name, field in section.model_fields.items()] if section else []


def _remedy(model: type[Section], place: Place) -> str:
    """Say what an unknown key was probably meant to be, or to stand under."""
    key, fields = str(place[-1]), _fields(_section_at(model, place[:-1]))
    word = MEANT.get(key, key)
    for name, field in fields.items():
        if word not in fields and word in _fields(_section_in(field.annotation)):
            return f"; did you mean `{word}` under `{name}`?"
    return did_you_mean(key, list(fields))


def _about(model: type[Section], place: Place) -> str:
    field = _fields(_section_at(model, place[:-1])).get(str(place[-1]))
    if field is None or not field.description:
        return "add it"
    return f"it is {field.description[0].lower()}{field.description[1:].rstrip('.')}"


def _fields(section: type[Section] | None) -> dict[str, FieldInfo]:
    """Return a section's fields by the key that people write."""
    if section is None:
        return {}
    return {field.alias or name: field for name, field in section.model_fields.items()}


def _section_at(model: type[Section], place: Place) -> type[Section] | None:
    """Return the model of the section at `place`, following the annotations of the fields on the way."""
    section: type[Section] | None = model
    is_free_key = False
    for part in place:
        if isinstance(part, int) or is_free_key:
            is_free_key = is_free_key and isinstance(part, int)
            continue
        field = _fields(section).get(part)
        section = _section_in(field.annotation) if field is not None else None
        is_free_key = field is not None and "dict[" in str(field.annotation)
    return section


def _section_in(annotation: Any) -> type[Section] | None:
    """Return the model inside an annotation such as `list[Rule] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next((found for part in get_args(annotation) if (found := _section_in(part))), None)
