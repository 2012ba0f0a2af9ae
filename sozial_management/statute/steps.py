"""How a result came about, line by line, for those who explain it and those who check it."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
EURO = Decimal(1)


@dataclass(frozen=True)
class Step:
    """One line of a computation: what (`code`, translated where it is shown), its value, its legal source."""

    code: str
    value: Decimal
    source: str = ""


@dataclass(frozen=True)
class Result:
    """An amount in euros a month with its steps and the version of the rules."""

    amount: Decimal
    steps: tuple
    version: str


def to_cent(amount):
    """Rounded to cents, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def to_euro(amount):
    """Rounded to whole euros, 50 cents up."""
    return amount.quantize(EURO, ROUND_HALF_UP)


def down_to(amount, unit):
    """The largest multiple of `unit` that is not above the amount."""
    return (amount / unit).to_integral_value(ROUND_DOWN) * unit


def decimal(value, name):
    """The value as `Decimal`.

    :raise TypeError: for a float, which has no exact cents
    :raise ValueError: for a negative amount or one that is no number
    """
    if isinstance(value, float):
        raise TypeError(f"{name}: money is never a float; pass a Decimal or a string.")
    amount = Decimal(value)
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{name}: {value} is not an amount of zero or more.")
    return amount
