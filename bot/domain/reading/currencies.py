"""Currencies as people write them: ISO codes, symbols, names, in Latin and some other scripts."""

import re

_CODES = [
    "AED",
    "AFN",
    "AMD",
    "ANG",
    "AOA",
    "ARS",
    "AUD",
    "AWG",
    "AZN",
    "BAM",
    "BBD",
    "BDT",
    "BGN",
    "BHD",
    "BIF",
    "BMD",
    "BND",
    "BOB",
    "BRL",
    "BSD",
    "BTN",
    "BWP",
    "BYN",
    "BZD",
    "CAD",
    "CDF",
    "CHF",
    "CLP",
    "CNY",
    "COP",
    "CRC",
    "CVE",
    "CZK",
    "DEM",
    "DJF",
    "DKK",
    "DOP",
    "DZD",
    "EGP",
    "ERN",
    "ETB",
    "EUR",
    "FJD",
    "FKP",
    "FRF",
    "GBP",
    "GEL",
    "GHS",
    "GIP",
    "GMD",
    "GNF",
    "GTQ",
    "GYD",
    "HKD",
    "HNL",
    "HRK",
    "HTG",
    "HUF",
    "IDR",
    "ILS",
    "INR",
    "IQD",
    "IRR",
    "ISK",
    "ITL",
    "JMD",
    "JOD",
    "JPY",
    "KES",
    "KGS",
    "KHR",
    "KMF",
    "KPW",
    "KRW",
    "KWD",
    "KYD",
    "KZT",
    "LBP",
    "LKR",
    "LRD",
    "LSL",
    "LTL",
    "LVL",
    "LYD",
    "MDL",
    "MGA",
    "MKD",
    "MMK",
    "MNT",
    "MRU",
    "MUR",
    "MVR",
    "MWK",
    "MXN",
    "MYR",
    "MZN",
    "NAD",
    "NGN",
    "NIO",
    "NOK",
    "NPR",
    "NZD",
    "OMR",
    "PAB",
    "PGK",
    "PHP",
    "PKR",
    "PLN",
    "PYG",
    "QAR",
    "RMB",
    "RSD",
    "RUB",
    "RUR",
    "RWF",
    "SAR",
    "SBD",
    "SCR",
    "SDG",
    "SEK",
    "SGD",
    "SHP",
    "SRD",
    "SSP",
    "SVC",
    "SYP",
    "SZL",
    "THB",
    "TJS",
    "TMT",
    "TND",
    "TTD",
    "TWD",
    "TZS",
    "UAH",
    "UGX",
    "USD",
    "UYU",
    "UZS",
    "VES",
    "VND",
    "VUV",
    "WST",
    "XAF",
    "XCD",
    "XOF",
    "XPF",
    "YER",
    "ZAR",
    "ZMW",
    "BTC",
    "USDT",
]
# These codes are everyday English words too: they count in capitals only.
_WORDLIKE = "ALL CUP LAK MAD MOP PEN RON SLE SOS STN TOP TRY BAM COP GEL PAB CUC"
_SYMBOLS = {
    "$": "DOLLAR", "us$": "USD", "us $": "USD", "usd$": "USD", "u$s": "USD", "a$": "AUD", "au$": "AUD", "aud$": "AUD",
    "c$": "CAD", "c $": "CAD", "ca$": "CAD", "cad$": "CAD", "cdn$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "sg$": "SGD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "j$": "JMD", "tt$": "TTD", "bz$": "BZD", "rd$": "DOP",
    "n$": "NAD", "z$": "ZWL", "bs$": "BSD", "fj$": "FJD", "ec$": "XCD", "t$": "TOP", "c₡": "CRC",
    "€": "EUR", "£": "GBP", "₤": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "₨": "INR", "₽": "RUB", "₩": "KRW",
    "₺": "TRY", "₫": "VND", "₪": "ILS", "₴": "UAH", "₦": "NGN", "₱": "PHP", "฿": "THB", "₡": "CRC", "₲": "PYG",
    "₸": "KZT", "₾": "GEL", "₼": "AZN", "₵": "GHS", "₭": "LAK", "₮": "MNT", "៛": "KHR", "৳": "BDT", "ƒ": "ANG",
    "֏": "AMD", "؋": "AFN", "﷼": "IRR", "円": "JPY", "元": "CNY", "圓": "TWD", "圆": "CNY", "원": "KRW", "₿": "BTC",
    "¢": "CENT", "rs": "INR", "rs.": "INR", "rp": "IDR", "rp.": "IDR", "rm": "MYR", "kr": "SEK", "kr.": "DKK",
    "fr": "CHF", "fr.": "CHF", "sfr": "CHF", "sfr.": "CHF", "ksh": "KES", "tsh": "TZS", "ush": "UGX", "b/.": "PAB",
    "s/.": "PEN", "s/": "PEN", "q": "GTQ", "lei": "RON", "leu": "RON", "kč": "CZK", "kc": "CZK", "zł": "PLN", "zl": "PLN",
    "ft": "HUF", "лв": "BGN", "лв.": "BGN", "руб": "RUB", "руб.": "RUB", "р": "RUB", "р.": "RUB", "p.": "RUB",
    "грн": "UAH", "грн.": "UAH", "ден": "MKD", "дин": "RSD", "дин.": "RSD", "din": "RSD", "din.": "RSD", "тг": "KZT",
    "тнг": "KZT", "сом": "KGS", "сўм": "UZS", "so'm": "UZS", "сум": "UZS", "ман": "AZN", "₼.": "AZN", "драм": "AMD",
    "km": "BAM", "kn": "HRK", "tl": "TRY", "đ": "VND", "د.إ": "AED", "د.إ.": "AED", "ر.س": "SAR", "ريال": "SAR",
    "ر.ع.": "OMR", "ر.ق": "QAR", "د.ك": "KWD", "د.ب": "BHD", "ج.م": "EGP", "ج.م.": "EGP", "د.أ": "JOD", "د.ا": "JOD",
    "ل.ل": "LBP", "د.م.": "MAD", "د.ج": "DZD", "د.ت": "TND", "د.ل": "LYD", "ع.د": "IQD", "ل.س": "SYP", "بر": "ETB",
    "ብር": "ETB", "birr": "ETB", "br": "BYN", "ks": "MMK", "lek": "ALL", "l": "HNL", "d": "GMD", "نافكا": "ERN",
    "تومان": "IRT", "دج": "DZD", "د.": "DZD", "ش.ج": "ILS", "ლ": "GEL", "gh₵": "GHS", "e£": "EGP", "fbu": "BIF", "Ƀ": "BTC", "le": "EGP",
    "kz": "AOA", "mt": "MZN", "mtn": "MZN", "vt": "VUV", "₣": "CHF", "fcfa": "XAF", "cfa": "XOF", "nu.": "BTN",
    "rf": "MVR", "mk": "MWK", "zk": "ZMW", "le": "SLE", "nfk": "ERN", "fdj": "DJF", "sh.so.": "SOS", "bs": "BOB",
    "bs.": "BOB", "c$.": "NIO", "k": "PGK", "gs": "PYG", "руб.-": "RUB", "рублей": "RUB", "рубля": "RUB", "eur.": "EUR",
}  # fmt: skip
_NAMES = {
    "dollar": "DOLLAR", "buck": "DOLLAR", "us dollar": "USD", "american dollar": "USD", "united states dollar": "USD",
    "canadian dollar": "CAD", "australian dollar": "AUD", "new zealand dollar": "NZD", "hong kong dollar": "HKD",
    "singapore dollar": "SGD", "taiwan dollar": "TWD", "euro": "EUR", "pound": "GBP", "pound sterling": "GBP",
    "pounds sterling": "GBP", "british pound": "GBP", "quid": "GBP", "egyptian pound": "EGP", "lebanese pound": "LBP",
    "syrian pound": "SYP", "yen": "JPY", "japanese yen": "JPY", "yuan": "CNY", "chinese yuan": "CNY", "renminbi": "CNY",
    "rmb": "CNY", "rupee": "INR", "indian rupee": "INR", "pakistani rupee": "PKR", "sri lankan rupee": "LKR",
    "nepalese rupee": "NPR", "rupiah": "IDR", "indonesian rupiah": "IDR", "franc": "CHF", "swiss franc": "CHF",
    "french franc": "FRF", "belgian franc": "BEF", "ruble": "RUB", "rouble": "RUB", "russian ruble": "RUB",
    "zloty": "PLN", "złoty": "PLN", "złotych": "PLN", "polish zloty": "PLN", "koruna": "CZK", "crown": "CZK",
    "czech koruna": "CZK", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "swedish krona": "SEK",
    "swedish krone": "SEK", "norwegian krone": "NOK", "danish krone": "DKK", "forint": "HUF", "hungarian forint": "HUF",
    "lira": "TRY", "turkish lira": "TRY", "italian lira": "ITL", "won": "KRW", "korean won": "KRW",
    "south korean won": "KRW", "peso": "MXN", "mexican peso": "MXN", "philippine peso": "PHP", "argentine peso": "ARS",
    "chilean peso": "CLP", "colombian peso": "COP", "real": "BRL", "reais": "BRL", "brazilian real": "BRL",
    "rand": "ZAR", "south african rand": "ZAR", "shekel": "ILS", "sheqel": "ILS", "israeli shekel": "ILS",
    "dirham": "AED", "uae dirham": "AED", "moroccan dirham": "MAD", "riyal": "SAR", "saudi riyal": "SAR",
    "qatari riyal": "QAR", "rial": "IRR", "omani rial": "OMR", "iranian rial": "IRR", "yemeni rial": "YER",
    "dinar": "KWD", "kuwaiti dinar": "KWD", "jordanian dinar": "JOD", "serbian dinar": "RSD", "bahraini dinar": "BHD",
    "iraqi dinar": "IQD", "ringgit": "MYR", "malaysian ringgit": "MYR", "baht": "THB", "thai baht": "THB",
    "dong": "VND", "vietnamese dong": "VND", "hryvnia": "UAH", "ukrainian hryvnia": "UAH", "naira": "NGN",
    "shilling": "KES", "kenyan shilling": "KES", "taka": "BDT", "manat": "AZN", "lari": "GEL", "tenge": "KZT",
    "tugrik": "MNT", "tögrög": "MNT", "pataca": "MOP", "kuna": "HRK", "leva": "BGN", "lev": "BGN", "mark": "DEM",
    "deutsche mark": "DEM", "german mark": "DEM", "deutschmark": "DEM", "finnish markka": "FIM", "peseta": "ESP",
    "guilder": "NLG", "dutch guilder": "NLG", "schilling": "ATS", "escudo": "PTE", "bitcoin": "BTC", "genih": "EGP",
    "geneh": "EGP", "genihat": "EGP", "genihat masriya": "EGP", "gineh": "EGP", "cent": "CENT", "penny": "CENT",
    "pence": "CENT", "pennies": "CENT", "chf": "CHF",
}  # fmt: skip

