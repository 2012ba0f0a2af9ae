"""Cells to values: round trips of German notation, and nothing but ValueProblem for the rest."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import example, given
from hypothesis import strategies as st
from tabular import values
from tabular.problems import ValueProblem

amounts = st.decimals(-9999999, 9999999, places=2, allow_nan=False)
days = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
anything = st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.none())
PARSERS = [getattr(values, name) for name in dir(values) if name.startswith("parse_")]


@given(amounts)
def test_german_amounts_survive(amount):
    text = values.format_amount(amount)
    for written in (text, text + " €", text + "€", f"{text} EUR", text.replace(".", ""), f" {text}\u00a0"):
        assert values.parse_amount(written) == amount
    assert values.parse_amount(str(amount)) == amount
    assert values.parse_amount(float(amount)) == amount


@given(amounts.filter(lambda amount: amount > 0))
def test_negative_amounts_in_every_spelling(amount):
    text = values.format_amount(amount)
    for written in ("-" + text, text + "-", f"({text})", "- " + text, "−" + text):
        assert values.parse_amount(written) == -amount
    assert values.parse_balance(text + " H") == -amount
    assert values.parse_balance(text + "S") == amount


@given(days)
def test_dates_survive(day):
    for cell in (
        values.format_date(day),
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        day.strftime("%Y%m%d"),
        day,
        dt.datetime.combine(day, dt.time(0)),
    ):
        assert values.parse_date(cell) == day


@given(st.dates(dt.date(1900, 3, 1), dt.date(2199, 1, 1)))
def test_serial_dates_of_spreadsheets(day):
    assert values.parse_date((day - dt.date(1899, 12, 30)).days) == day


@example(float("inf"), values.parse_floor)
@example(float("nan"), values.parse_floor)
@given(anything, st.sampled_from(PARSERS))
def test_no_cell_crashes_a_parser(cell, parse):
    try:
        value = parse(cell)
    except ValueProblem as problem:
        assert problem.code
    else:
        assert value is None or isinstance(value, (str, int, Decimal, dt.date))


@given(st.text())
def test_texts_are_storable(text):
    clean = values.text_of(text)
    clean.encode("utf-8")
    assert "\x00" not in clean
    assert clean == clean.strip()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"), ("1234,5", "1234.50"), ("1.234", "1234"), ("12.5", "12.50"), ("0", "0"),
        ("1,234.56", "1234.56"), ("1'234.50", "1234.50"), ("704", "704"), ("1.234.567,89", "1234567.89"),
        ("€ 12,00", "12"), ("-0,00", "0"), ("   ", None), ("1 234,56", "1234.56"),
    ],
)  # fmt: skip
def test_amount_spellings(text, amount):
    assert values.parse_amount(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "not_a_number"), ("12,34,56", "not_a_number"), ("1.23.4", "not_a_number"), ("12,345", "too_many_decimals"),
        ("99999999999", "too_large"), ("1e5", "not_a_number"), ("nan", "not_a_number"), ("٣", "not_a_number"),
    ],
)  # fmt: skip
def test_amounts_that_are_none(text, code):
    with pytest.raises(ValueProblem) as raised:
        values.parse_amount(text)
    assert raised.value.code == code


@pytest.mark.parametrize("text", ["31.02.2024", "2024-13-01", "gestern", "1.1", "31.12.1850", "12:30"])
def test_dates_that_are_none(text):
    with pytest.raises(ValueProblem):
        values.parse_date(text)


@pytest.mark.parametrize("text", ["31.12.9999", "00.00.0000", "9999-12-31", "", "-"])
def test_no_date(text):
    assert values.parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("EG", 0),
        ("2. OG links", 2),
        ("1.OG", 1),
        ("UG", -1),
        ("3", 3),
        ("DG", None),
        ("Hochparterre", 0),
        (2.0, 2),
    ],
)
def test_floors(text, floor):
    assert values.parse_floor(text) == floor


def test_rooms_area_and_keys():
    assert values.parse_rooms("2½") == values.parse_rooms("2 1/2") == values.parse_rooms("2,5") == Decimal("2.5")
    assert values.parse_area("56,78 m²") == Decimal("56.78")
    assert values.parse_key(1001.0) == values.parse_key('="1001"') == "1001"
    with pytest.raises(ValueProblem):
        values.parse_key("1,23E+11")
    with pytest.raises(ValueProblem):
        values.parse_rent("-1,00")
