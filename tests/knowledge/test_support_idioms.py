"""Small words and turns of phrase take nothing from what is true, and lend nothing to what is false beside it."""

import pytest

from knowledge.support import Source, check_sentence

BIKES = Source(
    1,
    "Bikes",
    "If you come more than twenty minutes late, your slot is shortened. The deposit is taken off the bill when you "
    "bring the bike back. New members start at once. We teach on the first Sunday of the month; the lesson takes 50 "
    "minutes. Helmets cannot be sent by post. You need to tell us two days before. After twelve months you may leave.",
)
HOF = Source(
    2,
    "Hof",
    "Zimmer sind von Mai bis Oktober buchbar. Bitte geben Sie uns zwei Tage vorher Bescheid. Haustiere sind nicht "
    "erlaubt. Der Hof ist außer sonntags geöffnet. Abreise ist bis 11 Uhr.",
)
ATELIER = Source(
    3,
    "Atelier",
    "Nous relions les livres en deux jours. Les retouches coûtent 9 € et demandent votre accord. Fermé en août.",
)
TIENDA = Source(
    4, "Tienda", "Cerramos los lunes. Abrimos de 9 a 14 h. Si la tela se estropea, no respondemos."
)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        (
            BIKES,
            "If you arrive more than twenty minutes late, unfortunately your slot will be shortened.",
            "If you arrive more than twenty minutes late, unfortunately your deposit is lost.",
        ),
        (BIKES, "New members start immediately.", "New members start after a week."),
        (BIKES, "You're asked to tell us two days before, though.", "You're asked to tell us a week before."),
        (BIKES, "The lesson lasts 50 minutes.", "The lesson lasts 50 days."),
        (BIKES, "After the first twelve months you may leave.", "After the first two months you may leave."),
        (BIKES, "I'm afraid helmets can't be sent by post.", "Feel free to have helmets sent by post."),
        (BIKES, "We teach on the month's first Sunday.", "We teach on the last Sunday of the month."),
        (
            HOF,
            "Die Zimmer können von Mai bis Oktober gebucht werden.",
            "Die Zimmer können nicht gebucht werden.",
        ),
        (
            HOF,
            "Bitte informieren Sie uns zwei Tage im Voraus.",
            "Die Zimmer können im Voraus bezahlt werden.",
        ),
        (HOF, "Haustiere sind leider nicht erlaubt.", "Haustiere sind gern erlaubt."),
        (ATELIER, "Les livres sont reliés en deux jours.", "Les livres ne sont pas reliés en deux jours."),
        (
            ATELIER,
            "Les retouches coûtent 9 €, avec votre accord préalable.",
            "Les retouches sont offertes, merci.",
        ),
        (
            ATELIER,
            "Malheureusement, nous sommes fermés en août.",
            "Malheureusement, nous sommes ouverts en août.",
        ),
        (TIENDA, "Lamentablemente, cerramos los lunes.", "Lamentablemente, cerramos los martes."),
        (TIENDA, "Si la tela sufre daños, no respondemos.", "Si la tela sufre daños, respondemos."),
    ],
)
def test_small_words_and_idioms_decide_nothing(source: Source, true: str, false: str) -> None:
    assert (check_sentence(true, [source]).supported, check_sentence(false, [source]).supported) == (
        True,
        False,
    )
