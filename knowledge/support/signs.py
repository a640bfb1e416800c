"""Signs that turn what is said: minus before a figure, and marks of yes and no.

Promises: pure; English, German, French and Spanish.
"""

import re

_MINUS = re.compile(
    r"(?:(?:(?<=[\s(:|;,=])|^)[-–](?=$|[€$£])|−|(?<!ou )(?<!or )(?<!\w[-–])\bminus\s|"
    r"(?<!au )(?<!du )(?<!le )(?<!ou )\bmoins\s|(?<!al )(?<!lo )(?<!o )\bmenos\s)$",
    re.IGNORECASE,
)
_AFTER_A_FIGURE = re.compile(r"[\d%€$£°]\s*[-–−]$")
_DEGREES = r"\s*(?:°\s?[cf]?\b|°|degrees?|grad|degrés?|grados?)?\s*(?:c\b|f\b|celsius|fahrenheit)?\s*"
BELOW_ZERO = re.compile(
    r"\b(?:below (?:zero|freezing)|unter (?:null|dem gefrierpunkt)|(?:au-dessous de|sous|en dessous de) zéro|"
    r"bajo cero)\b",
    re.IGNORECASE,
)
_THEN_BELOW = re.compile(rf"{_DEGREES}{BELOW_ZERO.pattern}", re.IGNORECASE)
_LESSENED = re.compile(
    r"\b(?:off|discounts?|discounted|reduc\w+|cheaper|sav(?:e|es|ed|ing|ings)|f[ea]ll|falls|fallen|drop\w*|decreas\w+|"
    r"declin\w+|loss|lost|rabatt\w*|nachlass|ermäßig\w*|sparen|spart|günstiger|gesunken|sank|fiel|verlust|rückgang|"
    r"remises?|réductions?|réduit\w*|rabais|baiss\w+|perte|descuentos?|rebajas?|ahorr\w+|bajó|cayó|pérdida)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;:!?\n](?!\d)|,\s")
NEAR = 40  # characters between a figure and the word that says of it that something became less
YES_MARKS, NO_MARKS = "✓✔✅☑", "✗✘✕✖❌☒"
MARKS = f"[{YES_MARKS}{NO_MARKS}]"
_SELECTOR = "\ufe0e", "\ufe0f"
_MARKED = re.compile(rf"[\s:]{{0,4}}({MARKS})")
_DASH = re.compile(r"\s+[–—-]\s+")
_SUBJECT = re.compile(rf"^([^:—,;]{{2,60}}):\s+(?=[^:,;—]+:\s*{MARKS})")
_NAMED = re.compile(rf"^[^:—,;]{{2,30}}:\s+([^:,;—]{{2,60}})[,;]\s+(?=[^:,;—]+:\s*{MARKS})")


def find_minus(text: str, start: int) -> int | None:
    """Return where the minus of a figure begins that begins at `start`, None where it has none."""
    before = text[max(0, start - 12) : start]
    found = _MINUS.search(before)
    if found is None or (_AFTER_A_FIGURE.search(before) and not found[0].strip().isalpha()):
        return None
    return start - len(before) + found.start()


def is_below_zero(text: str, end: int) -> bool:
    """Say whether what follows a figure puts it below zero: "18 degrees below zero"."""
    return bool(_THEN_BELOW.match(text, end))


def is_lessened(text: str, start: int, end: int) -> bool:
    """Say whether a figure's clause says by how much something became less, so that it may be written with a minus."""
    before = _CLAUSE_END.split(text[max(0, start - NEAR) : start])[-1]
    after = _CLAUSE_END.split(text[end : end + NEAR])[0]
    return bool(_LESSENED.search(before) or _LESSENED.search(after))


def marks_as_cells(text: str) -> str:
    """Return a text with its marks of yes and no as a row is said: "Harbour: Wi-Fi ✓" is "Harbour — Wi-Fi: ✓"."""
    for selector in _SELECTOR:
        text = text.replace(selector, "")
    if not re.search(MARKS, text):
        return text
    cells = _MARKED.sub(r": \1", _DASH.sub(" — ", text)).removeprefix(": ")
    return _NAMED.sub(r"\1 — ", _SUBJECT.sub(r"\1 — ", cells))
