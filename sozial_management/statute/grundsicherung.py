"""Pre-check of Grundsicherung: need minus income, SGB II for who can work, SGB XII for the others.

A rough look that says whether an application is worthwhile. Assets, capacity to work and the
recognised rent are decided by the authority; where they matter the outcome is unclear.
"""

from datetime import date
from decimal import Decimal

from .estimate import Estimate, estimate
from .household import Household, countable_other, countable_pension, countable_wages, standard_needs
from .steps import Step, decimal, to_cent
from .tables import table_on

# § 41 (2) SGB XII, § 7a SGB II: 65 for who was born before 1947, 67 from 1964 on, months in between
AGE_LIMIT_SURE, AGE_LIMIT_FIRST = 67, 65
WORK_FROM = 15
# § 82 (3) SGB XII: of wages 30 % stay, at most half of the first level
WAGES_FREE_XII = Decimal("0.3")


def check(household: Household, on: date) -> Estimate:
    """Whether Grundsicherung is worth an application, and about how much it could be.

    :raise ValueError: for a household that cannot be
    :raise OutsideValidity: if the amounts of the day are not known
    """
    household = household.checked()
    table = table_on("regelbedarf", on)
    values, steps = table.values, []
    by_work = any(_can_work(person) for person in household.adults)
    adults, children = standard_needs(household, values, steps)
    steps.append(Step("housing", decimal(household.rent, "rent"), "§ 22 SGB II, § 35 SGB XII"))
    need = adults + children + household.rent
    steps.append(Step("need", need, "§ 19 SGB II, § 27a SGB XII"))
    income = _income(household, values, steps, by_work)
    steps.append(Step("income", income, "§§ 11 to 11b SGB II, §§ 82 to 84 SGB XII"))
    low = need - (household.rent - household.lowest_rent) - income
    return estimate(low, need - income, _doubts(household, values), [], tuple(steps), table.version)


def _can_work(person):
    return person.can_work and WORK_FROM <= person.age < AGE_LIMIT_SURE


def _income(household, values, steps, by_work):
    with_child = any(child.age < 18 for child in household.children)
    total = Decimal(0)
    for person in household.adults:
        total += countable_wages(person, with_child, steps) if by_work else _wages_xii(person, values, steps)
        total += countable_pension(person, values, steps)
        total += countable_other(person, steps, with_insurance=by_work)
    for child in household.children:
        total += countable_wages(child, False, steps) + countable_other(child, steps, with_insurance=False)
    return total


def _wages_xii(person, values, steps):
    net = decimal(person.wages_net, "wages_net")
    if not net:
        return net
    steps.append(Step("wages_net", net, "§ 82 SGB XII"))
    free = min(to_cent(person.wages_gross * WAGES_FREE_XII), Decimal(values["single"]) / 2, net)
    steps.append(Step("wages_allowance", -free, "§ 82 (3) SGB XII"))
    return net - free


def _doubts(household, values):
    doubts = []
    if household.assets > values["assets_to_look_at"] * (len(household.adults) + len(household.children)):
        doubts.append("assets")
    if any(AGE_LIMIT_FIRST <= person.age < AGE_LIMIT_SURE for person in household.adults):
        doubts.append("age_limit")
    if len({_can_work(person) for person in household.adults}) > 1:
        doubts.append("two_laws")
    if household.lowest_rent < household.rent:
        doubts.append("rent_above_recognised")
    return doubts
