"""For which tenancies a Wohngeld check is worthwhile, from what the landlord knows anyway: rent, persons, ages.

No law and no decision: a rule of thumb of ours that says how many invitations may help, never who is poor. A rent near
the ceiling of § 12 WoGG burdens most households; pensioners and large families often have a right and do not know it.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .steps import Result, Step, decimal
from .tables import table_on
from .wohngeld import _ceiling


class Thresholds(NamedTuple):
    """From where on an invitation is thought to help: a choice of the company, taken from no statute.

    :param burden: share of the ceiling from which on the rent is a burden
    :param burden_of_few_means: the same for households that often live on little
    :param aged: years from which on somebody counts as a pensioner; a household of pensioners often lives on little
    :param large: persons from which on a household is large; such a one often lives on little
    """

    burden: Decimal = Decimal("0.85")
    burden_of_few_means: Decimal = Decimal("0.6")
    aged: int = 65
    large: int = 4


DEFAULT = Thresholds()


def worthwhile(household_size: int, mietenstufe: int, rent: Decimal, ages: tuple, on: date, thresholds: Thresholds = DEFAULT) -> Result:
    """Whether a check is worthwhile; `amount` is 1 if so, else 0, with the steps that led there.

    :param mietenstufe: 1 to 7, of the municipality
    :param rent: gross cold rent in euros a month (Bruttokaltmiete)
    :param ages: of the persons whose age is known
    :param thresholds: what the company has chosen
    :raise OutsideValidity: if no table is known for the day
    :raise ValueError: for a size, a level or an amount that cannot be
    """
    if household_size < 1:
        raise ValueError("household_size: a household has at least one member.")
    if mietenstufe not in range(1, 8):
        raise ValueError("mietenstufe: the level of rents is a number from 1 to 7.")
    rent = decimal(rent, "rent")
    table = table_on("wohngeld", on)
    ceiling, _heating = _ceiling(table.values, household_size, mietenstufe)
    few_means = household_size >= thresholds.large or (bool(ages) and min(ages) >= thresholds.aged)
    share = thresholds.burden_of_few_means if few_means else thresholds.burden
    from_rent = (ceiling * share).quantize(Decimal("0.01"))
    steps = (
        Step("rent", rent, "§ 9 WoGG"),
        Step("ceiling", ceiling, "§ 12 (1), (7) WoGG"),
        Step("worthwhile_from", from_rent, "rule of thumb"),
    )
    return Result(Decimal(int(rent >= from_rent)), steps, table.version)
