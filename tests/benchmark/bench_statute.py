"""The arithmetic of Wohngeld against a stop-watch: nobody may wait for it, neither one tenant nor a whole stock.

There is no peer: the times of the goal stand in its place.
"""

import time
from datetime import date
from decimal import Decimal

from odoo.addons.sozial_management.statute.wohngeld import monthly_amount
from odoo.addons.sozial_management.statute.wohngeld_income import Member, monthly_income

from sozial_setup.bench import Row

ON = date(2026, 11, 1)
ONE, HOUSEHOLDS, ROUNDS = 100e-6, 10_000, 5
ALL = 2.0


def household(number):
    """A believable household, the same every time: (size, level, rent, members)."""
    pensioner = Member(pension=Decimal(9_000 + number % 70 * 100), pays_health=True, grundrente_years=number % 45)
    earner = Member(wages=Decimal(12_000 + number % 90 * 200), pays_tax=True, pays_health=True, pays_pension=True)
    size = 1 + number % 5
    return size, 1 + number % 7, Decimal(300 + number % 600), [pensioner if size == 1 else earner]


def run(env):
    """The table of `setup/bench statute`; the best of several rounds counts."""
    households = [household(number) for number in range(HOUSEHOLDS)]
    single = (1, 4, Decimal(520), Decimal("1027.35"), ON)
    monthly_amount(*single)  # reads the tables
    one = min(_seconds(lambda: [monthly_amount(*single) for _turn in range(1000)]) for _round in range(ROUNDS)) / 1000
    every = min(_seconds(lambda: [_compute(*one) for one in households]) for _round in range(ROUNDS))
    return [
        Row("Wohngeld, one computation", one, "goal of 100 µs", ONE, 1.0),
        Row(f"Wohngeld with income, {HOUSEHOLDS:,} households", every, "goal of 2 s", ALL, 1.0),
    ]


def _compute(size, level, rent, members):
    return monthly_amount(size, level, rent, monthly_income(members, ON).amount, ON)


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
