"""Periods of the German Civil Code, §§ 187 to 193 BGB.

An event's own day is not counted (§ 187 (1)). A period of weeks or months ends on the day
whose name or number is the event's (§ 188 (2)), in a shorter month on its last day
(§ 188 (3)). An end on a Saturday, Sunday or public holiday of the state moves to the next
working day (§ 193).
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from dateutil.relativedelta import relativedelta

STATES = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


@lru_cache(maxsize=512)
def public_holidays(state, year):
    """The public holidays of a German state in a year.

    :param state: two letters, as in ISO 3166-2:DE without ``DE-``
    :raise ValueError: for an unknown state
    """
    if state not in STATES:
        raise ValueError(f"state: {state!r} is no German state; known are {', '.join(STATES)}.")
    return frozenset(holidays.Germany(subdiv=state, years=year))


def is_working_day(day, state="NI"):
    """No Saturday, Sunday or public holiday of the state (§ 193 BGB)."""
    return day.weekday() < 5 and day not in public_holidays(state, day.year)


def working_day_from(day, state="NI", step=1):
    """The day itself if it is a working day, else the next one (`step` 1) or the one before (-1)."""
    while not is_working_day(day, state):
        day += timedelta(days=step)
    return day


def period_end(event: date, *, days=0, weeks=0, months=0, state="NI") -> date:
    """Last day of a period that an event sets going.

    :param event: day of the event, for example the service of a suit; not counted
    :param days, weeks, months: length of the period, added from the longest unit down
    :raise ValueError: if the period has no length, or a negative one
    """
    return working_day_from(event + _length(days, weeks, months), state)


def period_latest(event: date, *, days=0, weeks=0, months=0, state="NI") -> date:
    """Last day to act at least so long before an event, for example two weeks before an eviction.

    Counted back from the event's day, which does not count. Whether § 193 BGB holds
    backwards is disputed, so the day moves to the working day before: the safe side.
    """
    return working_day_from(event - _length(days, weeks, months), state, step=-1)


def _length(days, weeks, months):
    if min(days, weeks, months) < 0 or not (days or weeks or months):
        raise ValueError("Give the length of the period in days, weeks or months, above zero.")
    return relativedelta(months=months, weeks=weeks, days=days)
