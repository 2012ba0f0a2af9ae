"""Moments of a call: the deadline, its phases, and the standstill before an award.

Instants are aware ``datetime`` in UTC with microseconds. A deadline is a whole second and belongs
to its call: "10:00" ends at 10:00:00.000000, that instant included, and nothing later passes.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import ProcedureError

UTC = timezone.utc
PHASES = ("unpublished", "announced", "questions", "submission", "closed")


class Dates(NamedTuple):
    """The dates of a call; what is not set is None."""

    published_at: datetime | None = None
    starts_at: datetime | None = None  # submissions are accepted from here on; None: from publication on
    questions_until: datetime | None = None
    deadline: datetime | None = None


def aware(moment: datetime) -> datetime:
    """The same instant in UTC; a moment without zone, as Odoo stores it, is UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def in_time(deadline: datetime, now: datetime) -> bool:
    """Whether something that is complete at `now` keeps the deadline: equal passes, later does not."""
    return aware(now) <= aware(deadline)


def phase(dates: Dates, now: datetime) -> str:
    """Where a call stands by the clock alone.

    ``unpublished``  nobody outside sees it
    ``announced``    published, submissions not yet accepted
    ``questions``    submissions accepted, questions answered
    ``submission``   submissions accepted, no more questions
    ``closed``       the deadline is over
    """
    now = aware(now)
    if dates.published_at is None or now < aware(dates.published_at):
        return "unpublished"
    if dates.deadline is not None and not in_time(dates.deadline, now):
        return "closed"
    if dates.starts_at is not None and now < aware(dates.starts_at):
        return "announced"
    if dates.questions_until is not None and in_time(dates.questions_until, now):
        return "questions"
    return "submission"


def zone(name: str) -> ZoneInfo:
    """:raise ProcedureError: ``zone_unknown``"""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError) as error:
        raise ProcedureError("zone_unknown", zone=name) from error


def instant(wall: datetime, zone_name: str) -> datetime:
    """The instant that a clock on the wall shows so.

    :param wall: local time without a zone
    :raise ProcedureError: ``wall_missing`` for a time that the change to summer time skips,
        ``wall_twice`` for one that comes twice in autumn: neither may be a deadline, for people
        would disagree when it was.
    """
    there = zone(zone_name)
    early = wall.replace(tzinfo=there, fold=0)
    late = wall.replace(tzinfo=there, fold=1)
    if early.utcoffset() != late.utcoffset():
        back = early.astimezone(UTC).astimezone(there).replace(tzinfo=None)
        raise ProcedureError("wall_twice" if back == wall else "wall_missing", wall=wall.isoformat(), zone=zone_name)
    return early.astimezone(UTC)


def check_dates(dates: Dates, now: datetime) -> None:
    """Whether a call may be published with these dates.

    :raise ProcedureError: ``deadline_missing``, ``deadline_past``, ``deadline_fraction``,
        ``questions_late`` (questions end after the deadline)
    """
    if dates.deadline is None:
        raise ProcedureError("deadline_missing")
    if dates.deadline.microsecond:
        raise ProcedureError("deadline_fraction", deadline=dates.deadline.isoformat())
    if aware(dates.deadline) <= aware(now):
        raise ProcedureError("deadline_past", deadline=dates.deadline.isoformat())
    if dates.questions_until is not None and aware(dates.questions_until) > aware(dates.deadline):
        raise ProcedureError("questions_late")


def check_move(old: datetime, new: datetime, now: datetime) -> None:
    """Whether a deadline may move: only to later, and only while it is not over.

    :raise ProcedureError: ``deadline_over``, ``deadline_earlier``, ``deadline_fraction``
    """
    if not in_time(old, now):
        raise ProcedureError("deadline_over", deadline=old.isoformat())
    if new.microsecond:
        raise ProcedureError("deadline_fraction", deadline=new.isoformat())
    if aware(new) <= aware(old):
        raise ProcedureError("deadline_earlier", old=old.isoformat(), new=new.isoformat())


def last_standstill_day(sent_at: datetime, days: int, zone_name: str, is_working_day: Callable[[date], bool] | None = None) -> date:
    """Last day on which no award may be given.

    Calendar days after the day on which the last notice left, which does not count (as in
    § 134 (2) GWB). An end on a Saturday, Sunday or holiday moves to the next working day: whether
    it must is disputed, waiting longer is the safe side.

    :raise ProcedureError: ``standstill_negative``
    """
    if days < 0:
        raise ProcedureError("standstill_negative", days=days)
    day = aware(sent_at).astimezone(zone(zone_name)).date() + timedelta(days=days)
    while days and is_working_day is not None and not is_working_day(day):
        day += timedelta(days=1)
    return day


def award_from(sent_at: datetime, days: int, zone_name: str, is_working_day: Callable[[date], bool] | None = None) -> datetime:
    """First instant of an award: midnight after the last day of the standstill, in UTC.

    Without a standstill (0 days) it is the moment of sending itself.
    """
    if days == 0:
        return aware(sent_at)
    last = last_standstill_day(sent_at, days, zone_name, is_working_day)
    midnight = datetime.combine(last + timedelta(days=1), time.min)
    return midnight.replace(tzinfo=zone(zone_name)).astimezone(UTC)
