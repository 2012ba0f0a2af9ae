"""When rent debt reaches the threshold of a termination without notice, and when it is cured.

§ 543 (2) no. 3 with § 569 (3) BGB. A cured termination without notice does not cure an
ordinary one (§ 573 BGB), which landlords usually declare beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from .periods import period_end
from .steps import decimal

CURE_MONTHS = 2
BARRED_YEARS = 2


@dataclass(frozen=True)
class Due:
    """One due date: the gross rent of the month and what of it is still open."""

    day: date
    rent: Decimal
    open: Decimal


@dataclass(frozen=True)
class Threshold:
    """Whether a termination without notice would be founded.

    `ground` is ``3a`` (two consecutive due dates), ``3b`` (a longer time) or empty; `missing`
    is what more would have to be owed until the nearer threshold is reached, 0 once it is.
    """

    ground: str
    total: Decimal
    missing: Decimal

    @property
    def reached(self):
        return bool(self.ground)


@dataclass(frozen=True)
class Cure:
    """The cure period (Schonfrist): its last day, and whether it still works this time."""

    last_day: date
    barred: bool


def termination_threshold(dues: Sequence[Due]) -> Threshold:
    """Compare open rents with both thresholds.

    No. 3a: two consecutive due dates, both in arrears, together more than one month's rent
    (§ 569 (3) no. 1 BGB). No. 3b: over a longer time, two months' rent or more; so much within
    two neighbouring due dates would be no. 3a already.
    The month's rent is that of the latest due date concerned.

    :param dues: the due dates with rent, in any order; months left out count as paid
    :raise ValueError: if more is open than was due, or two entries have the same day
    """
    ordered = sorted(dues, key=lambda due: due.day)
    if len({due.day for due in ordered}) < len(ordered):
        raise ValueError("dues: each due date stands once.")
    for due in ordered:
        if decimal(due.open, "open") > decimal(due.rent, "rent"):
            raise ValueError(f"open: on {due.day.isoformat()} more is open than was due.")
    ordered = without_gaps(ordered)
    total = sum((due.open for due in ordered), Decimal(0))
    gaps = []
    for before, after in zip(ordered, ordered[1:], strict=False):
        if before.open and after.open:
            together = before.open + after.open
            if together > after.rent:
                return Threshold("3a", total, Decimal(0))
            gaps.append(after.rent - together)
    in_arrears = [due for due in ordered if due.open]
    if in_arrears:
        missing = 2 * in_arrears[-1].rent - total
        if missing <= 0:
            return Threshold("3b", total, Decimal(0))
        gaps.append(missing)
    return Threshold("", total, min(gaps, default=Decimal(0)))


def without_gaps(ordered: Sequence[Due]) -> list[Due]:
    """Due dates with the months between them that nobody entered, as paid.

    Else two due dates with a paid one between them would pass for consecutive ones.

    :param ordered: due dates, the earliest first
    """
    filled: list[Due] = []
    for due in ordered:
        while filled and _months(filled[-1].day, due.day) > 1:
            filled.append(Due(filled[-1].day + relativedelta(months=1), filled[-1].rent, Decimal(0)))
        filled.append(due)
    return filled


def _months(first, second):
    return (second.year - first.year) * 12 + second.month - first.month


def cure_period(served: Sequence[date], *, noticed: date, cured_notice: date | None = None, state="NI") -> Cure:
    """The cure period after the service of the eviction suit (§ 569 (3) no. 2 BGB).

    :param served: days of service, one a tenant; the last one counts
    :param noticed: day the present termination was received
    :param cured_notice: day of an earlier termination that was cured by payment; within two years it bars the cure
    """
    if not served:
        raise ValueError("served: give the day on which the suit was served.")
    barred = cured_notice is not None and noticed <= cured_notice + relativedelta(years=BARRED_YEARS)
    return Cure(period_end(max(served), months=CURE_MONTHS, state=state), barred)
