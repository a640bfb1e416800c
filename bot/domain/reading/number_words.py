"""The English words of numbers, and the letters that scale digits."""

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"nought": 0, "naught": 0, "nil": 0}
TENS = {
    word: (index + 2) * 10
    for index, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
} | {"fourty": 40}
_GERMAN_TEXT = """
zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 zwölf 12 dutzend 12 dreizehn 13 vierzehn 14
fünfzehn 15 zwanzig 20 dreißig 30 dreissig 30 vierzig 40 fünfzig 50 sechzig 60
"""
_FRENCH_TEXT = """
deux 2 trois 3 quatre 4 cinq 5 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14 quinze 15 vingt 20 trente 30
quarante 40 cinquante 50 dizaine 10 douzaine 12 quinzaine 15 vingtaine 20 trentaine 30 quarantaine 40 cinquantaine 50
soixantaine 60 centaine 100
"""
_SPANISH_TEXT = """
tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 doce 12 docena 12 trece 13 catorce 14 quince 15 veinte 20
treinta 30 cuarenta 40 cincuenta 50 decena 10 veintena 20 treintena 30 centenar 100
"""


def _pairs(text: str) -> dict[str, int]:
    words = text.split()
    return {word: int(value) for word, value in zip(words[::2], words[1::2], strict=True)}


SPANISH = _pairs(_SPANISH_TEXT)
ELSEWHERE = _pairs(_GERMAN_TEXT) | _pairs(_FRENCH_TEXT) | SPANISH
"""German, French and Spanish, but for words that mean something else in English: once, seize, elf, dos, six."""
UNITS |= ELSEWHERE
_BEFORE_THOUSAND = [word for word in _pairs(_GERMAN_TEXT) if word != "dutzend"]
UNITS |= {f"{word}tausend": UNITS[word] * 1_000 for word in _BEFORE_THOUSAND}
UNITS |= {f"{word}hundert": UNITS[word] * 100 for word in _BEFORE_THOUSAND[:8]}
SCALES = {
    "hundred": 100,
    "dozen": 12,
    "dz": 12,
    "thousand": 1_000,
    "tausend": 1_000,
    "mille": 1_000,
    "grand": 1_000,
    "lakh": 100_000,
    "lac": 100_000,
    "lkh": 100_000,
    "million": 1_000_000,
    "tsd": 1_000,
    "tsd.": 1_000,
    "mio": 1_000_000,
    "mio.": 1_000_000,
    "mrd": 1_000_000_000,
    "mrd.": 1_000_000_000,
    "crore": 10_000_000,
    "cr": 10_000_000,
    "krore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SCALES |= {word + "s": value for word, value in SCALES.items()}
SUFFIXES = {
    "k": 1_000,
    "m": 1_000_000,
    "mm": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "mil": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "g": 1_000_000_000,
    "t": 1_000_000_000_000,
    "l": 100_000,
    "cr": 10_000_000,
}
DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 1_000_000,
}
DENOMINATORS |= {word + "s": value for word, value in DENOMINATORS.items() if not word.endswith("s")}
LOOSE = {"couple": 2, "few": 3}
