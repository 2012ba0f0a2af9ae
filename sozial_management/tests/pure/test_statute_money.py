"""Attachable income, Wohngeld and the thresholds of rent debt: published values and properties."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute import arrears, attachment, tables, wohngeld
from statute.wohngeld import Member, monthly_income

ON = date(2026, 11, 22)
MONEY = st.decimals(0, 9000, places=2)
SIZES, LEVELS = st.integers(1, 15), st.integers(1, 7)


@pytest.mark.parametrize(
    ("net", "dependants", "on", "amount"),
    [
        ("1559.99", 0, date(2026, 6, 30), "0"),
        ("1560", 0, date(2026, 6, 30), "3.50"),
        ("1569.99", 0, date(2026, 6, 30), "3.50"),
        ("2150", 1, date(2026, 6, 30), "4.89"),
        ("4766.99", 0, date(2026, 6, 30), "2243.50"),
        ("4800", 0, date(2026, 6, 30), "2276.51"),  # what lies above the limit is attachable in full
        ("1590", 0, date(2026, 7, 1), "1.82"),
        ("3000", 7, ON, "0"),
    ],
)
def test_attachable_as_published(net, dependants, on, amount):
    assert attachment.attachable(Decimal(net), dependants, on) == Decimal(amount)


@given(MONEY, MONEY, st.integers(0, 8))
def test_attachable_grows_with_income_and_leaves_the_free_amount(one, other, dependants):
    low, high = sorted((one, other))
    least, most = (attachment.attachable(net, dependants, ON) for net in (low, high))
    assert 0 <= least <= most <= high
    assert attachment.attachable(high, dependants + 1, ON) <= most
    assert high - most >= min(high, Decimal("1587.40"))


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2027, 7, 1)])
def test_no_old_table_is_used(on):
    with pytest.raises(tables.OutsideValidity, match=on.isoformat()):
        attachment.attachable(Decimal(2000), 0, on)


def test_wohngeld_of_the_worked_example():
    """One person, level IV, gross cold rent 520, pension 1,150 a month, no Grundrente: 271 euros."""
    income = monthly_income([Member(pension=Decimal(13800), pays_health=True)], ON)
    assert income.amount == Decimal("1027.35")
    assert [step.code for step in income.steps] == ["pension", "pension_costs", "pays_health", "yearly_income"]
    assert wohngeld.monthly_amount(1, 4, Decimal(520), income.amount, ON) == 271


# Published tables for 2025: highest rent with the lump sums for heating and climate, as on
# wohngeld.org/wohngeld-erhoehung-2025-neue-tabellen-und-zahlen-im-ueberblick (from § 12 and Anlage 1 WoGG).
PUBLISHED_RENT = {
    1: ("490.60", "537.60", "585.60", "640.60", "691.60", "744.60", "806.60"),
    2: ("604.40", "660.40", "718.40", "786.40", "847.40", "912.40", "987.40"),
    3: ("720.80", "786.80", "856.80", "936.80", "1008.80", "1086.80", "1174.80"),
    4: ("840.20", "918.20", "998.20", "1090.20", "1178.20", "1267.20", "1371.20"),
}


@pytest.mark.parametrize("size", PUBLISHED_RENT)
def test_highest_rents_as_published(size):
    for level, published in enumerate(PUBLISHED_RENT[size], 1):
        steps = {step.code: step.value for step in wohngeld.compute(size, level, Decimal(5000), Decimal(1000), ON).steps}
        assert steps["rent_considered"] == Decimal(published)


# Income up to which there is Wohngeld at the highest rent of level I, 2025, as on buerger-geld.org
# (»Wohngeld Einkommensgrenzen«, from the tables of the ministry). Printed are whole euros.
@pytest.mark.parametrize(("size", "limit"), [(1, 1443), (2, 1953), (3, 2453), (4, 3324), (5, 3822)])
def test_income_limits_as_published(size, limit):
    rent = Decimal(5000)
    assert wohngeld.monthly_amount(size, 1, rent, Decimal(limit), ON) == 10
    assert wohngeld.monthly_amount(size, 1, rent, Decimal(limit) + 2, ON) == 0


def test_rows_of_older_announcements_follow_by_the_same_steps(monkeypatch):
    """Rows that are printed in the Bundesgesetzblatt: 2013 (I S. 711) with a base of 1,045.04, 2005 (I S. 493) with 985.15 and 370.76."""
    for base, first, net, dependants, printed in (
        ("1045.04", "393.30", "1049.99", 0, "0"), ("1045.04", "393.30", "1050", 0, "3.47"), ("1045.04", "393.30", "1069.99", 0, "10.47"),
        ("985.15", "370.76", "1500", 0, "360.40"), ("985.15", "370.76", "1500", 1, "72.05"), ("985.15", "370.76", "1360", 1, "2.05"),
    ):  # fmt: skip
        values = {"base": Decimal(base), "first": Decimal(first), "further": Decimal("206.56"), "limit": Decimal("3020.06")}
        table = tables.Table("attachment", ON, ON, "Bundesgesetzblatt", values)
        monkeypatch.setattr(attachment, "table_on", lambda name, on, table=table: table)
        assert attachment.attachable(Decimal(net), dependants, ON) == Decimal(printed)


def test_wohngeld_after_its_table_is_refused():
    with pytest.raises(tables.OutsideValidity, match="2027-01-01"):
        wohngeld.monthly_amount(1, 4, Decimal(520), Decimal(1000), date(2027, 1, 1))
    with pytest.raises(tables.OutsideValidity):
        monthly_income([Member()], date(2027, 1, 1))


def test_money_is_no_float():
    with pytest.raises(TypeError, match="rent"):
        wohngeld.monthly_amount(1, 4, 520.0, Decimal(1000), ON)


@given(SIZES, LEVELS, MONEY, MONEY, MONEY)
def test_wohngeld_falls_with_income(size, level, rent, one, other):
    low, high = sorted((one, other))
    assert wohngeld.monthly_amount(size, level, rent, low, ON) >= wohngeld.monthly_amount(size, level, rent, high, ON) >= 0


@given(SIZES, LEVELS, MONEY, MONEY, MONEY)
def test_wohngeld_rises_with_rent(size, level, income, one, other):
    low, high = sorted((one, other))
    assert wohngeld.monthly_amount(size, level, low, income, ON) <= wohngeld.monthly_amount(size, level, high, income, ON)


@given(SIZES, LEVELS, MONEY, MONEY)
def test_wohngeld_is_none_or_at_least_the_least(size, level, rent, income):
    amount = wohngeld.monthly_amount(size, level, rent, income, ON)
    assert amount == 0 or amount >= 10
    assert amount == amount.to_integral_value()


@given(SIZES, LEVELS, MONEY, MONEY)
def test_a_cent_of_income_changes_a_euro_at_most(size, level, rent, income):
    more = wohngeld.monthly_amount(size, level, rent, income + Decimal("0.01"), ON)
    now = wohngeld.monthly_amount(size, level, rent, income, ON)
    assert now - more <= 1 or (more == 0 and now == 10) or size > 12


def test_thirteen_members_get_the_fixed_sum_up_to_the_rent():
    fourteen = wohngeld.compute(14, 4, Decimal(1500), Decimal(4000), ON)
    values = {step.code: step.value for step in fourteen.steps}
    assert fourteen.amount == values["unrounded"].quantize(Decimal(1)) + 2 * 65 < values["rent_considered"]
    poor = wohngeld.compute(14, 4, Decimal(300), Decimal(0), ON)
    assert poor.amount <= {step.code: step.value for step in poor.steps}["rent_considered"].quantize(Decimal(1))


def test_deductions_of_a_family():
    members = [
        Member(wages=Decimal(30000), pays_tax=True, pays_health=True, pays_pension=True, single_parent=True),
        Member(wages=Decimal(2400), working_child=True),
    ]
    result = monthly_income(members, ON)
    # (30,000 - 1,230) less 30 %; the child's 2,400 - 1,230 are free as an allowance; single parent 1,320
    assert result.amount == Decimal("1568.25")


def test_deductions_for_disability_and_persecution_stand_side_by_side():
    result = monthly_income([Member(pension=Decimal(12102), severely_disabled=True, persecuted=True)], ON)
    assert result.amount == Decimal("787.50")  # 12,000 less 1,800 and 750
    assert {step.code: step.value for step in result.steps}["persecuted"] == -750


def test_grundrente_leaves_more_free():
    without = monthly_income([Member(pension=Decimal(12000), grundrente_years=32)], ON)
    with_it = monthly_income([Member(pension=Decimal(12000), grundrente_years=33)], ON)
    assert without.amount - with_it.amount == Decimal("281.50")  # 1,200 + 30 % of 10,800 is above the cap


@given(st.lists(st.builds(Member, wages=MONEY, minijob=MONEY, pension=MONEY, other=MONEY, pays_tax=st.booleans(),
       pays_health=st.booleans(), working_child=st.booleans(), severely_disabled=st.booleans(), persecuted=st.booleans(),
       grundrente_years=st.integers(0, 45)), max_size=4))  # fmt: skip
def test_income_is_never_negative_nor_above_the_gross(members):
    gross = sum((one.wages + one.minijob + one.pension + one.other for one in members), Decimal(0))
    assert 0 <= monthly_income(members, ON).amount <= gross / 12 + 1


def due(month, rent, still_open):
    return arrears.Due(date(2026, month, 3), Decimal(rent), Decimal(still_open))


@pytest.mark.parametrize(
    ("dues", "ground"),
    [
        ([due(1, 704, "135.41"), due(2, 704, 704)], "3a"),
        ([due(1, 704, 352), due(2, 704, 352)], ""),  # just one month's rent is not more than one
        ([due(1, 704, "352.01"), due(2, 704, 352)], "3a"),
        ([due(1, 704, 700), due(2, 704, 0), due(3, 704, 700)], ""),  # not consecutive, under two rents
        ([due(1, 704, 704), due(2, 704, 0), due(3, 704, 704)], "3b"),
        ([due(1, 704, 500), due(2, 704, 204), due(3, 704, 500), due(4, 704, 203)], ""),
        ([due(1, 704, 500), due(2, 704, 204), due(3, 704, 500), due(4, 704, 204)], "3b"),
        ([due(1, 704, 704), due(2, 704, 0), due(3, 704, 504), due(4, 704, 200)], "3b"),
        ([due(1, 704, 400), due(3, 704, 400)], ""),  # February was not entered: it was paid
        ([], ""),
    ],
)
def test_threshold(dues, ground):
    result = arrears.termination_threshold(dues)
    assert result.ground == ground
    assert result.reached == bool(ground)
    assert result.missing == 0 or not ground


def test_a_due_date_stands_once_and_not_more_is_open_than_due():
    with pytest.raises(ValueError, match="once"):
        arrears.termination_threshold([due(1, 700, 1), due(1, 700, 1)])
    with pytest.raises(ValueError, match="2026-01-03"):
        arrears.termination_threshold([due(1, 700, 701)])


def test_cure_period_counts_from_the_last_service():
    cure = arrears.cure_period([date(2026, 1, 10), date(2026, 1, 14)], noticed=date(2025, 12, 1))
    assert cure == arrears.Cure(date(2026, 3, 16), False)
    again = arrears.cure_period([date(2026, 1, 14)], noticed=date(2025, 12, 1), cured_notice=date(2023, 12, 1))
    assert again.barred
    assert not arrears.cure_period([date(2026, 1, 14)], noticed=date(2025, 12, 2), cured_notice=date(2023, 12, 1)).barred
