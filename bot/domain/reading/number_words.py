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
SCALES = {
    "hundred": 100,
    "dozen": 12,
    "dz": 12,
    "thousand": 1_000,
    "grand": 1_000,
    "lakh": 100_000,
    "lac": 100_000,
    "lkh": 100_000,
    "million": 1_000_000,
    "mio": 1_000_000,
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
