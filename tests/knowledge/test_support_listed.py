"""Lists that are denied: each item of "not to A, B or C" is, and nothing of the clause that follows."""

import pytest

from knowledge.support import Reason, Source, check_sentence

ISLANDS = (
    "We do not deliver to Northern Ireland, the Channel Islands or the Isle of Man. "
    "Delivery takes two to four working days and is free of charge for orders over £200."
)
TWO_PLACES = "We do not deliver to the Channel Islands and the Isle of Man."
REPAIRS = "We don't repair phones, tablets or watches."
INCLUDED = "The price does not include breakfast, parking or the tourist tax."
POOL = "You may not bring food, glass bottles or pets into the pool area."
GIFTS = "Gift cards cannot be exchanged, refunded or combined with other offers."
PAYING = "We do not accept cheques, cash or American Express."
NOTHING = "No pets, smoking or parties."
MUSIC = "We don't offer tuning, restringing or rentals, but we sell strings, bows and cases."
VIOLINS = "We repair violins, violas and cellos, not guitars, pianos or drums."
BIKES = "The red bike and the blue bike are not available."
WINTER = "Neither the pool, the sauna nor the gym is open in winter."
EXCEPT = "We deliver everywhere in the UK except Jersey, Guernsey and Sark."
ANNOUNCED = "We do not deliver to the following places: Jersey, Guernsey and Sark."
BULLETS = "We do not deliver to:\n\n- Northern Ireland\n- the Channel Islands\n- the Isle of Man"
UNDER_HEADING = "## Not included\n\n- Breakfast\n- Parking\n- Tourist tax"
LAENDER = "Wir liefern nicht nach Österreich, in die Schweiz oder nach Liechtenstein."
SCHECKS = "Wir nehmen keine Schecks, Kreditkarten oder Bitcoin an."
GUTSCHEINE = "Gutscheine können nicht umgetauscht, ausgezahlt oder mit anderen Aktionen kombiniert werden."
HANDYS = "Handys, Tablets und Uhren reparieren wir nicht."
GEIGEN = "Wir reparieren Geigen und Celli, aber keine Gitarren, Klaviere oder Trommeln."
WEDER = "Weder das Bad, die Sauna noch der Fitnessraum sind im Winter geöffnet."
ZURUECK = "Folgendes können Sie nicht zurückgeben:\n\n- Badekleidung\n- Gutscheine"
CORSE = "Nous ne livrons pas en Corse, en Suisse ou en Belgique."
NI_NI = "Nous ne livrons ni en Corse, ni en Suisse, ni en Belgique."
BONS = "Les bons ne peuvent pas être échangés, remboursés ou cumulés avec d'autres offres."
CHIENS = "Les chiens, les chats et les oiseaux ne sont pas admis."
CEUTA = "No enviamos a Canarias, Ceuta o Melilla."
DESAYUNO = "El precio no incluye el desayuno, el aparcamiento ni la tasa turística."
VALES = "Los vales no se pueden cambiar, reembolsar ni combinar con otras ofertas."


