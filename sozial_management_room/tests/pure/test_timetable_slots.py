"""Free and taken times: interval arithmetic against brute force, opening hours, conflicts, search."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import given
from hypothesis import strategies as st
from timetable import (
    CLOSURE,
    HOLIDAY,
    OCCUPIED,
    OUTSIDE,
    STATES,
    Busy,
    Conflict,
    Interval,
    Opening,
    Request,
    RoomFacts,
    WeekPlan,
    classify,
    common,
    fitting_rooms,
    free_slots,
    gaps,
    merge,
    public_holidays,
    subtract,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZERO = dt.datetime(2026, 1, 1)
MINUTE = dt.timedelta(minutes=1)
HORIZON = 60


def at(minute):
    return ZERO + minute * MINUTE


def span(start, stop):
    return Interval(at(start), at(stop))


def when(text, length=2.0):
    start = dt.datetime.fromisoformat(text)
    return Interval(start, start + dt.timedelta(hours=length))


minutes = st.integers(0, HORIZON)
intervals = st.builds(span, minutes, minutes)
sets = st.lists(intervals, max_size=8)


def moments(some):
    """The minutes that a set of intervals covers, by brute force."""
    return {minute for minute in range(HORIZON) for one in some if one.start <= at(minute) < one.stop}


# --- arithmetic ---


@given(sets)
def test_merge_keeps_the_moments(some):
    merged = merge(some)
    assert moments(merged) == moments(some)
    assert all(left.stop < right.start for left, right in zip(merged, merged[1:], strict=False)), "apart and in order"
    assert all(one.start < one.stop for one in merged)


@given(sets, sets)
def test_subtract(some, holes):
    left = subtract(some, holes)
    assert moments(left) == moments(some) - moments(holes)
    assert all(one.start < one.stop for one in left)


@given(st.lists(sets, min_size=1, max_size=4))
def test_common_is_what_all_share(many):
    expected = set.intersection(*(moments(one) for one in many))
    assert moments(common(many)) == expected


def test_common_of_nothing_is_nothing():
    assert common([]) == []


@given(sets, minutes, minutes)
def test_gaps_and_busy_fill_the_window(busy, start, stop):
    window = span(min(start, stop), max(start, stop))
    free = gaps(window, busy)
    assert moments(free) == moments([window]) - moments(busy)


@given(sets, st.integers(1, 20), st.integers(1, 10), st.integers(0, 5), st.integers(0, 5))
def test_free_slots_are_all_that_fit_and_only_those(busy, length, step, before, after):
    window = span(5, HORIZON - 5)
    found = free_slots(window, busy, length * MINUTE, step * MINUTE, before * MINUTE, after * MINUTE)
    taken = moments(busy)
    expected = [
        span(start, start + length)
        for start in range(5, HORIZON - 5 - length + 1, step)
        if not taken & set(range(start - before, start + length + after))
    ]
    assert found == expected


@pytest.mark.parametrize(("length", "step"), [(0, 1), (1, 0), (-1, 1)])
def test_free_slots_refuse_nonsense(length, step):
    with pytest.raises(ValueError):
        free_slots(span(0, 10), [], length * MINUTE, step * MINUTE)


# --- opening hours and holidays ---

EVERY_DAY = [Opening(day, 8.0, 22.0) for day in range(7)]


def test_opening_hours_are_local():
    plan = WeekPlan(EVERY_DAY, BERLIN)
    winter, summer = plan.intervals(dt.date(2026, 3, 28), dt.date(2026, 3, 29))
    assert winter == Interval(dt.datetime(2026, 3, 28, 7), dt.datetime(2026, 3, 28, 21))
    assert summer == Interval(dt.datetime(2026, 3, 29, 6), dt.datetime(2026, 3, 29, 20))
    assert plan.covers(when("2026-03-28T19:00")) and not plan.covers(when("2026-03-29T19:00"))


def test_open_across_midnight_in_both_spellings():
    over = WeekPlan([Opening(5, 18.0, 26.0)], BERLIN)
    split = WeekPlan([Opening(5, 18.0, 24.0), Opening(6, 0.0, 2.0)], BERLIN)
    night = when("2026-01-03T22:00", 3)
    assert over.covers(night) and split.covers(night)
    assert not over.covers(when("2026-01-03T22:00", 3.5))


def test_without_hours_always_open():
    plan = WeekPlan([], BERLIN)
    assert plan.always_open and plan.covers(when("2026-03-28T22:00", 40))


def test_holidays_of_the_state():
    assert set(STATES) == {"BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"}
    epiphany, children = dt.date(2026, 1, 6), dt.date(2026, 9, 20)
    assert {state for state in STATES if epiphany in public_holidays(state, 2026)} == {"BW", "BY", "ST"}
    assert {state for state in STATES if children in public_holidays(state, 2026)} == {"TH"}
    assert all(public_holidays(state, 2026)[dt.date(2026, 4, 3)] == "Karfreitag" for state in STATES)
    with pytest.raises(ValueError):
        public_holidays("XX", 2026)


def test_a_holiday_closes_its_local_day():
    plan = WeekPlan(EVERY_DAY, BERLIN, "TH")
    assert plan.holidays_in(when("2026-10-03T10:00")) == [(dt.date(2026, 10, 3), "Tag der Deutschen Einheit")]
    # 22:00 UTC on the eve is midnight in Berlin
    assert plan.holidays_in(Interval(dt.datetime(2026, 10, 2, 20), dt.datetime(2026, 10, 2, 22))) == []
    assert len(plan.holidays_in(when("2026-10-02T22:00"))) == 1
    assert plan.intervals(dt.date(2026, 10, 3), dt.date(2026, 10, 3)) == []
    assert not WeekPlan(EVERY_DAY, BERLIN).holidays_in(when("2026-10-03T10:00"))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 48), st.integers(0, 60)), max_size=6), st.integers(0, 14), st.integers(1, 30))
def test_covers_agrees_with_brute_force(hours, start, halves):
    plan = WeekPlan([Opening(day, begin / 2, min(end, 48) / 2) for day, begin, end in hours], "UTC")
    first = dt.datetime(2026, 6, 1) + dt.timedelta(hours=start * 12)
    slot = Interval(first, first + halves * dt.timedelta(minutes=30))
    real = [(day, begin / 2, min(end, 48) / 2) for day, begin, end in hours if min(end, 48) > begin]
    half_hours = [first + number * dt.timedelta(minutes=30) for number in range(halves)]
    expected = not real or all(
        any(day == half.weekday() and begin <= half.hour + half.minute / 60 < end for day, begin, end in real) for half in half_hours
    )
    assert plan.covers(slot) == expected


# --- conflicts ---


def test_conflicts_in_their_order():
    plan = WeekPlan(EVERY_DAY, BERLIN, "TH")
    slot = when("2026-10-03T20:00")
    busy = [Busy("a", slot, 0, "choir"), Busy("b", slot, 0, "elsewhere"), Busy("a", slot, 1, "water"), Busy("a", slot, 0, "choir")]
    assert classify(slot, ["a"], busy, plan) == [
        Conflict(OCCUPIED, ("choir",)),
        Conflict(CLOSURE, ("water",)),
        Conflict(HOLIDAY, ("Tag der Deutschen Einheit",)),
    ]
    assert classify(when("2026-10-04T20:00"), ["a"], [], plan) == [Conflict(OUTSIDE)]
    assert classify(when("2026-10-04T10:00"), ["a"], busy, plan) == []
    assert [conflict.hard for conflict in classify(slot, ["a"], busy, plan)] == [True, True, False]


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"),
    [(0, 0, True), (0, 1, True), (0, 3, True), (3, 3, True), (3, 1, False), (1, 1, False), (1, 0, True)],
)
def test_kinds_keep_each_other_out_as_the_constraints_do(mine, theirs, clash):
    slot = span(0, 10)
    assert bool(classify(slot, ["a"], [Busy("a", slot, theirs)], kind=mine)) == clash


def test_buffers_that_touch_are_no_conflict():
    first = Busy("a", span(0, 30), 0)  # its own buffer included
    assert classify(span(40, 50), ["a"], [first], before=10 * MINUTE) == []
    assert classify(span(40, 50), ["a"], [first], before=11 * MINUTE) == [Conflict(OCCUPIED, (None,))]


# --- search ---


def test_a_room_for_20_with_step_free_access_on_three_tuesdays():
    tuesdays = [when(f"2026-02-{day:02}T17:00") for day in (3, 10, 17)]
    step_free = frozenset(["step_free"])
    hall = RoomFacts("hall", 80, frozenset("ab"), step_free)
    half = RoomFacts("half", 40, frozenset("a"), step_free)
    cellar = RoomFacts("cellar", 30, frozenset("c"))
    office = RoomFacts("office", 8, frozenset("d"), step_free)
    garden = RoomFacts("garden", 25, frozenset("e"), step_free | {"toilet"})
    busy = [Busy("e", tuesdays[1], 0, "yoga"), Busy("b", tuesdays[0], 1, "painter")]
    found = fitting_rooms(Request(tuesdays, 20, step_free), [hall, half, cellar, office, garden], busy)
    assert [(fit.room.key, fit.free, sorted(fit.conflicts)) for fit in found] == [
        ("half", True, []),
        ("garden", False, [1]),
        ("hall", False, [0]),
    ]
    assert found[1].conflicts[1] == [Conflict(OCCUPIED, ("yoga",))]


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 200), st.integers(1, 60), st.sampled_from((0, 1, 3))), max_size=12),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_search_agrees_with_asking_for_each_slot(slots, taken, before, after):
    slots = [span(start, start + length) for start, length in slots]
    busy = [Busy(atom, span(start, start + length), kind, number) for number, (atom, start, length, kind) in enumerate(taken)]
    plan = WeekPlan(EVERY_DAY, BERLIN, "TH")
    rooms = [
        RoomFacts(key, 10, frozenset(atoms), before=before * MINUTE, after=after * MINUTE, plan=plan)
        for key, atoms in (("hall", "ab"), ("half", "a"))
    ]
    for fit in fitting_rooms(Request(slots), rooms, busy):
        for number, slot in enumerate(slots):
            expected = classify(slot, fit.room.atoms, busy, plan, before * MINUTE, after * MINUTE)
            found = fit.conflicts.get(number, [])
            assert [one.kind for one in found] == [one.kind for one in expected]
            assert [set(one.what) for one in found] == [set(one.what) for one in expected]
