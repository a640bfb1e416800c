"""Numbers that a state gives a person: by their own check where they have one, else by the word before them."""

import re
from collections.abc import Callable, Iterator

Span = tuple[int, int]

_FLAGS = re.IGNORECASE
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_ODD_TEXT = "BAKPLCQDREVOSFTGUHMINJWZYX"
_ITALIAN_ODD = {letter: place for place, letter in enumerate(_ODD_TEXT)}
_NAMED = re.compile(
    r"(?<!\w)(?:d\.?n\.?i\.?|n\.?i\.?[ef]\.?|n\.?i\.?r\.?|bsn|burgerservicenummer|pesel|codice\s+fiscale|cpf|"
    r"(?:numéro\s+de\s+)?sécu(?:rité\s+sociale)?|carte\s+d['’]identité|numéro\s+fiscal|seguridad\s+social|"
    r"cédula|steuer-?\s?(?:id|nummer|identifikationsnummer)|sozialversicherungsnummer|(?:personal)?ausweis(?:-?nummer|-?nr\.?)?|"
    r"reisepass(?:nummer)?|passport|passeport|pasaporte|paszport\w*|passaporto|paspoort\w*|dowód\s+osobisty|national\s+insurance|"
    r"nino|ssn|social\s+security|tax\s+(?:id|number)|(?:national\s+)?id\s+(?:card|number)|driv(?:er['’]?s|ing)\s+licen[cs]e|"
    r"führerschein(?:nummer)?|permis\s+de\s+conduire)(?!\w)"
    r"(?:\s*(?:card|number|no\.?|nr\.?|nummer|numéro|número|n[°º]|is|ist|lautet|est|es|è|jest|to|:|=|#|\()){0,4}\s*"
    r"(?P<it>(?!\d{4}-\d\d-\d\d(?!\w)|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\w))"
    r"(?=(?:[ ./-]?\w){0,5}(?:[ ./-]?[a-z]?\d){4})[a-z]{0,9}\d[a-z0-9]*"
    r"(?:[ ./-]?[a-z0-9]*\d[a-z0-9]*)*(?:-[a-z](?!\w))?)",
    _FLAGS,
)


def _is_spanish(number: str) -> bool:
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return _SPANISH_LETTERS[int(digits) % 23] == number[-1]


def _is_french(number: str) -> bool:
    body = number[:13].replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(number[13:])


def _is_italian(number: str) -> bool:
    odd = sum(_ITALIAN_ODD[_as_letter(sign)] for sign in number[:15:2])
    even = sum(ord(_as_letter(sign)) - ord("A") for sign in number[1:15:2])
    return chr(ord("A") + (odd + even) % 26) == number[15]


def _as_letter(sign: str) -> str:
    return chr(ord("A") + int(sign)) if sign.isdigit() else sign


def _is_polish(number: str) -> bool:
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    is_date = 1 <= int(number[2:4]) % 20 <= 12 and 1 <= int(number[4:6]) <= 31
    return is_date and sum(w * int(digit) for w, digit in zip(weights, number, strict=True)) % 10 == 0


def _is_british(number: str) -> bool:
    return number[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (re.compile(rf"(?<![\w.,-])(?:{pattern})(?!\w|[.,-]\d)", _FLAGS), is_one)
    for pattern, is_one in (
        (r"\d{8}[ -]?[a-z]|\d{2}\.\d{3}\.\d{3}[ -]?[a-z]|[xyz][ -]?\d{7}[ -]?[a-z]", _is_spanish),
        (r"[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[ab]) ?\d{3} ?\d{3} ?\d{2}", _is_french),
        (r"[a-z]{3} ?[a-z]{3} ?\d[0-9l-v][a-ehlmpr-t]\d[0-9l-v] ?[a-z]\d[0-9l-v]\d[a-z]", _is_italian),
        (r"\d{11}", _is_polish),
        (r"[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d]", _is_british),
    )
)


def find_identity_numbers(text: str) -> Iterator[Span]:
    """Yield where numbers of Spain, France, Italy, Poland and Britain stand, and others that are named."""
    for pattern, is_one in _CHECKED:
        for match in pattern.finditer(text):
            if is_one(re.sub(r"[ .-]", "", match.group()).upper()):
                yield match.span()
    for match in _NAMED.finditer(text):
        yield match.span("it")
