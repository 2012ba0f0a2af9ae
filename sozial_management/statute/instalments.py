"""Instalments: so much a month on a given day, the last one the rest."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from dateutil.relativedelta import relativedelta

from .steps import CENT, decimal

SMALL_REST = Decimal("1.00")  # nobody sets up a transfer for less: it goes with the instalment before
MOST_MONTHS = 600


@dataclass(frozen=True)
class Instalment:
    """One payment and the day on which it is due."""

    day: date
    amount: Decimal


def month_day(month: date, day: int) -> date:
    """The day of the month, in shorter months the last one.

    :raise ValueError: for a day that no month has
    """
    if not 1 <= day <= 31:
        raise ValueError("day: choose a day of the month from 1 to 31.")
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def first_due(start: date, day: int) -> date:
    """The first such day of a month on or after `start`."""
    due = month_day(start, day)
    return due if due >= start else month_day(start + relativedelta(months=1, day=1), day)


def number(total: Decimal, monthly: Decimal) -> int:
    """How many instalments a total takes.

    :raise ValueError: if nothing is paid a month, or it would take longer than 50 years
    """
    total, monthly = decimal(total, "total"), decimal(monthly, "monthly")
    if not total:
        return 0
    if not monthly:
        raise ValueError("monthly: an instalment is more than zero.")
    whole = int(total / monthly)
    months = whole if whole and total - whole * monthly < SMALL_REST else whole + 1
    if months > MOST_MONTHS:
        raise ValueError(f"monthly: with this amount it would take {months} months; choose a higher one.")
    return months


def amounts(total: Decimal, monthly: Decimal) -> tuple:
    """The instalments of a total. Together they are the total to the cent."""
    months = number(total, monthly)
    if not months:
        return ()
    before = (decimal(monthly, "monthly"),) * (months - 1)
    return (*before, decimal(total, "total") - sum(before, Decimal(0)))


def schedule(total: Decimal, monthly: Decimal, start: date, day: int, skip: int = 0) -> tuple:
    """The instalments with their days.

    :param start: earliest day of the first one
    :param day: day of the month; in shorter months the last one
    :param skip: months that are left out first, because others are paid before
    """
    begin = first_due(start, day)
    return tuple(
        Instalment(month_day(begin.replace(day=1) + relativedelta(months=skip + index), day), amount)
        for index, amount in enumerate(amounts(total, monthly))
    )


def share_out(available: Decimal, weights: list) -> list:
    """Split an amount in proportion to weights, to the cent.

    The parts add up to the amount exactly; the cents that rounding leaves go to those it cut most, of
    equals to the first. No part exceeds its weight if the amount does not exceed their sum.

    :raise ValueError: if there is something to split but nobody to get it
    """
    available = decimal(available, "available")
    weights = [decimal(weight, "weight") for weight in weights]
    whole = sum(weights, Decimal(0))
    if not whole:
        if available:
            raise ValueError("weights: nobody is owed anything.")
        return list(weights)
    exact = [available * weight / whole for weight in weights]
    parts = [part.quantize(CENT, ROUND_DOWN) for part in exact]
    left = int((available - sum(parts, Decimal(0))) / CENT)
    for place in sorted(range(len(parts)), key=lambda one: parts[one] - exact[one])[:left]:
        parts[place] += CENT
    return parts
