"""Turns of phrase that deny or grant, said as the clauses of others say it: "at no charge" is "free".

Promises: pure; what a phrase says stays.
"""

import re

from knowledge.support.bounds import NOT_OVER

WITHOUT = re.compile(
    r"(?<=\w )(?=(?:without|ohne|sans|sin|except|außer|sauf|excepto|salvo)\b)", re.IGNORECASE
)
FREE_OF = re.compile(
    r"\b(?:free (?:of|from)|frei von|exempte?s? de|libres? de) (?!charge|your|the|our|an?\b|\d|two\b|three\b)",
    re.IGNORECASE,
)
AT_NO_CHARGE = re.compile(
    r"\b(?:costs? nothing|(?:at no|without) (?:extra |further |additional )?(?:charge|cost)|kostet nichts|"
    r"ohne (?:aufpreis|mehrkosten)|ne coûte(?:nt)? rien|sans (?:frais|supplément)|no cuestan? nada|"
    r"sin (?:coste|cargo)(?: adicional)?)\b",
    re.IGNORECASE,
)
GIVEN_BACK = re.compile(
    r"\b(?:give|gives|given|giving|hand|handed|pay|pays|paid|get|gets|got|has|have)\b(?P<between>(?:\s[\w'’]+){0,3}\s)back\b",
    re.IGNORECASE,
)
FREE_IN = {"en": "free", "de": "kostenlos", "fr": "gratuit", "es": "gratis"}
BANISHED = re.compile(
    r"\b(?:(?:must|have to|has to|should) (?:stay|remain|be left|be kept|wait) outside|"
    r"(?:muss|müssen) draußen bleiben|doi(?:t|vent) rester (?:dehors|à l['’]extérieur)|deben? quedarse fuera)\b",
    re.IGNORECASE,
)
NOT_ALLOWED_IN = {
    "en": "are not allowed in",
    "de": "sind nicht erlaubt",
    "fr": "ne sont pas admis",
    "es": "no están permitidos",
}
# Denies nothing: "loads that do not exceed 800 kg", "no more than six people".
AN_END = re.compile(
    rf"\b(?:{NOT_OVER}|(?:no|not) (?:more|less|fewer) than|nicht (?:mehr|weniger) als|pas (?:plus|moins) de|"
    r"no (?:más|menos) de)\b",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"\b(?:without|ohne|sans|sin) (?:it|this|that|them|diese\w*|cela|eso|ello)\b", re.IGNORECASE
)


# What somebody should not forget, they should do.
NOT_FORGOTTEN = re.compile(
    r"\b(?:(?:do not|don['’]t|never) (?:forget|hesitate) to|(?:vergessen|zögern) sie nicht,?|"
    r"n['’](?:oubliez|hésitez) pas (?:de|d['’]|à)|no (?:olviden?|duden?) (?:en )?)(?=\W)",
    re.IGNORECASE,
)


UNTRUE = re.compile(
    r"\b(?:it(?: is|['’]s) (?:an? )?(?:common |popular )?(?:not true|untrue|false|wrong|incorrect|myth|"
    r"misconception|rumou?r|not the case|not correct) that|(?:es )?stimmt (?:es )?nicht, dass|"
    r"es ist (?:ein )?(?:falsch|unwahr|nicht wahr|"
    r"irrtum|mythos|gerücht|märchen), dass|"
    r"(?:il est faux|c['’]est (?:un )?(?:mythe|faux)|il n['’]est pas vrai) (?:que|qu['’])|"
    r"(?:no es (?:cierto|verdad)|es (?:un )?(?:falso|mentira|mito)) que)(?=\W)",
    re.IGNORECASE,
)
_NO = r"(?:no|nope|nein|non|unfortunately not|sorry, no|leider (?:nein|nicht))\b(?=\s*(?:[.,;:!–—-]|$))"
ANSWERED_NO = re.compile(rf"^\W*(?:a(?:nswer)?:\s*)?{_NO}", re.IGNORECASE)
ASKED_AND_DENIED = re.compile(rf"(?P<asked>[^.?!:]+)\?\W+{_NO}", re.IGNORECASE)
ASKING = re.compile(r"^\W*(?:(?:q|question|frage|f|p|pregunta):)?\W*", re.IGNORECASE)


def as_denied(question: str) -> str:
    """Return what a question asks as denied, as "no" answers it."""
    return f"not {ASKING.sub('', question).rstrip('? ')}"


def plainly(text: str, language: str, *, is_source: bool) -> str:
    """Return a text in which such phrases are said plainly; in a source "…without a limit" is cut off.

    Args:
        text: a sentence, or a unit of a source.
        language: ISO 639-1 code, one of en, de, fr and es.
        is_source: whether it is a source's.
    """
    text = ASKED_AND_DENIED.sub(lambda found: f"{as_denied(found['asked'])}; ", UNTRUE.sub("not ", text))
    plain = GIVEN_BACK.sub(r"\g<between>returned", AN_END.sub(" ", NOT_FORGOTTEN.sub(" ", text)))
    plain = BANISHED.sub(NOT_ALLOWED_IN[language], plain)
    plain = AT_NO_CHARGE.sub(FREE_IN[language], OTHERWISE.sub(" ", plain))
    return FREE_OF.sub("without ", WITHOUT.sub("; ", plain) if is_source else plain)
