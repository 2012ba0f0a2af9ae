"""Calendar feeds after RFC 5545: every date an event of its own, in the zone of the house.

Written by hand because it is little, and because readers differ: no rule is sent, only dates
(a phone that knows no rules shows them all the same), each with the zone it is meant in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from .localtime import to_local, to_utc

_DAY = dt.timedelta(days=1)
_LOCAL = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class Event:
    """An event of a feed; instants are naive UTC.

    :param uid: the same for good, whatever changes; readers know the event by it
    :param sequence: grows with every change that matters to those who come
    """

    uid: str
    start: dt.datetime
    stop: dt.datetime
    summary: str
    modified: dt.datetime
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(name: str, zone: ZoneInfo, events: Iterable[Event], product: str = "-//Soziales Management//Rooms//DE") -> str:
    """The text of a feed, lines folded and ended as the RFC wants them."""
    events = list(events)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_escape(product)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(name)}",
        f"X-WR-TIMEZONE:{zone.key}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    if events:
        first, last = min(event.start for event in events), max(event.stop for event in events)
        lines += _timezone(zone, first.year, last.year)
    for event in events:
        lines += _event(event, zone)
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _event(event: Event, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escape(event.uid)}"
    yield f"DTSTAMP:{event.modified.strftime(_LOCAL)}Z"
    yield f"LAST-MODIFIED:{event.modified.strftime(_LOCAL)}Z"
    yield f"SEQUENCE:{event.sequence}"
    yield _moment("DTSTART", event.start, zone)
    yield _moment("DTEND", event.stop, zone)
    yield f"SUMMARY:{_escape(event.summary)}"
    if event.location:
        yield f"LOCATION:{_escape(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{_escape(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if event.cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def _moment(name: str, instant: dt.datetime, zone: ZoneInfo) -> str:
    """An instant as local time with its zone; in UTC for the hour that comes a second time,
    which a local time cannot say."""
    local = to_local(instant, zone)
    if to_utc(local, zone) != instant:
        return f"{name}:{instant.strftime(_LOCAL)}Z"
    return f"{name};TZID={zone.key}:{local.strftime(_LOCAL)}"


def _timezone(zone: ZoneInfo, first: int, last: int) -> Iterator[str]:
    """The definition of a zone for the years of a feed, a year before them included."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    found = [change for year in range(first - 1, last + 1) for change in _changes(zone, year)]
    begin = dt.datetime(first - 1, 1, 1)
    offset = begin.replace(tzinfo=zone).utcoffset() or dt.timedelta()
    for at, before, after, daylight, name in found or [(begin, offset, offset, False, zone.key)]:
        kind = "DAYLIGHT" if daylight else "STANDARD"
        yield f"BEGIN:{kind}"
        yield f"DTSTART:{at.strftime(_LOCAL)}"
        yield f"TZOFFSETFROM:{_offset(before)}"
        yield f"TZOFFSETTO:{_offset(after)}"
        yield f"TZNAME:{_escape(name)}"
        yield f"END:{kind}"
    yield "END:VTIMEZONE"


@lru_cache(maxsize=256)
def _changes(zone: ZoneInfo, year: int) -> list[tuple[dt.datetime, dt.timedelta, dt.timedelta, bool, str]]:
    """Changes of the offset in a year: local time before the change, both offsets, summer time, name."""

    def offset(instant: dt.datetime) -> dt.timedelta:
        return to_local(instant, zone) - instant

    found, day = [], dt.datetime(year, 1, 1)
    while day.year == year:
        low, high = day, day + _DAY
        if offset(low) != offset(high):
            while high - low > dt.timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            high = high.replace(microsecond=0)
            # two hours on: the local hour that comes twice is over
            after = (high + dt.timedelta(hours=2)).replace(tzinfo=dt.timezone.utc).astimezone(zone)
            found.append((high + offset(low), offset(low), offset(high), bool(after.dst()), after.tzname() or zone.key))
        day += _DAY
    return found


def _offset(delta: dt.timedelta) -> str:
    minutes = round(delta.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _escape(text: str) -> str:
    """A text value: what would end it, and control characters that nobody can read, taken care of."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char >= " " or char in "\n\t").replace("\x7f", "").replace("\n", "\\n")


def _fold(line: str) -> str:
    """Lines of at most 75 bytes, never cut within a character."""
    pieces, current, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            pieces.append(current)
            current, size = " ", 1
        current += char
        size += width
    return "\r\n".join([*pieces, current])
