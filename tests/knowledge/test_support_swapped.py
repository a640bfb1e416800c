"""What a fluent model swaps: whose price, how often, who does it, to whom it applies."""

import os
import subprocess
import sys

import pytest

from knowledge.support import Source, check_sentence
from knowledge.support.evidence import gather
from knowledge.support.roles import find_swapped_roles

MILL = Source(
    1,
    "Mill",
    "An hour costs £6, a day £31. The small sack is £4 and the large sack £9. The stone turns 40 times a minute. The "
    "desk sends up to 12 letters an hour, with at most 5 at once. A failed delivery is repeated for three days.",
)
MUEHLE = Source(
    2,
    "Mühle",
    "Eine Stunde kostet 6 €, ein Tag 31 €. Das Rad dreht sich 40-mal pro Minute. Die Säge schafft 8 Meter pro Stunde.",
)
MOULIN = Source(3, "Moulin", "Une heure coûte 6 €, une journée 31 €. La scie coupe 8 mètres par heure.")
MOLINO = Source(4, "Molino", "Una hora cuesta 6 €, un día 31 €. La sierra corta 8 metros por hora.")


@pytest.mark.parametrize(
    ("source", "said", "is_right"),
    [
        (MILL, "A day costs £31.", True),
        (MILL, "For an hour you pay £6.", True),
        (MILL, "A day costs £6.", False),
        (MILL, "A day is £6 and an hour is £31.", False),
        (MILL, "The large sack is £9.", True),
        (MILL, "The large sack is £4.", False),
        (MILL, "Every minute the stone turns 40 times.", True),
        (MILL, "The stone turns 40 times an hour.", False),
        (MILL, "The desk sends up to 12 letters per hour.", True),
        (MILL, "The desk sends up to 12 letters at once.", False),
        (MILL, "The desk sends up to 12 letters a day.", False),
        (MILL, "A failed delivery is repeated for three days.", True),
        (MILL, "A failed delivery is repeated three times.", False),
        (MUEHLE, "Ein Tag kostet 31 €.", True),
        (MUEHLE, "Ein Tag kostet 6 €.", False),
        (MUEHLE, "In der Stunde schafft die Säge 8 Meter.", True),
        (MUEHLE, "Die Säge schafft 8 Meter am Tag.", False),
        (MOULIN, "La journée coûte 31 €.", True),
        (MOULIN, "Une journée coûte 6 €.", False),
        (MOULIN, "La scie coupe 8 mètres à l'heure.", True),
        (MOULIN, "La scie coupe 8 mètres par jour.", False),
        (MOLINO, "El día cuesta 31 €.", True),
        (MOLINO, "Un día cuesta 6 €.", False),
        (MOLINO, "Cada hora la sierra corta 8 metros.", True),
        (MOLINO, "La sierra corta 8 metros al día.", False),
    ],
)
def test_a_figure_is_told_of_its_own_item_and_of_its_own_time(
    source: Source, said: str, is_right: bool
) -> None:
    assert check_sentence(said, [source]).supported is is_right


def test_a_verdict_does_not_turn_on_the_order_of_a_set() -> None:
    program = (
        "from knowledge.support import Source, check_sentence as check;"
        "ferry = Source(1, 'Ferry', 'The ferry runs from 9 am to 6 pm. It is closed on Mondays, except in August.');"
        "print(check('Of course, the ferry runs from 9 am.', [ferry], 'Is the ferry open on Mondays?').reason)"
    )
    seeds = (os.environ | {"PYTHONHASHSEED": seed} for seed in "123")
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=one
        ).stdout
        for one in seeds
    }

    assert said == {"not_answered\n"}


