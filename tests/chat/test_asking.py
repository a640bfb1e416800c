"""When the bot asks, what it asks, and what it never does, over days and random lines too."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.phrases import PHRASES
from bot.domain.conversation import Author
from bot.domain.dialogue import OFFER
from bot.domain.facts import FactState
from bot.domain.hours import OpeningHours, is_open, next_opening
from bot.domain.playbook import Condition, Grades, Meeting, Playbook, Question, Rule, Stages
from bot.domain.questions import AGAIN, HELPFUL, KEEPS_OPEN, SERVICE, questions_put
from bot.domain.slots import Slot, SlotKind
from bot.settings import BUNDLED_PLAYBOOKS
from tests.chat.in_memory import Thread, bundled
from tests.chat.test_laws import LINES

FAQ = "Do you ship to France?"
CONVERSATIONS = 250
PRESENT = Condition()

FREE = {"person"} | AGAIN
"""Kinds of reply whose question is asked whatever the limit."""


def made_of(*slots: tuple[str, SlotKind], **more: object) -> Playbook:
    """A playbook that asks for every slot in two wordings, each worth 20 points when known."""
    questions = {
        name: Question(slot=name, texts=(f"What about {name}?", f"And {name}?")) for name, _ in slots
    }
    questions |= more.pop("questions", {})  # type: ignore[arg-type]
    return Playbook(
        id="made",
        version="1",
        slots=tuple(Slot(id=name, kind=kind, label=name) for name, kind in slots),
        questions=tuple(questions.values()),
        rules=tuple(
            Rule(slot=name, name="given", when=PRESENT, points=20, reason="told") for name, _ in slots
        ),
        engagement=(),
        caps=(),
        stages=Stages(),
        grades=Grades(),
        **more,  # type: ignore[arg-type]
    )


def asked(thread: Thread) -> list[str]:
    return [m.asked for m in thread.messages if m.author is Author.BOT and m.asked]


@pytest.mark.slow
def test_no_question_is_put_twice_over_days_of_random_lines() -> None:
    for seed in range(CONVERSATIONS):
        chance = random.Random(seed)
        thread = Thread(bundled(chance.choice(BUNDLED_PLAYBOOKS)))
        for _ in range(chance.randint(3, 9)):
            thread.say(chance.choice(LINES), after=timedelta(seconds=chance.choice([20, 20, 90_000])))
        check_asked_once(thread, seed)


def check_asked_once(thread: Thread, seed: int) -> None:
    """No words of a question twice; a slot again only at once, after an answer or when it is required."""
    replies = [m for m in thread.messages if m.author is Author.BOT and m.kind not in KEEPS_OPEN]
    for question in thread.voice.playbook.questions:
        for wording in question.texts:
            assert sum(wording in reply.text for reply in replies) <= 1, (seed, wording)
        places = [n for n, r in enumerate(replies) if r.asked == question.slot and r.kind != "person"]
        assert len(places) <= 2, (seed, question.slot)
        if len(places) == 2:
            assert places[1] == places[0] + 1, (seed, question.slot)
            assert replies[places[1]].kind in HELPFUL or question.is_required, (seed, question.slot)
    assert sum(reply.asked == OFFER for reply in replies) <= 1
    put = [
        reply for reply in replies if reply.asked and reply.asked not in SERVICE and reply.kind != "person"
    ]
    assert len(put) <= thread.voice.playbook.max_questions, (seed, [reply.asked for reply in put])


def test_a_question_returns_once_after_something_was_asked_in_between() -> None:
    thread = Thread(made_of(("note", SlotKind.TEXT)))

    replies = [thread.say(FAQ) for _ in range(3)]

    assert [reply.asked for reply in replies] == ["note", "note", None]
    assert replies[0].text != replies[1].text
    assert replies[1].text.startswith("Yes, we ship to France.")


def test_who_asks_why_is_told_once_and_the_question_stays_open() -> None:
    answering, wandering = (
        Thread(made_of(("team", SlotKind.QUANTITY))),
        Thread(made_of(("note", SlotKind.TEXT))),
    )

    why = [thread.say("Why do you want to know?") for thread in (answering, wandering) if thread.say(FAQ)]
    answering.say("about 40")
    later = [wandering.say(FAQ) for _ in range(2)]

    assert [(reply.kind, reply.asked) for reply in why] == [("why_asked", None)] * 2
    assert [(fact.slot, fact.state) for fact in answering.log] == [("team", FactState.KNOWN)]
    assert [reply.asked for reply in later] == ["note", None]


def test_who_does_not_know_their_address_yet_is_unclear_and_may_be_asked_by_a_person() -> None:
    thread = Thread(made_of(("email", SlotKind.EMAIL)))
    thread.say(FAQ)

    why = thread.say("Why do you need my e-mail?")
    thread.say("I don't know yet")
    wish = thread.say("I want to talk to a person")

    assert (why.kind, why.text) == ("why_asked", PHRASES["why_contact"])
    assert [(fact.slot, fact.state) for fact in thread.log if fact.slot == "email"] == [
        ("email", FactState.UNCLEAR)
    ]
    assert (wish.kind, wish.asked) == ("person", "email")


@pytest.mark.parametrize(
    "line", ["let me think", "I'll ask my boss", "ok", "Moment bitte", "attendez", "un momento"]
)
def test_who_thinks_is_left_to_and_then_answers(line: str) -> None:
    thread = Thread(made_of(("team", SlotKind.QUANTITY), ("note", SlotKind.TEXT)))
    thread.say(FAQ)

    pause = thread.say(line)
    thread.say("about 40")

    assert (pause.kind, pause.asked) == ("waiting", None)
    assert [fact.slot for fact in thread.log] == ["team"]


def test_who_has_trouble_with_an_order_is_answered_and_not_qualified() -> None:
    thread = Thread(made_of(("team", SlotKind.QUANTITY), ("note", SlotKind.TEXT)))

    asked = [
        thread.say(line).asked
        for line in ("My order never arrived.", FAQ, FAQ, "How much does a new one cost?")
    ]

    assert asked[:3] == [None, None, None]
    assert asked[3] is not None


def test_an_answer_that_comes_one_question_late_is_no_answer_to_the_next() -> None:
    money = Question(slot="sum", texts=("How much?",), is_required=True)
    playbook = made_of(("sum", SlotKind.MONEY), ("team", SlotKind.QUANTITY), questions={"sum": money})
    thread = Thread(playbook)

    asked = [thread.say(line).asked for line in (FAQ, "I don't know", "9,000 dollars")]

    assert asked[:2] == ["sum", "team"]
    assert thread.facts()["sum"].value["min"] == 9000
    assert "team" not in thread.facts()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("stop asking me things", "accept_refusal"),
        ("Hören Sie auf mich auszufragen", "accept_refusal"),
        ("Arrêtez de me poser des questions", "accept_refusal"),
        ("Deje de hacerme preguntas", "accept_refusal"),
        ("what a stupid bot", "sorry"),
        ("Das ist doch nutzlos", "sorry"),
        ("c'est ridicule", "sorry"),
        ("esto es inútil", "sorry"),
    ],
)
def test_who_has_enough_is_asked_no_more_until_they_tell_something(line: str, kind: str) -> None:
    thread = Thread(made_of(("team", SlotKind.QUANTITY), ("note", SlotKind.TEXT)))

    replies = [thread.say(text) for text in (line, FAQ, "What does it cost?", "We are 40 people")]

    assert [reply.asked for reply in replies] == [None, None, None, "note"]
    assert replies[0].kind == kind


def test_what_is_not_to_be_deleted_stays_and_a_friends_address_is_not_the_visitors() -> None:
    thread = Thread(made_of(("email", SlotKind.EMAIL)))

    replies = [thread.say(text) for text in ("Don't delete my data", "My friend's e-mail is bob@initech.com")]

    assert [(reply.kind, reply.asked) for reply in replies] == [("kept", None), ("others_contact", None)]
    assert thread.log == []


def test_a_question_does_not_return_where_the_documentation_had_no_answer() -> None:
    thread = Thread(made_of(("note", SlotKind.TEXT)))
    thread.say(FAQ)

    reply = thread.say("How fast is a swallow?")

    assert (reply.kind, reply.asked) == ("none", None)


def test_a_required_question_comes_first_and_once_more_when_it_was_talked_past() -> None:
    required = Question(slot="team", texts=("How many?", "How many people?"), is_required=True)
    playbook = made_of(
        ("company", SlotKind.COMPANY), ("team", SlotKind.QUANTITY), questions={"team": required}
    )
    thread = Thread(playbook)

    replies = [thread.say(text) for text in (FAQ, "I am at Initech Ltd", "Thanks")]

    assert [reply.asked for reply in replies] == ["team", "team", None]


def test_a_question_waits_for_its_branch_and_for_interest() -> None:
    detail = Question(slot="detail", texts=("Which?",), when=((("team", Condition(at_least=10)),),))
    keen = Question(slot="keen", texts=("When?",), after_signals=("asked_price",))
    slots = (("team", SlotKind.QUANTITY), ("detail", SlotKind.TEXT), ("keen", SlotKind.TEXT))
    playbook = made_of(*slots, questions={"detail": detail, "keen": keen})
    small, large = Thread(playbook), Thread(playbook)

    for thread, team in ((small, "We are 3 people"), (large, "We are 30 people")):
        thread.say(FAQ)
        thread.say(team)
    large.say("no idea")
    large.say("What does it cost?")

    assert asked(small) == ["team"]
    assert asked(large) == ["team", "detail", "keen"]


def test_a_question_that_comes_back_is_one_more_and_the_last_is_how_to_reach_them() -> None:
    playbook = made_of(*((name, SlotKind.TEXT) for name in "abc"), ("email", SlotKind.EMAIL), max_questions=3)
    thread = Thread(playbook)

    replies = [thread.say(line) for line in (FAQ, FAQ, "blue ones with bells on", FAQ, FAQ)]

    assert [reply.asked for reply in replies] == ["a", "a", "email", None, None]


@pytest.mark.parametrize(
    ("wave_off", "interest"),
    [
        ("No thanks, just looking", "What does it cost?"),
        ("I'm only browsing for now, thanks", "We are 30 people"),
        ("Please stop asking me questions", "I'd like to talk to a human"),
        ("Ich schaue mich nur mal um", "Was kostet das?"),
        ("Pas intéressé, merci", "Wir sind 30 Leute"),
        ("Sólo estoy mirando", "Where can I order it?"),
    ],
)
def test_who_waves_us_off_is_asked_nothing_until_they_show_interest(wave_off: str, interest: str) -> None:
    thread = Thread(bundled("bant"))
    thread.say(FAQ)

    waved = [thread.say(line) for line in (wave_off, FAQ, "Thanks", "How fast is a swallow?", FAQ)]
    keen = thread.say(interest)

    assert waved[0].kind == "accept_refusal"
    assert [reply.asked for reply in waved] == [None] * len(waved)
    assert keen.asked is not None


@pytest.mark.parametrize(
    "line",
    [
        "I'm just looking for a gift",
        "We get too many questions from customers",
        "We want to stop asking customers twice",
        "My colleague is just looking",
        "I'm not interested in training, only in hosting",
    ],
)
def test_who_says_something_like_it_is_asked_on(line: str) -> None:
    thread = Thread(bundled("bant"))
    thread.say(line)

    assert thread.say(FAQ).asked is not None


def test_a_no_thank_you_that_answers_nothing_waves_us_off() -> None:
    thread = Thread(bundled("bant"))
    thread.say("No thanks")

    assert thread.say(FAQ).asked is None


def test_a_day_has_its_own_limit() -> None:
    playbook = made_of(
        ("a", SlotKind.TEXT), ("b", SlotKind.TEXT), ("c", SlotKind.TEXT), max_questions_a_day=1
    )
    thread = Thread(playbook)
    thread.say(FAQ)
    thread.say("blue ones with bells on")

    same_day = thread.say(FAQ)
    next_day = thread.say(FAQ, after=timedelta(hours=25))

    assert same_day.asked is None
    assert next_day.asked == "b"


def hot(**more: object) -> Thread:
    """A thread with a buyer whose score has reached the hand-off."""
    thread = Thread(replace(bundled("bant"), **more))  # type: ignore[arg-type]
    thread.say(FAQ)
    thread.say("We are 40 people, USD 30,000 approved, we start next month and need fewer tickets. I decide.")
    return thread


def test_a_person_is_offered_once_from_the_handoff_on() -> None:
    thread = hot()
    assert thread.judged().score >= 65
    thread.say("I'd rather not say")

    offer = thread.say(FAQ)
    accepted = thread.say("Yes, please")
    after = [thread.say(FAQ).asked for _ in range(3)]

    assert offer.asked == OFFER
    assert [choice.id for choice in offer.choices] == ["yes", "no"]
    assert accepted.kind == "person"
    assert "signal.asked_person" in thread.facts()
    assert OFFER not in after


def test_who_does_not_want_a_person_is_left_alone() -> None:
    thread = hot()
    thread.say("I'd rather not say")
    assert thread.say(FAQ).asked == OFFER

    reply = thread.say("Not now")

    assert (reply.kind, reply.asked) == ("accept_refusal", None)
    assert "signal.asked_person" not in thread.facts()


def test_without_the_score_nobody_is_offered() -> None:
    thread = Thread(bundled("bant"))

    for _ in range(6):
        thread.say(FAQ)

    assert OFFER not in asked(thread)


def test_the_meeting_link_is_shown_once_unasked_and_whenever_a_person_is_wanted() -> None:
    meeting = Meeting(url="https://cal.example.com/team", at=65)
    keen, cold = hot(meeting=meeting), Thread(replace(bundled("bant"), meeting=meeting))
    keen.say("I'd rather not say")

    shown = [meeting.url in keen.say(FAQ).text for _ in range(3)]
    wanted = cold.say("I want to talk to a person").text

    assert shown == [True, False, False]
    assert meeting.url in wanted
    assert meeting.url not in cold.say(FAQ).text


BERLIN = OpeningHours(
    zone=ZoneInfo("Europe/Berlin"),
    week=(*[((time(9), time(12)), (time(13), time(17)))] * 5, (), ()),
    holidays=frozenset({date(2027, 1, 18)}),
)


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        (datetime(2027, 1, 15, 8, 0, tzinfo=UTC), True),
        (datetime(2027, 1, 15, 7, 59, tzinfo=UTC), False),
        (datetime(2027, 1, 15, 11, 30, tzinfo=UTC), False),
        (datetime(2027, 7, 15, 14, 59, tzinfo=UTC), True),
        (datetime(2027, 7, 15, 15, 0, tzinfo=UTC), False),
        (datetime(2027, 1, 16, 10, 0, tzinfo=UTC), False),
        (datetime(2027, 1, 18, 10, 0, tzinfo=UTC), False),
    ],
)
def test_hours_are_those_of_their_zone_and_stop_on_holidays(at: datetime, opened: bool) -> None:
    assert is_open(BERLIN, at) is opened


def test_out_of_hours_the_wish_for_a_person_is_told_when_the_team_is_back() -> None:
    friday_night = datetime(2027, 1, 15, 20, tzinfo=UTC)
    playbook = replace(bundled("bant"), hours=BERLIN)

    closed = Thread(playbook, now=friday_night).say("I want to talk to a person").text
    opened = (
        Thread(playbook, now=datetime(2027, 1, 15, 10, tzinfo=UTC)).say("I want to talk to a person").text
    )

    assert "The team is back on 2027-01-19 09:00 (Europe/Berlin)." in closed
    assert "is back on" not in opened
    nobody = OpeningHours(zone=UTC, week=((),) * 7)
    assert next_opening(nobody, friday_night) is None


@pytest.mark.parametrize(("locale", "label"), [("de", "11 bis 50 Personen"), ("fr", "11 à 50 personnes")])
def test_a_quick_reply_in_another_language_is_read_and_quoted_as_it_was_pressed(
    locale: str, label: str
) -> None:
    playbook = bundled("bant", locale)
    only = tuple(question for question in playbook.questions if question.slot == "team_size")
    thread = Thread(replace(playbook, questions=only))
    question = thread.say(FAQ)
    assert label in [choice.label for choice in question.choices]

    thread.say(label)

    fact = thread.facts()["team_size"]
    assert (fact.state, fact.value["min"], fact.value["max"], fact.quote) == (FactState.KNOWN, 11, 50, label)


def test_a_template_says_what_the_visitor_told_and_never_runs_their_words() -> None:
    question = Question(
        slot="note", texts=("{% if said.company %}And at {{ said.company }}?{% else %}And?{% endif %}",)
    )
    playbook = made_of(("company", SlotKind.COMPANY), ("note", SlotKind.TEXT), questions={"note": question})
    thread = Thread(playbook, messages={"noted": "{{ ''.__class__.__mro__ }}"})

    thread.say("I work at {{7*7}} Acme Inc")
    reply = thread.say(FAQ)

    assert "49" not in "".join(message.text for message in thread.messages)
    assert "mro" not in "".join(m.text for m in thread.messages)
    assert reply.asked in {"note", "company"}


@pytest.mark.parametrize(
    "broken", ["ada@@harbour.example", "my e-mail is ada@harbour", "@ada: write to ada@@x.example"]
)
def test_what_can_be_no_address_is_asked_for_until_it_is_one(broken: str) -> None:
    thread = Thread(bundled("shop"))

    again = thread.say(broken)
    still = thread.say("ada@@@harbour")
    mended = thread.say("ada@harbour.example")

    assert (again.kind, again.asked) == ("email_again", "email")
    assert "one @" in again.text
    assert (still.kind, still.asked) == ("email_again", "email")
    assert mended.asked == "consent"


def test_a_number_that_can_be_none_is_asked_for_again_and_never_noted() -> None:
    thread = Thread(made_of(("phone", SlotKind.PHONE)))

    again = thread.say("my phone is +49 1 234567")

    assert (again.kind, again.asked) == ("phone_again", "phone")
    assert thread.say("my phone is +49 30 901820").asked == "consent"
    # Who can be reached by what stands beside it is not asked.
    both = Thread(bundled("shop")).say("ada@harbour.example, phone +49 1 234567")
    assert both.asked == "consent"


@pytest.mark.parametrize(
    "line", ["yes please", "Ja, gern", "oui volontiers", "sí, por favor", "ok", "let me think"]
)
def test_a_yes_leaves_the_question_for_a_contact_and_its_form_open(line: str) -> None:
    thread = Thread(bundled("bant"))
    assert thread.say("I want to talk to a person").asked == "email"

    for _ in range(3):
        assert thread.say(line).asked == "email"

    assert questions_put(thread.messages) == 1
    assert thread.say("ada@harbour.example").asked == "consent"
    assert thread.say("yes").asked != "email"


@pytest.mark.parametrize(
    "line",
    ["thanks bye", "Thanks, bye!", "no, that's all", "no thanks, bye", "lol ok bye", "Cheers. See you!"],
)
def test_a_goodbye_ends_the_asking(line: str) -> None:
    thread = Thread(bundled("shop"))
    thread.say(FAQ)

    reply = thread.say(line)

    assert (reply.kind, reply.asked) == ("goodbye", None)


@pytest.mark.parametrize("line", ["Thanks", "cool, thanks", "lol ok thx"])
def test_thanks_bring_no_question(line: str) -> None:
    thread = Thread(bundled("shop"))
    thread.say(FAQ)

    reply = thread.say(line)

    assert (reply.kind, reply.asked) == ("thanks", None)


def test_a_goodbye_loses_no_fact() -> None:
    thread = Thread(bundled("shop"))
    thread.say(FAQ)

    reply = thread.say("A cargo bike for our errands, bye!")

    assert (reply.kind, reply.asked) == ("noted", None)
    assert "cargo bike" in thread.facts()["need"].value


def test_later_is_no_goodbye_where_a_time_was_asked_for() -> None:
    thread = Thread(made_of(("when", SlotKind.TIMELINE)))
    thread.say(FAQ)

    assert thread.say("later").kind == "noted"


@pytest.mark.parametrize(
    ("lines", "spared"),
    [
        ((FAQ, "Do you ship to Spain?"), "need"),
        (("Which tent is the lightest to ship?",), "need"),
        ((FAQ, "The Tern Small looks like the one for our garden"), "budget"),
        (("What does the Tern Small cost?",), "budget"),
    ],
)
def test_what_was_just_named_or_asked_for_is_not_asked_next(lines: tuple[str, ...], spared: str) -> None:
    thread = Thread(bundled("shop"))

    assert [thread.say(line) for line in lines][-1].asked != spared


def test_a_need_and_a_product_are_not_asked_for_one_after_the_other() -> None:
    thread = Thread(made_of(("need", SlotKind.NEED), ("product", SlotKind.TEXT), ("note", SlotKind.TEXT)))

    first, second = thread.say(FAQ).asked, thread.say(FAQ).asked

    assert {first, second} & {"need", "product"} == {first}


def test_the_contact_stays_asked_for_while_a_person_is_wished_for() -> None:
    thread = Thread(bundled("shop"))

    replies = [thread.say(line) for line in ("I want to talk to a person", "can somebody call me")]

    assert [reply.asked for reply in replies] == ["email", "email"]
    assert replies[0].text != replies[1].text
