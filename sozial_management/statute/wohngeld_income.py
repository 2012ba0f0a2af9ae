"""Total income of a household for Wohngeld, §§ 13 to 17a WoGG."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .steps import Result, Step, decimal, to_cent
from .tables import table_on

AMOUNTS = ("wages", "expenses", "minijob", "pension", "other")


@dataclass(frozen=True)
class Member:
    """Yearly gross incomes of one member, as expected for the next twelve months, in euros.

    `pension` is the whole gross pension: its tax-free share counts as well (§ 14 (2) no. 3).
    `minijob` is pay taxed at a flat rate by the employer: no lump sum is taken off.
    `other` counts in full (unemployment benefit, maintenance received, …).
    `expenses` are proven costs of the wages; they replace the lump sum when higher.
    `persecuted` is a victim of National Socialist persecution, or equal to one by the BEG.
    The three `pays_…` say whether the member pays income tax, health and care, pension contributions (§ 16).
    """

    wages: Decimal = Decimal(0)
    expenses: Decimal = Decimal(0)
    minijob: Decimal = Decimal(0)
    pension: Decimal = Decimal(0)
    other: Decimal = Decimal(0)
    pays_tax: bool = False
    pays_health: bool = False
    pays_pension: bool = False
    severely_disabled: bool = False
    persecuted: bool = False
    single_parent: bool = False
    working_child: bool = False
    grundrente_years: int = 0


def monthly_income(members: Iterable[Member], on: date) -> Result:
    """Total income a month with every deduction as a step; the steps' amounts are a year's.

    :param members: those who count; a household without income is a list of members without income
    :raise OutsideValidity: if no table is known for the day
    """
    table = table_on("wohngeld-income", on)
    steps = []
    total = sum((_yearly(member, table.values, steps) for member in members), Decimal(0))
    allowances = _household_allowances(members, table.values, steps)
    yearly = max(total - allowances, Decimal(0))
    steps.append(Step("yearly_income", yearly, "§ 13 WoGG"))
    return Result(to_cent(yearly / 12), tuple(steps), table.version)


def _yearly(member, values, steps):
    """Income of one member after its deductions and allowances; never below zero."""
    amounts = {name: decimal(getattr(member, name), name) for name in AMOUNTS}

    def step(code, value, source):
        if value:
            steps.append(Step(code, value, source))
        return value

    gross = sum(step(name, amounts[name], "§ 14 WoGG") for name in AMOUNTS if name != "expenses")
    wage_costs = min(max(amounts["expenses"], values["wages_lump_sum"]), amounts["wages"])
    pension_costs = min(Decimal(values["pension_lump_sum"]), amounts["pension"])
    step("wage_costs", -wage_costs, "§ 14 (1) WoGG, § 9a S. 1 no. 1 EStG")
    step("pension_costs", -pension_costs, "§ 14 (1) WoGG, § 9a S. 1 no. 3 EStG")
    income = gross - wage_costs - pension_costs
    deducted = Decimal(0)
    for flag in ("pays_tax", "pays_health", "pays_pension"):
        if getattr(member, flag):
            deducted -= step(flag, -to_cent(income * values["share_each"]), "§ 16 WoGG")
    income -= deducted
    allowance = Decimal(0)
    if member.severely_disabled:
        allowance -= step("severely_disabled", -Decimal(values["severely_disabled"]), "§ 17 no. 1 WoGG")
    if member.persecuted:
        allowance -= step("persecuted", -Decimal(values["persecuted"]), "§ 17 no. 2 WoGG")
    if member.working_child:
        allowance -= step("working_child", -_child_allowance(amounts, income, values), "§ 17 no. 4 WoGG")
    if member.grundrente_years >= values["grundrente_years"]:
        allowance -= step("grundrente", -_grundrente_allowance(amounts["pension"], values), "§ 17a WoGG")
    return income - allowance


def _child_allowance(amounts, income, values):
    """What a child earns itself, up to the highest allowance."""
    return min(Decimal(values["working_child"]), income) if amounts["wages"] + amounts["minijob"] else Decimal(0)


def _grundrente_allowance(pension, values):
    """The first 1,200 of a year's pension and 30 % of the rest, capped (§ 17a WoGG)."""
    first = min(pension, Decimal(values["grundrente_first"]))
    return min(first + to_cent((pension - first) * values["grundrente_share"]), Decimal(values["grundrente_most"]))


def _household_allowances(members, values, steps):
    """The allowance of a single parent, once a household (§ 17 no. 3 WoGG)."""
    if not any(member.single_parent for member in members):
        return Decimal(0)
    steps.append(Step("single_parent", -Decimal(values["single_parent"]), "§ 17 no. 3 WoGG"))
    return Decimal(values["single_parent"])
