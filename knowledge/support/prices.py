"""How amounts of money are written, and the currency of a table's or a product's bare numbers.

Promises: pure. "Price (EUR): 90" is a price, and so is `price: 90` beside `currency: EUR`.
"""

import re

from knowledge.amounts import CURRENCIES, MONEY_MARK, currency_of

CENT = "cent"
"""Of some currency that has cents; which one is not said."""

NO_CENTS = frozenset({"GBP", "JPY", "SEK", "NOK", "DKK", "kr", "PLN", "CZK"})
_PENCE = {"pence": ("GBP", 0.01), "penny": ("GBP", 0.01), "rappen": ("CHF", 0.01)}
_CENTS = dict.fromkeys(("cent", "cents", "ct", "centime", "centimes", "céntimo", "céntimos"), (CENT, 0.01))
_OTHERS = {
    word: (currency, 1.0)
    for currency, words in {
        "USD": "dólar dólares", "CAD": "cad", "AUD": "aud", "NZD": "nzd", "GBP": "libras livres", "JPY": "¥ yen jpy",
        "CHF": "francs francos sfr", "SEK": "sek", "NOK": "nok", "DKK": "dkk", "kr": "kr kronor kroner kronen",
        "PLN": "zł pln złoty", "CZK": "kč czk", "INR": "₹ inr rupees",
    }.items()
    for word in words.split()
}  # fmt: skip
_SIZES = {**{word: (currency, 1.0) for word, currency in CURRENCIES.items()}, **_OTHERS, **_PENCE, **_CENTS}
_MORE = "|".join(sorted((re.escape(word) for word in (*_OTHERS, *_PENCE, *_CENTS)), key=len, reverse=True))
MARK = rf"(?:{MONEY_MARK}|(?:(?<![^\W\d_])(?:swiss |schweizer )?(?:{_MORE})(?!\w)))"
NAMED = re.compile(MARK, re.IGNORECASE)
_CURRENCY = re.compile(
    r"(?:^|[,;|—])[ \t]*(?:currency|währung|devise|monnaie|moneda|divisa)[ \t]*:[ \t]*([^\s,;|]{1,4})(?!\w)",
    re.IGNORECASE | re.MULTILINE,
)
_PRICED = re.compile(
    r"((?:^|[,;|—])[ \t]*(?:price|preis|prix|precio|cost|fee)\b[^:\n,;|]{0,20}:[ \t]*\d(?:[\d.,'’ ]{0,20}\d)?)"
    r"(?=[ \t]*(?:$|[,;|]\s))",
    re.IGNORECASE | re.MULTILINE,
)
_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")


def is_mark(word: str) -> bool:
    """Say whether a word in small letters is a currency's."""
    return word in _SIZES


def measure_of(mark: str) -> tuple[str, float]:
    """Return the currency that a mark stands for, as ISO 4217 where there is one, and how much of it: pence are .01."""
    return _SIZES[mark.lower().removeprefix("swiss ").removeprefix("schweizer ")]


def currencies_named(text: str) -> frozenset[str]:
    """Return the currencies that a text names, with an amount or without."""
    marks = NAMED.findall(text)
    return frozenset(measure_of(mark)[0] for mark in marks) - {CENT}


def with_currencies(text: str) -> str:
    """Return a text with the currency of a paragraph's own line or cell behind the price that stands beside it."""
    return "".join(_priced(part) for part in _PARAGRAPHS.split(text))


def _priced(paragraph: str) -> str:
    named = {currency_of(found) or found for found in _CURRENCY.findall(paragraph)}
    if len(named) != 1:
        return paragraph
    return _PRICED.sub(lambda found: f"{found[1]} {next(iter(named))}", paragraph)
