"""Questions that miss an entry by one thing: another object ("repair skateboards"), or asks for need.

Promises: pure; compares only what the two questions say, so an entry in whose words something is asked is never
missed. The words of necessity are those of English, German, French and Spanish.
"""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

LONGEST_OBJECT = 3  # content words that may stand for the object in the question
LONGEST_TOLD = 2  # and in the entry's
MOST_NEEDED = 3  # content words of a question that asks for nothing but a need
MISSPELT_FROM = 0.7  # of the letters of two words, in order: the one is meant by the other
# What may be any object: it takes nobody's place.
ANYTHING = """
    it one ones thing things something anything everything item items product products order orders purchase purchases
    goods article articles stuff parcel package delivery service
    bestellung ware waren artikel produkt produkte paket lieferung etwas
    commande article articles produit produits colis chose quelque
    pedido artículo artículos producto productos paquete cosa algo
"""
NEEDED = re.compile(
    r"^\W*(?:(?:do|does|will|would|did)\s+\w+\s+(?:need|have to)|must|(?:is|are)\b.*\b(?:needed|required"
    r"|necessary|mandatory))\b|^\W*(?:brauche?n?|benötig\w*|muss|müssen|(?:ist|sind)\b.*\b(?:nötig|notwendig|pflicht|erforderlich))\b"
    r"|^\W*(?:faut-il|dois-je|ai-je besoin|avons-nous besoin|est-ce que je dois)\b"
    r"|^\W*(?:necesit\w*|debo|debemos|hay que|tengo que|tenemos que)\b",
    re.IGNORECASE,
)
VERDICT = re.compile(r"^\W*(?:yes|no|ja|nein|oui|non|s[íi]|no)\b", re.IGNORECASE)


def asks_of_another_object(
    asked: Sequence[str],
    told: Sequence[str],
    held: frozenset[str],
    *,
    anything: frozenset[str],
    are_kindred: Callable[[str, str], bool],
) -> bool:
    """Say whether two questions are the same up to the object at their end, and the entry holds only its own.

    Args:
        asked: the content words of the question, as stems in order.
        told: those of the entry's question.
        held: all that the entry holds.
        anything: stems of words that may stand for any object.
        are_kindred: says of two stems that the one may be a kind of the other.
    """
    before = next((at for at, (a, b) in enumerate(zip(asked, told, strict=False)) if a != b), None)
    if not before:
        return False
    object_asked, object_told = asked[before:], told[before:]
    if len(object_asked) > LONGEST_OBJECT or len(object_told) > LONGEST_TOLD:
        return False
    noun, other = object_asked[-1], object_told[-1]
    return not (
        held.intersection(object_asked)
        or anything.intersection((noun, other))
        or any(is_misspelt(one, meant) for one in object_asked for meant in object_told)
        or are_kindred(noun, other)
    )


def asks_for_need(question: str, entry_questions: Sequence[str], answer: str) -> bool:
    """Say whether it is asked if something is needed, and a "yes" or "no" answers something else about it."""
    is_verdict = VERDICT.match(answer) and NEEDED.match(question)
    return bool(is_verdict and not any(map(NEEDED.match, entry_questions)))


def is_misspelt(word: str, meant: str) -> bool:
    """Say whether one word may be the other, misspelt."""
    return SequenceMatcher(None, word.lower(), meant.lower()).ratio() >= MISSPELT_FROM
