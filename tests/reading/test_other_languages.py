"""What visitors tell in German, French and Spanish, and what they do not tell there either."""

import pytest

JULY = {"from": "2027-07-01", "to": "2027-07-31"}
EUROS = {"min": 12_000, "max": 12_000, "currency": "EUR", "per": None}


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("Wir sind 40 Leute", "team_size", {"min": 40, "max": 40}),
        ("Wir haben etwa 1.200 Mitarbeiter", "team_size", {"min": 1200, "max": 1200}),
        ("Nous sommes entre 10 et 15 personnes", "team_size", {"min": 10, "max": 15}),
        ("Tenemos 8 empleados", "team_size", {"min": 8, "max": 8}),
        ("Wir sind nicht 50, sondern 15 Leute", "team_size", {"min": 15, "max": 15}),
        ("Unser Budget beträgt 12.000 Euro", "budget", EUROS),
        ("Notre budget est de 12 000 €", "budget", EUROS),
        ("Nuestro presupuesto es de 12.000 €", "budget", EUROS),
        ("Wir möchten im Juli anfangen", "timeline", JULY),
        ("Nous voulons commencer en juillet", "timeline", JULY),
        ("Queremos empezar en julio", "timeline", JULY),
        ("Wir wollen bis Ende Juli starten", "timeline", {"from": None, "to": "2027-07-31"}),
        ("Nous voulons démarrer le mois prochain", "timeline", {"from": "2026-12-01", "to": "2026-12-31"}),
        ("Ich heiße Ada Becker. Wir sind viele.", "name", "Ada Becker"),
        ("Je m'appelle Ana Moreau", "name", "Ana Moreau"),
        ("Me llamo Ana Ruiz", "name", "Ana Ruiz"),
        ("Ich arbeite bei Alpenglow Hotels", "company", "Alpenglow Hotels"),
        ("Je travaille chez Brightwater", "company", "Brightwater"),
        ("Trabajo en Tidepool Labs", "company", "Tidepool Labs"),
        ("Ich bin Geschäftsführerin", "role", "Geschäftsführerin"),
        ("Je suis responsable du support", "role", "responsable du support"),
        ("Soy directora de marketing", "role", "directora de marketing"),
        ("Mein Chef entscheidet", "decision_maker", False),
        ("Entscheiden muss das am Ende unser Geschäftsführer", "decision_maker", False),
        ("Letztlich entscheidet die Geschäftsleitung", "decision_maker", False),
        ("ca. 5.000 Euro Budget, würden gern im Juli anfangen", "timeline", JULY),
        ("C'est moi qui décide", "decision_maker", True),
        ("Mi jefe decide", "decision_maker", False),
        ("Wir wollen weniger Anfragen beantworten", "need", "weniger Anfragen beantworten"),
        ("Necesitamos ayudar a los clientes", "need", "ayudar a los clientes"),
    ],
)
def test_it_is_told(facts, text: str, slot: str, value: object) -> None:
    found = facts(text)

    assert found[slot].value == value
    assert found[slot].text in text


@pytest.mark.parametrize(
    ("text", "slot"),
    [("Wir haben kein Budget", "budget"), ("Pas de budget", "budget"), ("No hay prisa", "timeline")],
)
def test_there_is_none(facts, text: str, slot: str) -> None:
    assert facts(text)[slot].state == "none"


@pytest.mark.parametrize(
    ("text", "asked", "value"),
    [
        ("Juli", "timeline", JULY),
        ("en juillet", "timeline", JULY),
        ("so um die 40", "team_size", {"min": 40, "max": 40}),
        ("zwischen 10 und 15", "team_size", {"min": 10, "max": 15}),
        ("Plutôt en juillet, pas en mars", "timeline", JULY),
    ],
)
def test_a_question_is_answered(facts, text: str, asked: str, value: object) -> None:
    assert facts(text, asked)[asked].value == value


@pytest.mark.parametrize(
    "text",
    [
        "Unser Wettbewerber hat 700 Mitarbeiter.",
        "Notre concurrent a 700 employés.",
        "Nuestro competidor tiene 700 empleados.",
        "Mi hermana trabaja en Lindqvist e hijos.",
        "Wie viele Mitarbeiter braucht man für 40 Leute?",
        "Avez-vous une offre à moins de 100 euros ?",
        "¿Hay un plan para 40 personas?",
        "Wenn wir 200 Leute wären, wäre das teuer",
        "We have 5 personas in marketing",
        "see you on mars",
        "Trabajo en Madrid",
        "Ich arbeite bei einer Bank",
        "I saw it in mai",
    ],
)
def test_it_tells_nothing(facts, text: str) -> None:
    assert {slot for slot, fact in facts(text).items() if fact.state == "known"} <= {"remark"}
