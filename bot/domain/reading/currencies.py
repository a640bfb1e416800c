"""Currencies as people write them: ISO codes, symbols, names, in Latin and some other scripts."""

import re

from bot.domain.reading.currency_names import CODES, NAMES, SYMBOLS, WORDLIKE

CODE_OF: dict[str, str] = {code.lower(): code for code in (*CODES, *WORDLIKE.split())} | SYMBOLS | NAMES
CODE_OF |= {"rmb": "CNY", "rur": "RUB"}


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_WIDE_SYMBOLS = [symbol for symbol in SYMBOLS if not symbol[0].isascii() or "$" in symbol]
_BEFORE_WORDS = [
    "rs",
    "rs.",
    "rp",
    "rp.",
    "rm",
    "kr",
    "kr.",
    "sfr",
    "sfr.",
    "fr.",
    "ksh",
    "tsh",
    "ush",
    "b/.",
    "s/.",
    "s/",
]
_AFTER_WORDS = [
    word
    for word in SYMBOLS
    if word[0].isascii()
    and word[0].isalpha()
    and "$" not in word
    and word not in ("k", "l", "d", "q", "p.", "km", "mt")
]
_ISO = "(?i:" + "|".join(CODES) + ")|(?-i:" + "|".join(WORDLIKE.split()) + ")"
_EDGE = r"(?![^\W\d_])"

CURRENCY_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?i:{_alternatives([s for s in SYMBOLS if s[0].isalpha() and '$' in s])})"
    rf"|(?<![^\W\d_])(?:{_ISO}|(?i:{_alternatives(_BEFORE_WORDS)})|(?-i:[RLQD])$|(?i:euros?|eur|"
    rf"pounds?|dollars?)(?=\s))"
    rf"|{_alternatives([s for s in _WIDE_SYMBOLS if not s[0].isalpha() or not s.isascii()])})[\s:.]{{0,3}}$"
)
CURRENCY_AFTER = re.compile(
    r"(?:[.,][-–])?(?:[ \t\u00a0\u202f]{0,2}|-(?=[a-zA-Z]))((?i:"
    + _alternatives([name + "s" for name in NAMES if name[-1] != "s"] + list(NAMES))
    + rf"){_EDGE}|(?:{_ISO}){_EDGE}|(?i:{_alternatives(_AFTER_WORDS)}){_EDGE}"
    + rf"|(?i:{_alternatives([s for s in _WIDE_SYMBOLS if s.isalpha()])}){_EDGE}"
    + rf"|(?i:{_alternatives([s for s in _WIDE_SYMBOLS if not s.isalpha()])}))"
)
ANY_CURRENCY = re.compile(
    r"[^\x00-\x7f]|\$|(?i:"
    + _alternatives([*NAMES, *(code.lower() for code in CODES), *_BEFORE_WORDS, *_AFTER_WORDS])
    + r")|(?-i:"
    + "|".join([*WORDLIKE.split(), r"\b[RLQD]\d"])
    + ")"
)
_REGION_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN"}


def dollars_of(region: str) -> str:
    """Return the currency a bare dollar sign means in a region."""
    return _REGION_DOLLARS.get(region.upper(), "USD")


def currency_code(name: str, dollars: str) -> str:
    """Return the ISO code of a currency as written; `CENT` for hundredths of something."""
    key = " ".join(name.strip(" \t\u00a0\u202f:-").lower().split())
    candidates = (key, key.rstrip("."), key.removesuffix("s"), key.replace(" ", ""), key.removesuffix("es"))
    code = next((CODE_OF[word] for word in candidates if word in CODE_OF), key.upper())
    return dollars if code == "DOLLAR" else code
