"""What is true of one made-up visitor: a detail for each slot, with the words for it and the value they mean."""

import calendar
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.conversation import Choice
from bot.domain.playbook import Playbook
from bot.domain.slots import Slot, SlotKind
from bot.personas.language import Language

SIZES = (3, 8, 12, 25, 40, 60, 120, 350)
SUMS = (2_000, 5_000, 12_000, 30_000, 80_000, 250_000)
FIRST_NAMES = ("Ada", "Grace", "Miriam", "Jonas", "Peter", "Sofia", "Daniel", "Laura")
LAST_NAMES = ("Becker", "Moreau", "Hughes", "Navarro", "Lindgren", "Rossi", "Novak", "Fischer")
COMPANIES = ("Brightwater", "Northwind Foods", "Alpenglow Hotels", "Kestrel Logistics", "Tidepool Labs")
MONTHS_AHEAD = (2, 10)
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that is true: `value` as a fact would hold it, `text` as it is written, `low` and `high` of a range.

    `range_value` is what the range means; None where there is none.
    """

    value: Any
    text: str
    low: str = ""
    high: str = ""
    range_value: Any = None


def draw_detail(
    slot: Slot, playbook: Playbook, language: Language, chance: random.Random, *, today: date
) -> Detail | None:
    """Make something up for the slot; None where its kind can not be told in the language."""
    match slot.kind:
        case SlotKind.QUANTITY if slot.words:
            return None
        case SlotKind.QUANTITY:
            return _quantity(chance.choice(SIZES))
        case SlotKind.MONEY:
            return _money(chance.choice(SUMS), chance.choice(language.sums), language)
        case SlotKind.TIMELINE:
            return _month(language, today, ahead=chance.randint(*MONTHS_AHEAD))
        case SlotKind.BOOLEAN:
            is_so = chance.random() < 0.6
            return Detail(value=is_so, text=chance.choice(language.yes if is_so else language.no))
        case SlotKind.CHOICE:
            return _choice(slot, playbook, chance)
        case _:
            text = _words(slot.kind, language, chance)
            return Detail(value=text, text=text)


def _quantity(number: int) -> Detail:
    high = number * 3 // 2
    return Detail(
        value={"min": number, "max": number},
        text=str(number),
        low=str(number),
        high=str(high),
        range_value={"min": number, "max": high},
    )


def _money(amount: int, form: str, language: Language) -> Detail:
    def written(number: int) -> str:
        return form.format(sum=f"{number:,}".replace(",", language.thousands_mark))

    return Detail(
        value={"min": amount, "max": amount, "currency": language.currency},
        text=written(amount),
        low=written(amount),
        high=written(2 * amount),
        range_value={"min": amount, "max": 2 * amount, "currency": language.currency},
    )


def _month(language: Language, today: date, *, ahead: int) -> Detail:
    years, month = divmod(today.month - 1 + ahead, MONTHS_OF_A_YEAR)
    year = today.year + years
    last = calendar.monthrange(year, month + 1)[1]
    value = {"from": f"{year}-{month + 1:02}-01", "to": f"{year}-{month + 1:02}-{last}"}
    return Detail(value=value, text=language.months[month])


def _choice(slot: Slot, playbook: Playbook, chance: random.Random) -> Detail | None:
    question = playbook.question_for(slot.id)
    if not slot.choices:
        return None
    shown: Sequence[Choice] = slot.choices
    if question is not None and len(question.choices) == len(slot.choices):
        shown = question.choices
    number = chance.randrange(len(slot.choices))
    return Detail(value=slot.choices[number].id, text=shown[number].label)


def _words(kind: SlotKind, language: Language, chance: random.Random) -> str:
    first, last, company = (chance.choice(some) for some in (FIRST_NAMES, LAST_NAMES, COMPANIES))
    match kind:
        case SlotKind.EMAIL:
            return f"{first}.{last}@{company.replace(' ', '-')}.example".lower()
        case SlotKind.NAME:
            return f"{first} {last}"
        case SlotKind.COMPANY:
            return company
        case SlotKind.URL:
            return f"https://{company.replace(' ', '-')}.example".lower()
        case _:
            said = {
                SlotKind.PHONE: language.phones,
                SlotKind.ROLE: language.roles,
                SlotKind.NEED: language.needs,
            }
            return chance.choice(said.get(kind, language.texts))
