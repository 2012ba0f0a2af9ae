"""A household's month: what comes in, what goes out, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .steps import decimal, to_cent

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Balance:
    """Income and expenses a month; what is free may be below zero."""

    income: Decimal
    expenses: Decimal

    @property
    def free(self):
        return self.income - self.expenses


def a_month(amount: Decimal, period: str) -> Decimal:
    """An item of a period as an amount a month, to the cent.

    :param period: ``month``, ``quarter``, ``half`` or ``year``
    """
    return to_cent(decimal(amount, "amount") / MONTHS[period])


def balance(items: Iterable[tuple]) -> Balance:
    """Add up items of (kind, amount, period); kind is ``income`` or ``expense``."""
    sums = {"income": Decimal(0), "expense": Decimal(0)}
    for kind, amount, period in items:
        sums[kind] += a_month(amount, period)
    return Balance(sums["income"], sums["expense"])
