"""What is said of "A and B", both or all, of which the source has it of some."""

import pytest

from knowledge.support import Reason, Source, check_sentence

STUDIO = Source(
    1,
    "Studio",
    "The attic has a digital timer. The cellar holds forty shelves. Managers can close the shop. "
    "Helpers can enter sales and print receipts. Guests have the rights of a helper. "
    "Extra shelves cost €3 each on Team and Firm. Our three halls have a stage. "
    "Members get 10% off for classes that start before noon. "
    "The price includes two rounds of changes. Gloves are compulsory for Juniors and optional for all others. "
    "Both courses take eight people. Booth 1 is step-free. Bowls are glazed by hand; so are cups.",
)
HOF = Source(
    2,
    "Hof",
    "In der Wohnung Ahorn ist ein Hund erlaubt. Kinder können beim Malen zum halben Preis mitmachen, beim Töpfern "
    "nicht. Unsere Zimmer haben einen Balkon. Die Zimmer Nord und Süd haben eine Badewanne. "
    "Die Eiche hat eine Sauna und eine Küche. Die Linde hat eine Terrasse und eine Küche.",
)
SALON = Source(
    3,
    "Salon",
    "Les deux premières leçons sont gratuites. Nos chambres ont un balcon. Les trois salles ont une scène. "
    "La première retouche est offerte, chaque suivante coûte 8 €. "
    "La cabane a un piano. La tente a une cheminée et un billard. La roulotte a aussi un piano.",
)
CASA = Source(
    4,
    "Casa",
    "El precio del logotipo incluye dos rondas de cambios. Las habitaciones tienen balcón. "
    "Nuestras tres salas tienen escenario.",
)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The attic and the cellar both have a digital timer.", STUDIO),
        ("Managers and helpers can close the shop.", STUDIO),
        ("Extra shelves cost €3 each on all plans.", STUDIO),
        ("Members get 10% off all classes.", STUDIO),
        ("The price includes all rounds of changes.", STUDIO),
        ("Gloves are compulsory for all users.", STUDIO),
        ("All booths are step-free.", STUDIO),
        ("In beiden Wohnungen ist ein Hund erlaubt.", HOF),
        ("Kinder können bei allen Kursen zum halben Preis mitmachen.", HOF),
        ("Die Eiche und die Linde haben eine Sauna.", HOF),
        ("Toutes les leçons sont gratuites.", SALON),
        ("La cabane et la tente ont un piano.", SALON),
        ("Managers and guests can close the shop.", STUDIO),
        ("Toutes les retouches sont offertes.", SALON),
        ("El precio del logotipo incluye todas las rondas de cambios.", CASA),
    ],
)
def test_what_some_have_is_not_said_of_several(sentence: str, source: Source) -> None:
    verdict = check_sentence(sentence, [source])

    assert verdict.reason is Reason.RESTRICTION, verdict


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Bowls and cups are glazed by hand.", STUDIO),
        ("Helpers and guests can print receipts.", STUDIO),
        ("All halls have a stage.", STUDIO),
        ("All courses take eight people.", STUDIO),
        ("Alle Zimmer haben einen Balkon.", HOF),
        ("Beide Zimmer haben eine Badewanne.", HOF),
        ("Die Eiche und die Linde haben eine Küche.", HOF),
        ("Toutes les salles ont une scène.", SALON),
        ("La cabane et la roulotte ont un piano.", SALON),
        ("Todas las habitaciones tienen balcón.", CASA),
    ],
)
def test_what_all_have_is_said_of_several(sentence: str, source: Source) -> None:
    verdict = check_sentence(sentence, [source])

    assert verdict.supported, verdict


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("A game costs £52 per person.", Reason.PRICE),
        ("A game costs £52 per team.", Reason.SUPPORTED),
        ("A game costs £52.", Reason.SUPPORTED),
        ("A flat costs €70 per adult.", Reason.PRICE),
    ],
)
def test_a_price_for_all_of_them_is_none_by_the_person(sentence: str, reason: Reason) -> None:
    source = Source(
        5,
        "Games",
        "All prices are per team, not per person. A game costs £52. A flat costs €70 for the whole team.",
    )

    assert check_sentence(sentence, [source]).reason is reason


def test_what_is_said_of_canvas_is_not_said_of_paper_signs() -> None:
    source = Source(
        6,
        "Rótulos",
        "Las lonas aguantan tres años al aire libre; los rótulos de papel son solo para interior. "
        "No aguantan el agua. El pedido mínimo es de 25 €.",
    )

    said = check_sentence("Los rótulos de papel aguantan tres años al aire libre.", [source])

    assert said.reason is Reason.NAME
    assert check_sentence("Las lonas aguantan tres años al aire libre.", [source]).supported
