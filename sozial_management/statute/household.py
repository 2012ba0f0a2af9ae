"""A household as the pre-checks of Grundsicherung and Kinderzuschlag see it: needs and countable incomes."""

from dataclasses import dataclass
from decimal import Decimal

from .steps import Step, decimal, to_cent

CHILD_UNTIL = 25
AMOUNTS = ("wages_gross", "wages_net", "pension", "other", "kindergeld", "assets")
# § 11b (2), (3) SGB II: the first 100 euros stay, then a share of each part of the gross wages
BASIC_ALLOWANCE = Decimal(100)
WAGE_PARTS = ((100, 520, Decimal("0.2")), (520, 1000, Decimal("0.3")))
LAST_PART = Decimal("0.1")
LAST_LIMIT, LAST_LIMIT_WITH_CHILD = 1200, 1500
# § 6 (1) no. 1 Bürgergeld-V: private insurance of adults who have other income than wages
INSURANCE = Decimal(30)


@dataclass(frozen=True)
class Person:
    """One member; amounts in euros a month, assets altogether.

    `other` is what counts in full: unemployment benefit, maintenance. `kindergeld` stands with the child
    it is paid for.
    """

    age: int
    wages_gross: Decimal = Decimal(0)
    wages_net: Decimal = Decimal(0)
    pension: Decimal = Decimal(0)
    other: Decimal = Decimal(0)
    kindergeld: Decimal = Decimal(0)
    assets: Decimal = Decimal(0)
    can_work: bool = True
    pregnant: bool = False
    walking_disability: bool = False
    grundrente_years: int = 0


@dataclass(frozen=True)
class Household:
    """One or two adults who stand in for each other, and their children under 25 who live with them.

    :param rent: with utilities and heating
    :param recognised_rent: what the authority recognises at most, if known
    """

    adults: tuple
    children: tuple = ()
    rent: Decimal = Decimal(0)
    recognised_rent: Decimal | None = None

    def checked(self):
        """The household itself, if it can be computed.

        :raise ValueError: names what is wrong
        """
        if not 1 <= len(self.adults) <= 2:
            raise ValueError("adults: one or two.")
        for person in (*self.adults, *self.children):
            if not 0 <= person.age <= 120:
                raise ValueError(f"age: {person.age} is not an age.")
            for name in AMOUNTS:
                decimal(getattr(person, name), name)
            if person.wages_net > person.wages_gross:
                raise ValueError("wages_net: more than the gross wages.")
        if any(child.age >= CHILD_UNTIL for child in self.children):
            raise ValueError(f"children: from {CHILD_UNTIL} on a person is a household of its own.")
        decimal(self.rent, "rent")
        if self.recognised_rent is not None:
            decimal(self.recognised_rent, "recognised_rent")
        return self

    @property
    def is_single_parent(self):
        return len(self.adults) == 1 and any(child.age < 18 for child in self.children)

    @property
    def lowest_rent(self):
        return self.rent if self.recognised_rent is None else min(self.rent, self.recognised_rent)

    @property
    def assets(self):
        return sum((person.assets for person in (*self.adults, *self.children)), Decimal(0))


def standard_needs(household, values, steps):
    """Regelbedarf and Mehrbedarf of the adults, and of the children; two sums."""
    level = "single" if len(household.adults) == 1 else "couple"
    adults = _step(steps, f"need_{level}", Decimal(values[level] * len(household.adults)), "§ 20 SGB II, Anlage zu § 28 SGB XII")
    for adult in household.adults:
        if adult.pregnant:
            adults += _step(steps, "need_pregnant", to_cent(values[level] * Decimal("0.17")), "§ 21 (2) SGB II, § 30 (2) SGB XII")
        if adult.walking_disability:
            adults += _step(steps, "need_walking", to_cent(values[level] * Decimal("0.17")), "§ 30 (1) SGB XII, § 23 no. 4 SGB II")
    if household.is_single_parent:
        adults += _step(steps, "need_single_parent", _single_parent(household.children, values), "§ 21 (3) SGB II, § 30 (3) SGB XII")
    children = Decimal(0)
    for child in household.children:
        children += _step(steps, "need_child", Decimal(values[_child_level(child.age)]), "§ 23 SGB II, Anlage zu § 28 SGB XII")
        children += _step(steps, "child_supplement", Decimal(values["child_supplement"]), "§ 72 SGB II, § 145 SGB XII")
    return adults, children


def _child_level(age):
    if age >= 18:
        return "adult_child"
    return "age_14" if age >= 14 else "age_6" if age >= 6 else "age_0"


def _single_parent(children, values):
    """36 % with a child under 7 or two or three under 16, else 12 % a child, at most 60 %."""
    minors = [child.age for child in children if child.age < 18]
    small = any(age < 7 for age in minors) or 2 <= sum(age < 16 for age in minors) <= 3
    share = min(max(Decimal("0.36") if small else Decimal(0), Decimal("0.12") * len(minors)), Decimal("0.6"))
    return to_cent(values["single"] * share)


def countable_wages(person, with_child, steps):
    """Net wages less the allowances of § 11b SGB II."""
    gross, net = decimal(person.wages_gross, "wages_gross"), decimal(person.wages_net, "wages_net")
    if not gross:
        return Decimal(0)
    free = min(gross, BASIC_ALLOWANCE)
    for start, stop, share in (*WAGE_PARTS, (1000, LAST_LIMIT_WITH_CHILD if with_child else LAST_LIMIT, LAST_PART)):
        free += max(min(gross, Decimal(stop)) - start, Decimal(0)) * share
    _step(steps, "wages_net", net, "§ 11 SGB II")
    free = -_step(steps, "wages_allowance", -min(to_cent(free), net), "§ 11b (2), (3) SGB II")
    return net - free


def countable_pension(person, values, steps):
    """The pension less the allowance for long insurance."""
    pension = decimal(person.pension, "pension")
    if pension:
        _step(steps, "pension", pension, "§ 11 SGB II, § 82 SGB XII")
    if not pension or person.grundrente_years < 33:
        return pension
    free = BASIC_ALLOWANCE + (max(pension - BASIC_ALLOWANCE, Decimal(0))) * Decimal("0.3")
    free = min(to_cent(free), Decimal(values["single"]) / 2, pension)
    return pension + _step(steps, "grundrente_allowance", -free, "§ 82a SGB XII, § 11b (2a) SGB II")


def countable_other(person, steps, with_insurance=True):
    """Other incomes and Kindergeld, less the lump sum for insurance of an adult without wages."""
    other = decimal(person.other, "other") + decimal(person.kindergeld, "kindergeld")
    if not other:
        return other
    _step(steps, "other_income", other, "§ 11 SGB II, § 82 SGB XII")
    if not with_insurance or person.wages_gross:
        return other
    return other + _step(steps, "insurance", -min(INSURANCE, other), "§ 6 (1) no. 1 Bürgergeld-V")


def _step(steps, code, value, source):
    steps.append(Step(code, value, source))
    return value
