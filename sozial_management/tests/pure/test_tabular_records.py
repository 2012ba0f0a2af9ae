"""Rows to records and plans: what a row states, what it breaks, what it changes."""

import datetime as dt
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import given
from hypothesis import strategies as st
from tabular import FIELDS, Interval, RecordReader, TabularError, diff_part, find_overlaps, group_moves
from tabular.planning import is_same_person

COLUMNS = [
    "external_ref", "date_start", "date_end", "rent_net", "balance", "balance_date", "dwelling_number", "position",
    "street_line", "zip_city", "name", "birth_date", "email",
]  # fmt: skip
MAPPING = {name: index for index, name in enumerate(COLUMNS)}
ROW = ["V1", "01.01.2020", "", "350,00", "-12,50", "31.10.2026", "VE1", "2. OG links",
       "Straße des 17. Juni 135 a", "01067 Dresden", "Müller, Anna", "24.12.1950", "a@b.de"]  # fmt: skip
day = dt.date


def read(row=None, sign="negative", **cells):
    row = list(row or ROW)
    for name, cell in cells.items():
        row[MAPPING[name]] = cell
    return RecordReader(MAPPING, sign, len(COLUMNS)).read(7, row)


def test_a_whole_row():
    record = read()
    assert not record.problems
    assert record.values == {
        "external_ref": "V1", "date_start": day(2020, 1, 1), "date_end": None, "rent_net": 350.0, "arrears": 12.5,
        "arrears_date": day(2026, 10, 31), "dwelling_number": "VE1", "position": "2. OG links", "floor": 2,
        "street": "Straße des 17. Juni", "house_number": "135 a", "zip": "01067", "city": "Dresden",
        "name": "Anna Müller", "birth_date": day(1950, 12, 24), "email": "a@b.de",
    }  # fmt: skip


def test_sign_of_the_balance_is_an_option():
    assert read(sign="positive").values["arrears"] == 0
    assert read(sign="positive", balance="12,50").values["arrears"] == 12.5


def test_an_empty_cell_states_nothing_but_an_empty_end():
    values = read(rent_net="", email="", date_end="").values
    assert "rent_net" not in values
    assert "email" not in values
    assert values["date_end"] is None
    assert "date_end" not in RecordReader({"external_ref": 0, "balance": 1}).read(1, ["V1", "1"]).values


@pytest.mark.parametrize(
    ("field", "cell", "code", "fatal"),
    [
        ("external_ref", "", "key_missing", True), ("rent_net", "viel", "not_a_number", True),
        ("rent_net", "-5,00", "negative", True), ("date_start", "31.02.2020", "not_a_date", True),
        ("date_end", "31.12.2019", "end_before_start", True), ("email", "keine", "not_an_email", False),
        ("birth_date", "01.01.2190", "birth_in_future", False), ("street_line", "Hauptstraße", "no_house_number", True),
        ("zip_city", "Dresden", "no_zip_in_city", True), ("external_ref", "1,2E+09", "damaged_number", True),
        ("name", "x" * 201, "too_long", True),
    ],
)  # fmt: skip
def test_problems_name_row_and_field(field, cell, code, fatal):
    record = read(**{field: cell})
    assert [(p.row, p.field, p.code, p.fatal) for p in record.problems] == [(7, field, code, fatal)]
    assert record.is_refused is fatal


def test_a_row_with_more_cells_than_the_header():
    record = RecordReader(MAPPING, width=len(COLUMNS)).read(3, [*ROW, "verrutscht"])
    assert [problem.code for problem in record.problems] == ["too_many_cells"]


def test_the_contract_number_must_be_mapped():
    with pytest.raises(TabularError) as raised:
        RecordReader({"name": 0, "zip": 1})
    assert raised.value.params == {"field": "external_ref"}


@given(st.lists(st.one_of(st.text(), st.floats(), st.datetimes(), st.none(), st.booleans()), max_size=40))
def test_no_row_crashes_the_reader(cells):
    reader = RecordReader({spec.name: index for index, spec in enumerate(FIELDS)}, width=len(FIELDS))
    record = reader.read(2, cells)
    assert record.row == 2
    assert record.ref or record.is_refused


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from([None, "", 0, 0.0, 1.5, "x", day(2020, 1, 1)])))
def test_after_a_change_nothing_is_left_to_change(stated):
    stored = {"a": "", "b": 0, "c": "x", "d": None}
    stored.update(diff_part("abcd", stated, stored))
    assert not diff_part("abcd", stated, stored)


intervals = st.tuples(st.integers(0, 2), st.integers(0, 30), st.none() | st.integers(0, 10))


@given(st.lists(intervals, max_size=12))
def test_what_is_let_in_never_overlaps(rows):
    base = day(2020, 1, 1)
    wanted = [
        Interval(
            number,
            dwelling,
            base + dt.timedelta(start),
            None if length is None else base + dt.timedelta(start + length),
        )
        for number, (dwelling, start, length) in enumerate(rows)
    ]
    refused = find_overlaps([], wanted)
    refused_keys = {loser.key for loser, _blocker in refused}
    kept = [interval for interval in wanted if interval.key not in refused_keys]

    def overlap(one, other):
        return (
            one.dwelling == other.dwelling
            and one.start <= (other.end or day.max)
            and other.start <= (one.end or day.max)
        )

    assert not any(overlap(one, other) for one in kept for other in kept if one.key != other.key)
    assert all(overlap(loser, blocker) and blocker.key not in refused_keys for loser, blocker in refused)


def test_following_days_do_not_overlap_in_any_order():
    ended = Interval("a", 1, day(2020, 1, 1), day(2020, 6, 30))
    started = Interval("b", 1, day(2020, 7, 1), None)
    assert find_overlaps([], [ended, started]) == find_overlaps([], [started, ended]) == []
    assert find_overlaps([ended], [started._replace(start=day(2020, 6, 30))])


def test_swapped_and_chained_dwellings_form_one_group():
    groups = group_moves([("A", "B"), ("B", "A"), ("C", "D"), ("D", "E")])
    assert groups["A"] == groups["B"]
    assert groups["C"] == groups["D"] == groups["E"] != groups["A"]


def test_a_name_without_a_common_word_is_somebody_else():
    assert is_same_person("Anna Müller", "Anna Schmidt")
    assert not is_same_person("Anna Müller", "Jörg Weber")
