"""What a model adds to a figure or leaves out beside it: for each of what, days of which kind, and a part of what."""

import pytest

from knowledge.support import Source, check_sentence

SIGNS = "Standard signs leave the workshop in five working days, illuminated ones in fifteen."
LATE = "If you cancel late, we refund half of the deposit."
PER_SEAT = "| Plan | Price per user |\n|---|---|\n| Solo | €9 |\n| Team | €7 |"
FULL_AND_HALF = "Later than that we charge half of the price, and on the day itself the full price."


def is_supported(text: str, said: str) -> bool:
    return check_sentence(f"{said} [1]", [Source(1, "Information", text)]).supported


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        ("A day ticket costs €12.", "A day ticket costs €12 per person.", False),
        ("Coffee beans cost €18.", "Coffee beans are €18 per kilogram.", False),
        ("Coffee beans cost €18 per kilogram.", "Coffee beans are €18 per kilo.", True),
        ("Delivery costs €5.", "Delivery costs €5 per parcel.", False),
        ("Delivery costs €5 for each parcel.", "Delivery costs €5 per parcel.", True),
        ("A workshop place costs €45.", "Workshops cost €45 per place.", True),
        ("Each guest pays €14 for breakfast.", "Breakfast is €14 per person.", True),
        ("The Team plan costs €9 per month.", "The Team plan is €9 per user per month.", False),
        ("The Team plan costs €9 per user per month.", "The Team plan is €9 per user and month.", True),
        ("All prices are per team. A game costs €52.", "A game costs €52 per team.", True),
        (PER_SEAT, "The Team plan costs €7 per user.", True),
        (PER_SEAT.replace(" per user", ""), "The Team plan costs €7 per seat.", False),
        ("Eine Tageskarte kostet 12 €.", "Eine Tageskarte kostet 12 € pro Person.", False),
        ("Le cours coûte 30 €.", "Le cours coûte 30 € par personne.", False),
        ("El curso cuesta 30 € por alumno.", "El curso cuesta 30 € por persona.", True),
        ("El curso cuesta 30 €.", "El curso cuesta 30 € por persona.", False),
    ],
)
def test_a_price_is_for_each_of_something_only_where_its_source_says_so(
    text: str, said: str, is_right: bool
) -> None:
    assert is_supported(text, said) is is_right


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        ("Orders arrive within 5 working days.", "Orders arrive within 5 days.", False),
        ("Orders arrive within 5 days.", "Orders arrive within 5 working days.", False),
        ("Orders arrive within 5 business days.", "Orders arrive within five working days.", True),
        (SIGNS, "An illuminated sign takes fifteen working days.", True),
        ("Die Lieferung dauert 3 bis 5 Werktage.", "Die Lieferung dauert 3 bis 5 Tage.", False),
        ("Die Lieferung dauert 3 bis 5 Werktage.", "Die Lieferung dauert 3 bis 5 Werktage.", True),
        ("La livraison prend 4 jours ouvrés.", "La livraison prend 4 jours.", False),
        ("La entrega tarda 4 días hábiles.", "La entrega tarda 4 días laborables.", True),
        ("La entrega tarda 4 días laborables.", "La entrega tarda 4 días.", False),
        ("We answer on working days.", "We answer on weekdays.", True),
    ],
)  # fmt: skip
def test_working_days_are_not_days(text: str, said: str, is_right: bool) -> None:
    assert is_supported(text, said) is is_right


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        (LATE, "If you cancel late, we refund the deposit.", False),
        (LATE, "If you cancel late, half the deposit is refunded.", True),
        (LATE, "If you cancel late, we refund 50 % of the deposit.", True),
        (FULL_AND_HALF, "On the day itself you pay the full price.", True),
        ("A third of the fee is due when you book.", "The fee is due when you book.", False),
        ("40 % of the fee is due when you book.", "The fee is due when you book.", False),
        ("A part of the fee is kept.", "The fee is kept.", False),
        ("Phone support is part of the Crew plan.", "The Crew plan includes phone support.", True),
        ("Half of the bikes are electric.", "The bikes are electric.", False),
        ("Most of the rooms have a balcony.", "The rooms have a balcony.", False),
        ("Some rooms have a balcony.", "Rooms have a balcony.", False),
        ("Most rooms have a balcony.", "We have rooms with a balcony.", True),
        ("Some of our bikes are electric.", "There are electric bikes.", True),
        ("Die Hälfte der Anzahlung wird erstattet.", "Die Anzahlung wird erstattet.", False),
        ("Ein Teil der Anzahlung wird einbehalten.", "Die Anzahlung wird einbehalten.", False),
        ("La moitié de l'acompte est remboursée.", "L'acompte est remboursé.", False),
        ("Se devuelve la mitad del depósito.", "Se devuelve el depósito.", False),
        ("The first lesson is free.", "Lessons are free.", False),
        ("The first lesson is free.", "Your first lesson is free.", True),
        ("The first and the last lesson are free.", "The last lesson is free.", True),
        ("Die erste Stunde ist kostenlos.", "Stunden sind kostenlos.", False),
        ("La première heure est gratuite.", "Les heures sont gratuites.", False),
        ("La primera clase es gratis.", "Las clases son gratis.", False),
    ],
)  # fmt: skip
def test_a_part_of_something_is_not_told_of_the_whole(text: str, said: str, is_right: bool) -> None:
    assert is_supported(text, said) is is_right


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        ("Delivery takes two to four working days.", "Delivery takes at most two working days.", False),
        ("Delivery takes two to four working days.", "Delivery takes at least four working days.", False),
        ("Delivery takes two to four working days.", "Delivery takes at most four working days.", True),
        ("Delivery takes two to four working days.", "Delivery takes at least two working days.", True),
        (
            "Die Lieferung dauert zwei bis vier Werktage.",
            "Die Lieferung dauert höchstens zwei Werktage.",
            False,
        ),
        (
            "Die Lieferung dauert zwei bis vier Werktage.",
            "Die Lieferung dauert höchstens vier Werktage.",
            True,
        ),
        ("We work with over 40 teachers.", "We work with exactly 40 teachers.", False),
        ("We work with over 40 teachers.", "We work with more than 40 teachers.", True),
        ("We work with 40 teachers.", "We work with exactly 40 teachers.", True),
    ],
)
def test_an_end_is_told_as_the_end_that_it_is(text: str, said: str, is_right: bool) -> None:
    assert is_supported(text, said) is is_right
