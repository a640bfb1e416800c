"""Labels before what a model says, "**Answer:**", "Assistant:", "Wichtig:", which no passage bears. Pure."""

import re

_SPEAKERS = r"assistante?|assistent(?:in)?|asistente|(?:chat)?bot|ai(?: assistant)?"
_OTHERS = (
    r"(?:(?:short|quick|direct|final|kurze|direkte) )?(?:answer|antwort)|kurzantwort|réponse(?: courte| directe)?|"
    r"respuesta(?: corta| directa)?|in short|tl;dr|kurz(?:gesagt)?|kurz und knapp|en bref|en résumé|en resumen|"
    r"(?:very )?important(?: note)?|(?:sehr )?wichtig(?:er hinweis)?|(?:très |muy )?importante?|"
    r"(?:remarque|nota) importante|hinweis|remarque|nota|à noter"
)
_LABEL = (
    r"\A(?P<bullet>\s*(?:[-*+]\s+)?)(?P<opened>[*_]{0,3})(?:%s)"
    r"(?P<closed>[*_]{0,3})[ \u00a0\u202f]?[:：](?P<closed_behind>[*_]{0,3})\s*"
)
_BEFORE_THE_FIRST = re.compile(_LABEL % f"{_SPEAKERS}|{_OTHERS}", re.IGNORECASE)
_BEFORE_ANY = re.compile(_LABEL % _OTHERS, re.IGNORECASE)
"""A speaker's is not among them: later it may be what a passage lists, "Assistant: 30 euros"."""


def without_label(sentence: str, *, is_first: bool) -> str:
    """Return a sentence without the label before it, as it came where there is none.

    Args:
        sentence: with its marks, and the bullet of an item.
        is_first: whether nothing was said before it.
    """
    found = (_BEFORE_THE_FIRST if is_first else _BEFORE_ANY).match(sentence)
    if found is None:
        return sentence
    rest = sentence[found.end() :]
    # "**Important: bring a helmet**" goes on in bold.
    opened = "" if found["closed"] or found["closed_behind"] else found["opened"]
    return found["bullet"] + opened + rest[:1].upper() + rest[1:]
