"""Names of months, days and hours, of what is measured and paid for, in English, German, French and Spanish."""


def _by_word(lines: str) -> dict[str, str]:
    """Return each word of a line with what the line begins with."""
    rows = [line.split() for line in lines.strip().splitlines()]
    return {word: first.rstrip(":") for first, *words in rows for word in words}


def _numbered(lines: str) -> dict[str, int]:
    return {word: int(number) for word, number in _by_word(lines).items()}


MONTHS = _numbered("""
    1: january jan januar jänner janvier enero
    2: february feb februar février febrero
    3: march mar märz mars marzo
    4: april apr avril abril
    5: may mai mayo
    6: june jun juni juin junio
    7: july jul juli juillet julio
    8: august aug août agosto
    9: september sep sept septembre septiembre
    10: october oct oktober okt octobre octubre
    11: november nov novembre noviembre
    12: december dec dezember dez décembre diciembre
""")
WEEKDAYS = _numbered("""
    0: monday mondays mon montag montags lundi lundis lunes
    1: tuesday tuesdays tue tues dienstag dienstags mardi mardis martes
    2: wednesday wednesdays wed mittwoch mittwochs mercredi mercredis miércoles
    3: thursday thursdays thu thurs donnerstag donnerstags jeudi jeudis jueves
    4: friday fridays fri freitag freitags vendredi vendredis viernes
    5: saturday saturdays sat samstag samstags sonnabend samedi samedis sábado sábados
    6: sunday sundays sun sonntag sonntags dimanche dimanches domingo domingos
""")
WORKING_DAYS = ("weekday", "weekdays", "working days", "werktags", "wochentags", "en semaine", "entre semana")
WEEKENDS = (
    "weekend",
    "weekends",
    "wochenende",
    "wochenenden",
    "week-end",
    "fin de semana",
    "fines de semana",
)
EVERY_DAY = (
    "daily", "every day", "each day", "any day", "seven days a week", "täglich", "jeden tag", "tous les jours",
    "chaque jour", "todos los días", "cada día", "a diario", "24/7",
)  # fmt: skip
TO = r"(?:[-–—]|to|till|until|through|and|bis|und|au|à|et|a|al|hasta|y)"

# Numbers in words, beside those of `knowledge.amounts`.
NUMBER_WORDS = _numbered("""
    2: twice zweimal
    3: dreimal
    11: elf onze
    12: dozen dutzend douzaine docena
    13: thirteen dreizehn treize trece
    14: fourteen vierzehn quatorze catorce
    15: fünfzehn quinze quince
    16: sixteen sechzehn seize dieciséis
    17: seventeen siebzehn
    18: eighteen achtzehn dieciocho
    19: nineteen neunzehn
    20: zwanzig vingt veinte
    30: thirty dreißig trente treinta
    40: forty vierzig quarante cuarenta
    50: fünfzig cinquante cincuenta
    60: sixty sechzig soixante sesenta
    70: seventy siebzig setenta
    80: eighty achtzig ochenta
    90: ninety neunzig noventa
    100: hundert cien ciento
    1000: thousand tausend mille mil
""")
# Number words that are as often something else: "one of them", "once", "neuf" for new.
NOT_NUMBERS = frozenset({"one", "once", "neuf", "sept"})
HALVES = frozenset(
    {"half", "hälfte", "halbe", "halben", "halber", "moitié", "mitad", "media", "demi", "demie"}
)

TIMES = "times"
"""The measure of how often something is done: "three times", "zweimal"."""

_SIZES = {
    "second": ("time", 1 / 60), "minute": ("time", 1), "hour": ("time", 60), "day": ("time", 1440),
    "week": ("time", 10080), "month": ("long time", 1), "year": ("long time", 12), "night": ("night", 1),
    "kb": ("bytes", 1), "mb": ("bytes", 1e3), "gb": ("bytes", 1e6), "tb": ("bytes", 1e9), "g": ("weight", 1),
    "kg": ("weight", 1e3), "mm": ("length", 1), "cm": ("length", 10), "m": ("length", 1e3), "km": ("length", 1e6),
    "mile": ("length", 1609344), "inch": ("length", 25.4), "foot": ("length", 304.8), "m²": ("area", 1),
    "ha": ("area", 1e4), "ml": ("volume", 0.001), "cl": ("volume", 0.01), "litre": ("volume", 1), "m³": ("volume", 1e3),
    "lb": ("weight", 453.6), "kwh": ("energy", 1), "w": ("power", 0.001), "kw": ("power", 1), "v": ("voltage", 1),
    "°c": ("celsius", 1), "°f": ("fahrenheit", 1), "km/h": ("speed", 1), "mph": ("speed", 1.609),
    "times": (TIMES, 1), "working day": ("working time", 1), "weekday": ("weekday time", 1),
}  # fmt: skip
# What is measured, with how much of the first of its kind it is: 14 days are two weeks.
MEASURES: dict[str, tuple[str, float]] = {
    word: _SIZES[unit]
    for word, unit in _by_word("""
        second: second seconds sekunde sekunden seconde secondes segundo segundos
        minute: minute minutes minuten minuto minutos min mins
        hour: hour hours stunde stunden heure heures hora horas hrs
        day: day days tag tage tagen jour jours día días
        week: week weeks woche wochen semaine semaines semana semanas
        month: month months monat monate monaten mois mes meses
        year: year years jahr jahre jahren an ans année années año años
        night: night nights nacht nächte nächten nuit nuits noche noches
        kb: kb ko
        mb: mb mo
        gb: gb go
        tb: tb
        g: g gram grams gramm
        kg: kg kilo kilos kilogram kilograms
        mm: mm
        cm: cm
        m: m metre metres meter meters metern mètres metros
        km: km kilometre kilometres kilometer kilometers kilomètres kilómetros
        mile: mile miles
        m²: m² m2 qm sqm
        litre: litre litres liter liters l litros
        inch: inch inches zoll pouce pouces pulgada pulgadas
        foot: foot feet ft
        ha: ha hectare hectares hektar hectárea hectáreas
        ml: ml
        cl: cl
        m³: m³ m3
        lb: lb lbs
        kwh: kwh
        w: w watt watts
        v: v volt volts
        °c: °c °celsius
        °f: °f °fahrenheit
        km/h: km/h
        mph: mph
        times: times mal fois veces
        kw: kw
    """).items()
}
# Monday to Friday; the second, with Saturday, in German and French law.
MEASURES |= {
    **dict.fromkeys(
        ("working day", "working days", "business day", "business days", "arbeitstag", "arbeitstage", "arbeitstagen",
         "jour ouvré", "jours ouvrés", "día hábil", "días hábiles", "día laborable", "días laborables"),
        _SIZES["working day"],
    ),
    **dict.fromkeys(("werktag", "werktage", "werktagen", "jour ouvrable", "jours ouvrables"), _SIZES["weekday"]),
}  # fmt: skip
# What a price is paid for, or a number counted for.
PERIODS = _by_word("""
    month: month monthly monat monatlich mois mensuel mes mensual mo
    year: year yearly annual annually annum jahr jährlich an année año anual
    week: week weekly woche wöchentlich semaine semana
    day: day daily tag täglich jour journée día
    night: night nacht nuit nuitée noche
    hour: hour hourly stunde heure hora
    minute: minute minuto
""")
