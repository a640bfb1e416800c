"""How the company is reached: its telephone number or e-mail address, where nothing else is asked for.

Promises: pure; "phone number?" and "how can I contact you" are answered from the first hit that holds what is asked
for, a question that asks for anything beside it never. English, German, French and Spanish.
"""

import re
from collections.abc import Sequence

from knowledge.confidence import content_words
from knowledge.document import DocumentKind
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer

PHONE = re.compile(r"(?<![\w.])(?:\+|\(?0)[\d\s()/.–-]{6,}\d")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
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
    s e number numbers address customer service support details information give someone somebody
    nummer adresse kundenservice kundendienst numéro número dirección
"""


def contact_first(hits: Sequence[Hit], question: str, tokenize: Tokenizer) -> list[Hit] | None:
    """Return the hits, first the one with the number or address asked for; None where nothing such is asked or held."""
    phone, mail, reaching, beside = (
        set(tokenize(words)) for words in (PHONE_WORDS, MAIL_WORDS, REACHING, BESIDE)
    )
    asked = set(content_words(question, tokenize)) - beside
    if not asked or not asked <= phone | mail | reaching:
        return None
    wanted = [pattern for words, pattern in ((phone, PHONE), (mail, MAIL)) if asked & words] or [PHONE, MAIL]
    held = (hit for hit in hits if hit.passage.kind is not DocumentKind.PRODUCT)
    telling = next((hit for hit in held if any(pattern.search(hit.passage.text) for pattern in wanted)), None)
    return None if telling is None else [telling, *(hit for hit in hits if hit is not telling)]
