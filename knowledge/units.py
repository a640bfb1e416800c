"""Units of what is measured, by their spellings, and how many of the common one of their kind each is.

Promises: pure; the words of English, German, French and Spanish. What is compared is in one unit a kind: kilograms,
metres, hours, gigabytes, litres, watts, lumens, years; pounds, miles and inches stay apart.
"""

SPELLINGS = {
    "kg": "kg kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kilogramo kilogramos",
    "g": "g gr gram grams gramm gramme grammes gramo gramos",
    "lb": "lb lbs",
    "km": "km kms kilometer kilometers kilometre kilometres kilometern kilomètre kilomètres kilómetro kilómetros",
    "m": "m meter meters metre metres metern mètre mètres metro metros",
    "cm": "cm centimeter centimeters centimetre centimetres zentimeter centimètre centimètres centímetro centímetros",
    "mm": "mm millimeter millimeters millimetre millimetres millimètres milímetros",
    "mi": "mi mile miles",
    "inch": "inch inches zoll pouce pouces pulgada pulgadas",
    "h": "h hr hrs hour hours stunde stunden heure heures hora horas",
    "min": "min mins minute minutes minuten minuto minutos",
    "TB": "tb terabyte terabytes",
    "GB": "gb gigabyte gigabytes gigaoctets",
    "MB": "mb megabyte megabytes mégaoctets",
    "KB": "kb kilobyte kilobytes",
    "l": "l liter liters litre litres litro litros",
    "ml": "ml milliliter milliliters millilitre millilitres mililitros",
    "W": "w watt watts vatios",
    "kW": "kw kilowatt kilowatts",
    "lm": "lm lumen lumens lúmenes",
    "year": "year years yr yrs yo jahr jahre jahren jährige jährigen jähriges ans año años",
}
UNITS = {word: unit for unit, words in SPELLINGS.items() for word in words.split()}
"""The unit that a word in small letters spells."""
SCALES = {
    "g": ("kg", 0.001),
    "km": ("m", 1000.0),
    "cm": ("m", 0.01),
    "mm": ("m", 0.001),
    "min": ("h", 1 / 60),
    "TB": ("GB", 1000.0),
    "MB": ("GB", 0.001),
    "KB": ("GB", 0.000_001),
    "ml": ("l", 0.001),
    "kW": ("W", 1000.0),
}
DIGITS = 9  # of a number in another unit, after the point


def in_common(number: float, unit: str) -> float:
    """Return a number of some unit in the common unit of its kind: 950 of "g" is 0.95."""
    return round(number * SCALES[unit][1], DIGITS) if unit in SCALES else number


def common_unit(unit: str) -> str:
    """Return the unit that a kind is compared in: "kg" for "g"; one that has no other is returned as it is."""
    return SCALES[unit][0] if unit in SCALES else unit
