"""How, where and when the company is reached: its telephone number, e-mail address, street or opening hours.

Promises: pure; "phone number?", "where is your shop" and "open on Monday?" are answered from the first hit that holds
what is asked for, and by the sentence or row in it that does; a question that asks for anything beside it never.
English, German, French and Spanish.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from knowledge.content import content_words, stems_of
from knowledge.document import DocumentKind, Passage
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.weekdays import DAY, days_in, tells_days

PHONE = re.compile(r"(?<![\w.])(?:\+|\(?0)[\d\s()/.–-]{6,}\d")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
STREET = re.compile(
    r"\b[A-ZÄÖÜ][\w.-]*?(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ring|damm|ufer|markt|hof)\s+\d+"
    r"|\b(?:Am|An der|Im|Zum|Zur|Auf dem)\s+[A-ZÄÖÜ]\w+\s+\d+"
    r"|\b\d+[a-z]?,?\s+(?:[A-Z][\w'’.-]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Square|Boulevard|Blvd|Way"
    r"|Place|Court|Terrace|Quay|Row|Hill)\b"
    r"|\b\d+(?: bis)?,?\s+(?:rue|avenue|boulevard|place|chemin|quai|allée|impasse)\s+\w"
    r"|\b(?:[Cc]alle|[Aa]venida|[Aa]vda\.|[Pp]laza|[Pp]aseo|[Cc]/)\s+[\w\s]{2,30},?\s+(?:n\.?º\s*)?\d+"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b"  # a British postcode
)
PLACE_WORDS = """
    where are you located location shop store office showroom studio workshop premises headquarters find visit
    place based
    wo sind seid sie ihr finde befindet sitz laden geschäft büro filiale standort anfahrt besuchen
    où êtes vous trouve trouvez magasin boutique bureau adresse situé
    dónde están estás encuentra tienda oficina dirección ubicación ubicado estáis
"""
OPEN_WORDS = """
    open opened opening close closed closes closing hour hours time times today tomorrow weekend shop store office
    öffnungszeiten öffnungszeit öffnung zeiten geöffnet offen auf schließen schließt geschlossen öffnet öffnen
    wann morgen heute laden geschäft büro am ab bis um habt hat ihr sie seid bitte
    êtes vous est horaires horaire ouvert ouverts ouverture ouvrez fermez fermeture magasin boutique heures
    está están tienen horario horarios abierto abren abrís cierran apertura cierre tienda
"""
ASKS_OPEN = re.compile(
    r"\b(?:open(?:ing|ed)?|clos(?:ed?|es|ing)|business hours|öffn\w+|geöffnet|offen|geschlossen|schließ\w+|horaires?"
    r"|ouvert\w*|ouvr\w+|ferm\w+|horarios?|abiert\w+|abr[eií]\w*|cierr\w+|cierre|apertura)\b",
    re.IGNORECASE,
)
OF_OPENING = re.compile(
    rf"{ASKS_OPEN.pattern}|\b(?:hours|times|[a-zäöü]*zeiten|heures|horas)\b", re.IGNORECASE
)
HOLIDAY = re.compile(
    r"\b(?:christmas|xmas|boxing day|new year(?:[’']?s)?(?: (?:eve|day))?|weihnacht\w*|silvester|neujahr|no[eë]l"
    r"|nouvel an|navidad(?:es)?|año nuevo)\b",
    re.IGNORECASE,
)
HOLIDAY_TOLD = re.compile(
    rf"{HOLIDAY.pattern}|\b(?:2\d|3[01])(?:st|nd|rd|th)?\.?\s?(?:de\s)?(?:dec(?:ember)?|dezember|décembre|diciembre|12\.)"
    r"|\bdec(?:ember)? (?:2\d|3[01])\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:uhr|h\d{0,2}|[ap]\.?m\.?|[-–—]|to|bis|until|à|a)(?!\w)", re.IGNORECASE
)
ASKS_WHERE = re.compile(
    r"\b(?:where|add?ress?|location|wo|adresse|anschrift|standort|anfahrt|o[uù]|d[oó]nde|direcci[oó]n|ubicaci[oó]n)\b",
    re.IGNORECASE,
)
PHONE_WORDS = """
    phone phones telephone call calling ring hotline telefon telefonnummer telefonisch rufnummer anrufen
    téléphone téléphoner appeler teléfono llamar
"""
MAIL_WORDS = """
    email emails mail mails mailadresse schreiben write courriel écrire correo electrónico escribir
