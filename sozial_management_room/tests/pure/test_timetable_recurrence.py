"""Dates of a series: local time over the change of summer time, rules, ends, exceptions."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import given
from hypothesis import strategies as st
from timetable import MAX_DATES, Recurrence, RuleError, build_rule, local_day, parse_rule, slot_to_utc, to_local, to_utc

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = dt.timedelta(hours=1)
zones = st.sampled_from(["Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]).map(ZoneInfo)
days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))
rules = st.builds(
    lambda freq, interval, by: build_rule({"FREQ": freq, "INTERVAL": interval, **by}),
    st.sampled_from(["WEEKLY", "MONTHLY"]),
    st.integers(1, 4),
    st.sampled_from([{}, {"BYDAY": ["TU"]}, {"BYDAY": ["MO", "FR"]}]),
)


def series(first, begin, end, rule, zone=BERLIN, **values):
    time = dt.time.fromisoformat
    return Recurrence.of(dt.date.fromisoformat(first), time(begin), time(end), rule, zone, **values)


def utc(text):
    return dt.datetime.fromisoformat(text)


# --- the clock on the wall ---


def test_weekly_18_stays_18_over_both_changes():
    dates = series("2026-03-24", "18:00", "20:00", "FREQ=WEEKLY;COUNT=34").expand()
    assert [to_local(date.start, BERLIN).time() for date in dates] == [dt.time(18)] * 34
    assert {date.start.time() for date in dates} == {dt.time(16), dt.time(17)}, "UTC moves, the wall does not"
    assert dates[0].start == utc("2026-03-24T17:00") and dates[1].start == utc("2026-03-31T16:00")
    assert dates[30].start == utc("2026-10-20T16:00") and dates[31].start == utc("2026-10-27T17:00")
    assert {date.stop - date.start for date in dates} == {2 * HOUR}


def test_the_night_of_the_change_ends_by_the_clock_on_the_wall():
    spring, usual = series("2026-03-28", "23:00", "04:00", "FREQ=WEEKLY;COUNT=2").expand()
    assert (spring.stop - spring.start, usual.stop - usual.start) == (4 * HOUR, 5 * HOUR)
    (autumn,) = series("2026-10-24", "23:00", "04:00", "FREQ=WEEKLY;COUNT=1").expand()
    assert autumn.stop - autumn.start == 6 * HOUR
    assert to_local(autumn.stop, BERLIN) == dt.datetime(2026, 10, 25, 4)
    assert autumn.day == dt.date(2026, 10, 24), "the date belongs to the evening on which it starts"


@pytest.mark.parametrize(
    ("begin", "end", "start", "length"),
    [
        ("02:30", "03:45", "2026-03-29T01:30", 75),  # 03:30 to 04:45: moved by the missing hour, the length stays
        ("02:00", "03:00", "2026-03-29T01:00", 60),  # would be empty otherwise
        ("01:30", "02:30", "2026-03-29T00:30", 60),  # only the end is missing: 03:30
        ("01:00", "03:00", "2026-03-29T00:00", 60),  # two hours on the wall, one in truth
        ("03:00", "04:00", "2026-03-29T01:00", 60),
    ],
)
def test_a_time_that_does_not_exist(begin, end, start, length):
    (date,) = series("2026-03-29", begin, end, "FREQ=DAILY;COUNT=1").expand()
    assert (date.start, date.stop - date.start) == (utc(start), dt.timedelta(minutes=length))


@pytest.mark.parametrize(
    ("begin", "end", "start", "length"),
    [
        ("02:30", "02:45", "2026-10-25T00:30", 15),  # comes twice: the first time counts
        ("02:30", "03:30", "2026-10-25T00:30", 120),  # until half past three on the wall
        ("01:00", "02:30", "2026-10-24T23:00", 90),
        ("03:00", "04:00", "2026-10-25T02:00", 60),
    ],
)
def test_a_time_that_comes_twice(begin, end, start, length):
    (date,) = series("2026-10-25", begin, end, "FREQ=DAILY;COUNT=1").expand()
    assert (date.start, date.stop - date.start) == (utc(start), dt.timedelta(minutes=length))


def test_days_of_the_change_have_23_and_25_hours():
    lengths = [stop - start for start, stop in (local_day(dt.date(2026, *day), BERLIN) for day in ((3, 29), (10, 25), (6, 1)))]
    assert lengths == [23 * HOUR, 25 * HOUR, 24 * HOUR]


@given(zones, days, times, st.integers(1, 60 * 30))
def test_a_slot_is_never_empty_and_keeps_to_the_wall(zone, day, time, minutes):
    start = dt.datetime.combine(day, time)
    stop = start + dt.timedelta(minutes=minutes)
    begin, end = slot_to_utc(start, stop, zone)
    assert begin < end
    if to_local(to_utc(start, zone), zone) == start:
        assert to_local(begin, zone) == start
        if to_local(to_utc(stop, zone), zone) == stop:
            assert to_local(end, zone) == stop
    else:
        assert end - begin == stop - start


def test_an_empty_slot_is_refused():
    with pytest.raises(ValueError):
        slot_to_utc(utc("2026-01-01T10:00"), utc("2026-01-01T10:00"), BERLIN)


# --- series ---


@given(zones, days, times, times, rules, st.integers(1, 60))
def test_dates_of_a_series(zone, first, begin, end, rule, count):
    one = Recurrence.of(first, begin, end, f"{rule};COUNT={count}", zone)
    dates = one.expand()
    assert len(dates) == count
    assert [date.day for date in dates] == sorted({date.day for date in dates}), "in order, no day twice"
    for date in dates:
        wall = dt.datetime.combine(date.day, begin)
        if to_local(to_utc(wall, zone), zone) == wall:
            assert to_local(date.start, zone) == wall
        assert dt.timedelta() < date.stop - date.start <= dt.timedelta(hours=25)
    until = dates[count // 2].day
    cut = Recurrence.of(first, begin, end, rule, zone, until=until).expand()
    assert cut == dates[: count // 2 + 1], "until is inclusive"
    without = Recurrence.of(first, begin, end, f"{rule};COUNT={count}", zone, exceptions=[until]).expand()
    assert without == [date for date in dates if date.day != until], "COUNT counts before exceptions"


@pytest.mark.parametrize(
    ("first", "rule", "expected"),
    [
        ("2026-01-01", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", ["2026-01-01", "2026-01-06", "2026-01-08"]),
        ("2026-01-05", "FREQ=WEEKLY;BYDAY=TU;COUNT=1", ["2026-01-06"]),
        ("2026-01-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=MO;COUNT=2", ["2026-01-04", "2026-01-18"]),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=3", ["2026-01-05", "2026-01-19", "2026-02-02"]),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-01-30", "2026-02-27"]),
        ("2026-01-31", "FREQ=MONTHLY;COUNT=3", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("2024-02-29", "FREQ=YEARLY;COUNT=2", ["2024-02-29", "2028-02-29"]),
        ("2026-12-30", "FREQ=DAILY;UNTIL=20270101", ["2026-12-30", "2026-12-31", "2027-01-01"]),
        # 18:00 in Berlin is 17:00 UTC: this UNTIL is a second too early for the last day
        ("2026-12-30", "FREQ=DAILY;UNTIL=20261231T165959Z", ["2026-12-30"]),
        ("2026-12-30", "FREQ=DAILY;UNTIL=20261231T170000Z", ["2026-12-30", "2026-12-31"]),
        ("2026-12-30", "rrule:freq=daily;count=2;", ["2026-12-30", "2026-12-31"]),
    ],
)
def test_rules(first, rule, expected):
    assert [day.isoformat() for day in series(first, "18:00", "20:00", rule).days()] == expected


def test_of_several_ends_the_earliest_counts():
    one = series("2026-01-01", "18:00", "20:00", "FREQ=DAILY;UNTIL=20260110", until=dt.date(2026, 1, 5))
    assert one.days()[-1] == dt.date(2026, 1, 5)
    assert one.days(dt.date(2026, 1, 3))[-1] == dt.date(2026, 1, 3)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "empty"),
        ("INTERVAL=1", "freq"),
        ("FREQ=HOURLY;COUNT=3", "freq"),
        ("FREQ=WEEKLY;BYHOUR=3;COUNT=3", "unknown"),
        ("FREQ=WEEKLY;X-MINE=1", "unknown"),
        ("FREQ=WEEKLY;COUNT", "part"),
        ("FREQ=WEEKLY;FREQ=DAILY", "part"),
        ("FREQ=WEEKLY;COUNT=0", "value"),
        ("FREQ=WEEKLY;COUNT=5,6", "value"),
        ("FREQ=WEEKLY;INTERVAL=x;COUNT=1", "value"),
        ("FREQ=WEEKLY;BYDAY=DI;COUNT=1", "value"),
        ("FREQ=WEEKLY;BYDAY=1TU;COUNT=1", "value"),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "value"),
        ("FREQ=WEEKLY;UNTIL=20260230", "value"),
        ("FREQ=MONTHLY;BYMONTHDAY=0;COUNT=1", "value"),
        ("FREQ=MONTHLY;BYSETPOS=1;COUNT=1", "value"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20300101", "both"),
        ("FREQ=WEEKLY", "endless"),
        (f"FREQ=WEEKLY;COUNT={MAX_DATES + 1}", "many"),
        ("FREQ=DAILY;UNTIL=20990101", "many"),
        ("FREQ=YEARLY;UNTIL=20990101", "far"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", "far"),
    ],
)
def test_bad_rules_are_refused_with_a_code(rule, code):
    with pytest.raises(RuleError) as caught:
        series("2026-01-01", "18:00", "20:00", rule).expand()
    assert caught.value.code == code


@given(st.text(alphabet="FREQWEKLYDAINTUCO=;,-+0123456789BSMVHZ ", max_size=60))
def test_any_text_is_read_whole_or_refused(text):
    try:
        parts = parse_rule(text)
    except RuleError:
        return
    assert parse_rule(build_rule(parts)) == {name: value for name, value in parts.items() if (name, value) != ("INTERVAL", 1)}


def test_a_rule_that_never_comes_ends():
    assert series("2026-01-01", "18:00", "20:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", until=dt.date(2036, 1, 1)).days() == []
