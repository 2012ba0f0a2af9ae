"""Periods of the Civil Code, known dates and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute.periods import STATES, is_working_day, period_end, period_latest, public_holidays

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("event", "length", "state", "end"),
    [
        (date(2026, 1, 14), {"months": 2}, "NI", date(2026, 3, 16)),  # 14 March is a Saturday
        (date(2026, 1, 31), {"months": 1}, "NI", date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2024, 12, 31), {"months": 2}, "NI", date(2025, 2, 28)),  # a shorter month ends on its last day
        (date(2026, 3, 20), {"weeks": 2}, "NI", date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 10, 24), {"weeks": 1}, "NI", date(2026, 11, 2)),  # Reformation Day is a Saturday
        (date(2026, 5, 21), {"weeks": 2}, "NI", date(2026, 6, 4)),  # Corpus Christi: a working day here
        (date(2026, 5, 21), {"weeks": 2}, "BY", date(2026, 6, 5)),  # but a holiday in Bavaria
        (date(2026, 11, 20), {"days": 3}, "NI", date(2026, 11, 23)),
    ],
)
def test_known_ends(event, length, state, end):
    assert period_end(event, **length, state=state) == end


@pytest.mark.parametrize(
    ("event", "length", "latest"),
    [
        (date(2026, 12, 15), {"weeks": 2}, date(2026, 12, 1)),
        (date(2027, 1, 15), {"weeks": 2}, date(2026, 12, 31)),  # New Year: the working day before
        (date(2026, 3, 31), {"months": 1}, date(2026, 2, 27)),  # 28 February is a Saturday
    ],
)
def test_known_latest_days(event, length, latest):
    assert period_latest(event, **length) == latest


@given(DAYS, st.integers(1, 400), st.sampled_from(STATES))
def test_an_end_is_a_working_day_and_never_early(event, days, state):
    end = period_end(event, days=days, state=state)
    assert is_working_day(end, state)
    assert end >= event + timedelta(days=days)
    assert all(not is_working_day(event + timedelta(days=days + n), state) for n in range((end - event).days - days))


@given(DAYS, DAYS, st.integers(1, 24), st.sampled_from(STATES))
def test_a_later_event_never_ends_earlier(one, other, months, state):
    early, late = sorted((one, other))
    assert period_end(early, months=months, state=state) <= period_end(late, months=months, state=state)


@given(DAYS, st.integers(1, 12), st.sampled_from(STATES))
def test_counting_back_leaves_at_least_the_time(event, weeks, state):
    latest = period_latest(event, weeks=weeks, state=state)
    assert is_working_day(latest, state)
    assert event - latest >= timedelta(weeks=weeks)


@pytest.mark.parametrize("length", [{}, {"days": -1}, {"weeks": 1, "days": -1}])
def test_a_period_has_a_length(length):
    with pytest.raises(ValueError, match="length of the period"):
        period_end(date(2026, 1, 1), **length)


def test_an_unknown_state_is_named():
    with pytest.raises(ValueError, match="XX"):
        period_end(date(2026, 1, 1), days=1, state="XX")
    assert date(2026, 10, 31) in public_holidays("NI", 2026)
