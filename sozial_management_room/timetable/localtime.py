"""Wall-clock times of a place to UTC and back.

A group that meets at 18:00 meets at 18:00 in July and in January. So a booking of a series is
thought in local time, both its start AND its end, and becomes UTC date by date.

Two times a year the clock is no plain number line. Decided here, after RFC 5545, 3.3.5:

* A time that comes twice (the last Sunday of October, 02:00 to 03:00) means its first coming.
* A time that does not exist (the last Sunday of March, 02:00 to 03:00) is read with the offset
  before the change: 02:30 becomes 03:30. If that hits the START of a slot, the whole slot moves
  by the missing hour and keeps its length; otherwise little or nothing would be left of it.
* Otherwise the end is the local end: 23:00 to 04:00 lasts four hours in the night of March and
  six in the night of October, because the key is handed back at four by the clock on the wall.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def to_utc(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant of a naive local time, as naive UTC."""
    return local.replace(tzinfo=zone, fold=0).astimezone(dt.timezone.utc).replace(tzinfo=None)


def to_local(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The naive local time of a naive UTC instant."""
    return instant.replace(tzinfo=dt.timezone.utc).astimezone(zone).replace(tzinfo=None, fold=0)


def exists(local: dt.datetime, zone: ZoneInfo) -> bool:
    """False for a local time that the change to summer time leaves out."""
    return to_local(to_utc(local, zone), zone) == local


def slot_to_utc(start: dt.datetime, stop: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Start and end of a slot given in local time, as naive UTC; never empty.

    :raise ValueError: if the slot is empty in local time already
    """
    if stop <= start:
        raise ValueError("a slot ends after it starts")
    begin = to_utc(start, zone)
    if not exists(start, zone):
        return begin, begin + (stop - start)
    return begin, to_utc(stop, zone)


def local_day(day: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """A calendar day from midnight to midnight; 23 or 25 hours long on the days of the change."""
    midnight = dt.datetime.combine(day, dt.time())
    return to_utc(midnight, zone), to_utc(midnight + dt.timedelta(days=1), zone)
