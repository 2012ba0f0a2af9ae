"""Weekly opening hours of a centre to intervals of UTC, public holidays taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .holidays_de import holiday_name
from .intervals import Interval, merge
from .localtime import slot_to_utc, to_local

_DAY = dt.timedelta(days=1)


class Opening(NamedTuple):
    """Open on a weekday (0 is Monday) between two hours of the local day, such as 8.0 to 22.0.

    24.0 is the end of the day; hours beyond it reach into the next one.
    """

    weekday: int
    hour_from: float
    hour_to: float


class WeekPlan:
    """The opening hours of a centre.

    :param openings: no opening at all means: always open (a room without hours of its own)
    :param state: of which the public holidays are closed; ``None``: open on holidays too
    """

    def __init__(self, openings: Iterable[Opening], zone: ZoneInfo | str, state: str | None = None) -> None:
        self.zone = ZoneInfo(zone) if isinstance(zone, str) else zone
        self.state = state
        self._hours: dict[int, list[tuple[float, float]]] = {}
        for opening in openings:
            if opening.hour_to > opening.hour_from:
                self._hours.setdefault(opening.weekday, []).append((opening.hour_from, opening.hour_to))

    @property
    def always_open(self) -> bool:
        return not self._hours

    def holiday(self, day: dt.date) -> str | None:
        """The name of the public holiday that closes the centre on a day."""
        return holiday_name(self.state, day) if self.state else None

    def intervals(self, first: dt.date, last: dt.date, with_holidays: bool = False) -> list[Interval]:
        """Open time from one local day to another, both inclusive.

        :param with_holidays: count holidays as ordinary days
        """
        found = []
        day = first
        while day <= last:
            if with_holidays or not self.holiday(day):
                found.extend(self._of_day(day))
            day += _DAY
        return merge(found)

    def _of_day(self, day: dt.date) -> Iterable[Interval]:
        midnight = dt.datetime.combine(day, dt.time())
        hours = self._hours.get(day.weekday(), ()) if self._hours else ((0.0, 24.0),)
        for hour_from, hour_to in hours:
            start, stop = (midnight + dt.timedelta(minutes=round(hour * 60)) for hour in (hour_from, hour_to))
            yield Interval(*slot_to_utc(start, stop, self.zone))

    def covers(self, slot: Interval) -> bool:
        """Whether the centre is open all through a slot, holidays counted as ordinary days."""
        first, last = self._days(slot)
        return any(opening.covers(slot) for opening in self.intervals(first - _DAY, last, with_holidays=True))

    def holidays_in(self, slot: Interval) -> list[tuple[dt.date, str]]:
        """The public holidays that a slot touches. Till midnight before the holiday touches nothing."""
        first, last = self._days(slot)
        found, day = [], first
        while day <= last:
            name = self.holiday(day)
            if name:
                found.append((day, name))
            day += _DAY
        return found

    def _days(self, slot: Interval) -> tuple[dt.date, dt.date]:
        """First and last local day of a slot; the end itself is outside."""
        last = to_local(slot.stop - dt.timedelta(microseconds=1), self.zone)
        return to_local(slot.start, self.zone).date(), last.date()
