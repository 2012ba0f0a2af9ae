"""Periods of §§ 555c, 555d BGB, known days and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute.modernisation import InTime, ObjectionPeriod, announcement_latest, earliest_start, in_time, objection_period
from statute.periods import STATES, is_working_day

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "latest"),
    [
        (date(2027, 7, 1), date(2027, 3, 31)),
        (date(2027, 4, 15), date(2027, 1, 14)),
        (date(2027, 5, 31), date(2027, 2, 27)),  # February has no 31st
        (date(2027, 1, 1), date(2026, 9, 30)),
    ],
)
def test_known_last_days_of_the_announcement(start, latest):
    assert announcement_latest(start) == latest


@pytest.mark.parametrize(
    ("received", "last", "counts"),
    [
        (date(2026, 11, 23), date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 12, 1), date(2027, 1, 31), date(2027, 2, 1)),  # a Sunday
        (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 1)),
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 1)),
        (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 2)),  # Reformation Day, a Saturday
    ],
)
def test_known_periods(received, last, counts):
    assert objection_period(received, True) == ObjectionPeriod(last, counts)


def test_a_holiday_of_one_state_moves_the_end_there_alone():
    received = date(2033, 9, 1)  # 31 October 2033 is a Monday, Reformation Day
    assert objection_period(received, True, "NI").counts_until == date(2033, 11, 1)
    assert objection_period(received, True, "BY").counts_until == date(2033, 10, 31)


def test_without_receipt_or_without_the_hint_no_period_runs():
    assert objection_period(None, True) is None
    assert objection_period(date(2026, 11, 23), False) is None


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="state"):
        objection_period(date(2026, 11, 23), True, "XX")


PERIOD = objection_period(date(2026, 12, 1), True)
START = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("objected", "period", "start", "rent_only", "verdict"),
    [
        (date(2027, 1, 31), PERIOD, START, False, InTime.IN_TIME),
        (date(2027, 2, 1), PERIOD, START, True, InTime.IN_TIME),  # § 193 BGB
        (date(2027, 2, 2), PERIOD, START, False, InTime.EXCUSE),
        (date(2027, 4, 1), PERIOD, START, True, InTime.EXCUSE),  # on the day they begin: not after it
        (date(2027, 4, 2), PERIOD, START, True, InTime.TOO_LATE),
        (date(2027, 4, 2), PERIOD, START, False, InTime.EXCUSE),
        (date(2027, 4, 2), None, START, False, InTime.NO_PERIOD),
        (date(2027, 4, 2), None, START, True, InTime.TOO_LATE),  # § 555d (5) sentence 2
        (date(2027, 4, 2), PERIOD, None, True, InTime.EXCUSE),
    ],
)
def test_known_objections(objected, period, start, rent_only, verdict):
    assert in_time(objected, period, start, rent_only) is verdict


@given(DAYS, st.sampled_from(STATES))
def test_the_period_is_at_least_a_month_and_ends_with_one(received, state):
    period = objection_period(received, True, state)
    assert (period.last_day + DAY).day == 1
    assert 28 <= (period.last_day - received).days <= 62
    assert (period.last_day.year * 12 + period.last_day.month) - (received.year * 12 + received.month) == 1
    assert is_working_day(period.counts_until, state)
    assert period.counts_until >= period.last_day
    assert not any(is_working_day(period.last_day + DAY * n, state) for n in range((period.counts_until - period.last_day).days))


@given(DAYS)
def test_the_earliest_start_is_the_first_day_in_order(received):
    start = earliest_start(received)
    assert announcement_latest(start) >= received
    assert announcement_latest(start - DAY) < received


@given(DAYS, DAYS, st.booleans(), st.sampled_from(STATES))
def test_who_objects_earlier_is_never_worse_off(one, other, rent_only, state):
    early, late = sorted((one, other))
    order = [InTime.IN_TIME, InTime.NO_PERIOD, InTime.EXCUSE, InTime.TOO_LATE]
    for period in (None, objection_period(date(2026, 5, 5), True, state)):
        verdicts = [order.index(in_time(day, period, date(2027, 1, 1), rent_only)) for day in (early, late)]
        assert verdicts == sorted(verdicts)
