"""What visitors say in one language: how they answer, tell, hedge, correct, refuse, ask beside the point. Only values.

In a template `{value}` is what is told, `{old}` what was told before, `{low}` and `{high}` are a range, `{title}` is a
page of the site. A kind that a table leaves out is never spoken of in that way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.slots import SlotKind

Templates = Mapping[SlotKind, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language's words. `answers` follow a question, `statements` stand alone.

    `others_decide` names who does, in a few words; `assents` go along and answer nothing, `evasions` answer and say
    nothing, `asides` speak of others, `hurry` strings facts together.
    """

    code: str
    months: tuple[str, ...]
    sums: tuple[str, ...]
    thousands_mark: str
    currency: str
    phones: tuple[str, ...]
    roles: tuple[str, ...]
    needs: tuple[str, ...]
    texts: tuple[str, ...]
    answers: Templates
    statements: Templates
    hedges: Templates
    corrections: Templates
    yes: tuple[str, ...]
    no: tuple[str, ...]
    decides: str
    decides_not: str
    others_decide: tuple[str, ...]
    assents: tuple[str, ...]
    greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    goodbyes: tuple[str, ...]
    evasions: tuple[str, ...]
    refusals: tuple[str, ...]
    no_budget: str
    asides: tuple[str, ...]
    page_questions: tuple[str, ...]
    off_topic: tuple[str, ...]
    insults: tuple[str, ...]
    person_wishes: tuple[str, ...]
    consent_refusals: tuple[str, ...]
    forget_wishes: tuple[str, ...]
