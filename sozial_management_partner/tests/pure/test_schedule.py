"""Periods, monthly amounts and weekly hours."""

from datetime import date
from decimal import Decimal

from procedure.schedule import Period, periods, share, weekly_hours


def _spans(*arguments):
    return [(one.start.isoformat(), one.end.isoformat()) for one in periods(*arguments)]


def test_periods_follow_the_calendar_and_are_cut_to_the_agreement():
    assert _spans("quarter", date(2026, 2, 10), date(2026, 12, 31), date(2026, 11, 22)) == [
        ("2026-02-10", "2026-03-31"),
        ("2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-09-30"),
    ]
    assert _spans("half", date(2026, 2, 10), date(2026, 9, 5), date(2026, 11, 22)) == [
        ("2026-02-10", "2026-06-30"),
        ("2026-07-01", "2026-09-05"),
    ]


def test_a_period_is_over_the_day_after():
    agreement = (date(2026, 1, 1), date(2027, 12, 31))
    assert _spans("year", *agreement, date(2026, 12, 31)) == []
    assert _spans("year", *agreement, date(2027, 1, 1)) == [("2026-01-01", "2026-12-31")]
    assert _spans("month", date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)) == [
        ("2026-12-31", "2026-12-31"),
        ("2027-01-01", "2027-01-01"),
    ]


def test_nothing_is_due_before_the_first_day():
    assert _spans("year", date(2026, 7, 1), date(2026, 6, 30), date(2027, 1, 2)) == []
    assert _spans("month", date(2026, 6, 20), date(2026, 6, 10), date(2027, 1, 2)) == []


def test_monthly_amounts_are_cut_by_days():
    assert share(Decimal("750"), Period(date(2026, 1, 1), date(2026, 12, 31))) == Decimal("9000.00")
    assert share(Decimal("100"), Period(date(2026, 2, 15), date(2026, 3, 31))) == Decimal("150.00")
    assert share(Decimal("100"), Period(date(2026, 1, 1), date(2026, 1, 10))) == Decimal("32.26")


def test_weekly_hours_count_the_weekdays():
    november = Period(date(2026, 11, 1), date(2026, 11, 30))  # a Sunday to a Monday
    assert weekly_hours([(0, 3.0), (6, 2.0), (1, 1.5)], november) == 5 * 3 + 5 * 2 + 4 * 1.5
    assert weekly_hours([], november) == 0
