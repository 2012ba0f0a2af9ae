"""The deadline to the microsecond, both changes of summer time, standstill."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedure import ProcedureError
from procedure.clock import PHASES, Dates, award_from, check_dates, check_move, in_time, instant, last_standstill_day, phase
from procedure.completeness import Evidence, Lack, Requirement, lacks

UTC = timezone.utc
BERLIN = "Europe/Berlin"
TICK = timedelta(microseconds=1)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
SECONDS = INSTANTS.map(lambda moment: moment.replace(microsecond=0))


def code(call, *args, **kwargs):
    with pytest.raises(ProcedureError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@given(SECONDS)
def test_equal_passes_and_a_microsecond_later_does_not(deadline):
    assert in_time(deadline, deadline)
    assert in_time(deadline, deadline - TICK)
    assert not in_time(deadline, deadline + TICK)
    assert not in_time(deadline.replace(tzinfo=None), deadline + TICK)  # as Odoo stores it


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        (datetime(2026, 3, 29, 1, 59, 59), datetime(2026, 3, 29, 0, 59, 59)),  # last second of winter
        (datetime(2026, 3, 29, 3), datetime(2026, 3, 29, 1)),  # first of summer
        (datetime(2026, 10, 25, 1, 59, 59), datetime(2026, 10, 24, 23, 59, 59)),  # still summer
        (datetime(2026, 10, 25, 3), datetime(2026, 10, 25, 2)),  # winter again
        (datetime(2026, 7, 1, 10), datetime(2026, 7, 1, 8)),
        (datetime(2026, 12, 1, 10), datetime(2026, 12, 1, 9)),
    ],
)
def test_ten_o_clock_is_ten_on_the_wall(wall, utc):
    assert instant(wall, BERLIN) == utc.replace(tzinfo=UTC)


def test_no_deadline_in_an_hour_that_is_not_or_is_twice():
    assert code(instant, datetime(2026, 3, 29, 2, 30), BERLIN) == "wall_missing"
    assert code(instant, datetime(2026, 10, 25, 2, 30), BERLIN) == "wall_twice"
    assert code(instant, datetime(2026, 7, 1), "Europe/Nordhausen") == "zone_unknown"


@given(SECONDS, st.lists(st.integers(0, 10**10), min_size=3, max_size=3).map(sorted), INSTANTS)
def test_phases_follow_each_other(start, gaps, now):
    published, questions, deadline = (start + timedelta(microseconds=gap) for gap in gaps)
    dates = Dates(published, None, questions, deadline)
    before, after = phase(dates, now), phase(dates, now + timedelta(days=1))
    assert PHASES.index(after) >= PHASES.index(before)
    assert (phase(dates, now) == "closed") == (now > deadline)
    assert phase(dates, deadline) != "closed"
    assert phase(dates, published - TICK) == "unpublished"


def test_announced_until_submissions_start():
    start = datetime(2026, 5, 1, 8, tzinfo=UTC)
    dates = Dates(start, start + timedelta(days=2), start + timedelta(days=5), start + timedelta(days=9))
    days = [phase(dates, start + timedelta(days=day)) for day in (0, 2, 5, 6, 9, 10)]
    assert days == ["announced", "questions", "questions", "submission", "submission", "closed"]
    assert phase(Dates(), start) == "unpublished"


@given(SECONDS, INSTANTS, st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_a_deadline_moves_only_later_and_only_before_it_is_over(old, now, step):
    new = (old + step).replace(microsecond=0)
    allowed = now <= old and new > old
    if allowed:
        check_move(old, new, now)
    else:
        assert code(check_move, old, new, now) in ("deadline_over", "deadline_earlier")
    assert code(check_move, old, old + TICK, old) == "deadline_fraction"


def test_dates_of_a_publication():
    now = datetime(2026, 5, 1, 8, tzinfo=UTC)
    later = now + timedelta(days=30)
    check_dates(Dates(None, None, later, later), now)
    assert code(check_dates, Dates(), now) == "deadline_missing"
    assert code(check_dates, Dates(deadline=now), now) == "deadline_past"
    assert code(check_dates, Dates(deadline=later + TICK), now) == "deadline_fraction"
    assert code(check_dates, Dates(questions_until=later + TICK, deadline=later), now) == "questions_late"


@pytest.mark.parametrize(
    ("sent", "days", "start"),
    [
        # sent on 1 June, 23:30 in Berlin; 15 days end on 16 June at midnight
        (datetime(2026, 6, 1, 21, 30), 15, datetime(2026, 6, 16, 22)),
        (datetime(2026, 6, 1, 22, 30), 15, datetime(2026, 6, 17, 22)),  # already 2 June there
        (datetime(2026, 10, 20, 8), 10, datetime(2026, 10, 30, 23)),  # over the change: midnight in winter
        (datetime(2026, 3, 20, 8), 10, datetime(2026, 3, 30, 22)),
        (datetime(2026, 6, 1, 21, 30), 0, datetime(2026, 6, 1, 21, 30)),
    ],
)
def test_standstill_ends_at_midnight_there(sent, days, start):
    assert award_from(sent, days, BERLIN) == start.replace(tzinfo=UTC)


def test_standstill_waits_for_a_working_day():
    def working(day):
        return day.weekday() < 5 and day != date(2026, 6, 15)

    assert last_standstill_day(datetime(2026, 6, 3, 8), 10, BERLIN) == date(2026, 6, 13)  # a Saturday
    assert last_standstill_day(datetime(2026, 6, 3, 8), 10, BERLIN, working) == date(2026, 6, 16)
    assert code(last_standstill_day, datetime(2026, 6, 3, 8), -1, BERLIN) == "standstill_negative"


@given(INSTANTS, st.integers(1, 40))
def test_standstill_is_never_shorter_than_its_days(sent, days):
    assert award_from(sent, days, BERLIN) > sent + timedelta(days=days) - timedelta(hours=1)  # one day has 23 hours


REQUIRED = [
    Requirement("idea", longest=10), Requirement("team", required=False), Requirement("insurance", "evidence"),
    Requirement("tariff", "confirmation"),
]  # fmt: skip
TODAY = date(2026, 5, 1)


def test_all_lacks_at_once_in_the_order_of_the_form():
    assert lacks(REQUIRED, {"idea": " ", "price": "1"}, [], [], TODAY) == [
        Lack("idea", "missing"), Lack("insurance", "missing"), Lack("tariff", "unconfirmed"), Lack("price", "unknown"),
    ]  # fmt: skip
    assert lacks(REQUIRED, {"idea": "eleven char"}, [], ["tariff"], TODAY)[0] == Lack("idea", "too_long", 10)


@given(st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), min_size=1), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_evidence_is_good_through_its_last_day(ends, on):
    found = lacks(REQUIRED, {"idea": "x"}, [Evidence("insurance", end) for end in ends], ["tariff"], on)
    assert found == ([] if max(ends) >= on else [Lack("insurance", "expired")])
    assert not lacks(REQUIRED, {"idea": "x"}, [Evidence("insurance")], ["tariff"], on)
