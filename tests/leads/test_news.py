"""Sales hears of a lead once for each thing that became true, never before there is consent and a contact."""

import orjson
import pytest

from bot.leads.news import MAX_PAYLOAD_BYTES, Receivers, Story, deliveries_for, find_events, fit

RECEIVERS = Receivers(mail=("sales@example.com", "boss@example.com"), webhooks=("https://a.example/hook",))


def story(**changes) -> Story:
    return Story(**{"site_id": "demo", "site_name": "Foyer", "conversation_id": "c1", **changes})


def tell(playbook, now, before, after, **changes):
    return deliveries_for(
        receivers=RECEIVERS, playbook=playbook, before=before, after=after, story=story(**changes), at=now
    )


def test_a_lead_that_is_captured_and_qualified_at_once_is_told_once_to_each_receiver(
    playbook, make_lead, now
):
    items = tell(playbook, now, None, make_lead(stage="sql"))

    assert [(item.event, item.target) for item in items] == [
        ("lead.created", "webhook:https://a.example/hook"),
        ("lead.qualified", "webhook:https://a.example/hook"),
        ("lead.qualified", "mail:sales@example.com"),
        ("lead.qualified", "mail:boss@example.com"),
    ]
    assert len({item.item_id for item in items}) == 4


def test_a_contact_that_is_not_qualified_is_told_to_webhooks_only(playbook, make_lead, now):
    items = tell(playbook, now, None, make_lead(stage="lead"))

    assert [(item.event, item.target) for item in items] == [
        ("lead.created", "webhook:https://a.example/hook")
    ]


@pytest.mark.parametrize("stage", ["mql", "sql"])
def test_a_lead_that_becomes_qualified_later_is_told_then(playbook, make_lead, now, stage):
    items = tell(playbook, now, make_lead(stage="lead"), make_lead(stage=stage))

    assert {item.event for item in items} == {"lead.qualified"}
    assert len(items) == 3


def test_nothing_is_told_of_a_visitor_whom_nobody_may_reach(playbook, make_lead, now):
    assert tell(playbook, now, None, make_lead(stage="sql", captured=False), asked_person=True) == ()


def test_nothing_is_told_twice(playbook, make_lead, now):
    lead = make_lead(stage="mql")

    assert tell(playbook, now, lead, make_lead(stage="sql")) == ()


def test_the_consent_that_comes_last_brings_out_all_that_was_true_before(playbook, make_lead, now):
    before = make_lead(stage="sql", captured=False)

    events = find_events(before, make_lead(stage="sql"), asked_before=True, asked_now=True)

    assert events == ("lead.created", "lead.qualified", "conversation.handed_off")


def test_a_visitor_who_wants_a_person_is_told_by_mail_once(playbook, make_lead, now):
    lead = make_lead(stage="lead")

    asked = tell(playbook, now, lead, lead, asked_person=True)
    again = tell(playbook, now, lead, lead, asked_person=True, asked_person_before=True)

    assert [item.event for item in asked] == ["conversation.handed_off"] * 3
    assert again == ()


def test_a_turn_that_is_taken_again_makes_the_same_items(playbook, make_lead, now):
    first = tell(playbook, now, None, make_lead())
    second = tell(playbook, now, None, make_lead())

    assert first == second


def test_the_payload_has_the_shape_of_the_standard_and_says_what_is_known(playbook, make_lead, now):
    payload = tell(playbook, now, None, make_lead(), first_question="How?")[0].payload

    assert payload["type"] == "lead.created"
    assert payload["timestamp"] == "2027-01-15T12:00:00Z"
    data = payload["data"]
    assert data["facts"]["budget"] == {
        "label": "Budget",
        "state": "known",
        "value": {"min": 30000, "max": 30000, "currency": "USD", "per": "year"},
        "words": "30,000 USD per year",
        "quote": "30k a year approved",
    }
    assert data["receipts"][0]["points"] == 30
    assert data["first_question"] == "How?"
    assert "signal.asked_price" not in data["facts"]


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "🦊" * 50_000, "\x01" * 50_000, '"' * 50_000, "\ud800" * 9_000]
)
def test_a_payload_is_under_20_kb_whatever_the_visitor_wrote(playbook, make_lead, make_fact, now, text):
    facts = tuple(make_fact(slot.id, text, text) for slot in playbook.slots)

    items = tell(playbook, now, None, make_lead(facts=facts), first_question=text, page=text, referrer=text)

    for item in items:
        assert len(orjson.dumps(item.payload)) <= MAX_PAYLOAD_BYTES
        assert item.payload["data"]["lead_id"] == "lead_1"
        assert item.payload["data"]["score"] == 72


def test_what_cannot_be_shortened_enough_keeps_the_essentials():
    payload = {"type": "t", "timestamp": "z", "data": {"lead_id": "l", "score": 1, "facts": ["x"] * 9_000}}

    assert fit(payload) == {
        "type": "t",
        "timestamp": "z",
        "data": {"lead_id": "l", "score": 1, "is_cut": True},
    }


def test_a_short_payload_is_left_as_it_is():
    payload = {"type": "t", "timestamp": "z", "data": {"text": "x" * 3_000}}

    assert fit(payload) == payload
