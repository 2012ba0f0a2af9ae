"""Periods when a landlord modernises: announcement (§ 555c BGB) and hardship objection (§ 555d BGB).

Figures for advice, no decision. The company has its announcements and these rules reviewed by a lawyer before it relies on them.
"""

from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .periods import working_day_from

AHEAD = relativedelta(months=3)
DAY = timedelta(days=1)


class ObjectionPeriod(NamedTuple):
    """When circumstances of hardship are to be told.

    :param last_day: last day of the month, the day to tell tenants: nobody has to rely on § 193 BGB
    :param counts_until: the next working day if that is none (§ 193 BGB); up to here an objection is not late
    """

    last_day: date
    counts_until: date


class InTime(str, Enum):
    """What the day of an objection means.

    NO_PERIOD: no period runs, so it is in time (§ 555d (3) sentence 2, (5) BGB).
    EXCUSE: late; counts if the tenant was kept from it without fault and tells at once why (§ 555d (4) sentence 1 BGB).
    TOO_LATE: against the higher rent alone, and told after the works began (§ 555d (4) sentence 2 BGB).
    """

    IN_TIME = "in_time"
    NO_PERIOD = "no_period"
    EXCUSE = "excuse"
    TOO_LATE = "too_late"


def announcement_latest(start: date) -> date:
    """Last day on which the announcement must be received: three full months before the works begin (§ 555c (1) BGB).

    Neither the day of the receipt nor the day of the start counts: the safe side, as it is disputed.
    """
    return start - AHEAD - DAY


def earliest_start(received: date) -> date:
    """First day on which works may begin after an announcement received on a day (§ 555c (1) BGB)."""
    start = received + DAY + AHEAD
    while announcement_latest(start) < received:  # months are of different length
        start += DAY
    return start


def objection_period(received: date | None, told: bool, state: str = "NI") -> ObjectionPeriod | None:
    """Period of the hardship objection: to the end of the month that follows the receipt (§ 555d (3) sentence 1 BGB).

    :param received: day on which the announcement was received; None: not yet
    :param told: whether the announcement meets § 555c BGB and tells of the form and the period of the objection (§ 555c (2) BGB)
    :param state: whose public holidays count, two letters
    :return: None where no period runs: nothing received, or not told of it (§ 555d (3) sentence 2, (5) BGB)
    :raise ValueError: for an unknown state
    """
    if received is None or not told:
        return None
    last_day = received.replace(day=1) + relativedelta(months=2) - DAY
    return ObjectionPeriod(last_day, working_day_from(last_day, state))


def in_time(objected: date, period: ObjectionPeriod | None, start: date | None, rent_only: bool) -> InTime:
    """Whether an objection is in time (§ 555d (3) to (5) BGB).

    :param objected: day on which the objection was received
    :param period: as of `objection_period`
    :param start: day on which the works begin; None: not known
    :param rent_only: it is about the higher rent alone, not about bearing the works
    """
    if period is not None and objected <= period.counts_until:
        return InTime.IN_TIME
    if rent_only and start is not None and objected > start:
        return InTime.TOO_LATE
    return InTime.NO_PERIOD if period is None else InTime.EXCUSE
