"""What is said in several languages, and which of it somebody gets. Languages are lower-case tags: `pt-br`, `pt`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

ANY_LANGUAGE = "any"
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentQuestion:
    """The question before contact details are kept, in one language: its words, their version, the two answers.

    `answers` are sentences of the bot by name: `consent_yes` and `consent_no`.
    """

    text: str
    version: str
    locale: str
    answers: Mapping[str, str]


def wider(tag: str) -> tuple[str, ...]:
    """Return a lower-case tag and the language it is a kind of: `pt-br`, `pt`."""
    return tuple(dict.fromkeys((tag.lower(), tag.partition("-")[0].lower())))


def said_in(tag: str, said: Mapping[str, Said], own: str) -> Said:
    """Return what is said in a language, else in any, else in the site's own, else what is said first."""
    return said[_chosen(tag, said, own)]


def language_of(tag: str, said: Mapping[str, Said], own: str) -> str:
    """Return the language of what `said_in` returns; what is said in any is in the site's own."""
    chosen = _chosen(tag, said, own)
    return own if chosen == ANY_LANGUAGE else chosen


def _chosen(tag: str, said: Mapping[str, Said], own: str) -> str:
    known = (one for one in (*wider(tag), ANY_LANGUAGE, *wider(own)) if one in said)
    return next(known, next(iter(said)))
