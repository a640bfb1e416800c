"""The visitor who waves us off: only looks around, is not interested, wants no more questions.

English, and the everyday words of German, French and Spanish. What is asked, supposed or said of somebody else is none.
"""

import re
from collections.abc import Iterable

from bot.domain.reading.clauses import Clause

_FLAGS = re.IGNORECASE
_ONLY_LOOKS = (
    r"(?:(?:just|only|merely|simply)\s+(?:\w+ing\s+)?(?:looking|browsing|window[\s-]shopping|having\s+a\s+(?:quick\s+)?look)|"
    r"(?:looking|browsing)(?:\s+around)?\s+(?:only|for\s+now)|"
    r"(?:schaue?|gucke?|st[öo]bere)\s+(?:mich\s+)?(?:nur|blo(?:ß|ss)|erst\s?mal|einfach)(?:\s+(?:mal|ein\s+bisschen|so))*|"
    r"nur\s+mal\s+(?:schauen|gucken|umsehen)|(?:sehe|schaue)\s+mich\s+(?:nur|blo(?:ß|ss)|erst\s?mal)(?:\s+(?:mal|ein\s+"
    r"wenig))*\s+um|(?:je\s+)?(?:ne\s+fais\s+que\s+|(?:jette|jeter)\s+(?:juste\s+)?un\s+[œo]e?il)(?:regarder|visiter)?|"
    r"(?:regarde|visite)\s+(?:juste|seulement|simplement)|(?:s[óo]lo|solamente|nada\s+m[áa]s)\s+(?:estoy\s+)?"
    r"(?:miro|mirando|viendo|echando\s+un\s+vistazo)|estoy\s+(?:s[óo]lo|solamente)\s+(?:mirando|viendo))"
    r"(?!\s+(?:for\b(?!\s+now\b|\s+the\s+moment\b)|to|into|at\b(?!\s+the\s+moment\b|\s+this\s+(?:point|stage)\b)|up|forward|nach|[àa]\s+acheter)\b)"
)
_NO_INTEREST = (
    r"(?:not\s+(?:really\s+|at\s+all\s+)?(?:interested(?!\s+in\b)|buying(?:\s+anything)?|here\s+to\s+buy|looking\s+to\s+buy)|"
    r"(?:don'?t|do\s+not)\s+(?:want|need|plan)\s+(?:(?:to\s+(?:buy|order)\s+)?anything|to\s+(?:buy|order))(?=\W*$|\s+(?:now|today|yet|right|at\s+the\s+moment|from)\b)|no\s+interest(?!\s+(?:in|rates?|free)\b)|"
    r"kein(?:e[rn]?)?\s+(?:interesse|bedarf)|(?:will|m[öo]chte)\s+(?:nichts|nicht)\s+kaufen|nicht\s+interessiert|"
    r"pas\s+(?:du\s+tout\s+)?int[ée]ress[ée]e?|(?:ne\s+veux|veux)\s+rien\s+acheter|"
    r"no\s+(?:me\s+interesa|estoy\s+interesad[oa]|quiero\s+comprar))\b"
)
_NO_QUESTIONS = (
    r"(?:(?:stop|quit|enough|no\s+more)\s+(?:with\s+)?(?:(?:all\s+)?(?:the|these|those|your)\s+)?(?:asking|questions)|"
    r"h(?:ö|oe)r(?:en\s+sie|t)?\s+auf(?:\W+(?:mich\s+)?(?:mit|zu\s+fragen|auszufragen)(?:\s+(?:den|ihren|deinen)\s+fragen)?)?|"
    r"fragen\s+sie\s+(?:mich\s+)?nicht(?:\s+(?:mehr|so\s+viel|weiter))?|"
    r"(?:arr[êe]te[sz]?|cesse[sz]?)\s+(?:de\s+(?:me\s+)?(?:poser|demander)|avec)(?:\s+(?:des|vos|ces|tes|toutes\s+ces))?(?:\s+questions)?|"
    r"(?:dej[ea]n?|pare)\s+de\s+(?:hacer(?:me)?|preguntar(?:me)?)(?:\s+(?:tantas\s+)?preguntas)?|no\s+(?:me\s+)?(?:haga|pregunte)\s+m[áa]s(?:\s+preguntas)?|"
    r"(?:don'?t|do\s+not)\s+ask\s+(?:me|so\s+many|any\s*more|anything)|leave\s+me\s+alone|too\s+many\s+questions|"
    r"(?:keine|genug|zu\s+viele)\s+fragen|lass(?:en\s+sie|t)?\s+mich\s+in\s+ruhe|"
    r"(?:plus\s+de|trop\s+de|assez\s+de)\s+questions|laissez?[\s-]moi\s+tranquille|"
    r"(?:no\s+m[áa]s|basta\s+de|demasiadas)\s+preguntas|d[ée]j[ae]me\s+en\s+paz)\b"
)
_SELF = (
    r"\W*(?:(?:no|nope|nah|ok(?:ay)?|sorry|thanks?|thank\s+you|hi|hello|hey|please|pls|well|oh|actually|really|honestly|"
    r"that'?s|that\s+is|it'?s|it\s+is|there\s+are|i'?m|i\s+am|im|we're|we\s+are|i|we|am|at\s+the\s+moment|for\s+now|today|"
    r"nein|nee|danke|bitte|ich|wir|m[öo]chte|bin|hab(?:e|en)?|das\s+sind|non|merci|je|j'ai|j'en\s+ai|nous|on|suis|sommes|"
    r"c'est|ne|gracias|perd[óo]n|yo|estoy|son)\b[\s,.!:]*)*"
)
_REST = (
    r"(?:\s+(?:me|us|questions|things|stuff|so\s+(?:much|many)|that|this|anything|please|pls|now|already|again|all\s+the\s+time|thanks?|bitte|danke|merci|"
    r"gracias))*\W*$"
)
_LONGEST = 200
"""How far into a clause anything is looked for; who waves off is short."""
_WAVES_OFF = re.compile(rf"{_SELF}(?:{_ONLY_LOOKS}|{_NO_INTEREST}|{_NO_QUESTIONS}{_REST})", _FLAGS)
_STOPS_US = re.compile(rf"{_SELF}{_NO_QUESTIONS}{_REST}", _FLAGS)
_NO_THANKS = re.compile(
    r"\W*(?:(?:no|nope|nah)\W+(?:thanks?|thank\s+you|thx)|nein\W+danke|non\W+merci|no\W+gracias)\W*",
    _FLAGS,
)


def waves_off(clauses: Iterable[Clause]) -> bool:
    """Tell whether the visitor only looks around, has no interest, or wants no more questions."""
    return any(clause.is_told and _WAVES_OFF.match(clause.text[:_LONGEST]) for clause in clauses)


def wants_no_questions(clauses: Iterable[Clause]) -> bool:
    """Tell whether the visitor asks us in so many words to stop asking."""
    return any(clause.is_told and _STOPS_US.match(clause.text[:_LONGEST]) for clause in clauses)


def is_no_thanks(text: str) -> bool:
    """Whether a message is nothing but a "no, thank you": unasked, it waves us off."""
    return len(text) <= _LONGEST and _NO_THANKS.fullmatch(text) is not None
