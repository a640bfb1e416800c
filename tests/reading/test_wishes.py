"""What is wanted of us: a person, or to be forgotten."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "delete my data",
        "Can you please delete my e-mail address?",
        "forget me",
        "erase everything",
        "delete everything you know about me",
        "I withdraw my consent",
        "I would like to withdraw my consent",
        "I take my consent back",
        "Hi, remove my details",
        "I want my data deleted",
        "Löschen Sie meine Daten",
        "Bitte meine Daten löschen",
        "Vergiss mich",
        "Ich widerrufe meine Einwilligung",
        "Supprimez mes données",
        "oubliez-moi",
        "je retire mon consentement",
        "borra mis datos por favor",
        "olvídame",
        "retiro mi consentimiento",
    ],
)
@pytest.mark.parametrize("asked", [None, "need", "consent"])
def test_whoever_wants_to_be_forgotten_tells_and_asks_nothing_else(read, text, asked):
    reading = read(text, asked)

    assert (reading.act, reading.facts, reading.question) == ("forget_me", (), None)


@pytest.mark.parametrize(
    "text",
    [
        "How do I delete my account?",
        "do you delete my data after 30 days?",
        "delete my order 15",
        "how can I delete my data in your app?",
        "forget about it",
        "Why not delete my data?",
    ],
)
def test_other_deleting_is_no_wish_to_be_forgotten(read, text):
    assert read(text).act != "forget_me"


@pytest.mark.parametrize(
    "text",
    [
        "don't delete my data",
        "No, please do not delete my e-mail address!",
        "I don't want you to delete my data",
        "Löschen Sie meine Daten nicht",
        "Bitte meine Daten noch nicht löschen",
        "Ich möchte nicht, dass Sie meine Daten löschen",
        "Ich widerrufe meine Einwilligung nicht",
        "Ne supprimez pas mes données",
        "Je ne veux pas que vous effaciez mes coordonnées",
        "No borren mis datos",
        "No quiero que eliminen mis datos",
        "No retiro mi consentimiento",
    ],
)
@pytest.mark.parametrize("asked", [None, "consent"])
def test_whoever_wants_their_data_kept_is_not_forgotten(read, text, asked):
    reading = read(text, asked)

    assert (reading.act, reading.facts, reading.question, reading.withdraws) == ("keep_data", (), None, False)


@pytest.mark.parametrize(
    "text",
    ["No, borren mis datos", "Löschen Sie meine Daten nicht erst morgen", "Delete my data, don't keep it"],
)
def test_a_no_beside_the_wish_does_not_undo_it(read, text):
    assert read(text).act == "forget_me"


def test_a_yes_beside_the_wish_to_keep_stays_a_yes(read):
    assert read("Yes, but don't delete my data", "consent").act == "affirm"
    assert read("Don't delete my data. What does it cost?").question == "What does it cost?"


@pytest.mark.parametrize(
    "text",
    [
        "a real person please",
        "human please",
        "I want to talk to a human",
        "a human",
        "I'd like a human",
        "This is useless. Real person pls!!",
        "no bots, a human please",
        "can a human help me?",
        "is there a person I can talk to?",
    ],
)
@pytest.mark.parametrize("asked", [None, "need"])
def test_a_person_is_asked_for_in_few_words(read, text, asked):
    reading = read(text, asked)

    assert reading.act == "wants_person"
    assert "need" not in {fact.slot for fact in reading.facts}


@pytest.mark.parametrize("text", ["when will they call me?", "I am a real person"])
def test_speaking_of_persons_asks_for_none(read, text):
    assert read(text).act == "question"


def test_whoever_wants_a_quote_asks_for_the_price(read):
    reading = read("can I get a quote?")

    assert reading.act == "question"
    assert dict(reading.signals) == {"asked_price": "can I get a quote?"}


@pytest.mark.parametrize(
    "text",
    [
        "I don't want you to contact me anymore",
        "I don't want to be contacted",
        "I changed my mind, please don't write to me",
        "you may not contact me any more",
        "I no longer agree",
        "please do not email me",
        "take me off your list",
        "unsubscribe",
        "Ich möchte nicht mehr kontaktiert werden",
        "je ne veux plus être contacté",
        "ya no quiero que me contacten",
    ],
)
@pytest.mark.parametrize("asked", [None, "need"])
def test_whoever_does_not_want_to_be_contacted_takes_consent_back_and_wishes_nothing(read, text, asked):
    reading = read(text, asked)

    assert (reading.withdraws, reading.facts) == (True, ())


@pytest.mark.parametrize(
    "text",
    [
        "Please do not keep my e-mail address.",
        "Don't store my phone number",
        "Do not e-mail me",
        "Bitte speichern Sie meine E-Mail-Adresse nicht",
        "Speichert meine Daten bitte nicht",
        "Ne conservez pas mon adresse e-mail",
        "No guarde mi correo",
    ],
)
def test_whoever_wants_nothing_kept_refuses_and_asks_nothing(read, text):
    reading = read(text, None)

    assert (reading.withdraws, reading.act, reading.question, reading.facts) == (True, "refuse", None, ())


@pytest.mark.parametrize(
    "text",
    [
        "I do not keep my phone on",
        "We never store our data abroad",
        "Why don't you store my address?",
        "Do you keep my e-mail?",
        "Ich speichere meine Daten nicht selbst",
        "No guardo mi correo",
        "can I stop you from emailing me?",
        "I don't want to write to support every day",
        "we no longer want to write to our customers by hand",
        "how do I take customers off my list?",
        "we do not want to message our customers",
    ],
)
def test_what_is_said_of_others_takes_nothing_back(read, text):
    assert not read(text, None).withdraws
