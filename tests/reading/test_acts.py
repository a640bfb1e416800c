"""What a message does, and which part of it is to be answered."""

import pytest

from bot.domain.reading import answer_beside_thanks


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Hi there!", "greeting"),
        ("guten Tag", "greeting"),
        ("is anyone there??", "greeting"),
        ("hallo, jemand da?", "greeting"),
        ("thanks a lot", "thanks"),
        ("merci beaucoup", "thanks"),
        ("ok bye", "goodbye"),
        ("thanks, bye", "thanks"),
        ("ok sure thank you", "thanks"),
        ("okthank you", "thanks"),
        ("Thanks for the help. Do you ship to France?", "question"),
        ("thanks for your help do you ship to France", "question"),
        ("I appreciate the details! what about invoices?", "question"),
        ("thanks for asking, that's very helpful for us", "thanks"),
        ("I'll think about it", "thinks_over"),
        ("we will discuss it with our board first", "thinks_over"),
        ("let me ask my wife", "thinks_over"),
        ("I'll ask him tonight", "thinks_over"),
        ("Das muss ich mir noch überlegen", "thinks_over"),
        ("je vais y réfléchir", "thinks_over"),
        ("tengo que pensarlo", "thinks_over"),
        ("I want to talk to the team", "wants_person"),
        ("Ich möchte mit Ihrem Team sprechen", "wants_person"),
        ("je voudrais parler à un conseiller", "wants_person"),
        ("quiero hablar con su equipo", "wants_person"),
        ("can I talk to the team plan?", "question"),
        ("ok, I'll do that today", "affirm"),
        ("hi Sam", "greeting"),
        ("nope that is all", "deny"),
        ("have a nice day", "goodbye"),
        ("who are you?", "who_are_you"),
        ("are you a bot", "who_are_you"),
        ("can I talk to a human?", "wants_person"),
        ("who do we talk to", "wants_person"),
        ("ok, there are 3 of us. who can I speak to about this?", "wants_person"),
        ("Mit wem können wir sprechen?", "wants_person"),
        ("à qui puis-je parler ?", "wants_person"),
        ("¿Con quién puedo hablar?", "wants_person"),
        ("who do visitors talk to", "question"),
        ("who do I talk to about returns?", "question"),
        ("speak with sales", "wants_person"),
        ("yes please", "affirm"),
        ("sí", "affirm"),
        ("👍", "affirm"),
        ("I do not consent", "deny"),
        ("nope", "deny"),
        ("no thanks", "refuse"),
        ("none of your business", "refuse"),
        ("I'd rather not say", "refuse"),
        ("no idea", "dont_know"),
        ("how much is it?", "question"),
        ("reset password", "question"),
        ("We are 40 people", "statement"),
    ],
)
def test_a_message_is_understood_as_what_it_is(read, text, act):
    assert read(text).act == act


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("We are 40 people. Do you support SSO?", "Do you support SSO?"),
        ("hi, how much is it?", "how much is it?"),
        ("pricing", "pricing"),
        ("My card has not arrived. What should I do?", "My card has not arrived. What should I do?"),
        ("Hello", None),
        ("no", None),
        ("We are 40 people", None),
        ("I'd like to know how to add it", "I'd like to know how to add it"),
    ],
)
def test_what_is_asked_is_cut_out(read, text, question):
    assert read(text).question == question


def test_a_longer_answer_is_known_by_its_first_word(read):
    assert read("yes we filed the form", "consent").act == "affirm"
    assert read("no we would not like that", "consent").act == "deny"


def test_an_answer_leaves_nothing_to_answer(read):
    assert read("about 40", "team_size").question is None
    assert read("Sam", "name").question is None


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("what does it cost?", "asked_price"),
        ("we are ready to sign", "ready_to_buy"),
        ("can I talk to a human", "asked_person"),
    ],
)
def test_behaviour_worth_points_is_signalled(read, text, signal):
    assert signal in dict(read(text).signals)


@pytest.mark.parametrize(
    "text",
    [
        "we are not ready to sign",
        "if we were ready to sign",
        "how much time does it take?",
        "I don't want to talk to a human",
    ],
)
def test_its_opposite_is_not(read, text):
    assert read(text).signals == ()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("yes, thanks", "affirm"),
        ("Yes thanks, that's all", "affirm"),
        ("thanks, yes", "affirm"),
        ("ja, danke", "affirm"),
        ("ja bitte, vielen dank", "affirm"),
        ("oui merci", "affirm"),
        ("sí, gracias", "affirm"),
        ("Yes thanks, my phone is +49 30 1234567", "affirm"),
        ("no thanks", "refuse"),
        ("thanks, but no", "refuse"),
        ("danke, nein", "refuse"),
        ("nee danke", "refuse"),
        ("yes, but no thanks", "refuse"),
        ("thanks for the offer, but not yet", "refuse"),
        ("I'm good, thanks", "refuse"),
        ("thanks", None),
        ("great, thanks", None),
        ("merci beaucoup", None),
    ],
)
def test_thanks_beside_a_yes_or_no_do_not_hide_it(text, act):
    assert answer_beside_thanks(text) == act


def test_thanks_are_a_yes_only_where_one_is_asked_for(read):
    assert read("yes, thanks").act == "thanks"
    assert read("ok, thanks", "budget").act == "thanks"
    assert read("thanks, but no", "budget").facts[0].state == "declined"
    assert read("yes, thanks", "decision_maker").facts[0].value is True
    assert read("ok, thanks", "decision_maker").facts == ()
