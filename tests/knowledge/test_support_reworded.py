"""What is granted, limited or named in another way is the same; beside each stands what is not."""

import pytest

from knowledge.support import Source, check_sentence

HALL = Source(
    1,
    "Hall",
    "The kiosk by the gate is open round the clock: honey for €6, here with cash only. Bicycles must stay outside the "
    "hall; there are racks. Live chat is open to Basic and Gold customers; phone support is for Gold only. If the "
    "fault is ours, we reprint at our expense. Tax returns for Belgium and Spain can be filed.",
)
PLANS = Source(
    4,
    "Plans",
    "| | Solo | Team |\n|---|---|---|\n| Price a month | €7 | €19 |\n| Seats | 1 | 4 |\n"
    "| Letters a month | 10 | 150 |\n\nExtra letters cost €2 each a month on Team.",
)
LAGER = Source(2, "Lager", "Das Lager ist rund um die Uhr offen: Honig für 6 €, hier nur mit Bargeld.")
ATELIER = Source(
    3, "Atelier", "Si le défaut vient de nous, nous réimprimons à nos frais. La colle coûte 4 €."
)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        (HALL, "Bicycles aren't allowed in the hall.", "Bicycles are allowed in the hall."),
        (HALL, "Basic customers can use live chat.", "Basic customers cannot use live chat."),
        (HALL, "Belgian tax returns can be filed.", "Irish tax returns can be filed."),
        (HALL, "The kiosk is open round the clock.", "At the kiosk you can pay by card."),
        (HALL, "If the fault is ours, we reprint free of charge.", "The honey is free of charge."),
        (ATELIER, "Nous réimprimons gratuitement si le défaut vient de nous.", "La colle est gratuite."),
        (
            PLANS,
            "The Team plan is €19 a month for up to four seats and 150 letters.",
            "For extra letters, Team pays €19 a month.",
        ),
        (LAGER, "Honig gibt es rund um die Uhr.", "Honig können Sie mit Karte zahlen."),
    ],
)
def test_other_words_for_the_same_pass(source: Source, true: str, false: str) -> None:
    assert (check_sentence(true, [source]).supported, check_sentence(false, [source]).supported) == (
        True,
        False,
    )
