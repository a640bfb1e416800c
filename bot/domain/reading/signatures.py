"""Who signs a message: after a farewell, or right before their own address, "cheers, Tom Baker (tom@…)".

Read rather too eagerly, as all that is hidden.
"""

import re
from collections.abc import Iterator, Sequence

from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.name_words import NOT_NAMES

Span = tuple[int, int]

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*)"
_PARTICLE = r"(?:(?:van|von|zu|den|der|de|del|della|di|da|le|la)[ \t]+){0,2}"
_NAME = rf"(?P<name>{_CAPITAL}(?:[ \t]+{_PARTICLE}{_CAPITAL}){{0,3}})"
_SMALL_NAME = r"(?P<name>[^\W\d_]{2,20}(?:['’-][^\W\d_]+)*(?:[ \t]+[^\W\d_]+(?:['’-][^\W\d_]+)*){0,2})"
_FAREWELL = (
    r"(?<!\w)(?i:best|cheers|thanks|thank\s+you|thx|tia|ta|regards|rgds|wishes|sincerely|yours|love|warmly|bye|ciao|"
    r"respectfully|take\s+care|see\s+you|talk\s+soon|looking\s+forward|"
    r"gr(?:ü|ue)(?:ß|ss)(?:en?|le)?(?:\s+aus\s+[^\W\d_]+)?|gru(?:ß|ss)|lg|vg|mfg|bg|danke|dank|dankesch(?:ö|oe)n|"
    r"tsch(?:ü|ue)(?:ß|ss)i?|tschau|servus|herzlichst|hochachtungsvoll|bis\s+(?:bald|dann|später)|"
    r"cordialement|cdlt|bien\s+à\s+(?:vous|toi)|merci|salutations|sentiments|amicalement|bises|bonne\s+journ[ée]e|"
    r"sinc[èe]rement|à\s+bient[ôo]t|respectueusement|"
    r"saludos?|atentamente|atte\.?|gracias|abrazos?|cordialmente|hasta\s+(?:luego|pronto)|sinceramente)(?!\w)"
)
_MORE = (
    r"(?:[ \t]+(?i:in\s+advance|a\s+lot|so\s+much|very\s+much|again|and\s+regards|wishes|soon|all|guys|"
    r"im\s+voraus|vielmals|sehr|sch(?:ö|oe)n|d['’]avance|beaucoup|bien|encore|distingu[ée]e?s|cordiales|"
    r"de\s+antemano|por\s+todo)){0,2}"
)
_LEADS = (
    rf"{_FAREWELL}{_MORE}(?:[ \t]*[,;:!.–—-]{{1,3}})?(?:[ \t]+(?i:from|von|vom|de)(?=[ \t]))?"
    r"\s{0,9}(?:[(–—~-][ \t]*)?(?:(?i:dr|prof)\.[ \t]*)?"
)
_OVER = r"(?=[ \t]*[^\w\s?]{0,3}[ \t]*(?:\n|[^\w?]{0,9}\Z)|[ \t]*\([^()\n]{0,60}\)[^\w?]{0,9}(?:\n|\Z))"
_GOES_ON = r"(?=[ \t]*[,|(/<–—-])"
_SIGNED = re.compile(rf"{_LEADS}{_NAME}{_OVER}")
_SIGNED_ON = re.compile(rf"{_LEADS}{_NAME}{_GOES_ON}")
_SIGNED_SMALL = re.compile(rf"{_LEADS}{_SMALL_NAME}{_OVER}")
_BEFORE_ADDRESS = re.compile(rf"{_NAME}[ \t]*[(<|/,–—-]{{1,2}}[ \t]*\n")


def find_signatures(text: str, addresses: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield the names by which somebody signs.

    Args:
        text: what somebody wrote.
        addresses: where e-mail addresses and phone numbers stand in it: each ends a signature.
    """
    for start, end in addresses:
        text = text[:start] + "\n" * (end - start) + text[end:]
    for match in _SIGNED.finditer(text):
        if _may_be_name(match["name"]):
            yield match.span("name")
    patterns = [_SIGNED_ON, _SIGNED_SMALL, *([_BEFORE_ADDRESS] if addresses else [])]
    for match in (match for pattern in patterns for match in pattern.finditer(text)):
        words = match["name"].split()
        if is_given_name(words[0]) and _may_be_name(match["name"]):
            yield match.span("name")


def _may_be_name(name: str) -> bool:
    words = name.lower().split()
    return words[0] not in NOT_NAMES and (name != name.lower() or NOT_NAMES.isdisjoint(words))
