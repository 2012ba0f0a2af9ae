"""Wohngeld, Grundsicherung and Kinderzuschlag of one household side by side.

Whoever gets Grundsicherung gets no Wohngeld (§ 7 WoGG), and where Wohngeld with Kinderzuschlag
is enough, Grundsicherung is not needed (§ 12a SGB II, § 2 SGB XII). So one look tells which of
them to ask for first. A pre-check for advice: what comes of it is decided by the authority.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from . import grundsicherung, kinderzuschlag, wohngeld, wohngeld_income
from .estimate import Estimate
from .household import Household, Person
from .steps import Step, to_cent

WOHNGELD, GRUNDSICHERUNG, KINDERZUSCHLAG = BENEFITS = ("wohngeld", "grundsicherung", "kinderzuschlag")
# considerable assets by no. 21.37 WoGVwV
ASSETS_FIRST, ASSETS_FURTHER = 60000, 30000
CHILD_OF_AGE, PARTNER_ROLES = 18, ("self", "partner")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Member:
    """One person in the dwelling; amounts in euros a month, `work_costs` a year, `assets` altogether.

    `role` is ``self`` for who asks, ``partner``, ``child`` (under 25, of one of both) or ``other``
    for an adult with a household of one's own under the same roof. `replacement` stands for
    unemployment or sick pay, `transfer` says that a benefit with housing costs is paid already,
    `training` that BAföG or another support for training could be had, and not as a loan only.
    """

    role: str
    age: int
    wages_gross: Decimal = ZERO
    wages_net: Decimal = ZERO
    minijob: Decimal = ZERO
    pension: Decimal = ZERO
    replacement: Decimal = ZERO
    maintenance: Decimal = ZERO
    other: Decimal = ZERO
    kindergeld: Decimal = ZERO
    work_costs: Decimal = ZERO
    assets: Decimal = ZERO
    pays_tax: bool = False
    pays_health: bool = False
    pays_pension: bool = False
    severely_disabled: bool = False
    walking_disability: bool = False
    pregnant: bool = False
    can_work: bool = True
    transfer: bool = False
    persecuted: bool = False
    training: bool = False
    grundrente_years: int = 0


@dataclass(frozen=True)
class Situation:
    """A household with its rent a month. `mietenstufe` and `recognised_rent` are None while unknown."""

    members: tuple
    rent_cold: Decimal = ZERO
    rent_heating: Decimal = ZERO
    mietenstufe: int | None = None
    recognised_rent: Decimal | None = None


def check(situation: Situation, on: date) -> dict:
    """The three outcomes by the name of the benefit.

    :raise OutsideValidity: if the values of the day are not known
    :raise ValueError: for a household that cannot be
    """
    housing = _wohngeld(situation, on)
    household = _household(situation)
    basic = grundsicherung.check(household, on)
    if any(member.role == "other" for member in situation.members):
        basic = _doubted(basic, "several_households")
    child = kinderzuschlag.check(household, on, housing.high)
    if any(member.transfer for member in situation.members if member.role in PARTNER_ROLES):
        basic = _doubted(basic, "received_already")
        child = _refused(child, "transfer")
    if any(member.training for member in situation.members if member.role in PARTNER_ROLES):
        basic = _doubted(basic, "training_basic")
    housing, basic = _one_of_both(housing, basic, child)
    return dict(zip(BENEFITS, (housing, basic, child), strict=True))


def _doubted(found, reason):
    return found if found.verdict == "unlikely" else replace(found, verdict="unclear", reasons=(*found.reasons, reason))


def _refused(found, *reasons):
    return replace(found, verdict="unlikely", low=ZERO, high=ZERO, reasons=reasons)


def _one_of_both(housing, basic, child):
    """Which of Wohngeld (with Kinderzuschlag) and Grundsicherung comes first."""
    if "unlikely" in (housing.verdict, basic.verdict):
        return housing, basic
    if "mietenstufe_unknown" in housing.reasons:
        return housing, _doubted(basic, "compare_both")
    together = housing.high + child.high
    if together >= basic.high:
        return housing, _refused(basic, "rather_wohngeld")
    if together < basic.low and basic.verdict == "likely":
        return _refused(housing, "rather_grundsicherung"), basic
    return _doubted(housing, "compare_both"), _doubted(basic, "compare_both")


def _wohngeld(situation, on):
    """Wohngeld of those who get no transfer that includes housing costs."""
    counted = [member for member in situation.members if not member.transfer]
    income = wohngeld_income.monthly_income([_of_a_year(member, situation) for member in counted], on)
    steps = tuple(Step(f"year_{step.code}", step.value, step.source) for step in income.steps)
    steps += (Step("monthly_income", income.amount, "§ 13 (2) WoGG"),)
    if not counted:
        return Estimate("unlikely", ZERO, ZERO, ("transfer",), steps, income.version)
    steps += _training(situation)
    if all(member.training for member in situation.members):
        return Estimate("unlikely", ZERO, ZERO, ("training",), steps, income.version)
    if situation.mietenstufe is None:
        return Estimate("unclear", ZERO, ZERO, ("mietenstufe_unknown",), steps, income.version)
    rent = to_cent(situation.rent_cold * len(counted) / len(situation.members))
    found = wohngeld.compute(len(counted), situation.mietenstufe, rent, income.amount, on)
    doubts = []
    if all(member.training for member in situation.members if member.role != "other"):
        doubts.append("training_others")
    if len(counted) < len(situation.members):
        doubts.append("part_of_household")
    if sum((member.assets for member in counted), ZERO) > ASSETS_FIRST + ASSETS_FURTHER * (len(counted) - 1):
        doubts.append("assets")
    steps += found.steps
    if not found.amount:
        return Estimate("unlikely", ZERO, ZERO, ("income_too_high",), steps, found.version)
    return Estimate("unclear" if doubts else "likely", found.amount, found.amount, tuple(doubts), steps, found.version)


def _training(situation):
    """How many of how many could get support for training: if all could, there is no Wohngeld (§ 20 (2) WoGG)."""
    number = sum(member.training for member in situation.members)
    if not number:
        return ()
    return (
        Step("members", Decimal(len(situation.members)), "§ 5 WoGG"),
        Step("members_training", Decimal(number), "§ 20 (2) WoGG"),
    )


def _of_a_year(member, situation):
    """A member as the law on Wohngeld sees it: with the incomes of a year."""
    return wohngeld_income.Member(
        wages=member.wages_gross * 12,
        expenses=member.work_costs,
        minijob=member.minijob * 12,
        pension=member.pension * 12,
        other=(member.replacement + member.maintenance + member.other) * 12,
        pays_tax=member.pays_tax,
        pays_health=member.pays_health,
        pays_pension=member.pays_pension,
        severely_disabled=member.severely_disabled,
        persecuted=member.persecuted,
        single_parent=member.role == "self" and _is_single_parent(situation),
        working_child=member.role == "child",
        grundrente_years=member.grundrente_years,
    )


def _is_single_parent(situation):
    adults = [member for member in situation.members if member.role != "child"]
    return len(adults) == 1 and any(member.role == "child" and member.age < CHILD_OF_AGE for member in situation.members)


def _household(situation):
    """Those who stand in for each other, with their part of the rent by heads."""
    own = [member for member in situation.members if member.role != "other"]
    rent = to_cent((situation.rent_cold + situation.rent_heating) * len(own) / max(len(situation.members), 1))
    return Household(
        tuple(_person(member) for member in own if member.role in PARTNER_ROLES),
        tuple(_person(member) for member in own if member.role == "child"),
        rent,
        situation.recognised_rent,
    )


def _person(member):
    return Person(
        member.age,
        wages_gross=member.wages_gross + member.minijob,
        wages_net=member.wages_net + member.minijob,
        pension=member.pension,
        other=member.replacement + member.maintenance + member.other,
        kindergeld=member.kindergeld,
        assets=member.assets,
        can_work=member.can_work,
        pregnant=member.pregnant,
        walking_disability=member.walking_disability,
        grundrente_years=member.grundrente_years,
    )
