"""A rule of recurrence (RFC 5545) to the dates it means, in local time.

Only what rooms need: daily, weekly, monthly and yearly rules. The time of day belongs to the
slot, never to the rule. A slot whose end is not after its start ends on the next day.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil import rrule

from .localtime import slot_to_utc, to_local

# ten years of a weekly group, or nearly two years of every day; more is a typing error
MAX_DATES = 600
# so far a rule is looked after: the 30th of February would be looked for until the year 9999
MAX_DAYS = 25 * 366
FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL")
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")


class RuleError(ValueError):
    """A rule that cannot be used: ``code`` says why, ``value`` which part of it.

    Codes: ``empty``, ``part`` (malformed), ``unknown`` (not supported), ``freq``, ``value``,
    ``both`` (COUNT and UNTIL), ``endless``, ``many`` (more than ``MAX_DATES`` dates), ``far`` (beyond ``MAX_DAYS``).
    """

    def __init__(self, code: str, value: Any = "") -> None:
        super().__init__(f"{code}: {value}" if value != "" else code)
        self.code = code
        self.value = value


class Occurrence(NamedTuple):
    """One date of a series. ``day`` names it for good, also after it was moved."""

    day: dt.date
    start: dt.datetime
    stop: dt.datetime


def parse_rule(text: str) -> dict[str, Any]:
    """A rule to its parts: names to ints, strings and lists; order and case do not matter.

    :raise RuleError: for whatever is not understood: a rule is never read half
    """
    text = (text or "").strip().upper().removeprefix("RRULE:")
    if not text:
        raise RuleError("empty")
    parts: dict[str, Any] = {}
    for piece in text.rstrip(";").split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts:
            raise RuleError("part", piece)
        if name not in _PARTS:
            raise RuleError("unknown", name)
        parts[name] = _value(name, value)
    if "FREQ" not in parts:
        raise RuleError("freq")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleError("both")
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY", "BYMONTH"} & set(parts):
        raise RuleError("value", "BYSETPOS")
    return parts


def _value(name: str, value: str) -> Any:
    if name == "FREQ":
        if value not in FREQUENCIES:
            raise RuleError("freq", value)
        return value
    if name == "WKST":
        if value not in WEEKDAYS:
            raise RuleError("value", f"{name}={value}")
        return value
    if name == "UNTIL":
        if not _UNTIL.fullmatch(value):
            raise RuleError("value", f"{name}={value}")
        return value
    if name == "BYDAY":
        days = value.split(",")
        if not all(_BYDAY.fullmatch(day) for day in days):
            raise RuleError("value", f"{name}={value}")
        return days
    return _numbers(name, value)


_RANGES = {"INTERVAL": (1, 999), "COUNT": (1, MAX_DATES), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYSETPOS": (-366, 366)}


def _numbers(name: str, value: str) -> Any:
    low, high = _RANGES[name]
    try:
        numbers = [int(number) for number in value.split(",")]
    except ValueError:
        raise RuleError("value", f"{name}={value}") from None
    if not all(low <= number <= high and number for number in numbers):
        raise RuleError("many" if name == "COUNT" and numbers[0] > high else "value", f"{name}={value}")
    if name in ("INTERVAL", "COUNT"):
        if len(numbers) > 1:
            raise RuleError("value", f"{name}={value}")
        return numbers[0]
    return numbers


def build_rule(parts: dict[str, Any]) -> str:
    """The text of a rule from its parts, in RFC 5545's usual order."""
    pieces = []
    for name in _PARTS:
        value = parts.get(name)
        if value in (None, [], "") or (name == "INTERVAL" and value == 1):
            continue
        pieces.append(f"{name}={','.join(map(str, value)) if isinstance(value, (list, tuple)) else value}")
    return ";".join(pieces)


