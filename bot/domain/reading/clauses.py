"""A message cut into clauses, each marked with what it may be believed for.

A question, a supposition, or a statement about somebody else tells us nothing about the visitor.
Quoted lines (`> …`) are somebody else's words and are blanked before anything is read.
"""

import re
from typing import NamedTuple

from bot.domain.reading.openers_elsewhere import OPENER_ELSEWHERE

_FLAGS = re.IGNORECASE


class Clause(NamedTuple):
    """A clause `[start, end)`; `is_other` says that it speaks of somebody but the visitor."""

    start: int
    end: int
    text: str
    is_question: bool
    is_hypothetical: bool
    is_other: bool

    @property
    def is_told(self) -> bool:
        """Whether it states something about the visitor."""
        return not (self.is_question or self.is_hypothetical or self.is_other)


_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_CURLY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": "\n"}
)


def plain(text: str) -> str:
    """Return the text with quoted lines blanked and typographic marks made plain, at unchanged offsets."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text.translate(_CURLY))


_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)"
    r"(?<!\bapprox)[.!?…]+[\"')\]]*(?=\s|$)"
    r"|\?+|\n+|;(?=\s)|(?<=[^\w\s.,:'\"()-])\s+(?=[A-Z])"
)
_AUX = r"(?:do|does|did|can|could|will|would|is|are|was|were|has|have|had|should|shall|may|might|am)(?:n'?t)?"
_SUBJECT = (
    r"(?:you|u|i|we|it|there|the|this|that|they|he|she|my|your|our|an?|any|anyone|someone|somebody|"
    r"one|these|those|foyer|all|prices?|pricing)"
)
QUESTION_OPENER = re.compile(
    r"\s*(?:(?:and|but|so|or|ok(?:ay)?|also|well|then|now|sorry|please|pls|hi|hey|hello|thanks|cool|"
    r"great|just|btw|by\s+the\s+way|oh|um+|hmm+|yes|no)\b[,!.\s]*){0,3}"
    rf"(?:{_AUX}\s+{_SUBJECT}\b"
    r"|how\b(?!\s*ever)|why\b|what(?:'s|s|\s+(?!we\b|i\b|our\b|my\b|a\b))|which\b|whose\b|"
    rf"(?:who|when|where)(?:'s|s)?\s+(?:{_AUX}|to)\b|who\s+\w+|where\s+\w+|when\s+(?:{_AUX}|will|do|"
    rf"does|is|are)\b"
    r"|any\s+(?:idea|chance|way|plans?|discounts?|news)\b"
    r"|(?:until|till|by|from|since|for|to|with|at|in|on|of|about|before|within)\s+(?:when|who(?:m|se)?|how\s+(?:many|much|long|often|far)"
    rf"|(?:what|which)(?!\s+(?:i|we|you|they|he|she|it|my|our)\b))\b(?:\s+\w+){{0,4}}?\s+{_AUX}\s+{_SUBJECT}\b)",
    _FLAGS,
)
_INDIRECT = re.compile(
    r"\s*(?:(?:and|but|so|also|hi|hey|hello|please|pls|ok|well)\b[,!.\s]*){0,3}(?:"
    r"i(?:'d|\s+would)?\s+(?:like|love|want|need|wish)\s+to\s+(?:know|learn|understand|ask|"
    r"find\s+out|hear|see\s+(?:if|how|what))\b"
    r"|i(?:'m|\s+am|\s+was|\s+were)?\s+(?:just\s+)?(?:wonder(?:ing)?|curious|asking|"
    r"not\s+sure\s+(?:how|what|if|why|where))\b"
    r"|(?:please\s+)?(?:can\s+you\s+)?(?:tell|show|explain|describe|list|compare|give|send|walk|"
    r"help(?=\W*(?:$|me\b|us\b|with\b|to\b|please\b))|"
    r"teach|find|advise|clarify|let\s+me\s+know)\b"
    r"(?!\s+(?:me\s+at|me\s+on|it\s+to\s+\S+@))"
    r"|(?:i\s+)?(?:don'?t|do\s+not|can'?t|cannot|couldn'?t)\s+(?:know|understand|figure\s+out|"
    r"find(?:\s+out)?|see|get)\s+(?:how|what|why|where|if|whether)\b"
    r"|(?:looking\s+for|need|want)\s+(?:some\s+|more\s+|any\s+)?(?:info(?:rmation)?|details|"
    r"documentation|docs|instructions|help)\b)",
    _FLAGS,
)
_BREAK = re.compile(
    r",(?=\s)|\s[-–—]+\s|—|\s\(|\)\s|\s+but\s+|\s+(?:because|since\s+we|although|though|whereas|"
    r"while\s+we)\s+"
    r"|\s+(?:and|so|or)\s+(?=(?:do|does|did|can|could|how|what|is|are|when|where|why|will|would|who|"
    r"we|we're|we'?ve|i|i'm|i'?ve|my|our|you|your|they|there|please|just)\b)",
    _FLAGS,
)
_SUPPOSED = re.compile(
    r"\b(?:if\s+(?!possible|so\b|needed|necessary|not\b|any\b|that\s+helps|you\s+(?:can|could|like|"
    r"want|need|don'?t|have\s+time|wish)\b)|suppos(?:e|ing)\b|imagine\b|"
    r"let'?s\s+say\b|hypothetical(?:ly)?\b|what\s+if\b|assum(?:e|ing)\b|say\s+(?:we|i)\b|"
    r"in\s+case\s+(?:we|i)\b|were\s+(?:we|i)\s+to\b|i\s+wish\b|we\s+wish\b|"
    r"wenn\s+(?:wir|ich)\b|falls\b|angenommen\b|gesetzt\s+den\s+fall\b|(?:hätten|wären)\s+wir\b|supposons\b|imaginons\b|"
    r"supongamos\b|imagin(?:emos|a|e)\b|si\s+(?:nous|on|j'|fu[ée]ramos|tuvi[ée]ramos)\b|"
    r"as\s+if\b|had\s+(?:we|i)\b|should\s+(?:we|i)\s+ever\b|unless\b|for\s+example\b|"
    r"for\s+instance\b|e\.g\.|in\s+theory\b|"
    r"(?:we|i)\s+(?:might|may|could)\s+(?:have|get|be|become|grow|reach|someday|one\s+day)\b)",
    _FLAGS,
)
_OTHERS = re.compile(
    r"\s*(?:(?:and|but|so|because|well|also|i\s+(?:heard|read|think|know|believe|saw)(?:\s+that)?|"
    r"apparently|btw|you\s+know)\b[,\s]*){0,3}(?:"
    r"(?:my|our|the|an?|another|some|one\s+of\s+(?:my|our)|their|his|her|your|most|many|"
    r"other)\s+(?:\w+\s+){0,2}?"
    r"(?:competitors?|competition|rivals?|friends?|neighbou?rs?|cousin|brother|sister|wife|husband|"
    r"father|mother|mom|dad|uncle|aunt|son|daughter|"
    r"vendors?|suppliers?|providers?|clients?|customers?|agency|acquaintance|ex|people|companies|"
    r"firms|businesses|websites?|colleague\s+at\s+\w+)\b(?!\s+(?:service|support|care))"
    r"|(?:my|our)\s+(?:previous|former|old|last|ex)\b"
    r"|(?:he|she|they|they'?re|they'?ve|he'?s|she'?s|his|her|their|theirs|someone|somebody|everyone|"
    r"people|others)\b"
    r"|(?:you|you'?re|you'?ve|your|yours|it|it'?s|its|that|this\s+(?:plan|product|tool|"
    r"service))\s+(?=.*\b(?:cost|costs|charge|charges|price|priced|is|are|has|have|offer|offers|say|"
    r"says|said|employ|serve|support)\b)"
    r")",
    _FLAGS,
)
_OTHERS_OF_OURS = re.compile(
    r"\s*(?:(?:and|but|so|because|well|also)\b[,\s]*){0,2}(?:my|our)\s+(?:(?:\w+\s+){0,2}?(?:competitors?|competition|"
    r"rivals?|friends?|neighbou?rs?|cousin|brother|sister|wife|husband|father|mother|mom|dad|uncle|aunt|son|"
    r"daughter|vendors?|suppliers?|acquaintance)\b(?!\s+and\s+(?:i|me|myself)\b)|(?:previous|former|last|ex)[\s-]+"
    r"(?:company|employer|job|firm|boss|team)\b)|\s*(?:(?:und|aber|et|mais|y|pero)\s+)?(?:unser\w*|mein\w*|notre|nos|mon|ma|"
    r"nuestr\w+|mi)\s+(?:wettbewerber\w*|konkurren\w+|freund\w*|bruder|schwester|lieferant\w*|concurrents?|amie?s?|frère|"
    r"sœur|soeur|fournisseurs?|competidor\w*|amig[oa]s?|herman[oa]s?|proveedor\w*)\b",
    _FLAGS,
)
_FIRST_PERSON = re.compile(
    r"\s*(?:(?:and|but|so|or|because|since|well|right\s+now|currently)\b[,\s]*)?(?:we|we're|we'?ve|"
    r"we'd|i|i'm|i'?ve|i'd|im|our|my|just\s+me|it'?s\s+just|wir|ich|unser\w*|mein\w*|nous|je|j'ai|notre|nos|mon|ma|somos|"
    r"tenemos|yo|nuestr\w+|mi)\b",
    _FLAGS,
)


def split_clauses(text: str) -> list[Clause]:
    """Return the clauses of a text (see `plain`) in order."""
    clauses: list[Clause] = []
    for start, end in sentence_spans(text):
        clauses += _clauses_of(text, start, end)
    return clauses


def asks_something(text: str) -> bool:
    """Tell whether a message has the form of a question, in whole or in part."""
    return any(clause.is_question for clause in split_clauses(plain(text)))


def tells_nothing_of_them(text: str) -> bool:
    """Tell whether a message only supposes something or speaks of others: "our competitor has 700 employees"."""
    clauses = split_clauses(plain(text))
    return bool(clauses) and all(
        one.is_other or one.is_hypothetical for one in clauses if not one.is_question
    )


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences as `[start, end)`, closing marks included, without surrounding space."""
    spans = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        spans.append(_strip(text, start, match.end()))
        start = match.end()
    spans.append(_strip(text, start, len(text)))
    return [
        (first, last)
        for first, last in spans
        if first < last and re.search(r"[^\s.!?…\"')\]]|\?", text[first:last])
    ]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    raw = text[start:end]
    return start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))