CODE_OF: dict[str, str] = {code.lower(): code for code in (*_CODES, *_WORDLIKE.split())} | _SYMBOLS | _NAMES
CODE_OF |= {"rmb": "CNY", "rur": "RUB"}


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_WIDE_SYMBOLS = [symbol for symbol in _SYMBOLS if not symbol[0].isascii() or "$" in symbol]
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
    for word in _SYMBOLS
    if word[0].isascii()
    and word[0].isalpha()
    and "$" not in word
    and word not in ("k", "l", "d", "q", "p.", "km", "mt")
]
_ISO = "(?i:" + "|".join(_CODES) + ")|(?-i:" + "|".join(_WORDLIKE.split()) + ")"
_EDGE = r"(?![^\W\d_])"

CURRENCY_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?i:{_alternatives([s for s in _SYMBOLS if s[0].isalpha() and '$' in s])})"
    rf"|(?<![^\W\d_])(?:{_ISO}|(?i:{_alternatives(_BEFORE_WORDS)})|(?-i:[RLQD])$|(?i:euros?|eur|"
    rf"pounds?|dollars?)(?=\s))"
    rf"|{_alternatives([s for s in _WIDE_SYMBOLS if not s[0].isalpha() or not s.isascii()])})[\s:.]{{0,3}}$"
)
CURRENCY_AFTER = re.compile(
    r"(?:[.,][-–])?(?:[ \t\u00a0\u202f]{0,2}|-(?=[a-zA-Z]))((?i:"
    + _alternatives([name + "s" for name in _NAMES if name[-1] != "s"] + list(_NAMES))
    + rf"){_EDGE}|(?:{_ISO}){_EDGE}|(?i:{_alternatives(_AFTER_WORDS)}){_EDGE}"
    + rf"|(?i:{_alternatives([s for s in _WIDE_SYMBOLS if s.isalpha()])}){_EDGE}"
    + rf"|(?i:{_alternatives([s for s in _WIDE_SYMBOLS if not s.isalpha()])}))"
)
ANY_CURRENCY = re.compile(
    r"[^\x00-\x7f]|\$|(?i:"
    + _alternatives([*_NAMES, *(code.lower() for code in _CODES), *_BEFORE_WORDS, *_AFTER_WORDS])
    + r")|(?-i:"
    + "|".join([*_WORDLIKE.split(), r"\b[RLQD]\d"])
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
