"""Who introduces themselves in German, French or Spanish: their name, what they are, and with whom."""

import pytest


@pytest.mark.parametrize("asked", [None, "need", "name"])
@pytest.mark.parametrize(
    ("text", "name", "role", "company"),
    [
        ("Ich bin Anna Krüger, Inhaberin der Kern GmbH", "Anna Krüger", "Inhaberin", "Kern GmbH"),
        ("Ich bin Jan Vogt, Leiter Einkauf bei der Tarn AG", "Jan Vogt", "Leiter Einkauf", "Tarn AG"),
        ("Ich bin Anna, Inhaberin einer Bäckerei", "Anna", "Inhaberin", None),
        ("Ich heiße Ute und bin Chefin von Nordlicht", "Ute", "Chefin", "Nordlicht"),
        ("Petra Sommer, IT-Leiterin, Stadtwerke Hohn", "Petra Sommer", "IT-Leiterin", "Stadtwerke Hohn"),
        ("Hier ist Sabine Koch von Tidepool", "Sabine Koch", None, "Tidepool"),
        ("Ich bin Max vom Einkauf", "Max", None, None),
        ("Ich bin Jörg Weber von der Alpenia", "Jörg Weber", None, "Alpenia"),
        ("Ich bin Ursula von der Leyen", "Ursula von der Leyen", None, None),
        ("Je suis Claire Dubois, directrice chez Lumen", "Claire Dubois", "directrice", "Lumen"),
        ("Je suis Paul Martin de Brisa", "Paul Martin", None, "Brisa"),
        ("Je suis Paul Martin d'Orvia", "Paul Martin", None, "Orvia"),
        ("Je suis Charles de Gaulle", "Charles de Gaulle", None, None),
        ("Je m'appelle Henri de Carvel", "Henri de Carvel", None, None),
        ("Je suis Léa Roux, chef de projet web chez Tern", "Léa Roux", "chef de projet web", "Tern"),
        ("Soy Luis Gómez de Tidelia", "Luis Gómez", None, "Tidelia"),
        ("Soy Marta de Sevilla", "Marta", None, None),
        ("Soy María de la Cruz", "María de la Cruz", None, None),
        ("Soy Ana Ruiz, directora de ventas en Solaria", "Ana Ruiz", "directora de ventas", "Solaria"),
        ("Soy Carlos, dueño de una panadería en Sevilla", "Carlos", "dueño", None),
    ],
)
def test_who_they_are_what_and_where(facts, asked, text, name, role, company):
    told = {slot: fact.value for slot, fact in facts(text, asked).items()}

    wanted = {"name": name, "role": role, "company": company}
    assert told == {slot: value for slot, value in wanted.items() if value}


@pytest.mark.parametrize(
    ("text", "role", "company"),
    [
        ("Ich arbeite als Entwickler bei Tarn", "Entwickler", "Tarn"),
        ("Je suis la gérante de la Boulangerie du Port", "gérante", "Boulangerie du Port"),
        ("Je suis directeur des achats de la SFLN", "directeur des achats", "SFLN"),
        ("Soy gerente en Solaria", "gerente", "Solaria"),
        ("Soy CEO de Tidelia", "CEO", "Tidelia"),
    ],
)
def test_what_they_are_ends_where_the_company_begins(facts, text, role, company):
    assert {slot: fact.value for slot, fact in facts(text).items()} == {"role": role, "company": company}


@pytest.mark.parametrize(
    ("text", "role", "company"),
    [
        ("directrice chez Lumen", "directrice", "Lumen"),
        ("Leiterin Einkauf bei der Tarn AG", "Leiterin Einkauf", "Tarn AG"),
        ("jefe de obra en Solaria", "jefe de obra", "Solaria"),
    ],
)
def test_the_answer_to_what_they_do_names_the_company_too(facts, text, role, company):
    assert {slot: fact.value for slot, fact in facts(text, "role").items()} == {
        "role": role,
        "company": company,
    }


@pytest.mark.parametrize(
    "text",
    [
        "Unser Geschäftsführer ist Peter Maier",
        "Mein Chef heißt Peter Maier von Tarn",
        "Guten Tag, Inhaber ist meine Frau",
        "Mi jefe es Luis Gómez de Tidelia",
        "Je suis content de Lumen",
        "Ich bin neu hier",
        "My boss Sarah, the CEO, runs a place that I know",
        "My boss, the CEO, decides",
        "Our partner Tern & Sons, the owner of the mill, sent me",
        "I used to work for Bright Ltd",
        "We no longer work with Bright Ltd",
    ],
)
def test_nobody_introduces_themselves(facts, text):
    assert {"name", "role", "company"}.isdisjoint(facts(text))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("My manager asked me, the sales director, to look around", "sales director"),
        ("My partner and I, founders of Tern", None),
        ("I am Ada Marsh from Tern, the CEO", "CEO"),
        ("My boss is away. I am Ada Marsh, head of sales", "head of sales"),
    ],
)
def test_a_title_beside_oneself_is_ones_own(facts, text, role):
    found = facts(text).get("role")
    assert (found and found.value) == role


def test_a_title_is_no_company(facts):
    assert "company" not in facts("Inhaberin einer Bäckerei", "company")
    assert facts("Commercial Fruit", "company")["company"].value == "Commercial Fruit"