def _clauses_of(text: str, start: int, end: int) -> list[Clause]:
    asks = text[start:end].rstrip("\"')] ").endswith("?")
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _BREAK.finditer(text, start, end):
        if match.start() > begin:
            spans.append((begin, match.start()))
            begin = (
                match.end() if not text[match.start() : match.end()].strip(" ").isalpha() else match.start()
            )
    spans.append((begin, end))
    spans = [_strip(text, first, last) for first, last in spans]
    spans = [(first, last) for first, last in spans if first < last]
    opener = next((i for i, (first, last) in enumerate(spans) if _opens_question(text, first, last)), None)
    if opener is None and asks:
        opener = (
            len(spans) - 1 if any(_FIRST_PERSON.match(text, first, last) for first, last in spans[:-1]) else 0
        )
    clauses: list[Clause] = []
    supposed = False
    other = False
    for index, (first, last) in enumerate(spans):
        supposed = supposed or _SUPPOSED.search(text, first, last) is not None
        of_others = _OTHERS_OF_OURS.match(text, first, last) is not None
        is_first_person = not of_others and _FIRST_PERSON.match(text, first, last) is not None
        other = not is_first_person and (other or of_others or _OTHERS.match(text, first, last) is not None)
        is_question = opener is not None and index >= opener and not (index > opener and is_first_person)
        clauses.append(Clause(first, last, text[first:last], is_question, supposed, other))
    return clauses


def _opens_question(text: str, start: int, end: int) -> bool:
    patterns = (QUESTION_OPENER, _INDIRECT, OPENER_ELSEWHERE)
    return any(pattern.match(text, start, end) is not None for pattern in patterns)
