"""How, where and when the company is reached: its telephone number, e-mail address, street or opening hours.

Promises: pure; "phone number?", "where is your shop" and "open on Monday?" are answered from the first hit that holds
what is asked for, a question that asks for anything beside it never. English, German, French and Spanish.
"""

import re
from collections.abc import Callable, Sequence

from knowledge.content import content_words, stems_of
from knowledge.document import DocumentKind
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.weekdays import DAY, tells_days

PHONE = re.compile(r"(?<![\w.])(?:\+|\(?0)[\d\s()/.–-]{6,}\d")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
STREET = re.compile(
    r"\b[A-ZÄÖÜ][\w.-]*?(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ring|damm|ufer|markt|hof)\s+\d+"
    r"|\b(?:Am|An der|Im|Zum|Zur|Auf dem)\s+[A-ZÄÖÜ]\w+\s+\d+"
    r"|\b\d+[a-z]?,?\s+(?:[A-Z][\w'’.-]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Square|Boulevard|Blvd|Way"
    r"|Place|Court|Terrace|Quay|Row|Hill)\b"
    r"|\b\d+(?: bis)?,?\s+(?:rue|avenue|boulevard|place|chemin|quai|allée|impasse)\s+\w"
    r"|\b(?:[Cc]alle|[Aa]venida|[Aa]vda\.|[Pp]laza|[Pp]aseo|[Cc]/)\s+[\w\s]{2,30},?\s+(?:n\.?º\s*)?\d+"
)
PLACE_WORDS = """
    where located location shop store office showroom studio workshop premises headquarters find visit place based
    wo finde befindet sitz laden geschäft büro filiale standort anfahrt besuchen
    où trouve trouvez magasin boutique bureau adresse situé
    dónde encuentra tienda oficina dirección ubicación ubicado estáis
"""
OPEN_WORDS = """
    open opened opening close closed closes closing hour hours time times today tomorrow weekend shop store office
    öffnungszeiten öffnungszeit öffnung zeiten geöffnet offen auf schließen schließt geschlossen öffnet öffnen
    wann morgen heute laden geschäft büro am ab bis um
    horaires horaire ouvert ouverts ouverture ouvrez fermez fermeture magasin boutique heures
    horario horarios abierto abren abrís cierran apertura cierre tienda
"""
ASKS_OPEN = re.compile(
    r"\b(?:open(?:ing|ed)?|clos(?:ed?|es|ing)|business hours|öffn\w+|geöffnet|offen|geschlossen|schließ\w+|horaires?"
    r"|ouvert\w*|ouvr\w+|ferm\w+|horarios?|abiert\w+|abr[eií]\w*|cierr\w+|cierre|apertura)\b",
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
REACHING = """
    contact contacting reach kontakt kontaktieren erreichen contacter joindre contacto contactar
"""
BESIDE = """
    s e number numbers address adress addres customer service support details information give someone somebody
    nummer adresse kundenservice kundendienst numéro número dirección
"""


def contact_first(hits: Sequence[Hit], question: str, tokenize: Tokenizer) -> list[Hit] | None:
    """Return the hits, first the one with the number or address asked for; None where nothing such is asked or held."""
    phone, mail, reaching, beside, place = (
        stems_of(words, tokenize) for words in (PHONE_WORDS, MAIL_WORDS, REACHING, BESIDE, PLACE_WORDS)
    )
    words = set(content_words(DAY.sub(" ", question), tokenize)) if ASKS_OPEN.search(question) else set()
    if words and words <= stems_of(OPEN_WORDS, tokenize):
        return _first_with(hits, lambda text: bool(CLOCK.search(text)) and tells_days(text))
    if ASKS_WHERE.search(question) and set(content_words(question, tokenize)) <= beside | place:
        return _first_with(hits, lambda text: bool(STREET.search(text)))
    asked = set(content_words(question, tokenize)) - beside
    if not asked or not asked <= phone | mail | reaching:
        return None
    wanted = [pattern for words, pattern in ((phone, PHONE), (mail, MAIL)) if asked & words] or [PHONE, MAIL]
    return _first_with(hits, lambda text: any(pattern.search(text) for pattern in wanted))


def _first_with(hits: Sequence[Hit], tells: Callable[[str], bool]) -> list[Hit] | None:
    """Return the hits, first the one whose text tells what is asked for; None where none does."""
    held = (hit for hit in hits if hit.passage.kind is not DocumentKind.PRODUCT)
    telling = next((hit for hit in held if tells(hit.passage.text)), None)
    return None if telling is None else [telling, *(hit for hit in hits if hit is not telling)]