def judge(text: str, said: str) -> Reason:
    return check_sentence(f"{said} [1]", [Source(1, "Information", text)]).reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ISLANDS, "Yes, we deliver to the Isle of Man."),
        (ISLANDS, "We deliver to the Channel Islands and the Isle of Man."),
        (ISLANDS, "Delivery to the Isle of Man takes two to four working days."),
        (TWO_PLACES, "We deliver to the Isle of Man."),
        (REPAIRS, "We repair tablets."),
        (REPAIRS, "We repair watches."),
        (REPAIRS.replace(" or ", " and "), "We repair watches."),
        (INCLUDED, "The price includes parking."),
        (INCLUDED, "The price includes the tourist tax."),
        (POOL, "You may bring pets into the pool area."),
        (GIFTS, "Gift cards can be combined with other offers."),
        ("The fee does not cover travel, accommodation or meals.", "The fee covers meals."),
        (PAYING, "You can pay by cash or American Express."),
        (PAYING, "You can pay in cash."),
        (NOTHING, "Smoking is allowed."),
        ("Pets, smoking and parties are forbidden.", "Pets are allowed."),
        (MUSIC, "We offer rentals."),
        (VIOLINS, "We repair drums."),
        (BIKES, "The red bike is available."),
        (WINTER, "The sauna is open in winter."),
        (EXCEPT, "We deliver to Sark."),
        (ANNOUNCED, "We deliver to Guernsey."),
        (BULLETS, "We deliver to the Isle of Man."),
        (UNDER_HEADING, "Parking is included."),
        ("## Nicht enthalten\n\n- Frühstück\n- Parkplatz", "Das Frühstück ist enthalten."),
        ("Es gibt weder Pool noch Sauna oder Fitnessstudio.", "Es gibt eine Sauna."),
        (LAENDER, "Wir liefern in die Schweiz."),
        (LAENDER, "Wir liefern nach Liechtenstein."),
        (SCHECKS, "Wir nehmen Kreditkarten an."),
        (GUTSCHEINE, "Gutscheine können mit anderen Aktionen kombiniert werden."),
        (HANDYS, "Wir reparieren Handys."),
        (GEIGEN, "Wir reparieren Klaviere."),
        (WEDER, "Der Fitnessraum ist im Winter geöffnet."),
        (ZURUECK, "Gutscheine können Sie zurückgeben."),
        (CORSE, "Nous livrons en Suisse."),
        (NI_NI, "Nous livrons en Belgique."),
        (BONS, "Les bons peuvent être cumulés avec d'autres offres."),
        (CHIENS, "Les chiens sont admis."),
        (CEUTA, "Enviamos a Ceuta."),
        (DESAYUNO, "El precio incluye el aparcamiento."),
        (VALES, "Los vales se pueden combinar con otras ofertas."),
    ],
)
def test_no_item_of_a_denied_list_is_granted(text: str, said: str) -> None:
    assert judge(text, said) is Reason.NEGATION


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ISLANDS, "We do not deliver to the Channel Islands."),
        (ISLANDS, "No, we do not deliver to the Isle of Man."),
        (ISLANDS, "We do not deliver to the Isle of Man, Northern Ireland or the Channel Islands."),
        (TWO_PLACES, "We do not deliver to the Isle of Man."),
        (REPAIRS, "We don't repair tablets."),
        (INCLUDED, "Parking is not included in the price."),
        (POOL, "You may not bring glass bottles into the pool area."),
        (GIFTS, "Gift cards cannot be refunded."),
        (PAYING, "Cash is not accepted."),
        (MUSIC, "We don't offer restringing."),
        (VIOLINS, "We do not repair pianos."),
        (BIKES, "The red bike is not available."),
        (WINTER, "The sauna is not open in winter."),
        (EXCEPT, "We do not deliver to Sark."),
        (ANNOUNCED, "We do not deliver to Guernsey."),
        (BULLETS, "We do not deliver to the Isle of Man."),
        (UNDER_HEADING, "Parking is not included."),
        ("You can pay by card, but not by cheque, invoice or PayPal.", "You cannot pay by invoice."),
        (LAENDER, "Wir liefern nicht in die Schweiz."),
        (LAENDER, "Nein, wir liefern nicht nach Liechtenstein."),
        (SCHECKS, "Wir nehmen keine Kreditkarten an."),
        (GUTSCHEINE, "Gutscheine können nicht ausgezahlt werden."),
        (HANDYS, "Wir reparieren keine Handys."),
        (GEIGEN, "Wir reparieren keine Klaviere."),
        (WEDER, "Die Sauna ist im Winter nicht geöffnet."),
        (ZURUECK, "Gutscheine können Sie nicht zurückgeben."),
        (CORSE, "Nous ne livrons pas en Suisse."),
        (NI_NI, "Nous ne livrons pas en Suisse."),
        (BONS, "Les bons ne peuvent pas être remboursés."),
        (CHIENS, "Les chats ne sont pas admis."),
        (CEUTA, "No enviamos a Ceuta."),
        (DESAYUNO, "El precio no incluye el aparcamiento."),
        (VALES, "Los vales no se pueden reembolsar."),
    ],
)
def test_an_item_of_a_denied_list_may_be_denied_alone(text: str, said: str) -> None:
    assert judge(text, said) is Reason.SUPPORTED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We do not repair phones, we repair tablets.", "We repair tablets."),
        ("We do not repair phones, but tablets and watches.", "We repair tablets."),
        ("Breakfast is not included, parking and Wi-Fi are free.", "Parking is free."),
        ("Prices do not include VAT, delivery and installation are free.", "Delivery is free."),
        ("We do not charge for delivery and take back old sofas.", "We take back old sofas."),
        ("There is no lift, but a ramp, a bell and a low counter.", "There is a bell."),
        (MUSIC, "We sell bows."),
        (VIOLINS, "We repair violas."),
        ("Please don't forget to bring towels, sheets and slippers.", "Please bring towels, sheets and slippers."),
        ("Das Frühstück ist nicht dabei, Parkplatz und WLAN sind kostenlos.", "WLAN ist kostenlos."),
        ("Wir reparieren keine Handys, sondern Tablets und Uhren.", "Wir reparieren Tablets."),
        ("Nous ne réparons pas les téléphones, mais les tablettes et les montres.", "Nous réparons les montres."),
        ("No reparamos móviles, reparamos tabletas.", "Reparamos tabletas."),
    ],
)  # fmt: skip
def test_a_denied_list_ends_where_a_clause_of_its_own_begins(text: str, said: str) -> None:
    assert judge(text, said) is Reason.SUPPORTED
