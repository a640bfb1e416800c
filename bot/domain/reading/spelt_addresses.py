"""E-mail addresses in words: "jane dot doe at northwind dot io", "anna minus maria ät firma punkt de"."""

import re
from collections.abc import Callable, Iterator

from bot.domain.reading.roles import ROLE

_FLAGS = re.IGNORECASE
_AT = (
    r"(?:\s*@\s*|\s*[\[({<]\s*(?:@|[äa]t|arobase|arroba|klammeraffe)\s*[\])}>]\s*|"
    r"\s+(?:[äa]t|arobase|arroba|klammeraffe)\s+)"
)
_DOT = r"(?:\.|\s+(?:dot|punkt|point|punto)\s+|\s*[\[({<]\s*(?:dot|punkt|point|punto)\s*[\])}>]\s*)"
_SAYS_AT = re.compile(r"\b(?:[aä]t|arobase|arroba|klammeraffe)\b|@", _FLAGS)
_SAYS_DOT = re.compile(r"\.|\b(?:dot|punkt|point|punto)\b", _FLAGS)
_UNDERSCORE = r"(?:underscore|unterstrich|tiret\s+bas|gui[oó]n\s+bajo)"
_HYPHEN = r"(?:hyphen|dash|bindestrich|minus|tiret|trait\s+d'union|gui[oó]n)"
_MARK = rf"\s+(?:{_UNDERSCORE}|{_HYPHEN})\s+"
_LETTER = r"[\w\u0300-\u036f+-]"
_SPOKEN = re.compile(
    rf"(?<![\w.@-])[^\W_]{_LETTER}{{0,40}}(?:(?:{_DOT}|{_MARK}){_LETTER}{{1,40}}){{0,3}}{_AT}"
    rf"(?:[\w\u0300-\u036f-]{{1,40}}(?:{_MARK}[\w\u0300-\u036f-]{{1,40}}){{0,2}}{_DOT}){{1,3}}[a-z]{{2,10}}(?![\w@])",
    _FLAGS,
)
"""Letters of every script: who begins reading behind the "ü" reads somebody else's address."""
_TLDS_TEXT = """
agency ai app at au be biz br ca ch cloud club cn co com company cz de dev digital dk edu es eu example fi fr gov
group ie in info io is it jp kr me mx net nl no nz online org pl pt ro ru se sg shop software store studio sv tech
test tr tv tw ua uk us xyz za
"""
_TLDS = frozenset(_TLDS_TEXT.split())
_COUNTRIES_TEXT = """
ac ad ae af ag al ar aw ax az ba bb bd bf bg bh bi bj bm bn bo bs bt bw bz cd cf cg ci ck cl cm cr cu cv cw cy dj dm
do dz ec ee eg er et fj fk fm fo ga gd ge gf gg gh gi gl gm gn gp gq gr gt gu gw gy hk hn hr ht hu id il im iq ir je
jm jo ke kg kh ki km kn kp kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md mg mh mk ml mm mn mo mp mq mr ms mt mu
mv mw my mz na nc ne nf ng ni np nr nu om pa pe pf pg ph pk pm pn pr ps pw py qa re rs rw sa sb sc sd sh si sk sl sm
sn sr ss st sx sy sz tc td tg th tj tk tl tm tn to tt tz ug uy uz va vc ve vg vi vn vu wf ws ye yt zm zw
"""
_COUNTRIES = frozenset(_COUNTRIES_TEXT.split())
"""Only where the dot before them is said."""
_DOT_IN_WORDS = re.compile(r"(?:\s(?:dot|punkt|point|punto)\s+|[\])}>]\s*)\w+\Z", _FLAGS)
_SAYS_IT = re.compile(r"\s(?:dot|punkt|point|punto)\s|\[|\(|@", _FLAGS)
_PLACE = re.compile(
    rf"(?:me|us|it|look|is|are|them|here|contact|found|saw|met|was|were|page|site|works?|working|job|team|people|{ROLE})",
    _FLAGS,
)
"""Before "at example.com" it tells of a place, no address."""
_NO_DOMAIN = re.compile(r".*@(?:the|this|that|a|an|our|your|my|some|any)\.", _FLAGS)
_WORD = re.compile(r"[\w+-]+")

Spelt = tuple[int, int, str]


def find_spelt(text: str, is_valid: Callable[[str], bool]) -> Iterator[Spelt]:
    """Yield each address `[start, end)` that is spelt out, as machines write it.

    Where "me at jane" begins none, "jane dot doe at …" may behind it.
    """
    if not (_SAYS_AT.search(text) and _SAYS_DOT.search(text)):
        return
    match = _SPOKEN.search(text)
    while match:
        address = _written(match.group().lower())
        is_one = address is not None and is_valid(address)
        if address is not None and is_one:
            yield match.start(), match.end(), address
        word = _WORD.match(text, match.start())
        match = _SPOKEN.search(text, match.end() if is_one or word is None else word.end())


def _written(said: str) -> str | None:
    address = re.sub(_AT, "@", said, count=1) if "@" not in said else re.sub(r"\s*@\s*", "@", said)
    address = re.sub(rf"\s+{_UNDERSCORE}\s+", "_", address)
    address = re.sub(_DOT, ".", re.sub(rf"\s+{_HYPHEN}\s+", "-", address))
    if address.count("@") != 1 or " " in address or _NO_DOMAIN.match(address):
        return None
    ending = address.rpartition(".")[2]
    if ending not in _TLDS and not (ending in _COUNTRIES and _DOT_IN_WORDS.search(said)):
        return None
    is_place = _SAYS_IT.search(said) is None and _PLACE.fullmatch(address.partition("@")[0])
    return None if is_place else address
