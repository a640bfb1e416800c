"""Who somebody is, and where: names of many languages, companies of many countries."""

import pytest

from bot.domain.reading import find_entities


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("María de la Cruz Peña", "person"),
        ("Fatima bint Khalid", "person"),
        ("Łukasz Wiśniewski", "person"),
        ("O'Dwyer, P.J.", "person"),
        ("MacKenzie DuBois", "person"),
        ("Grace Hall", "person"),
        ("Sun-hee Park", "person"),
        ("Tom & Greta Lindqvist", "person"),
        ("priya raghunathan", "person"),
        ("Chiara", "person"),
        ("김민수", "person"),
        ("Steelworkers Local 12", "company"),
        ("Brightfernllc", "company"),
        ("Halloran Denver", "company"),
        ("Kestrelworks", "company"),
        ("Ovenbird, Inc.", "company"),
        ("Taylor and Francis Press", "company"),
        ("Tom, Dick & Sons", "company"),
        ("Pekarna Novák s.r.o.", "company"),
        ("Jablko sp. z o.o.", "company"),
        ("Inmobiliaria Costa S.A. de C.V.", "company"),
        ("Duval et Fils", "company"),
        ("Apotheke am Markt", "company"),
        ("Stichting Zonneveld", "company"),
        ("ООО Ромашка", "company"),
        ("株式会社山田", "company"),
        ("شركة النور", "company"),
        ("St. Brigid's Parish", "company"),
        ("Lodge No. 7", "company"),
        ("g. h. k. freight", "company"),
    ],
)
def test_a_bare_name_is_a_persons_or_a_companys(now, text, kind):
    found = find_entities(text, now=now)

    assert [entity.kind for entity in found] == [kind]


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("This is Jan van der Meer calling from Zonneveld B.V.", "Jan van der Meer", "Zonneveld B.V."),
        ("María de la Cruz, Grupo Valdivia", "María de la Cruz", "Grupo Valdivia"),
        (
            "We'd like a demo.\n\nKind regards,\nAoife O'Rourke\nHead of Sales, Brightfern",
            "Aoife O'Rourke",
            "Brightfern",
        ),
        ("Jean-Luc Marchand, Directeur at Atelier Brume", "Jean-Luc Marchand", "Atelier Brume"),
        ("Hallo, hier ist Sabine Krämer von der Rheinau GmbH", "Sabine Krämer", "Rheinau GmbH"),
        ("Bonjour, je suis Paul Girard de la société Duval", "Paul Girard", "Duval"),
        ("Hola, soy Marta de la Fuente de Panadería Sol", "Marta de la Fuente", "Panadería Sol"),
        ("Меня зовут Иван Петров", "Иван Петров", None),
        ("Mi chiamo Chiara Conti", "Chiara Conti", None),
        ("मेरा नाम राजेश शर्मा है", "राजेश शर्मा", None),
        ("我叫王小明", "王小明", None),
        ("Ich bin Kunde und soy feliz", None, None),
        ("I'm Irish and we're from Cork", None, None),
        ("I work with Excel a lot", None, None),
        ("A demo would help. Thanks\nJenna Rowe", "Jenna Rowe", None),
        ("C'est Marie qui décide", None, None),
    ],
)
def test_an_introduction_tells_who_and_where(facts, text, name, company):
    found = facts(text)

    assert [found[slot].value if slot in found else None for slot in ("name", "company")] == [name, company]


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("name", "Will", "Will"),
        ("name", "ich bin der Klaus", "Klaus"),
        ("name", "María José García-Márquez y López", "María José García-Márquez y López"),
        ("name", "wei zhang", "Wei Zhang"),
        ("company", "It's Ovenbird, Inc.", "Ovenbird, Inc"),
        ("company", "we're called the gilded thistle", "gilded thistle"),
        ("company", "somos Talleres Ruiz", "Talleres Ruiz"),
    ],
)
def test_a_name_that_was_asked_for_is_the_whole_answer(facts, asked, text, value):
    found = facts(text, asked)

    assert {slot: fact.value for slot, fact in found.items()} == {asked: value}


@pytest.mark.parametrize("text", ["self-employed", "no company yet", "bin privat", "soy autónomo"])
def test_who_works_alone_has_no_company(facts, text):
    assert facts(text, "company")["company"].state == "none"
