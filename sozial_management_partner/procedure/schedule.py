"""When reports and proofs fall due, and what was agreed for a period. Pure Python.

Periods are those of the calendar (month, quarter, half year, year), cut to the days on which the
agreement held. None reaches over a new year.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Period:
    """From the first to the last day."""

    start: date
    end: date


def periods(interval: str, first: date, last: date, today: date) -> list[Period]:
    """The periods that are over.

    :param interval: `month`, `quarter`, `half` or `year`
    :param first: first day of the agreement; `last` is its last one
    """
    if first > last:
        return []
    months, found = MONTHS[interval], []
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        following = _add_months(start, months)
        period = Period(max(start, first), min(following - timedelta(days=1), last))
        if period.end >= today:
            break
        found.append(period)
        start = following
    return found


def share(amount_month: Decimal, period: Period) -> Decimal:
    """What a monthly amount comes to in a period: whole months, and begun ones by their days; to the cent."""
    total, start = Decimal(0), date(period.start.year, period.start.month, 1)
    while start <= period.end:
        days = monthrange(start.year, start.month)[1]
        from_day = max(start, period.start).day
        until_day = min(date(start.year, start.month, days), period.end).day
        total += amount_month * (until_day - from_day + 1) / days
        start = _add_months(start, 1)
    return total.quantize(CENT, ROUND_HALF_UP)


def weekly_hours(hours: list[tuple[int, float]], period: Period) -> float:
    """Hours that a weekly timetable comes to in a period; holidays are not taken off.

    :param hours: pairs of weekday (0: Monday) and hours
    """
    days = (period.end - period.start).days + 1
    whole, rest = divmod(days, 7)
    begun = {(period.start.weekday() + number) % 7 for number in range(rest)}
    return sum(length * (whole + (weekday in begun)) for weekday, length in hours)


def _add_months(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1)
