"""Pre-check of Kinderzuschlag, § 6a BKGG: parents who earn enough for themselves, not for their children."""

from datetime import date
from decimal import Decimal

from .estimate import Estimate, estimate
from .household import Household, countable_other, countable_pension, countable_wages, standard_needs
from .steps import Step, to_cent
from .tables import table_on

# the share of the rent that counts for the parents is known to about one point in a hundred
SHARE_BAND = Decimal("0.02")


def check(household: Household, on: date, wohngeld: Decimal | None = None) -> Estimate:
    """Whether Kinderzuschlag is worth an application, and about how much it could be.

    Children under 25 for whom Kindergeld is paid count.

    :param wohngeld: expected Wohngeld a month, None if not computed yet
    :raise ValueError: for a household that cannot be
    :raise OutsideValidity: if the amounts of the day are not known
    """
    household = household.checked()
    table, needs = table_on("kinderzuschlag", on), table_on("regelbedarf", on)
    values, steps = table.values, []
    refusals = _refusals(household, values)
    parents, children = standard_needs(household, needs.values, steps)
    share = _parents_share(household, values)
    parents_need = parents + to_cent(household.rent * share)
    steps.append(Step("need_of_parents", parents_need, "§ 6a (5) BKGG"))
    earned, unearned = _income_of_parents(household, needs.values, steps)
    highest = _highest(household, values, steps)
    band = to_cent(household.rent * SHARE_BAND)
    low, high = (
        max(highest - _reduction(earned, unearned, parents_need + shift, values), Decimal(0)) for shift in (-band, band)
    )
    steps.append(Step("supplement", high, "§ 6a (2) to (6) BKGG"))
    own = earned + unearned + sum((_of_child(child) for child in household.children), Decimal(0))
    missing = parents + children + household.rent - own - high - (wohngeld or Decimal(0))
    steps.append(Step("still_missing", max(missing, Decimal(0)), "§ 6a (1) no. 3 BKGG"))
    doubts = _doubts(household, values)
    if not refusals and missing > 0:
        if wohngeld is None:
            doubts.append("wohngeld_unknown")
        elif missing > values["open_gap"]:
            refusals.append("rather_grundsicherung")
        else:
            doubts.append("small_gap")  # § 6a (1a) BKGG: up to 100 euros the family may choose
    return estimate(low, high, doubts, refusals, tuple(steps), table.version)


def _refusals(household, values):
    refusals = []
    if not _paid_for(household):
        refusals.append("no_children")
    minimum = values["minimum_single"] if len(household.adults) == 1 else values["minimum_couple"]
    gross = sum((adult.wages_gross + adult.pension + adult.other for adult in household.adults), Decimal(0))
    if gross < minimum:
        refusals.append("below_minimum_income")
    return refusals


def _paid_for(household):
    return [child for child in household.children if child.kindergeld]


def _doubts(household, values):
    persons = len(household.adults) + len(household.children)
    limit = values["assets_to_look_at"] + values["assets_further_person"] * (persons - 1)
    return ["assets"] if household.assets > limit else []


def _parents_share(household, values):
    """The parents' share of the rent by the Existenzminimumbericht."""
    parents = Decimal(values["housing_single"] if len(household.adults) == 1 else values["housing_couple"])
    return parents / (parents + values["housing_child"] * len(household.children))


def _income_of_parents(household, values, steps):
    with_child = any(child.age < 18 for child in household.children)
    earned = sum((countable_wages(adult, with_child, steps) for adult in household.adults), Decimal(0))
    unearned = sum(
        (countable_pension(adult, values, steps) + countable_other(adult, steps) for adult in household.adults), Decimal(0)
    )
    return earned, unearned


def _of_child(child):
    return child.other + child.kindergeld + child.wages_net


def _highest(household, values, steps):
    """The amount for all children, less 45 % of what each has of its own (§ 6a (3))."""
    total = Decimal(0)
    for child in _paid_for(household):
        amount = max(values["maximum"] - to_cent((child.wages_net + child.other) * values["rate"]), Decimal(0))
        steps.append(Step("child_amount", amount, "§ 6a (2), (3) BKGG"))
        total += amount
    return total


def _reduction(earned, unearned, need, values):
    """What the parents' income above their need takes off: 45 % of wages, all of the rest (§ 6a (6))."""
    above = max(earned + unearned - need, Decimal(0))
    from_wages = min(above, earned)
    return to_cent(from_wages * values["rate"]) + (above - from_wages)
