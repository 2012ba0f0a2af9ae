"""Pre-checks of Grundsicherung and Kinderzuschlag: examples by hand, and what must hold for every household."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute import grundsicherung, kinderzuschlag
from statute.household import Household, Person
from statute.tables import OutsideValidity

ON = date(2026, 11, 22)
D = Decimal


def steps_of(found, code):
    return [step.value for step in found.steps if step.code == code]


def pensioner(pension, **more):
    return Household((Person(70, pension=D(pension), can_work=False, **more),), rent=D(450))


def family(gross=2500, net=2000, rent=900, **more):
    children = tuple(Person(age, kindergeld=D(259), can_work=False, **more) for age in (8, 10))
    return Household((Person(35, wages_gross=D(gross), wages_net=D(net)), Person(34)), children, D(rent))


# Grundsicherung -----------------------------------------------------------------------------


def test_a_small_pension():
    found = grundsicherung.check(pensioner(600), ON)
    assert (found.verdict, found.low, found.high, found.reasons) == ("likely", 410, 410, ())
    assert steps_of(found, "need") == [1013]
    assert found.version == "regelbedarf/2025-01-01"


def test_long_insurance_leaves_more_of_the_pension():
    found = grundsicherung.check(pensioner(600, grundrente_years=33), ON)
    assert steps_of(found, "grundrente_allowance") == [-250]
    assert found.high == 660
    assert steps_of(grundsicherung.check(pensioner(900, grundrente_years=40), ON), "grundrente_allowance") == [D("-281.5")]


@pytest.mark.parametrize(
    ("gross", "child_age", "allowance"), [(90, None, 90), (520, None, 184), (1500, None, 348), (1500, 5, 378), (1500, 20, 348)]
)
def test_what_stays_of_wages(gross, child_age, allowance):
    children = () if child_age is None else (Person(child_age, can_work=False),)
    found = grundsicherung.check(Household((Person(30, wages_gross=D(gross), wages_net=D(gross)),), children, D(400)), ON)
    assert steps_of(found, "wages_allowance") == [-allowance]


def test_wages_of_somebody_who_cannot_work_any_more():
    person = Person(70, pension=D(400), wages_gross=D(300), wages_net=D(300), can_work=False)
    found = grundsicherung.check(Household((person,), rent=D(450)), ON)
    assert steps_of(found, "wages_allowance") == [-90]


@pytest.mark.parametrize(
    ("ages", "extra"),
    [
        ((5,), "202.68"), ((8,), "67.56"), ((8, 15), "202.68"), ((15, 15, 15, 15), "270.24"), ((2, 3, 4, 5, 6), "337.80"),
        ((16, 17), "135.12"),
    ],  # fmt: skip
)
def test_single_parents_need_more(ages, extra):
    found = grundsicherung.check(Household((Person(30),), tuple(Person(age, can_work=False) for age in ages)), ON)
    assert steps_of(found, "need_single_parent") == [D(extra)]


def test_needs_by_age():
    children = tuple(Person(age) for age in (5, 6, 13, 14, 17, 18))
    found = grundsicherung.check(Household((Person(40), Person(40)), children), ON)
    assert steps_of(found, "need_child") == [357, 390, 390, 471, 471, 451]
    assert steps_of(found, "need_couple") == [1012]


def test_a_rent_above_what_is_recognised_is_unclear():
    household = Household((Person(30),), rent=D(600), recognised_rent=D(450))
    found = grundsicherung.check(household, ON)
    assert (found.verdict, found.low, found.high, found.reasons) == ("unclear", 1010, 1160, ("rent_above_recognised",))


@pytest.mark.parametrize(
    ("adults", "reason"),
    [
        ((Person(70, can_work=False, assets=D(5001)),), "assets"),
        ((Person(66),), "age_limit"),
        ((Person(70), Person(50)), "two_laws"),
    ],
)
def test_what_an_authority_decides_is_unclear(adults, reason):
    found = grundsicherung.check(Household(adults, rent=D(400)), ON)
    assert (found.verdict, found.reasons) == ("unclear", (reason,))


def test_enough_income():
    found = grundsicherung.check(pensioner(1010), ON)
    assert (found.verdict, found.high, found.reasons) == ("unlikely", 0, ("income_covers_need",))


def test_unknown_days_and_bad_input():
    with pytest.raises(OutsideValidity):
        grundsicherung.check(pensioner(600), date(2027, 1, 1))
    for household in (
        Household(()),
        Household((Person(30),) * 3),
        Household((Person(130),)),
        Household((Person(30),), (Person(25),)),
        Household((Person(30, wages_gross=D(1), wages_net=D(2)),)),
        Household((Person(30, other=D(-1)),)),
    ):
        with pytest.raises(ValueError):
            grundsicherung.check(household, ON)
    with pytest.raises(TypeError):
        grundsicherung.check(Household((Person(30, other=1.5),)), ON)


# Kinderzuschlag -----------------------------------------------------------------------------


def test_parents_who_earn_just_enough_for_themselves():
    found = kinderzuschlag.check(family(), ON, wohngeld=D(100))
    assert (found.verdict, found.low, found.high) == ("likely", 590, 590)
    assert steps_of(found, "need_of_parents") == [D("1652.18")]
    assert steps_of(found, "still_missing") == [0]


def test_without_wohngeld_it_is_unclear():
    found = kinderzuschlag.check(family(), ON)
    assert (found.verdict, found.reasons) == ("unclear", ("wohngeld_unknown",))
    assert steps_of(found, "still_missing") == [8]


def test_more_wages_take_45_of_a_hundred():
    low = kinderzuschlag.check(family(3000, 2400), ON, wohngeld=D(300))
    # 2400 - 378 = 2022, above 1652.18 - 18: 387.81, of it 45 %
    assert (low.verdict, low.low, low.high) == ("likely", 410, 430)


def test_maintenance_counts_for_the_child():
    found = kinderzuschlag.check(family(other=D(200)), ON, wohngeld=D(100))
    assert steps_of(found, "child_amount") == [207, 207]


def test_pension_above_the_need_counts_in_full():
    adults = (Person(60, pension=D(2200), can_work=False), Person(50))
    household = Household(adults, (Person(10, kindergeld=D(259), can_work=False),), D(900))
    assert kinderzuschlag.check(household, ON, wohngeld=D(0)).verdict == "unlikely"


@pytest.mark.parametrize(
    ("household", "reason"),
    [
        (Household((Person(30, wages_gross=D(2000), wages_net=D(1500)),), rent=D(500)), "no_children"),
        (Household((Person(30, wages_gross=D(599), wages_net=D(500)),), (Person(3, kindergeld=D(259)),), D(500)), "below_minimum_income"),
        (family(950, 900), "rather_grundsicherung"),
    ],
)
def test_refusals(household, reason):
    found = kinderzuschlag.check(household, ON, wohngeld=D(0))
    assert (found.verdict, found.high) == ("unlikely", 0)
    assert reason in found.reasons


def test_a_small_gap_leaves_the_choice():
    found = kinderzuschlag.check(family(2400, 1930), ON, wohngeld=D(0))
    assert (found.verdict, found.reasons) == ("unclear", ("small_gap",))


# properties ---------------------------------------------------------------------------------

euros = st.integers(0, 500_000).map(lambda cents: D(cents) / 100)


@given(euros, euros, st.integers(15, 100), st.booleans(), st.integers(0, 45))
def test_more_pension_never_gives_more(pension, more, age, can_work, years):
    def high(amount):
        person = Person(age, pension=amount, can_work=can_work, grundrente_years=years)
        return grundsicherung.check(Household((person,), rent=D(450)), ON).high

    assert 0 <= high(pension + more) <= high(pension)


@given(euros, euros, st.integers(1, 4), st.booleans())
def test_more_wages_never_give_more_grundsicherung(wages, more, children, couple):
    def high(amount):
        adults = (Person(30, wages_gross=amount, wages_net=amount), *((Person(30),) if couple else ()))
        return grundsicherung.check(Household(adults, tuple(Person(9, can_work=False) for _n in range(children)), D(700)), ON).high

    assert 0 <= high(wages + more) <= high(wages)


@given(euros, euros, euros)
def test_a_band_is_in_order_and_explained(wages, rent, recognised):
    household = Household((Person(30, wages_gross=wages, wages_net=wages),), (Person(4, kindergeld=D(259)),), rent, recognised)
    for found in (grundsicherung.check(household, ON), kinderzuschlag.check(household, ON), kinderzuschlag.check(household, ON, D(200))):
        assert 0 <= found.low <= found.high
        assert found.low % 10 == found.high % 10 == 0
        assert found.verdict in ("likely", "unclear", "unlikely")
        assert bool(found.reasons) == (found.verdict != "likely")
        assert all(step.source for step in found.steps)