SHOP = Source(
    5,
    "Shop",
    "Unworn boots may be sent back. The deposit is refunded when the tent is dry. Members may leave at any time "
    "after the first year. The yard sale is on the last Sunday of the month. Repairs are free for customers in "
    "Leeds; elsewhere they cost £7. We take cards. Cheques are not accepted. Pans may go on the stove, but not in"
    " the oven. Ada Finch runs the café and Ole Berg the workshop. On Mondays Ole Berg sharpens skates. The green"
    " light shows that it charges, the white light that it is full. All boots are waxed.",
)
LADEN = Source(
    6,
    "Laden",
    "Ungetragene Stiefel nehmen wir zurück. Das Abo ist jederzeit nach einem Jahr kündbar. Der Flohmarkt ist am "
    "letzten Sonntag im Monat. Frau Berger leitet den Laden, Herr Oster die Werkstatt. Pfannen dürfen auf den "
    "Herd, aber nicht in den Ofen.",
)
MAGASIN = Source(
    7,
    "Magasin",
    "Les objets complets sont repris. L'abonnement s'arrête à tout moment après un an. La brocante a lieu le "
    "dernier dimanche du mois. Ada Colin dirige le magasin, Paul Ney l'atelier. Les plats passent au lave-"
    "vaisselle mais pas au four.",
)
TIENDA = Source(
    8,
    "Tienda",
    "Los pedidos completos se envían hoy. La cuota se anula en cualquier momento después de un año. El rastro es "
    "el último domingo del mes. Ada Gil dirige la tienda y Luis Rey el taller. El velero solo se alquila con "
    "patrón; el kayak se alquila también sin patrón.",
)


@pytest.mark.parametrize(
    ("source", "said", "is_right"),
    [
        (SHOP, "Boots that are unworn may be sent back.", True),
        (SHOP, "Worn boots may be sent back.", False),
        (SHOP, "You get the deposit back when the tent is dry.", True),
        (SHOP, "The deposit is kept when the tent is dry.", False),
        (SHOP, "After the first year members may leave at any time.", True),
        (SHOP, "Members may leave at any time.", False),
        (SHOP, "On the last Sunday of the month there is a yard sale.", True),
        (SHOP, "The yard sale is on Sundays.", False),
        (SHOP, "Repairs are free for all customers in Leeds.", True),
        (SHOP, "Repairs are free for all customers.", False),
        (SHOP, "Every boot is waxed.", True),
        (SHOP, "Cards are accepted, cheques are not.", True),
        (SHOP, "You can pay by card or cheque.", False),
        (SHOP, "Pans may go on the stove.", True),
        (SHOP, "Pans may go on the stove and in the oven.", False),
        (SHOP, "The workshop is run by Ole Berg.", True),
        (SHOP, "Ada Finch runs the workshop.", False),
        (SHOP, "Skates are sharpened by Ole Berg on Mondays.", True),
        (SHOP, "Ada Finch sharpens skates on Mondays.", False),
        (SHOP, "The white light shows that it is full.", True),
        (SHOP, "The white light shows that it charges.", False),
        (LADEN, "Stiefel nehmen wir ungetragen zurück.", True),
        (LADEN, "Getragene Stiefel nehmen wir zurück.", False),
        (LADEN, "Nach einem Jahr ist das Abo jederzeit kündbar.", True),
        (LADEN, "Das Abo ist jederzeit kündbar.", False),
        (LADEN, "Der Flohmarkt ist jeden Sonntag.", False),
        (LADEN, "Herr Oster leitet die Werkstatt.", True),
        (LADEN, "Frau Berger leitet die Werkstatt.", False),
        (LADEN, "Pfannen dürfen auf den Herd und in den Ofen.", False),
        (MAGASIN, "Les objets incomplets sont repris.", False),
        (MAGASIN, "Après un an, l'abonnement s'arrête à tout moment.", True),
        (MAGASIN, "L'abonnement s'arrête à tout moment.", False),
        (MAGASIN, "La brocante a lieu tous les dimanches.", False),
        (MAGASIN, "Paul Ney dirige l'atelier.", True),
        (MAGASIN, "Ada Colin dirige l'atelier.", False),
        (MAGASIN, "Les plats passent au four.", False),
        (TIENDA, "Los pedidos incompletos se envían hoy.", False),
        (TIENDA, "Después de un año la cuota se anula en cualquier momento.", True),
        (TIENDA, "La cuota se anula en cualquier momento.", False),
        (TIENDA, "El rastro es cada domingo.", False),
        (TIENDA, "Luis Rey dirige el taller.", True),
        (TIENDA, "Ada Gil dirige el taller.", False),
        (TIENDA, "El kayak solo se alquila con patrón.", False),
    ],
)
def test_what_is_told_of_one_or_of_some_is_not_told_of_the_other_or_of_all(
    source: Source, said: str, is_right: bool
) -> None:
    assert check_sentence(said, [source]).supported is is_right


def test_a_part_that_begins_with_small_words_alone_is_read() -> None:
    source = Source(1, "Hütte", "Das Frühstück ist im Preis enthalten. Nur das Abendessen kostet extra.")

    assert list(find_swapped_roles("Im Preis ist nur das Frühstück enthalten", gather((source,), "de"))) == []
