"""A part of something, told of the whole: "the deposit is refunded" where its source has "half of the deposit".

Promises: pure; English, German, French and Spanish.
"""

import re

from knowledge.support.matter import is_held, stems_of

# What the portion is of follows: "half of the deposit", "einige Zimmer", "la plupart des chambres".
_OF = (
    r"\s+(?:of\s+|der\s+|des\s+|de\s+|du\s+|del\s+|vom\s+|von\s+|d['’])?"
    r"(?:(?:the|our|your|all|any|its|their|these|those|an?|den|dem|die|das|unser\w*|ihre[rnms]?|la|le|les|nos|vos|"
    r"los|las|el|nuestr[oa]s|sus?)\s+|l['’])?"
)
_FRACTION = (
    r"half|(?:an?|one|two|three)[\s-](?:third|quarter|fifth|tenth)s?|"
    r"(?:(?<!is )(?<!are )an? (?:[^\W\d]+ )?|^)(?:part|portion|share)(?=\s+of\b)|"
    r"\d+(?:[.,]\d+)?\s?(?:%|percent|per cent|prozent|pour cent|por ciento)(?=\s+(?:of|der|des|vom|von|du|de|del)\b)|"
    r"hälfte|halbe[nrs]?|(?:ein|zwei|drei)\s?(?:drittel|viertel|fünftel)|"
    r"(?<!ist )(?<!sind )ein (?:[^\W\d]+ )?teil(?=\s+(?:der|des|von)\b)|"
    r"moitié|(?:un|deux|trois) (?:tiers|quarts?|cinquièmes?)|une (?:[^\W\d]+ )?partie(?=\s+(?:de|du|des)\b)|"
    r"mitad|(?:un|dos|tres) (?:tercios?|cuartos?|quintos?)|una (?:[^\W\d]+ )?parte(?=\s+(?:de|del)\b)"
)
_FIRST = (
    r"(?:the|your|a|die|der|das|ihre?|eine?) (?:very )?(?:first|erste[nrs]?)"
    r"(?! (?:and|or|und|oder|floor|time|stock)\b)|"
    r"(?:la|le|votre) premi(?:er|ère)(?! (?:et|ou|étage|fois)\b)|(?:la|el|su) primer[oa]?(?! (?:y|o|piso|vez)\b)"
)
_NUMBER_OF = (
    r"most|some|many|several|a few|certain|die meisten|einige|manche|mehrere|viele|la plupart|quelques|certaine?s|"
    r"plusieurs|la mayoría|algun[oa]s|ciert[oa]s|vari[oa]s|much[oa]s"
)
_PORTION = re.compile(rf"\b(?:{_FRACTION}|{_NUMBER_OF}|{_FIRST})(?=\s|['’]){_OF}", re.IGNORECASE)
_ALL_OF_IT = re.compile(r"^100\b")
_FULL = re.compile(
    r"\b(?:full|whole|entire|voll\w*|ganze[nrms]?|gesamte[nrms]?|total\w*|plein\w*|entier\w*|complet\w*|enter[oa]|"
    r"íntegr[oa])\b",
    re.IGNORECASE,
)
# A sentence with one of these tells a portion itself, or that there are some.
_TOLD = re.compile(
    rf"%|\b(?:{_FRACTION}|{_NUMBER_OF}|first|erste[nrs]?|premi(?:er|ère)s?|primer[oa]?s?|part|partly|partially|half|percent|prozent|few|teil|teils|teilweise|anteil\w*|"
    r"partie|partiellement|parte|parcial\w*|selected|ausgewählte\w*|up to|bis zu|jusqu|hasta|there (?:are|is)|es gibt|"
    r"gibt es|il y a|hay|(?:we|you) (?:[^\W\d]+ )?(?:have|offer|find|get|choose)|(?:wir|sie) (?:haben|bieten|finden)|"
    r"(?:haben|bieten|finden) (?:wir|sie)|(?:nous )?(?:avons|proposons)|vous (?:avez|trouve\w*)|tenemos|ofrecemos)\b",
    re.IGNORECASE,
)
_WHOLE = (
    r"(?:\bl['’]|(?:^\W*|,\s)|\b(?:the|our|your|all|every|each|any|this|these|their|whole|full|entire|de[rnms]|die|das|unser\w*|"
    r"ihre?[nmrs]?|alle[nrms]?|jede[nrms]?|ganze[nrms]?|gesamte[nrms]?|l[ea]s?|nos|notre|vos|votre|tous|toute?s?|el|los|"
    r"nuestr[oa]s?|sus?|tod[oa]s?)\s)"
)
_NAMED_WHOLE = re.compile(rf"{_WHOLE}(?P<first>[^\W\d_]+)(?=(?:\s(?P<second>[^\W\d_]+))?)", re.IGNORECASE)


def loses_portion(sentence: str, segment: str, language: str) -> bool:
    """Say whether a source's segment is about a part of what a sentence says it of as a whole."""
    is_also_whole = bool(_FULL.search(segment) and _FULL.search(sentence))
    return not (is_also_whole or _TOLD.search(sentence)) and any(
        _is_told_whole(thing, sentence, language) for thing in _things_in_part(segment, language)
    )


def _things_in_part(segment: str, language: str) -> list[str]:
    """Return the stem of each thing that a segment tells of a part of."""
    found = (one for one in _PORTION.finditer(segment) if not _ALL_OF_IT.match(one[0]))
    return [stem for one in found for stem in stems_of(segment[one.end() :], language)[:1]]


def _is_told_whole(thing: str, sentence: str, language: str) -> bool:
    """Say whether a sentence names a thing as all of it: "the deposit", "our small rooms", or what it begins with."""
    return any(
        is_held(stem, frozenset({thing}))
        for found in _NAMED_WHOLE.finditer(sentence)
        for stem in stems_of(f"{found['first']} {found['second'] or ''}", language)
    )
