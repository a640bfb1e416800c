"""On which days something is open or closed: days side by side belong to what is said of them."""

import pytest

from knowledge.support import Source, check_sentence

LOOM = (
    "The weaving room is open Wednesday to Friday from 11:00 to 19:00 and Saturday from 10:00 to 16:00. "
    "On Monday and Tuesday it is closed, apart from school classes."
)
WEBEREI = (
    "Die Weberei ist mittwochs bis freitags von 11 bis 19 Uhr und samstags von 10 bis 16 Uhr geöffnet. "
    "Montag und Dienstag ist sie geschlossen."
)
TISSAGE = "L'atelier est ouvert du mercredi au vendredi de 11 h à 19 h. Le lundi et le mardi, il est fermé au public."
TELAR = "El taller abre de miércoles a viernes de 11:00 a 19:00. El lunes y el martes está cerrado."


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        (LOOM, "The weaving room is closed on Monday and Tuesday.", True),
        (LOOM, "The weaving room is closed on Monday.", True),
        (LOOM, "The weaving room is open on Saturday.", True),
        (LOOM, "The weaving room is open on Thursday from 11:00 to 19:00.", True),
        (LOOM, "On Saturday the weaving room closes at 16:00.", True),
        (LOOM, "The weaving room is open on Monday.", False),
        (LOOM, "The weaving room is open on Monday from 10:00 to 16:00.", False),
        (LOOM, "The weaving room is closed on Saturday.", False),
        (LOOM, "The weaving room is closed on Thursday and Friday.", False),
        (WEBEREI, "Am Montag ist sie geschlossen.", True),
        (WEBEREI, "Die Weberei ist am Montag geöffnet.", False),
        (WEBEREI, "Die Weberei ist am Samstag geschlossen.", False),
        (TISSAGE, "L'atelier est fermé le lundi et le mardi.", True),
        (TISSAGE, "L'atelier est ouvert le lundi.", False),
        (TISSAGE, "Le jeudi, l'atelier ferme à 19 h.", True),
        (TELAR, "El taller está cerrado el lunes y el martes.", True),
        (TELAR, "El taller abre el lunes.", False),
    ],
)
def test_days_side_by_side_are_open_or_closed_together(text: str, said: str, is_right: bool) -> None:
    assert check_sentence(said, [Source(1, "Hours", text)]).supported is is_right
