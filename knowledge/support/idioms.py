"""Turns of phrase that say what one word says: "at once" is "immediately", "correo electrónico" is "email".

Promises: pure; sentence and source are turned alike, so that what each of them says in its own way agrees.
"""

import re

_TURNS = (
    (r"\b(?:at once|straight ?away|right away|instantly|on the spot)\b", "immediately"),
    (r"\b(?:unverzüglich|umgehend)\b", "sofort"),
    (r"\b(?:tout de suite|aussitôt|sur-le-champ)\b", "immédiatement"),
    (r"\b(?:de inmediato|al instante|en el acto|enseguida)\b", "inmediatamente"),
    (r"\b(?:tak(?:en?|es|ing)|com(?:es?|ing)|knocked) off\b", "deducted"),
    (r"\b(?:do not|don['’]t) hesitate to\b|\bn['’]hésitez pas à\b|\bno dude en\b", "may"),
    (r"\barriv(?:e|es|ed|ing)\b(?=[^.;:,]{0,40}\blate\b)", "come"),
    (r"\b(?:do|does|doing) (?:our|its|their|my|the|your) best\b", "try"),
    (r"\b(?:fall|falls|fell|falling) due\b", "due"),
    (r"\bby default\b|\bpar défaut\b|\bpor defecto\b", " "),
    (r"\bat our (?:own )?expense\b", "free"),
    (r"\bauf unsere kosten\b", "kostenlos"),
    (r"\bà nos frais\b", "gratuit"),
    (r"\b(?:a nuestro cargo|por nuestra cuenta)\b", "gratis"),
    # Figures are spaces where a text is read for its words.
    (r"\blasts(?=\s{3}|(?:\s\S+){1,2}\s(?:minutes?|hours?)\b)", "takes"),
    (r"\b(?<=after )the first(?=\s{3}|\s\S+\s(?:minute|hour|day|night|week|month|year)s?\b)", " "),
    (r"\b(?<=nach )de[nr] ersten(?=\s{3}|\s\S+\s(?:Minute|Stunde|Tag|Nacht|Nächte|Woche|Monat|Jahr))", " "),
    (r"\b(?:correo|mail) electrónico\b", "correo"),
    (r"\b(?:courrier|courriel) électronique\b|\be-mail\b", "email"),
    (
        r"(?<=\s{3})im voraus\b|(?<=tage )im voraus\b|(?<=wochen )im voraus\b|(?<=stunden )im voraus\b",
        "vorher",
    ),
    (r"(?<=accord )préalable|(?<=autorisation )préalable|(?<=acuerdo )previo|(?<=prior )(?=consent)", " "),
    (r"\b(?:s['’]il vous plaît|por favor|zur verfügung)\b", " "),
    (r"\bbescheid (?:geben|sagen)\b|\bgeben sie uns (?:bitte )?bescheid\b", "informieren"),
    (r"\b(\w+[lpfrbd])(?<!mill)(?<!champ)i(?:ons|ez|ée?s?)\b", r"\1ier"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _TURNS)


def without_idioms(text: str) -> str:
    """Return a text with turns of phrase in the words that say the same."""
    for pattern, plain in _PATTERNS:
        text = pattern.sub(plain, text)
    return text
