"""The three benefits side by side, and how they shut each other out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute.precheck import Member, Situation, check
from statute.tables import OutsideValidity, table_on

ON = date(2026, 11, 22)
D = Decimal


def pensioner(pension=1150, **more):
    return Member("self", 72, pension=D(pension), can_work=False, pays_health=True, **more)


def alone(member, rent=520, heating=80, **more):
    return Situation((member,), D(rent), D(heating), **{"mietenstufe": 4, **more})


def outcome(found, name):
    return found[name].verdict, found[name].low, found[name].high, found[name].reasons


def test_the_worked_example():
    found = check(alone(pensioner()), ON)
    assert outcome(found, "wohngeld") == ("likely", 271, 271, ())
    assert outcome(found, "grundsicherung")[::3] == ("unlikely", ("rather_wohngeld",)) or found["grundsicherung"].high == 0
    assert outcome(found, "kinderzuschlag")[0] == "unlikely"
    assert {step.code for step in found["wohngeld"].steps} >= {"year_pension", "monthly_income", "rent_considered", "amount"}


def test_a_small_pension_is_a_matter_of_grundsicherung():
    found = check(alone(pensioner(300), rent=400), ON)
    assert outcome(found, "grundsicherung") == ("likely", 740, 740, ())
    assert outcome(found, "wohngeld") == ("unlikely", 0, 0, ("rather_grundsicherung",))


def test_assets_leave_the_choice_open():
    found = check(alone(pensioner(300, assets=D(8000)), rent=400), ON)
    assert found["grundsicherung"].reasons == ("assets", "compare_both")
    assert (found["wohngeld"].verdict, found["wohngeld"].reasons) == ("unclear", ("compare_both",))


def test_wohngeld_and_kinderzuschlag_go_together():
    kindergeld = D(table_on("kindergeld", ON).values["amount"])
    works = Member("self", 36, wages_gross=D(2400), wages_net=D(1850), pays_tax=True, pays_health=True, pays_pension=True)
    children = tuple(Member("child", age, kindergeld=kindergeld, can_work=False) for age in (7, 10))
    found = check(Situation((works, Member("partner", 35), *children), D(700), D(120), 4), ON)
    assert found["wohngeld"].verdict == "likely"
    assert found["kinderzuschlag"].high > 0
    assert found["grundsicherung"].verdict == "unlikely"


def test_who_gets_a_transfer_already():
    found = check(alone(pensioner(transfer=True)), ON)
    assert outcome(found, "wohngeld") == ("unlikely", 0, 0, ("transfer",))
    assert outcome(found, "kinderzuschlag") == ("unlikely", 0, 0, ("transfer",))
    found = check(alone(pensioner(300, transfer=True)), ON)
    assert found["grundsicherung"].reasons == ("received_already",)


def test_a_rent_level_that_is_not_known_and_enough_income():
    found = check(alone(pensioner(), mietenstufe=None), ON)
    assert outcome(found, "wohngeld") == ("unclear", 0, 0, ("mietenstufe_unknown",))
    assert found["grundsicherung"].reasons == ("compare_both",)
    assert outcome(check(alone(pensioner(3000)), ON), "wohngeld") == ("unlikely", 0, 0, ("income_too_high",))


def test_others_under_the_same_roof():
    son = Member("other", 30, wages_gross=D(1500), wages_net=D(1200))
    found = check(Situation((pensioner(300), son), D(400), D(100), 4), ON)
    assert found["grundsicherung"].reasons[-1] in ("several_households", "compare_both")
    assert [step.value for step in found["grundsicherung"].steps if step.code == "housing"] == [250]
    part = check(Situation((pensioner(700), replace(son, transfer=True)), D(800), D(100), 4), ON)
    assert "part_of_household" in part["wohngeld"].reasons


def test_large_assets_make_wohngeld_unclear():
    found = check(alone(pensioner(assets=D(60001))), ON)
    assert "assets" in found["wohngeld"].reasons
    assert found["wohngeld"].verdict == "unclear"


def test_a_single_parent_and_a_working_child():
    mother = Member("self", 40, wages_gross=D(1800), wages_net=D(1450), pays_tax=True)
    child = Member("child", 17, wages_gross=D(500), wages_net=D(450), kindergeld=D(259), can_work=True)
    codes = [step.code for step in check(Situation((mother, child), D(500), D(80), 3), ON)["wohngeld"].steps]
    assert codes.count("year_single_parent") == codes.count("year_working_child") == 1


def test_victims_of_persecution_keep_750_a_year():
    without = check(alone(pensioner(1400)), ON)["wohngeld"]
    found = check(alone(pensioner(1400, persecuted=True)), ON)["wohngeld"]
    income = [next(step.value for step in one.steps if step.code == "monthly_income") for one in (without, found)]
    assert income[0] - income[1] == D("62.50")
    assert [(step.value, step.source) for step in found.steps if step.code == "year_persecuted"] == [(-750, "§ 17 no. 2 WoGG")]
    assert found.high > without.high


def student(role="self", **more):
    return Member(role, 23, **{"other": D(950), "training": True, **more})


def test_no_wohngeld_where_all_could_get_support_for_training():
    found = check(Situation((student(), student("partner")), D(600), D(80), 4), ON)
    assert outcome(found, "wohngeld") == ("unlikely", 0, 0, ("training",))
    steps = {step.code: (step.value, step.source) for step in found["wohngeld"].steps}
    assert steps["members_training"] == (2, "§ 20 (2) WoGG")
    assert "amount" not in steps
    assert found["grundsicherung"].verdict == "unlikely" or "training_basic" in found["grundsicherung"].reasons


def test_one_who_could_not_opens_wohngeld_to_the_household():
    child = Member("child", 2, kindergeld=D(259), can_work=False)
    for other in (student("partner", training=False), child):
        found = check(Situation((student(), other), D(600), D(80), 4), ON)["wohngeld"]
        assert found.high > 0
        assert "training" not in found.reasons
        assert [step.value for step in found.steps if step.code.startswith("members")] == [2, 1]
    # somebody with a household of one's own under the same roof leaves it open
    found = check(Situation((student(), student("other", training=False)), D(600), D(80), 4), ON)["wohngeld"]
    assert found.verdict == "unclear"
    assert "training_others" in found.reasons
    # a member with a transfer is a member all the same
    receives = Member("partner", 30, transfer=True)
    assert "training" not in check(Situation((student(), receives), D(600), D(80), 4), ON)["wohngeld"].reasons


def test_training_makes_basic_income_support_unclear():
    found = check(alone(student(other=D(0))), ON)["grundsicherung"]
    assert (found.verdict, found.reasons) == ("unclear", ("training_basic",))


def test_days_without_values():
    with pytest.raises(OutsideValidity):
        check(alone(pensioner()), date(2027, 1, 1))


@given(
    pension=st.integers(0, 3000), rent=st.integers(0, 1500), heating=st.integers(0, 300), level=st.integers(1, 7),
    assets=st.integers(0, 100000),
)  # fmt: skip
def test_never_both_likely(pension, rent, heating, level, assets):
    found = check(alone(pensioner(pension, assets=D(assets)), rent, heating, mietenstufe=level), ON)
    assert {found["wohngeld"].verdict, found["grundsicherung"].verdict} != {"likely"}
    for one in found.values():
        assert 0 <= one.low <= one.high
        assert (one.verdict == "unlikely") == (one.high == 0) or one.reasons
