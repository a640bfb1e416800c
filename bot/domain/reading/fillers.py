"""Words that fill time and say nothing: laughter, "let me think", "I already told you"."""

import re

_FILLER = re.compile(
    r"(?:l+o+l+|r+o+f+l+|lmao|(?:a*(?:ha|he|hi|ja)){2,}h?|h+m+|m+h*m+|u+h+m*|u+m+|e+r+m*|o+h+|a+h+|oops|wow|well|so|ok(?:ay)?|"
    r"please|pls|sorry|actually|huh|what|whatever|anything|idk|"
    r"let\s+me\s+(?:think|see|check|look|ask)(?:\s+(?:about\s+(?:it|that)|first|again|a\s+(?:second|moment|minute)))?|"
    r"(?:i(?:'m|\s+am)\s+)?(?:just\s+)?thinking|"
    r"(?:i|we)(?:'ve|\s+have)?\s+(?:(?:already|just)\s+)*(?:told|said|wrote|written|answered|mentioned|explained)"
    r"(?:\s+(?:you|that|it|this|so|before|already|earlier|above))*|"
    r"(?:as|like)\s+(?:i\s+)?(?:said|mentioned|told(?:\s+you)?|above|before)(?:\s+(?:before|above|already|earlier))*|"
    r"hold\s+on|wait|(?:just\s+)?(?:one|a|1)\s+(?:sec(?:ond)?|moment|min(?:ute)?)|you\s+tell\s+me|"
    r"(?:that'?s|that\s+is|it'?s)\s+an?\s+(?:\w+\s+)?question|good\s+question|it'?s\s+me(?:\s+again)?|"
    r"(?:einen\s+)?(?:moment|augenblick|sekunde)(?:\s+(?:mal|bitte))*|wart(?:e|en\s+sie)(?:\s+(?:mal|bitte))*|mal\s+(?:sehen|[üu]berlegen|schauen)|"
    r"lass(?:en\s+sie|t)?\s+mich\s+(?:kurz\s+|mal\s+)*(?:[üu]berlegen|nachdenken|nachsehen)|attend(?:s|ez)|un\s+(?:instant|moment|momento)|"
    r"laissez?[\s-]moi\s+r[ée]fl[ée]chir|je\s+r[ée]fl[ée]chis|esper[ae]|d[ée]jeme\s+pensar|"
    r"nothing\s+(?:special|particular|in\s+particular))(?!\w)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\W_]*")


def skip_fillers(text: str, start: int = 0) -> int:
    """Return where a text begins to say something after its fillers."""
    position = start
    while match := _FILLER.match(text, position):
        position = match.end()
        separators = _SEPARATORS.match(text, position)
        position = separators.end() if separators else position
    return position


def is_filler(text: str) -> bool:
    """Tell whether a text is nothing but fillers."""
    first = re.search(r"[^\W_]", text)
    return first is not None and skip_fillers(text, first.start()) == len(text)
