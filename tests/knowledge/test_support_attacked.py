"""Sentences that differ from their sources by a sign, a currency, a mark or a restriction that is left out."""

import pytest

from knowledge.support import Reason, Source, check_sentence

PROBE = Source(
    1,
    "Probe",
    "The store is kept at -18 °C. The voltage must be < 5 V. The ratio is 3/4, and it takes 1-5 days. The fee is 5%. "
    "The driver is written in C++. A day costs €90. Growth was -3 percent.",
)
KAYAK = Source(
    2, "Kayak", "Kayak\nprice: 35\ncurrency: GBP\nfor: 2 people\nA stable boat. Not for the open sea."
)
TENT = Source(3, "Tent", "Tent\nprice: 60\nfor: 4 people")
ROOMS = Source(
    4,
    "Rooms",
    """| Room | Wi-Fi | Balcony | Price |
|---|---|---|---|
| Lantern | ✓ | ✗ | 90 |
| Beacon | ✓ | ✓ | 120 |

Prices are in EUR. Breakfast costs €12 and is free for children under six. Dogs are allowed only in the Beacon room.
You can cancel free of charge up to three days before you arrive. The lounge is open every day except Monday.
Late arrival is possible if you call us. Collection is free in the town; elsewhere it costs €6. Massages are from €40.
Vouchers are accepted from €20. Deposits are refunded if the key is back. Calls are possible by day, at night only here.
- Garden: ✗
- Pool: ✓""",
)
ZIMMER = Source(
    5,
    "Zimmer",
    "Das Frühstück kostet 9 Euro, für Kinder ist es kostenlos. Hunde sind nur im Zimmer Hafen erlaubt. "
    "Das Parkhaus ist die ersten zwei Stunden gratis.",
)
CHAMBRES = Source(
    6, "Chambres", "Le ménage est gratuit dès trois nuits. Les chiens ne sont admis que dans la cour."
)
COCHES = Source(
    7, "Coches", "El lavado es gratis para los socios. La recogida solo es posible en la ciudad. Hay -5 °C."
)
PEOPLE = Source(8, "People", "Ana Reyes leads support and Tom Bell leads sales. Solo: free, 1 mailbox, 5 GB")


@pytest.mark.parametrize(
    ("sentence", "source", "reason"),
    [
        ("The store is kept at 18 °C.", PROBE, Reason.NUMBER),
        ("They keep the store at 18 °C.", PROBE, Reason.NUMBER),
        ("The voltage must be > 5 V.", PROBE, Reason.NUMBER),
        ("The ratio is 3.4, and it takes 1-5 days.", PROBE, Reason.NUMBER),
        ("The ratio is 3/4, and it takes 1.5 days.", PROBE, Reason.NUMBER),
        ("The driver is written in C.", PROBE, Reason.NAME),
        ("A day costs $90.", PROBE, Reason.PRICE),
        ("Growth was 3 percent.", PROBE, Reason.NUMBER),
        ("The kayak costs $35.", KAYAK, Reason.PRICE),
        ("The kayak is priced at 35 euros.", KAYAK, Reason.PRICE),
        ("The tent costs €60.", TENT, Reason.PRICE),
        ("The Beacon room costs $120.", ROOMS, Reason.PRICE),
        ("Lantern room: Wi-Fi ✓, Balcony ✓.", ROOMS, Reason.NEGATION),
        ("Balcony: Lantern ✓, Beacon ✓.", ROOMS, Reason.NEGATION),
        ("Garden: ✓", ROOMS, Reason.NEGATION),
        ("Breakfast is free.", ROOMS, Reason.RESTRICTION),
        ("Dogs are allowed.", ROOMS, Reason.RESTRICTION),
        ("Everyone can cancel free of charge.", ROOMS, Reason.RESTRICTION),
        ("Late arrival is always possible.", ROOMS, Reason.RESTRICTION),
        ("Collection is free.", ROOMS, Reason.RESTRICTION),
        ("Massages are free.", ROOMS, Reason.RESTRICTION),
        ("Only the lounge is open every day.", ROOMS, Reason.RESTRICTION),
        ("The lounge is open on Mondays.", ROOMS, Reason.RESTRICTION),
        ("Massages cost €40.", ROOMS, Reason.PRICE),
        ("Collection in the town costs €6.", ROOMS, Reason.RESTRICTION),
        ("Vouchers are accepted.", ROOMS, Reason.RESTRICTION),
        ("Deposits are refunded.", ROOMS, Reason.RESTRICTION),
        ("Das Frühstück ist kostenlos.", ZIMMER, Reason.RESTRICTION),
        ("Hunde sind erlaubt.", ZIMMER, Reason.RESTRICTION),
        ("Das Parkhaus ist gratis.", ZIMMER, Reason.RESTRICTION),
        ("Le ménage est gratuit.", CHAMBRES, Reason.RESTRICTION),
        ("Les chiens sont admis.", CHAMBRES, Reason.RESTRICTION),
        ("El lavado es gratis.", COCHES, Reason.RESTRICTION),
        ("La recogida es posible.", COCHES, Reason.RESTRICTION),
        ("Hay 5 °C.", COCHES, Reason.NUMBER),
        ("Tom Bell leads support.", PEOPLE, Reason.NAME),
        ("Solo is not free.", PEOPLE, Reason.NEGATION),
    ],
)
def test_a_sign_a_currency_or_a_restriction_that_is_changed_is_found(
    sentence: str, source: Source, reason: Reason
) -> None:
    verdict = check_sentence(sentence, [source])

    assert (verdict.supported, verdict.reason) == (False, reason)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The store is kept at −18 °C", PROBE),
        ("The store is kept at minus 18 °C.", PROBE),
        ("The driver is written in C++.", PROBE),
        ("The **kayak** costs £35.", KAYAK),
        ("The price of the kayak is 35 GBP.", KAYAK),
        ("The Beacon room costs €120.", ROOMS),
        ("Lantern: Wi-Fi ✓", ROOMS),
        ("The Lantern room has no balcony.", ROOMS),
        ("Breakfast is free for children under six.", ROOMS),
        ("Dogs are allowed in the Beacon room.", ROOMS),
        ("Up to three days before you arrive you can cancel free of charge.", ROOMS),
        ("The lounge is closed on Mondays.", ROOMS),
        ("The lounge is open every day except on Mondays.", ROOMS),
        ("In the town collection is free.", ROOMS),
        ("Massages start at €40.", ROOMS),
        ("Calls are possible by day.", ROOMS),
        ("Für Kinder ist das Frühstück kostenlos.", ZIMMER),
        ("Hunde sind nur im Zimmer Hafen erlaubt.", ZIMMER),
        ("Le ménage est gratuit dès trois nuits.", CHAMBRES),
        ("El lavado es gratis para los socios.", COCHES),
        ("Ana Reyes leads support.", PEOPLE),
    ],
)
def test_what_keeps_signs_and_restrictions_passes(sentence: str, source: Source) -> None:
    verdict = check_sentence(sentence, [source])

    assert verdict.supported, verdict


def test_a_number_of_nothing_lends_its_measure_without_an_error() -> None:
    assert not check_sentence("It takes 0 days, and 5 then.", [PROBE]).supported


@pytest.mark.parametrize("text", ["", "# Only a heading\n", "<div></div>"])
def test_a_source_without_a_sentence_supports_nothing(text: str) -> None:
    assert not check_sentence("We deliver to every town of the county.", [Source(1, "", text)]).supported
