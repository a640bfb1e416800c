"""Facts of a page in a model's plain words: telephone numbers in whole sentences, and who does something."""

import pytest

from knowledge.support import Source, check_sentence

CONTACT = "Telefon: +49 341 9960123\nE-Mail: hallo@geige.example"
PIANOS = "Pianos are delivered by two people and carried up to the second floor at most."


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        (CONTACT, "Unsere Telefonnummer ist +49 341 9960123.", True),
        (CONTACT, "Sie erreichen uns unter +49 341 9960123.", True),
        (CONTACT, "Sie können uns unter +49 341 9960123 anrufen.", True),
        (CONTACT, "Sie erreichen uns per E-Mail unter hallo@geige.example.", True),
        (CONTACT, "Unsere Telefonnummer ist +49 341 9960124.", False),
        ("Phone: +44 113 4960 123", "You can reach us on +44 113 4960 123.", True),
        ("Téléphone : +33 1 23 45 67 89", "Vous pouvez nous joindre au +33 1 23 45 67 89.", True),
        ("Teléfono: +34 911 234 567", "Puede contactar con nosotros en el +34 911 234 567.", True),
        (PIANOS, "Pianos are carried up to the second floor at most.", True),
        (PIANOS, "Pianos are delivered by two people.", True),
        (PIANOS, "Pianos are delivered by three people.", False),
        ("Delivery takes two to four working days.", "Delivery takes 2–4 working days.", True),
        ("A setup costs 20 to 40 euros.", "A setup costs €20–40.", True),
    ],
)
def test_a_fact_in_plain_words_passes(text: str, said: str, is_right: bool) -> None:
    assert check_sentence(f"{said} [1]", [Source(1, "Information", text)]).supported is is_right
