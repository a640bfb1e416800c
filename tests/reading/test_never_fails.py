"""Whatever is written, reading returns, quickly, with exact spans."""

import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.reading import find_entities, read_message

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
VOCABULARY = """
we are 40 people budget 30k $ € no not by next quarter march 1 , . ? ! > - – @ at dot com 555 sam from Acme Ltd I'm if
and or to 1/2 99999999999999999999 trillion
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])
ANY_TEXT = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=ANY_TEXT,
    asked=st.sampled_from(
        [
            None,
            "consent",
            "team_size",
            "budget",
            "timeline",
            "name",
            "company",
            "need",
            "plan",
            "email",
            "phone",
            "role",
        ]
    ),
)
def test_any_text_is_read_with_exact_quotes(slots, text, asked):
    reading = read_message(text, slots=slots, asked=asked, now=NOW)

    for fact in reading.facts:
        assert text[fact.start : fact.end] == fact.text
        assert fact.text.strip()
    assert len({fact.slot for fact in reading.facts}) == len(reading.facts)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=ANY_TEXT)
def test_entities_lie_in_order_and_never_overlap(text):
    entities = find_entities(text, now=NOW)

    assert all(text[entity.start : entity.end] == entity.text for entity in entities)
    assert all(one.end <= other.start for one, other in pairwise(entities))


@pytest.mark.parametrize(
    "part",
    [
        "a",
        " ",
        "1 ",
        "no ",
        "a.",
        "a@",
        "$",
        "twenty ",
        "next ",
        "1-",
        ",",
        "we are ",
        "if ",
        "I'm Sam ",
        "1 and ",
        "(",
        "\n",
        "every ",
        "not ",
        "> ",
        "é",
        "www.",
        "a-",
        "+1 ",
        "of the ",
        "our ",
        "yes ",
        "hi, ",
    ],
)
def test_the_longest_message_is_read_in_time(slots, part):
    text = (part * 4000)[:4000]
    read_message("warm up 3 May", slots=slots, asked=None, now=NOW)
    started = time.thread_time()  # what others do on this machine takes none of it

    read_message(text, slots=slots, asked="need", now=NOW)

    assert time.thread_time() - started < 1.0
