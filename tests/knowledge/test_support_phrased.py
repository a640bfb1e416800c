"""What is true passes in the words that models use: shortened, in the passive, with other names for the same.

Beside each stands what is false in the same words, and stays out.
"""

import pytest

from knowledge.support import Source, check_sentence

SHOP = Source(
    1,
    "Rope shop",
    "A small coil is $60, a large coil $110. Gloves are excluded from returns. Frayed ropes are not covered by the "
    "guarantee. Comments are excluded from exports. Copy the folder that ROPE_DATA names. Each key may make 90 "
    "requests a minute. Loads must not exceed 800 kg. The shop holds no more than 6 people. Bring an identity card. "
    "We send offers as Word files.",
)
LADEN = Source(
    2,
    "Seilerei",
    "Ein Seil kostet 18 €, ein Netz 34 €. Bezahlt wird im Laden. Wir liefern im Umkreis von 25 km. Netze sind vom "
    "Umtausch ausgeschlossen. Je Kurs dürfen zwölf Schüler teilnehmen. Die Last darf 800 kg nicht überschreiten.",
)
CORDERIE = Source(
    3,
    "Corderie",
    "Les cours ont lieu le mercredi à 9 h 30. La taxe est exclue du prix. Chaque élève peut emporter deux pièces. Le "
    "groupe ne dépasse pas 8 personnes.",
)
CORDELERIA = Source(
    4,
    "Cordelería",
    "Si el viento supera los 25 nudos, la salida se aplaza. El neopreno está excluido del precio. La clase empieza a "
    "las 10 h 15. Una cuerda pequeña cuesta 15 €, una grande 28 €.",
)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        (SHOP, "A small coil is $60 and a large one $110.", "A small coil is $110 and a large one $60."),
        (SHOP, "The large coil costs $110, the small one $60.", "The large coil costs $60."),
        (SHOP, "Gloves cannot be returned.", "Gloves can be returned."),
        (SHOP, "The guarantee does not cover frayed ropes.", "The guarantee covers frayed ropes."),
        (SHOP, "Exports do not contain comments.", "Exports contain comments."),
        (SHOP, "Copy the ROPE_DATA folder.", "Copy the ROPE_CACHE folder."),
        (SHOP, "Each key can make up to 90 requests a minute.", "Each key must make at least 90 requests."),
        (SHOP, "Loads may have up to 800 kg.", "Loads must weigh at least 800 kg."),
        (SHOP, "The shop holds up to 6 people.", "The shop holds at least 6 people."),
        (SHOP, "Bring your ID card.", "Bring your passport."),
        (SHOP, "We send offers as DOCX files.", "We send offers as ODT files."),
        (LADEN, "Ein Seil kostet 18 € und ein Netz 34 €.", "Ein Seil kostet 34 € und ein Netz 18 €."),
        (LADEN, "Die Lieferung ist im Umkreis von 25 km möglich.", "Die Lieferung kostet 25 €."),
        (LADEN, "Netze können nicht umgetauscht werden.", "Netze können umgetauscht werden."),
        (LADEN, "Bis zu zwölf Schüler können teilnehmen.", "Mindestens zwölf Schüler müssen teilnehmen."),
        (LADEN, "Die Last darf bis zu 800 kg betragen.", "Die Last muss mindestens 800 kg betragen."),
        (CORDERIE, "Les cours commencent à 9h30 le mercredi.", "Les cours commencent à 9h45 le mercredi."),
        (CORDERIE, "Le prix ne comprend pas la taxe.", "Le prix comprend la taxe."),
        (CORDERIE, "Vous pouvez emporter jusqu'à deux pièces.", "Vous pouvez emporter au moins deux pièces."),
        (CORDERIE, "Le groupe compte au maximum 8 personnes.", "Le groupe compte au moins 8 personnes."),
        (CORDELERIA, "Con más de 25 nudos, la salida se aplaza.", "Con menos de 25 nudos, la salida se aplaza."),
        (CORDELERIA, "El precio no incluye el neopreno.", "El precio incluye el neopreno."),
        (CORDELERIA, "La clase empieza a las 10:15.", "La clase empieza a las 10:45."),
        (CORDELERIA, "La cuerda grande cuesta 28 € y la pequeña 15 €.", "La cuerda grande cuesta 15 €."),
    ],
)  # fmt: skip
def test_what_is_true_is_shown_and_what_is_nearly_the_same_and_false_is_not(
    source: Source, true: str, false: str
) -> None:
    assert [check_sentence(one, [source]).supported for one in (true, false)] == [True, False]
