"""Phone numbers and web addresses, with exact spans, and all by which somebody can be reached.

A phone number becomes E.164 by the site's region. Ten digits in a row are an order number until somebody says that
they are a phone.
"""

import re

from bot.domain.reading.email_addresses import Contact, find_emails, find_nearly_emails

_URL = re.compile(
    r"(?:(?<![\w@.-])|(?<=\.)(?=https?://))(?:(?:https?|"
    r"ftp)://(?:[^\s<>\"'@/?#]+@)?(?:[a-z0-9-]{1,63}\.){0,10}[a-z0-9-]{1,63}(?::\d{1,5})?"
    r"(?:[/?#][^\s<>\"']*)?"
    r"|(?:www\d?\.)(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?(?:[/?#][^\s<>\"']*)?"
    r"|(?:[a-z0-9-]{1,63}\.){1,6}(?P<ending>[a-z]{2,24})(?::\d{1,5})?(?:[/?#][^\s<>\"']*)?(?![\w@-])"
    r"|localhost(?::\d{1,5})?(?:[/?#][^\s<>\"']*)?(?!\w))",
    re.IGNORECASE,
)
_FILE_ENDINGS_TEXT = """
css csv doc docx exe gif htm html jpeg jpg js json md mp3 mp4 pdf php png py svg ts txt webm xls xlsx xml
yaml yml zip
"""
_FILE_ENDINGS = frozenset(_FILE_ENDINGS_TEXT.split())


def find_urls(text: str) -> list[Contact]:
    """Return the web addresses of a text."""
    if "." not in text and "://" not in text and "localhost" not in text.lower():
        return []
    found = []
    for match in _URL.finditer(text):
        raw = match.group().rstrip(".,;:!?")
        raw = raw.rstrip(")]}") if not re.search(r"[(\[{]", raw) else raw
        if _is_url(raw, match.group("ending")):
            found.append(Contact(match.start(), match.start() + len(raw), raw))
    return found


def _is_url(raw: str, ending: str | None) -> bool:
    if "://" in raw:
        host = re.split(r"[/?#:]", raw.split("://", 1)[1])[0]
        return not host.isdigit() and not host.endswith("-") and bool(host)
    if ending is None:
        return True
    return ending.lower() not in _FILE_ENDINGS and _is_public_ending(ending.lower())


def _is_public_ending(ending: str) -> bool:
    return len(ending) == 2 or ending in _LONG_ENDINGS


_LONG_ENDINGS_TEXT = """
academy aero agency ai amazon app apple art asia aws bank bar berlin biz blog cat cloud club com company
coop design dev digital eco edu email energy finance fund games global google gov group guru health help
host house info ink int io jobs law life link live london love ltd market media microsoft mil mobi money
museum name net network news nyc one online org page paris photo photos post press pro pub run sale school
science services shop show site social software solutions space store studio style support systems tax
team tech tel today tools top tours travel vip website wien wiki wine work works world xyz zone
"""
_LONG_ENDINGS = frozenset(_LONG_ENDINGS_TEXT.split())

_PHONE_HINT = re.compile(r"\d(?:[\s().\-/]{0,3}\d){5}")
_PHONE = re.compile(
    r"(?:(?<![\w.,$€£@/=#-])(?<![\d][ ])|(?<=[a-z])(?=\(\+))(?:\(?\+|\(\s?|"
    r"00)?\(?\d(?:[\d\s().\-–/]{4,24})\d(?:\s{0,2}(?:ext\.?|extension|x|"
    r"#)\s{0,2}\d{1,6})?(?![\w@%€$£]|[.,/-]\d)",
    re.IGNORECASE,
)
_CALL_WORDS = re.compile(
    r"\b(?:phone|telephone|tel|mobile|cell(?:phone)?|fax|whats\s?app|call(?:\s+(?:me|us))?|ring|"
    r"text\s+(?:me|us)|sms|reach\s+(?:me|us)|"
    r"number\s+is|my\s+number|dial|handy|telefon)\b",
    re.IGNORECASE,
)
_NOT_PHONE = re.compile(
    r"\b(?:order|invoice|ticket|account|policy|claim|card|ref(?:erence)?|serial|tracking|id|iban|vat|"
    r"isbn|case|part|model|version|"
    r"password|pin|zip|ssn|social|ip)\b(?:\s+(?:number|no|nr|id|code|is|was|#))*\W*$",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(
    r"(?:\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|"
    r"\d{2}))\D{0,3}(?:\d{1,2})?"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d"
)
_SSN_OR_DECIMAL = re.compile(r"\d{3}-\d\d-\d{4}|\d+\.\d{5,}")
_MIN_DIGITS, _MAX_DIGITS = 7, 15


def find_phones(text: str, *, region: str = "US", asked: bool = False) -> list[Contact]:
    """Return the phone numbers of a text.

    Args:
        text: what was written.
        region: ISO country whose numbers are written without +.
        asked: whether a phone number was just asked for, so that bare digits count.
    """
    if not _PHONE_HINT.search(text):
        return []
    found = []
    for match in _PHONE.finditer(text):
        raw = match.group().rstrip("(./-– \n\t")
        raw = raw[:-1] if raw.endswith(")") and "(" not in raw else raw
        start = match.start()
        if _may_be_phone(text, raw, start, asked=asked):
            value, is_valid = _to_e164(raw, region)
            if value:
                found.append(Contact(start, start + len(raw), value, None if is_valid else "invalid"))
    return found


def contact_words(text: str, *, region: str = "US") -> tuple[str, ...]:
    """Return every e-mail address and phone number of a text as it is written there, whoever's it is.

    What is only meant for an address is among them, and the text beside one that may belong to it.
    """
    found = [*find_emails(text), *find_phones(text, region=region)]
    spans = [*((contact.start, contact.end) for contact in found), *find_nearly_emails(text)]
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _may_be_phone(text: str, raw: str, start: int, *, asked: bool) -> bool:
    digits = re.sub(r"\D", "", re.split(r"(?i)ext|x|#", raw)[0])
    if _SSN_OR_DECIMAL.fullmatch(raw) or re.search(r"\([^)]*\(", raw):
        return False
    if (
        not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS
        or _DATE_LIKE.fullmatch(raw)
        or raw.count("(") != raw.count(")")
    ):
        return False
    before = text[max(0, start - 40) : start]
    if _NOT_PHONE.search(before):
        return False
    if asked or _CALL_WORDS.search(before):
        return True
    if raw.startswith(("+", "(+", "00")):
        return True
    groups = re.findall(r"\d+", raw)
    # Prices ("12 500 000"), years and times are grouped too; phone groups end in three or four and differ.
    return (
        len(digits) >= 9
        and 2 <= len(groups) <= 5
        and len(groups[-1]) >= 2
        and not re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", raw)
        and len(groups[0]) <= 5
    )


def _to_e164(raw: str, region: str) -> tuple[str | None, bool]:
    """Return the number in E.164 and whether the numbering plan has it; None if it makes no number."""
    import phonenumbers

    tidy = re.sub(r"^\(\+", "+", raw).replace("(0)", "") if raw.startswith(("+", "(+")) else raw
    try:
        number = phonenumbers.parse(tidy, region.upper())
    except phonenumbers.NumberParseException:
        return None, False
    is_valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), is_valid
