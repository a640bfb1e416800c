"""Makes offers of businesses that do not exist, as tables, lists and prose, and sentences about them.

Encyclopaedias hold few tables and no price lists. What is learnt here is whose value stands where, in four
languages: a sentence is unsupported when its value is another item's, another column's, another one altogether, or
denied.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reader_training.rows import Row
from benchmarks.support_training.offer_words import LANGUAGES, NAMES, Attribute, Language

LANGUAGE_WEIGHTS = {"en": 5, "de": 2, "fr": 2, "es": 2}
SUPPORTED_SHARE = 0.5
TWO_FACTS_SHARE = 0.25
COMPARED_SHARE = 0.12
ELSEWHERE_SHARE = 0.15  # of unsupported sentences: of an item or attribute that the offer lacks
NEAR_SHARE = 0.6  # of wrong values: another item's
RULED_SHARE = 0.7  # of tables: with a line below the header

Cells = dict[tuple[str, str], str]  # item and attribute's key to the value as it is written


@dataclass(frozen=True, slots=True)
class Offer:
    """Items with the same attributes, each with a value; a value of "yes" or "no" is in the language's words."""

    language: Language
    items: Sequence[str]
    attributes: Sequence[Attribute]
    cells: Cells


def made_offers(chance: random.Random, *, count: int) -> list[Row]:
    """Return so many rows, about as many supported as not."""
    made: list[Row] = []
    while len(made) < count:
        row = _row(_offer(chance), chance)
        if row is not None:
            made.append(row)
    return made


def _offer(chance: random.Random) -> Offer:
    (code,) = chance.choices(list(LANGUAGE_WEIGHTS), weights=list(LANGUAGE_WEIGHTS.values()))
    language = LANGUAGES[code]
    kind = chance.choice(language.kinds)
    items = [kind.format(name=name) for name in chance.sample(NAMES, chance.randint(2, 5))]
    attributes = chance.sample(language.attributes, chance.randint(2, 4))
    cells = {(item, one.key): _value(one, language, chance) for item in items for one in attributes}
    return Offer(language, items, attributes, cells)


def _value(attribute: Attribute, language: Language, chance: random.Random) -> str:
    if attribute.is_yes_or_no:
        return chance.choice((language.yes, language.no))
    return attribute.draw(chance)


def _row(offer: Offer, chance: random.Random) -> Row | None:
    is_supported = chance.random() < SUPPORTED_SHARE
    priced = next((one for one in offer.attributes if one.is_price), None)
    if priced and chance.random() < COMPARED_SHARE:
        sentence = _compared(offer, priced, chance, is_true=is_supported)
    else:
        sentence = _told(offer, chance, is_true=is_supported)
    if sentence is None:
        return None
    form = chance.choice((_as_table, _as_list, _as_prose, _as_cards))
    name = f"made: offers {offer.language.code}"
    return Row(name, sentence, form(offer, chance), is_supported, kind=None if is_supported else "offer")


def _told(offer: Offer, chance: random.Random, *, is_true: bool) -> str | None:
    item = chance.choice(offer.items)
    facts = chance.sample(list(offer.attributes), 2 if chance.random() < TWO_FACTS_SHARE else 1)
    if not is_true and chance.random() < ELSEWHERE_SHARE:
        return _of_elsewhere(offer, item, chance)
    wrong = None if is_true else chance.choice(facts)
    told = []
    for fact in facts:
        value = offer.cells[item, fact.key]
        if fact is wrong:
            changed = _other_value(offer, item, fact, chance)
            if changed is None:
                return None
            value = changed
        told.append((fact, value))
    return _sentence(offer.language, item, told, chance)


def _of_elsewhere(offer: Offer, item: str, chance: random.Random) -> str | None:
    """Tell what the premise does not: of an item it lacks, or an attribute."""
    lacking = [one for one in offer.language.attributes if one not in offer.attributes]
    if chance.random() < 0.5 and lacking:
        fact = chance.choice(lacking)
        return _sentence(offer.language, item, [(fact, _value(fact, offer.language, chance))], chance)
    fact = chance.choice(offer.attributes)
    kind = chance.choice(offer.language.kinds)
    other = kind.format(
        name=chance.choice([name for name in NAMES if not any(name in one for one in offer.items)])
    )
    return _sentence(offer.language, other, [(fact, offer.cells[item, fact.key])], chance)


def _other_value(offer: Offer, item: str, fact: Attribute, chance: random.Random) -> str | None:
    right = offer.cells[item, fact.key]
    if fact.is_yes_or_no:
        return offer.language.no if right == offer.language.yes else offer.language.yes
    near = [offer.cells[one, fact.key] for one in offer.items if offer.cells[one, fact.key] != right]
    if near and chance.random() < NEAR_SHARE:
        return chance.choice(near)
    drawn = fact.draw(chance)
    return drawn if drawn != right else None


def _sentence(
    language: Language, item: str, told: Sequence[tuple[Attribute, str]], chance: random.Random
) -> str:
    clauses = [_clause(language, fact, value, chance) for fact, value in told]
    sentence = f"{language.article}{item} " + language.conjunction.join(clauses)
    return sentence[0].upper() + sentence[1:] + "."


def _clause(language: Language, fact: Attribute, value: str, chance: random.Random) -> str:
    if fact.is_yes_or_no:
        return chance.choice(fact.told if value == language.yes else fact.denied)
    return chance.choice(fact.told).format(value=value)


def _compared(offer: Offer, priced: Attribute, chance: random.Random, *, is_true: bool) -> str | None:
    one, other = chance.sample(list(offer.items), 2)
    first, second = (_amount(offer.cells[item, priced.key]) for item in (one, other))
    if first == second:
        return None
    if (first < second) != is_true:
        one, other = other, one
    words = offer.language
    sentence = f"{words.article}{one} {chance.choice(words.cheaper)} {words.than_article}{other}."
    return sentence[0].upper() + sentence[1:]


def _amount(price: str) -> int:
    return int("".join(character for character in price if character.isdigit()))


def _as_table(offer: Offer, chance: random.Random) -> str:
    lines = [f"| {offer.language.item} | " + " | ".join(one.header for one in offer.attributes) + " |"]
    if chance.random() < RULED_SHARE:
        lines.append("|---" * (len(offer.attributes) + 1) + "|")
    lines += [
        f"| {item} | " + " | ".join(offer.cells[item, one.key] for one in offer.attributes) + " |"
        for item in offer.items
    ]
    return "\n".join(lines)


def _as_list(offer: Offer, chance: random.Random) -> str:
    mark = chance.choice(("- ", "* ", "- **"))
    close = "**" if mark.endswith("**") else ""
    return "\n".join(
        f"{mark}{item}{close}: "
        + ", ".join(f"{one.header.lower()} {offer.cells[item, one.key]}" for one in offer.attributes)
        for item in offer.items
    )


def _as_cards(offer: Offer, chance: random.Random) -> str:
    """Write what reading a page leaves of its cards: a name, then a line a fact."""
    end = chance.choice((": ", " – ", " "))
    return "\n\n".join(
        "\n".join([item, *(f"{one.header}{end}{offer.cells[item, one.key]}" for one in offer.attributes)])
        for item in offer.items
    )


def _as_prose(offer: Offer, chance: random.Random) -> str:
    told = {item: [(one, offer.cells[item, one.key]) for one in offer.attributes] for item in offer.items}
    return " ".join(
        _sentence(offer.language, item, facts[at : at + 2], chance)
        for item, facts in told.items()
        for at in range(0, len(facts), 2)
    )
