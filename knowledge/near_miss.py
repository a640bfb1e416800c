"""Questions that miss an entry by one thing: another object ("repair skateboards"), or asks for need.

Promises: pure; compares only what the two questions say, so an entry in whose words something is asked is never
missed. The words of necessity are those of English, German, French and Spanish.
"""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from knowledge.regions import are_different_countries

LONGEST_OBJECT = 3  # content words that may stand for the object in the question
LONGEST_TOLD = 2  # and in the entry's
SHORTEST_HEAD = 4  # letters
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
# What no order, product or parcel is: an entry about any of those says nothing of it.
IMMATERIAL = """
    subscription membership account appointment contract reservation booking trial newsletter voucher vouchers
    card cards licence license insurance visit course meeting call
    abo abonnement mitgliedschaft konto termin vertrag reservierung buchung newsletter gutschein gutscheine karte
    versicherung
    abonnement compte rendez réservation contrat newsletter bon assurance
    suscripción cuenta cita contrato reserva boletín vale seguro
"""
# Asks whether there is something, and so says nothing of what may be done with it.
OF_EXISTENCE = re.compile(
    r"^\W*(?:do|does) (?:you|\w+) (?:\w+ )?(?:sell|have|offer|stock|carry|make|provide)\b|^\W*(?:is|are) there\b"
    r"|^\W*(?:haben|verkaufen|führen|bieten|gibt)\b|^\W*(?:avez|vendez|proposez)\b|^\W*(?:tienen|tenéis|venden|ofrecen|hay)\b",
    re.IGNORECASE,
)
DONE_WITH = re.compile(
    r"^\W*(?:can|could|may|how (?:do|can)) (?:i|we) (?:also |still )?(\w+)|^\W*(?:puis-je|peut-on) (\w+)"
    r"|^\W*(?:puedo|podemos|se puede) (\w+)|^\W*(?:kann|können|darf|dürfen|wie kann) (?:ich|wir|man)\b.*?(\w+)\W*$",
    re.IGNORECASE,
)
GETTING = """
    buy get have order purchase find see pay try kaufen bekommen bestellen haben finden sehen
    acheter avoir commander trouver voir comprar tener pedir encontrar ver
"""
# German says the verb last where one of these came first; and words beside its objects that are no objects.
VERB_LAST = re.compile(
    r"^\W*(?:wie |wann |wo |womit |warum |ab wann |bis wann )?"
    r"(?:kann|können|könnte|darf|dürfen|muss|müssen|soll|sollte|möchte|werden|wird|ist es möglich)\b",
    re.IGNORECASE,
)
SMALL = """
    der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner unser unsere unseren kein
    ich man wir sie ihr mir uns mich es ihnen euch bei zu auch denn noch wieder selbst eigentlich einfach mit für von
"""
FOR_WHOM = re.compile(
    r"\b(?:for|für|pour|para)\s+(?:(?:the|an?|my|our|die|den|les|des|los|las)\s+)?(?P<whom>\w+)\W*$",
    re.IGNORECASE,
)
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
    immaterial: frozenset[str],
    are_kindred: Callable[[str, str], bool],
) -> bool:
    """Say whether two questions are the same up to the object at their end, and the entry holds only its own.

    Args:
        asked: the content words of the question, as stems in order.
        told: those of the entry's question.
        held: all that the entry holds.
        anything: stems of words that may stand for any object.
        immaterial: stems of words that no such object is.
        are_kindred: says of two stems that the one may be a kind of the other.
    """
    before = _n_common(asked, told)
    object_asked, object_told = asked[before:], told[before:]
    if not (before and 0 < len(object_asked) <= LONGEST_OBJECT and 0 < len(object_told) <= LONGEST_TOLD):
        return False
    noun, other = object_asked[-1], object_told[-1]
    return not (
        held.intersection(object_asked)
        or noun in anything
        or (other in anything and noun not in immaterial)
        or any(may_mean(one, meant) for one in object_asked for meant in object_told)
        or are_kindred(noun, other)
    )


def is_verb_last(question: str) -> bool:
    """Say whether a question is a German one that ends with its verb: "Kann ich einen Hut zurückgeben?"."""
    return bool(VERB_LAST.match(question))


def without_last(asked: Sequence[str], told: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words of two questions without those that both end with; as they are where one is all of the other."""
    after = _n_common(asked[::-1], told[::-1])
    return (asked[:-after], told[:-after]) if 0 < after < min(len(asked), len(told)) else (asked, told)


def asks_for_others(
    question: str, entry_question: str, held: frozenset[str], content_words: Callable[[str], list[str]]
) -> bool:
    """Say whether two questions are the same but for whom something is: "discount for teachers", "student discount"."""
    asked, told = set(content_words(question)), set(content_words(entry_question))
    if not asked & told or len(asked - told) != 1 or len(told - asked) != 1:
        return False
    ((one,), (other,)) = asked - told, told - asked
    persons = {word for text in (question, entry_question) for word in content_words(_whom(text))}
    return bool(persons & {one, other}) and one not in held and not may_mean(one, other)


def asks_for_need(question: str, entry_questions: Sequence[str], answer: str) -> bool:
    """Say whether it is asked if something is needed, and a "yes" or "no" answers something else about it."""
    is_verdict = VERDICT.match(answer) and NEEDED.match(question)
    return bool(is_verdict and not any(map(NEEDED.match, entry_questions)))


def asks_what_to_do(
    question: str, entry_question: str, held: frozenset[str], tokenize: Callable[[str], list[str]]
) -> bool:
    """Say whether something is to be done with what the entry only says there is: "return" or "sell gift cards"."""
    found = DONE_WITH.match(question) if OF_EXISTENCE.match(entry_question) else None
    if found is None:
        return False
    verb = set(tokenize(next(filter(None, found.groups()))))
    return not verb & (held | set(tokenize(GETTING)))


def may_mean(word: str, meant: str) -> bool:
    """Say whether one word may be the other, misspelt, or a German compound of it: "Kundenkonto" of "Konto"."""
    if are_different_countries(word, meant):
        return False
    shorter, longer = sorted((word.lower(), meant.lower()), key=len)
    is_compound = len(shorter) >= SHORTEST_HEAD and longer.endswith(shorter)
    return is_compound or SequenceMatcher(None, word.lower(), meant.lower()).ratio() >= MISSPELT_FROM


def _whom(question: str) -> str:
    found = FOR_WHOM.search(question)
    return found["whom"] if found else ""


def _n_common(asked: Sequence[str], told: Sequence[str]) -> int:
    """Count the words that two questions begin with."""
    at_most = min(len(asked), len(told))
    return next((at for at in range(at_most) if asked[at] != told[at]), at_most)
