"""No pattern of time is passed over that would have matched: whatever matches one holds a hint of it."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.reading import date_hints, other_dates, read_message
from bot.domain.reading.date_hints import searchable
from bot.domain.reading.date_patterns import PATTERNS
from bot.domain.reading.once_a_message import once_a_message

# What hypothesis would take a minute to write: "a week from" and a feast.
ENGLISH = [(pattern, hints) for _, hints, pattern in PATTERNS if hints is not date_hints.FROM_THEN]
ELSEWHERE = (
    other_dates._PHRASE,
    other_dates._PART_OF_YEAR,
    other_dates._WITHIN,
    other_dates._AHEAD,
    *dict(other_dates._SAID).values(),
)
HINTED = [*ENGLISH, *((pattern, other_dates._HINTS) for pattern in ELSEWHERE)]


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "hints"), HINTED, ids=map(str, range(len(HINTED))))
def test_whatever_matches_a_pattern_holds_one_of_its_hints(pattern, hints):
    @settings(
        max_examples=5,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.from_regex(pattern))
    def holds_a_hint(text):
        searched = searchable(text)
        assert any(hint in searched for hint in hints), text

    holds_a_hint()


def test_no_words_of_a_visitor_are_remembered_once_their_message_is_read(now, slots):
    asked = []

    @once_a_message
    def measure(text):
        asked.append(text)
        return len(text)

    assert [measure("Ada"), measure("Ada")] == [3, 3]
    read_message("My name is Ada", slots=slots, asked=None, now=now)
    measure("Ada")

    assert asked == ["Ada", "Ada"]