"""
BESIDE_DAYS = """
    and on at what about how open over und an am was ist mit wie et le les à y en los el qué
"""
REACHING = """
    contact contacting reach kontakt kontaktieren erreichen contacter joindre contacto contactar
"""
BESIDE = """
    s e number numbers address adress addres customer service support details information give someone somebody
    nummer adresse kundenservice kundendienst numéro número dirección
"""


def what_tells(question: str, tokenize: Tokenizer, before: str = "") -> Callable[[str], bool] | None:
    """Return what says of a sentence or row whether it holds what is asked for; None where nothing such is asked.

    Args:
        question: what is asked.
        tokenize: makes stems of a text.
        before: the question before it, where this one leans: "and on Sundays?" asks for hours after one that did.
    """
    if _is_of_hours(question, tokenize, before):
        return lambda text: _tells_hours(question, text)
    phone, mail, reaching, beside, place = (
        stems_of(words, tokenize) for words in (PHONE_WORDS, MAIL_WORDS, REACHING, BESIDE, PLACE_WORDS)
    )
    words = set(content_words(question, tokenize))
    if ASKS_WHERE.search(question) and words <= beside | place:
        return lambda text: bool(STREET.search(text))
    asked = words - beside
    if not asked or not asked <= phone | mail | reaching:
        return None
    wanted = [pattern for words, pattern in ((phone, PHONE), (mail, MAIL)) if asked & words] or [PHONE, MAIL]
    return lambda text: any(pattern.search(text) for pattern in wanted)


def contact_first(
    hits: Sequence[Hit],
    question: str,
    tokenize: Tokenizer,
    *,
    before: str,
    sections: Callable[[str], Sequence[Passage]],
) -> list[Hit] | None:
    """Return the hits, first the one with what is asked for; None where nothing such is asked or held.

    Args:
        hits: what was found, best first.
        question: what is asked.
        tokenize: makes stems of a text.
        before: as `what_tells` takes it.
        sections: returns the passages of a document, of which only the best was found.
    """
    tells = what_tells(question, tokenize, before)
    if tells is None:
        return None
    is_of_hours = _is_of_hours(question, tokenize, before)

    def holds(passage: Passage) -> bool:
        is_told = passage.kind is not DocumentKind.PRODUCT and tells(passage.text)
        return is_told and (not is_of_hours or _is_of_opening(question, passage))

    beside = (
        replace(hit, passage=one, unit=None, judgement=None)
        for hit in hits
        if hit.passage.kind is DocumentKind.PAGE
        for one in sections(hit.passage.document_id)
    )
    first = next((hit for hit in chain(hits, beside) if holds(hit.passage)), None)
    return [first, *(hit for hit in hits if hit.answer_id != first.answer_id)] if first else None


def _is_of_hours(question: str, tokenize: Tokenizer, before: str) -> bool:
    leans = _names_days_only(question, tokenize)
    return _asks_hours(question, tokenize) or (leans and _asks_hours(before, tokenize))


def _asks_hours(question: str, tokenize: Tokenizer) -> bool:
    words = set(content_words(_without_days(question), tokenize)) if ASKS_OPEN.search(question) else set()
    return bool(words) and words <= stems_of(OPEN_WORDS, tokenize)


def _names_days_only(question: str, tokenize: Tokenizer) -> bool:
    rest = _without_days(question)
    words = set(content_words(rest, tokenize))
    return rest != question and words <= stems_of(BESIDE_DAYS, tokenize)


def _without_days(question: str) -> str:
    return HOLIDAY.sub(" ", DAY.sub(" ", question))


def _tells_hours(question: str, text: str) -> bool:
    """Say whether a text tells of the days that are asked for, or of any where none is."""
    if HOLIDAY.search(question):
        return bool(HOLIDAY_TOLD.search(text))
    asked, told = days_in(question), days_in(text)
    is_time = CLOCK.search(text) or ASKS_OPEN.search(text)  # "closed on Sundays"
    return bool(asked & told) or bool(is_time and (told or tells_days(text)))


def _is_of_opening(question: str, passage: Passage) -> bool:
    """Say whether a passage tells of hours on several days and calls them that; a page's title may."""
    said = " ".join((passage.title, passage.section or "", passage.text))
    is_told = bool(HOLIDAY.search(question)) or bool(CLOCK.search(passage.text) and tells_days(passage.text))
    return is_told and bool(OF_OPENING.search(said))
