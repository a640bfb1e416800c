"""What kind of thing a question asks for, and whether a sentence holds one: a number, a date, a price, a name.

Promises: pure; only what the question does not say itself counts, because an answer adds something to it.
The openers are those of English, German, French and Spanish.
"""

import re
from enum import StrEnum


class Cue(StrEnum):
    """A kind of thing that answers."""

    PERSON = "person"
    TIME = "time"
    NUMBER = "number"
    PRICE = "price"
    PLACE = "place"
    REASON = "reason"


# The first kind whose pattern is found counts. Each line is one language.
ASKED: dict[Cue, tuple[str, ...]] = {
    Cue.PRICE: (
        r"how much (?:is|are|does|do|will|would|for)\b|\b(?:price|prices|pricing|costs?|fees?)\b",
        r"\b(?:was|wie ?viel) kostet|\bkosten\b|\bpreise?\b",
        r"combien co[uû]te|\bprix\b",
        r"cu[aá]nto cuesta|\bprecios?\b",
    ),
    Cue.TIME: (
        r"\b(?:when|what (?:year|date|day|month|time|century|decade)|how (?:long|soon|often|fast|old))\b",
        r"\b(?:wann|wie (?:lange|oft|schnell|bald))\b",
        r"\bquand\b|combien de temps",
        r"\bcu[aá]ndo\b|cu[aá]nto tiempo",
    ),
    Cue.NUMBER: (
        r"\bhow (?:many|much|far|big|large|tall|high|deep|heavy|wide)\b",
        r"\bwhat (?:number|percentage|percent|size|amount)\b",
        r"\b(?:wie ?viele?|wie (?:gro(?:ß|ss)|hoch|weit|schwer))\b",
        r"\bcombien\b",
        r"\bcu[aá]nt[oa]s?\b",
    ),
    Cue.PERSON: (
        r"\b(?:who|whom|whose)\b",
        r"\b(?:wer|wem|wen|wessen)\b",
        r"^\W*qui\b",
        r"\bqui[eé]n(?:es)?\b",
    ),
    Cue.PLACE: (
        r"\bwhere\b|\b(?:what|which) (?:city|country|place|town|state)\b",
        r"\b(?:wo|woher|wohin)\b",
        r"\bo[uù] (?:est|se|sont|puis)\b",
        r"\bd[oó]nde\b",
    ),
    Cue.REASON: (r"\bwhy\b", r"\b(?:warum|wieso|weshalb)\b", r"\bpourquoi\b", r"\bpor qu[eé]\b"),
}
NUMBER = (
    r"\d",
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|double|twice)\b",
    r"\b(?:dozens?|hundreds?|thousands?|millions?|billions?)\b",
    r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)\b",
    r"\b(?:deux|trois|quatre|cinq|huit|neuf|dix)\b",
    r"\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)\b",
)
TIME = (
    r"\b1\d{3}s?\b|\b20\d\ds?\b|\b\d{1,2}(?::\d\d| ?[ap]\.?m\b)|\b\d{1,2}(?:st|nd|rd|th) century\b",
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|immediately|today|tomorrow)\b",
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))\b",
    r"\b(?:januar|februar|märz|juni|juli|oktober|dezember|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?)\b",
    r"\b(?:sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)\b",
    r"\b(?:janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
    r"\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|heures?|jours?|semaines?|mois|ans?|années?)\b",
    r"\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
    r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|horas?|días?|semanas?|mes(?:es)?|años?)\b",
)
PRICE = (
    r"[€$£¥₹]|\b(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|free)\b",
    r"\b(?:kostenlos|kostenfrei|gratis|gratuit|gratuito)\b",
)
REASON = (
    r"\b(?:because|since|due to|so that|in order to|therefore|reason|owing to|as a result)\b",
    r"\b(?:weil|damit|deshalb|deswegen|wegen|grund)\b",
    r"\b(?:parce que|car|afin|raison)\b",
    r"\b(?:porque|ya que|para que|debido)\b",
)
WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


ASKING = {cue: _compiled(patterns) for cue, patterns in ASKED.items()}
HOLDING = {
    Cue.NUMBER: _compiled(NUMBER),
    Cue.TIME: _compiled(TIME),
    Cue.PRICE: _compiled(PRICE),
    Cue.REASON: _compiled(REASON),
}


def find_cue(question: str) -> Cue | None:
    """Return what kind of thing a question asks for; None when it does not say."""
    return next((cue for cue, pattern in ASKING.items() if pattern.search(question)), None)


def holds_cue(cue: Cue, sentence: str, question: str) -> bool:
    """Say whether a sentence holds a thing of the kind that the question does not hold itself."""
    if cue in HOLDING:
        said = {word.strip(".,;:!?").lower() for word in question.split()}
        return any(found.group().lower() not in said for found in HOLDING[cue].finditer(sentence))
    return bool(_names(sentence) - {word.lower() for word in WORD.findall(question)})


def _names(sentence: str) -> set[str]:
    """Return the words with a capital after the first one of the sentence, in lower case."""
    return {word.lower() for word in WORD.findall(sentence)[1:] if word[0].isupper() and len(word) > 1}
