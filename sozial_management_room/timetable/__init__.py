"""When a room is taken and when it is free: pure Python, no Odoo.

``localtime``     wall-clock times of a place to UTC, over the change of summer time
``recurrence``    a rule (RFC 5545) and a local time to the dates it means
``holidays_de``   public holidays of a German state
``opening``       weekly opening hours to intervals, holidays taken out
``intervals``     arithmetic of half-open intervals: merge, cut, subtract, buffers, free slots
``conflicts``     what stands against a date: occupied, closure, holiday, outside opening hours
``feed``          dates as a calendar that phones subscribe to
``availability``  which rooms are free on all the dates somebody asks for

Instants are naive ``datetime`` in UTC, as Odoo stores them; local times are naive too and always
go with a zone. Intervals are half-open: ``[start, stop)``. Nothing here speaks to a person: errors
are codes with parameters (``RuleError``), which the caller turns into sentences.
"""

from .availability import Fit, Request, RoomFacts, fitting_rooms
from .conflicts import CLOSURE, HOLIDAY, OCCUPIED, OUTSIDE, Busy, Conflict, classify
from .feed import Event, calendar
from .holidays_de import STATES, holiday_name, public_holidays
from .intervals import Interval, common, free_slots, gaps, merge, subtract, widen
from .localtime import local_day, slot_to_utc, to_local, to_utc
from .opening import Opening, WeekPlan
from .recurrence import MAX_DATES, Occurrence, Recurrence, RuleError, build_rule, parse_rule
from .utilisation import Cell, heat_map, open_hours, percent, protect

__all__ = [
    "CLOSURE",
    "HOLIDAY",
    "MAX_DATES",
    "OCCUPIED",
    "OUTSIDE",
    "STATES",
    "Busy",
    "Cell",
    "Conflict",
    "Event",
    "Fit",
    "Interval",
    "Occurrence",
    "Opening",
    "Recurrence",
    "Request",
    "RoomFacts",
    "RuleError",
    "WeekPlan",
    "build_rule",
    "calendar",
    "classify",
    "common",
    "fitting_rooms",
    "free_slots",
    "gaps",
    "heat_map",
    "holiday_name",
    "local_day",
    "merge",
    "open_hours",
    "parse_rule",
    "percent",
    "protect",
    "public_holidays",
    "slot_to_utc",
    "subtract",
    "to_local",
    "to_utc",
    "widen",
]
