"""Wohngeld as a rent subsidy, § 19 WoGG, with the steps and roundings of Anlage 3.

The law says fixed-point numbers with ten decimals; they are cut off there, as the
administrative guidance on no. 19.31 WoGVwV computes.
"""

from datetime import date
from decimal import ROUND_DOWN, Decimal

from .steps import Result, Step, decimal, to_euro
from .tables import table_on
from .wohngeld_income import Member, monthly_income

__all__ = ["Member", "compute", "monthly_amount", "monthly_income"]

TEN_DECIMALS = Decimal("1e-10")
LARGEST_TABLE = 12  # households with more members take its values (§ 19 (3) WoGG)


def monthly_amount(household_size: int, mietenstufe: int, rent: Decimal, monthly_income: Decimal, on: date) -> Decimal:
    """Likely Wohngeld a month in whole euros; 0 when it would stay under the least amount.

    :param household_size: members to be counted, those with transfers that include housing costs left out (§ 7)
    :param mietenstufe: 1 to 7, of the municipality
    :param rent: gross cold rent in euros a month (Bruttokaltmiete), before the ceiling
    :param monthly_income: total income a month, see `monthly_income`
    :raise OutsideValidity: if no table is known for the day
    :raise ValueError: for a size, a level or an amount that cannot be
    """
    return compute(household_size, mietenstufe, rent, monthly_income, on).amount


def compute(household_size: int, mietenstufe: int, rent: Decimal, monthly_income: Decimal, on: date) -> Result:
    """As `monthly_amount`, with the steps."""
    if household_size < 1:
        raise ValueError("household_size: a household has at least one member.")
    if mietenstufe not in range(1, 8):
        raise ValueError("mietenstufe: the level of rents is a number from 1 to 7.")
    rent, income = decimal(rent, "rent"), decimal(monthly_income, "monthly_income")
    table = table_on("wohngeld", on)
    ceiling, heating = _ceiling(table.values, household_size, mietenstufe)
    considered = min(rent, ceiling) + heating
    column = min(household_size, LARGEST_TABLE) - 1
    m = max(considered, Decimal(table.values["min_rent"][column]))
    y = max(income, Decimal(table.values["min_income"][column]))
    raw = _formula(table.values, column, m, y)
    amount = _with_further_members(table.values, max(to_euro(raw), Decimal(0)), household_size, considered)
    steps = (
        Step("rent", rent, "§ 9 WoGG"),
        Step("ceiling", ceiling, "§ 12 (1), (7) WoGG"),
        Step("heating", heating, "§ 12 (6) WoGG"),
        Step("rent_considered", m, "§ 11 (1) WoGG, Anlage 3"),
        Step("income_considered", y, "§ 13 WoGG, Anlage 3"),
        Step("unrounded", raw, "§ 19 (1) WoGG"),
        Step("amount", amount, "§ 19 (3) WoGG"),
    )
    if amount < table.values["least"]:
        return Result(Decimal(0), (*steps, Step("under_least_amount", Decimal(table.values["least"]), "§ 21 no. 1 WoGG")), table.version)
    return Result(amount, steps, table.version)


def _ceiling(values, size, level):
    """Highest rent with the climate component, and the heating component, for a household."""
    place = min(size, 5) - 1
    more = max(size - 5, 0)
    ceiling = values["ceilings"][place][level - 1] + more * values["ceilings_more"][level - 1]
    climate = values["climate"][place] + more * values["climate_more"]
    return ceiling + climate, values["heating"][place] + more * values["heating_more"]


def _formula(values, column, m, y):
    """1.15 · (M - (a + b·M + c·Y) · Y), each step with ten decimals."""
    z1 = _cut(values["a"][column] + values["b"][column] * m + values["c"][column] * y)
    z2 = _cut(z1 * y)
    return _cut(values["factor"] * _cut(m - z2))


def _cut(number):
    return number.quantize(TEN_DECIMALS, ROUND_DOWN)


def _with_further_members(values, amount, size, considered):
    """Above twelve members a fixed sum for each, at most the rent considered (§ 19 (3) WoGG)."""
    further = max(size - LARGEST_TABLE, 0)
    if not further or not amount:
        return amount
    return min(amount + further * values["more_than_twelve"], to_euro(considered))
