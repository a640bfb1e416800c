"""Who goes ahead is ready to buy and names no need; the day of an event is a date, a bare budget no year."""

import pytest


@pytest.mark.parametrize("asked", [None, "need"])
@pytest.mark.parametrize(
    "text",
    [
        "we'd like to go ahead and book",
        "we want to go ahead",
        "I'd like to order it now",
        "we're ready to book",
        "Wir möchten gerne buchen",
        "nous voulons réserver",
        "queremos reservar",
    ],
)
def test_going_ahead_is_readiness_and_no_need(read, text: str, asked: str | None) -> None:
    reading = read(text, asked)

    assert "ready_to_buy" in [name for name, _ in reading.signals]
    assert "need" not in [fact.slot for fact in reading.facts]


@pytest.mark.parametrize(
    "text",
    [
        "we want to go ahead with the migration of our CRM",
        "we want to book a room for 20",
        "wir möchten den Kurs buchen",
        "nous voulons réserver une salle pour la fête",
    ],
)
def test_what_is_gone_ahead_with_is_a_need(read, text: str) -> None:
    reading = read(text)

    assert "need" in [fact.slot for fact in reading.facts]
    assert not reading.signals


@pytest.mark.parametrize(
    "text", ["when can we go ahead?", "we're not going to go ahead", "I want to book a call"]
)
def test_that_is_not_said_yet(read, text: str) -> None:
    assert "ready_to_buy" not in [name for name, _ in read(text).signals]


@pytest.mark.parametrize(
    "text",
    [
        "it's for our wedding on 12 june 2027",
        "our wedding is on 12 June 2027",
        "für unsere Hochzeit am 12. Juni 2027",
        "pour notre mariage le 12 juin 2027",
        "es para nuestra boda el 12 de junio de 2027",
    ],
)
def test_the_day_of_their_event_is_the_timeline(facts, text: str) -> None:
    assert facts(text)["timeline"].value == {"from": "2027-06-12", "to": "2027-06-12"}


def test_the_event_is_the_need_where_that_was_asked(facts) -> None:
    found = facts("it's for our wedding on 12 june 2027", "need")

    assert found["need"].value == "it's for our wedding"
    assert found["timeline"].value["from"] == "2027-06-12"


@pytest.mark.parametrize(
    "text",
    [
        "our wedding was on 12 June 2026",
        "the course on 12 june 2027 is full",
        "we met you at the fair on 12 june 2027",
        "our competitor's party is on 12 june 2027",
    ],
)
def test_another_day_is_none(facts, text: str) -> None:
    assert "timeline" not in facts(text)


def test_next_may_is_the_month_and_the_next_may_be_is_not(facts) -> None:
    text = "we're looking to hire a marquee for 60 guests next may, budget about 1500"

    assert facts(text)["timeline"].value == {"from": "2027-05-01", "to": "2027-05-31"}
    assert facts(text)["budget"].value["min"] == 1500
    assert "timeline" not in facts("the next may be better", "timeline")


@pytest.mark.parametrize(("text", "amount"), [("budget 1500", 1500), ("our budget is 2000 for 2027", 2000)])
def test_a_sum_that_could_be_a_year_is_a_budget(facts, text: str, amount: int) -> None:
    assert facts(text)["budget"].value["max"] == amount


@pytest.mark.parametrize("text", ["our budget for 2027 is open", "the budget 2027", "our budget by 2020"])
def test_a_year_that_is_planned_for_is_no_sum(facts, text: str) -> None:
    found = facts(text)

    assert "budget" not in found or found["budget"].state != "known"
