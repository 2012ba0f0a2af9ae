"""Attachable income, § 850c ZPO, a month.

The amounts change each July (§ 850c (4)); the announcement's own table follows from the
steps of paragraph 5: what lies above the upper limit is attachable in full and taken off
first, the rest is rounded down to ten euros.
"""

from datetime import date
from decimal import Decimal

from .steps import Result, Step, decimal, down_to, to_cent
from .tables import table_on

TENTHS_FREE = (3, 5, 6, 7, 8, 9)  # of the excess, by number of dependants; five or more: nine


def attachable(net: Decimal, dependants: int, on: date) -> Decimal:
    """What of a monthly net income may be attached.

    :param net: net income by § 850e ZPO in euros
    :param dependants: persons who get maintenance by law; beyond five it makes no difference
    :raise OutsideValidity: if no table is known for the day
    """
    return compute(net, dependants, on).amount


def compute(net: Decimal, dependants: int, on: date) -> Result:
    """As `attachable`, with the steps."""
    net = decimal(net, "net")
    if dependants < 0:
        raise ValueError("dependants: the number of persons cannot be negative.")
    table = table_on("attachment", on)
    counted = min(dependants, 5)
    free = table.values["base"] + (table.values["first"] if counted else 0) + table.values["further"] * max(counted - 1, 0)
    above = max(net - table.values["limit"], Decimal(0))
    rounded = down_to(net - above, 10)
    excess = max(rounded - free, Decimal(0))
    part = to_cent(excess * (10 - TENTHS_FREE[counted]) / 10)
    steps = (
        Step("free_amount", free, "§ 850c (1), (2) ZPO"),
        Step("above_limit", above, "§ 850c (3) S. 3 ZPO"),
        Step("rounded_net", rounded, "§ 850c (5) ZPO"),
        Step("excess", excess, "§ 850c (3) ZPO"),
        Step("part_of_excess", part, "§ 850c (3) ZPO"),
    )
    return Result(part + above, steps, table.version)