@dataclass(frozen=True)
class Recurrence:
    """A series in local time.

    :param start: first day and time at which the series may take place; a date that the rule
        does not mean (a Monday for a rule of Tuesdays) is no date of the series
    :param length: time from start to end on the wall clock, such as 2 h; 23:00 to 04:00 is 5 h
    :param rule: text after RFC 5545; its COUNT counts dates before exceptions are taken out
    :param until: last local day, inclusive; goes together with COUNT or UNTIL, the earlier wins
    :param exceptions: local days that are left out
    """

    start: dt.datetime
    length: dt.timedelta
    rule: str
    zone: ZoneInfo
    until: dt.date | None = None
    exceptions: frozenset[dt.date] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls,
        first: dt.date,
        begin: dt.time,
        end: dt.time,
        rule: str,
        zone: ZoneInfo | str,
        until: dt.date | None = None,
        exceptions: Iterable[dt.date] = (),
    ) -> Recurrence:
        """A series from the times on the wall clock; an end not after the start is on the next day."""
        start = dt.datetime.combine(first, begin)
        stop = dt.datetime.combine(first, end)
        if stop <= start:
            stop += dt.timedelta(days=1)
        zone = ZoneInfo(zone) if isinstance(zone, str) else zone
        return cls(start, stop - start, rule, zone, until, frozenset(exceptions))

    def days(self, horizon: dt.date | None = None) -> list[dt.date]:
        """The local days of the series, exceptions taken out.

        :param horizon: last day to look at, for a rule without an end
        :raise RuleError: for a bad rule, one without an end, and one with too many dates
        """
        parts = parse_rule(self.rule)
        last = self._last(parts, horizon)
        if last is None and "COUNT" not in parts:
            raise RuleError("endless")
        limit = self.start.date() + dt.timedelta(days=MAX_DAYS)
        found = list(itertools.islice(self._dates(parts, min(last or limit, limit)), MAX_DATES + 1))
        if len(found) > MAX_DATES:
            raise RuleError("many", MAX_DATES)
        if last is None and len(found) < parts["COUNT"] or last and last > limit:
            raise RuleError("far", limit)
        return [day for day in found if day not in self.exceptions]

    def expand(self, horizon: dt.date | None = None) -> list[Occurrence]:
        """Every date of the series, in order, as naive UTC.

        :raise RuleError: as ``days``
        """
        return [self.occurrence(day) for day in self.days(horizon)]

    def occurrence(self, day: dt.date) -> Occurrence:
        """The slot of the series on a local day, whether the rule means that day or not."""
        start = dt.datetime.combine(day, self.start.time())
        return Occurrence(day, *slot_to_utc(start, start + self.length, self.zone))

    def _last(self, parts: dict[str, Any], horizon: dt.date | None) -> dt.date | None:
        ends = [day for day in (self.until, horizon) if day]
        if "UNTIL" in parts:
            ends.append(self._until_day(parts["UNTIL"]))
        return min(ends, default=None)

    def _until_day(self, text: str) -> dt.date:
        """UNTIL of a rule as the last local day on which the series may start."""
        match = _UNTIL.fullmatch(text)
        assert match  # parse_rule has looked
        year, month, day, hour, minute, second, utc = match.groups()
        try:
            if not hour:
                return dt.date(int(year), int(month), int(day))
            end = dt.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
        except ValueError:
            raise RuleError("value", f"UNTIL={text}") from None
        local = to_local(end, self.zone) if utc else end
        return local.date() if local.time() >= self.start.time() else local.date() - dt.timedelta(days=1)

    def _dates(self, parts: dict[str, Any], last: dt.date | None) -> Iterator[dt.date]:
        """Days by dateutil, thought at midnight: the time of day is the slot's business."""
        weekdays = None
        if "BYDAY" in parts:
            weekdays = [_weekday(day, parts["FREQ"]) for day in parts["BYDAY"]]
        try:
            rule = rrule.rrule(
                FREQUENCIES[parts["FREQ"]],
                dtstart=dt.datetime.combine(self.start.date(), dt.time()),
                interval=parts.get("INTERVAL", 1),
                wkst=WEEKDAYS.index(parts.get("WKST", "MO")),
                count=parts.get("COUNT"),
                until=None if last is None else dt.datetime.combine(last, dt.time()),
                bysetpos=parts.get("BYSETPOS"),
                bymonth=parts.get("BYMONTH"),
                bymonthday=parts.get("BYMONTHDAY"),
                byweekday=weekdays,
                cache=False,
            )
        except ValueError as error:
            raise RuleError("value", str(error)) from None
        return (moment.date() for moment in rule)


def _weekday(text: str, freq: str) -> rrule.weekday:
    match = _BYDAY.fullmatch(text)
    assert match
    position, name = match.groups()
    if position and freq not in ("MONTHLY", "YEARLY"):
        raise RuleError("value", f"BYDAY={text}")
    day = rrule.weekdays[WEEKDAYS.index(name)]
    return day(int(position)) if position else day
