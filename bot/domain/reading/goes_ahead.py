"""Whoever wants to go ahead, book or order, and says no word of what: ready to buy, and no need of its own."""

import re

_FLAGS = re.IGNORECASE
_ENDS = (
    r"(?:\s+(?:it|this|that|one|you|the\s+(?:order|booking|purchase|offer|quote|plan)|with\s+(?:it|this|that|you|the\s+(?:order|booking|"
    r"purchase|offer|quote|plan))|now|today|asap|please|right\s+away|straight\s+away|as\s+soon\s+as\s+possible))*\W*$"
)
_DEED = (
    r"(?:go\s+ahead|go\s+for\s+it|proceed|move\s+forward|book|order|buy|reserve|sign(?:\s+up)?|pay|confirm)"
)
GOES_AHEAD = re.compile(
    rf"(?:\b(?:want|like|love|ready|happy|decided|going|prefer)\s+to\s+{_DEED}(?:\s+and\s+{_DEED})?{_ENDS}|"
    r"\b(?:wir|ich)\s+(?:m[öo]chten?|wollen|will|w[üu]rden?|werden?)\s+(?:(?:gerne?|jetzt|sofort|das|es|ihn|sie|so|dann|verbindlich|direkt)\s+)*"
    r"(?:buchen|bestellen|kaufen|zusagen|reservieren|loslegen)(?:\s+und\s+(?:buchen|bestellen|kaufen))?\W*$|"
    r"\b(?:nous\s+(?:voulons|souhaitons|aimerions|voudrions)|(?:je|on)\s+(?:veut|veux|voudrais?t?|souhaite|aimerai[st]))\s+"
    r"(?:(?:le|la|les)\s+)?(?:r[ée]server|commander|acheter|y\s+aller)(?:\s+(?:maintenant|tout\s+de\s+suite))?\W*$|"
    r"\b(?:queremos|quiero|quisi[ée]ramos|quisiera|(?:me|nos)\s+gustar[íi]a)\s+(?:reservar|comprar|encargar|pedir|contratar|seguir\s+adelante)(?:l[oae]s?)?"
    r"(?:\s+ya|\s+ahora)?\W*$)",
    _FLAGS,
)


def only_goes_ahead(text: str) -> bool:
    """Tell whether a clause says that the visitor goes ahead, and not what with: "we'd like to go ahead and book"."""
    return GOES_AHEAD.search(text) is not None
