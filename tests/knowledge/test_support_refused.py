"""What short denials refuse, "including" adds and is only planned; "ni" and "nicht aber"."""

import pytest

from knowledge.support import Reason, Source, check_sentence

POTTERY = Source(
    1,
    "Pottery",
    "We glaze bowls and vases. We do not engrave. Firing takes nine days. No potter is in on Sundays. "
    "A kiln tour is planned, but we have no date. The museum tour is planned for 10 am. "
    "Pets are not allowed. Assistance dogs are welcome.",
)
TOEPFEREI = Source(
    2,
    "Töpferei",
    "Mitglieder erhalten im Laden 10 % Rabatt, nicht aber auf Gutscheine. Gutscheine gelten drei Jahre. "
    "Wir reparieren nicht. Ein Aufzug ist geplant, einen Termin gibt es noch nicht. Die Treppe ist breit.",
)
POTERIE = Source(
    3,
    "Poterie",
    "Nous n'expédions ni en Corse ni en Belgique. Nous livrons en France pour 9 €. "
    "Le samedi, aucun potier n'est disponible. L'atelier est ouvert le samedi.",
)
ALFARERIA = Source(
    4,
    "Alfarería",
    "Pintamos platos y tazas. No grabamos. Puede traer sus propias piezas. El plazo es de diez días. "
    "No alquilamos hornos ni vendemos arcilla.",
)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("We can also engrave your bowl.", POTTERY),
        ("A potter can help you on Sundays.", POTTERY),
        ("A kiln tour is available.", POTTERY),
        ("Mitglieder erhalten 10 % Rabatt, auch auf Gutscheine.", TOEPFEREI),
        ("Wir können auch Ihre Vase reparieren.", TOEPFEREI),
        ("Es gibt einen Aufzug.", TOEPFEREI),
        ("Nous expédions en Corse.", POTERIE),
        ("Nous livrons partout en France pour 9 €, y compris en Corse.", POTERIE),
        ("Un potier est disponible le samedi.", POTERIE),
        ("También podemos grabar sus tazas.", ALFARERIA),
        ("Alquilamos hornos.", ALFARERIA),
        ("Vendemos arcilla.", ALFARERIA),
    ],
)
def test_what_is_refused_or_only_planned_is_not_offered(sentence: str, source: Source) -> None:
    verdict = check_sentence(sentence, [source])

    assert verdict.reason is Reason.NEGATION, verdict


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("We do not engrave.", POTTERY),
        ("A kiln tour is planned.", POTTERY),
        ("The museum tour is planned for 10 am.", POTTERY),
        ("Assistance dogs are welcome.", POTTERY),
        ("Mitglieder erhalten im Laden 10 % Rabatt, aber nicht auf Gutscheine.", TOEPFEREI),
        ("Die Treppe ist breit.", TOEPFEREI),
        ("Nous n'expédions pas en Corse.", POTERIE),
        ("L'atelier est ouvert le samedi.", POTERIE),
        ("Puede traer sus propias piezas.", ALFARERIA),
        ("No alquilamos hornos.", ALFARERIA),
    ],
)
def test_what_is_granted_beside_a_denial_passes(sentence: str, source: Source) -> None:
    verdict = check_sentence(sentence, [source])

    assert verdict.supported, verdict
