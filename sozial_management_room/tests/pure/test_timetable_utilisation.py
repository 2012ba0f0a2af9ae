"""Utilisation: opening hours by weekday and hour, the heat map, and what must be hidden in tables."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import given
from hypothesis import strategies as st
from timetable import Interval, heat_map, open_hours, percent, protect

BERLIN = ZoneInfo("Europe/Berlin")


def test_opening_hours_are_those_of_the_clock():
    """Open 8:30 to 10:00 by the clock, in winter and in summer."""
    winter = Interval(dt.datetime(2027, 3, 1, 7, 30), dt.datetime(2027, 3, 1, 9))
    summer = Interval(dt.datetime(2027, 7, 5, 6, 30), dt.datetime(2027, 7, 5, 8))
    assert open_hours([winter, summer], BERLIN) == {(0, 8): 1.0, (0, 9): 2.0}


def test_all_hours_are_counted_once_over_the_change_of_summer_time():
    night = Interval(dt.datetime(2027, 10, 30, 20), dt.datetime(2027, 10, 31, 8))
    found = open_hours([night], BERLIN)
    assert sum(found.values()) == 12
    assert found[6, 2] == 2  # two o'clock comes twice


def test_heat_map():
    cells = heat_map({(0, 9): 1.0, (1, 23): 2.0}, {(0, 8): 2.0, (0, 9): 2.0}, parts=2)
    assert [(key, cell.percent) for key, cell in cells.items()] == [((0, 8), 0), ((0, 9), 25), ((1, 23), None)]
    assert heat_map({(0, 8): 9.0}, {(0, 8): 2.0}, 1)[0, 8].percent == 100


def test_a_little_is_no_nothing_and_more_than_all_is_all():
    assert [percent(*pair) for pair in ((0, 9), (0.001, 9), (3, 9), (20, 9), (1, 0))] == [0, 1, 33, 100, None]


def test_a_single_hidden_row_takes_another_along():
    assert protect({"a": (2, 10.0), "b": (9, 30.0), "c": (8, 20.0)}) == {"a", "c"}
    assert protect({"a": (9, 10.0), "b": (9, 30.0)}) == set()
    assert protect({"a": (2, 10.0)}) == {"a"}
    assert protect({"a": (1, 1.0), "b": (1, 1.0), "c": (7, 50.0), "d": (9, 90.0)}) == {"a", "b", "c"}


@given(st.dictionaries(st.integers(0, 7), st.tuples(st.integers(1, 12), st.floats(0, 100))))
def test_what_is_shown_gives_no_few_away(rows):
    """Whoever subtracts what is shown from the total learns about the hidden rows together only, and they are many or all."""
    hidden = protect(rows)
    assert all(rows[key][0] >= 5 for key in rows if key not in hidden)
    if hidden and hidden != set(rows):
        assert len(hidden) > 1
        assert sum(rows[key][0] for key in hidden) >= 5


@given(st.dictionaries(st.integers(0, 5), st.tuples(st.integers(1, 12), st.integers(1, 100)), max_size=6))
def test_no_more_than_needed_is_hidden_where_nothing_is_small(rows):
    if all(parties >= 5 for parties, _amount in rows.values()):
        assert protect(rows) == set()
