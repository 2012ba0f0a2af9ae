from bisect import bisect_right
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from odoo import models
from odoo.tools.misc import format_date, format_time

from ...timetable import CLOSURE, HOLIDAY, OCCUPIED, OUTSIDE, Interval, subtract
from ..booking.booking import CENTRE_FIELDS, ROOM_FIELDS
from .occupancy import Slot

# what makes a date impossible; the rest is against the rules of the house, and staff is warned
HARD = (OCCUPIED, CLOSURE)


class Wish(NamedTuple):
    """A slot that somebody would like. ``day`` names it within its series."""

    day: date
    room_id: int
    start: datetime
    stop: datetime


class Finding(NamedTuple):
    """What stands against a wish: the kind that matters most, and all of it in words."""

    kind: str
    text: str

    @property
    def hard(self):
        return self.kind in HARD


class SozialRoomSeries(models.Model):
    """The preview: every date with what stands against it."""

    _inherit = "sozial.room.series"

    def _wishes(self):
        """The slots of the series as its rule means them."""
        self.ensure_one()
        return [Wish(date.day, self.room_id.id, date.start, date.stop) for date in self._dates()]

    def _findings(self, wishes, ignored=()):
        """What stands against each wish; what is taken or closed is found by one query for all of them.

        :param ignored: ids of bookings that do not count, because they are about to move
        :return: ``{position in wishes: Finding}``
        """
        slots = [Slot(wish.room_id, wish.start, wish.stop) for wish in wishes]
        hits = self.env["sozial.room.occupancy"]._hits(slots, ignored)
        rooms = self.env["sozial.room"].browse({wish.room_id for wish in wishes})
        rooms.fetch(ROOM_FIELDS)
        rooms.centre_id.fetch(CENTRE_FIELDS)
        found = {}
        for centre, centre_rooms in rooms.grouped("centre_id").items():
            ids = set(centre_rooms.ids)
            own = {number: wish for number, wish in enumerate(wishes) if wish.room_id in ids}
            rules = self._house_rules(centre, own.values())
            for number, wish in own.items():
                findings = (self._hit_findings(hits[number]) if number in hits else []) + rules(wish)
                if findings:
                    found[number] = Finding(findings[0].kind, "; ".join(finding.text for finding in findings))
        return found

    def _hit_findings(self, hits):
        taken = [hit for hit in hits if not hit.closure_id]
        closed = [hit for hit in hits if hit.closure_id]
        findings = []
        if taken:
            names = ", ".join(sorted({hit.name for hit in taken if hit.name}))
            text = self.env._("taken: %s", names) if names else self.env._("already taken")
            findings.append(Finding(OCCUPIED, text))
        if closed:
            findings.append(Finding(CLOSURE, self.env._("closed: %s", ", ".join(sorted({hit.name for hit in closed})))))
        return findings

    def _house_rules(self, centre, wishes):
        """A function that says what opening hours and holidays have against a wish."""
        first, last = min(wish.start for wish in wishes), max(wish.stop for wish in wishes)
        spans, holidays = self._open_spans(centre, first, last), centre._holidays_between(first, last)

        @cache  # several rooms at the same time are one question
        def against(start, stop):
            begins, ends = centre._local(start).date(), centre._local(stop).date()
            names = [name for day, name in holidays.items() if begins <= day <= ends]
            if names:
                return [Finding(HOLIDAY, self.env._("public holiday: %s", ", ".join(names)))]
            if spans is None:
                return []
            place = bisect_right(spans, start, key=lambda span: span.start)
            if place and spans[place - 1].stop >= stop:
                return []
            return [Finding(OUTSIDE, self.env._("outside opening hours"))]

        return lambda wish: against(wish.start, wish.stop)

    def _open_spans(self, centre, first, last):
        """When a centre is open, as sorted intervals; None: at any time. Days off of its calendar are cut out."""
        spans = centre._open_intervals(first, last)
        if spans is None:
            return None
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                [
                    ("calendar_id", "in", (False, centre.sudo().calendar_id.id)),
                    ("company_id", "in", (False, centre.company_id.id)),
                    ("resource_id", "=", False),
                    ("time_type", "=", "leave"),
                    ("date_from", "<", last),
                    ("date_to", ">", first),
                ],
                limit=None,
            )
        )
        return subtract(spans, [Interval(leave.date_from, leave.date_to) for leave in leaves])

    def _words(self, wish):
        """»Tue 03/03/2026, 18:00 to 20:00« in the local time of the room's centre."""
        centre = self.env["sozial.room"].browse(wish.room_id).centre_id
        begins, ends = centre._local(wish.start), centre._local(wish.stop)
        return self.env._(
            "%(weekday)s %(day)s, %(start)s to %(stop)s",
            weekday=format_date(self.env, begins.date(), date_format="EEE"),
            day=format_date(self.env, begins.date()),
            start=format_time(self.env, begins.time(), time_format="short"),
            stop=format_time(self.env, ends.time(), time_format="short"),
        )

    def _other_rooms(self, wishes):
        """For each wish a room of the same centre that is free then and big enough: the smallest one.

        One query for all of them together.

        :return: ``{position in wishes: room id}``
        """
        if not wishes:
            return {}
        needed = self.persons or 0
        rooms = self.env["sozial.room"].search(
            [("centre_id", "=", self.centre_id.id), ("capacity", ">=", needed)], order="capacity, id", limit=50
        )
        pairs = [(number, room.id) for number, wish in enumerate(wishes) for room in rooms if room.id != wish.room_id]
        slots = [Slot(room_id, wishes[number].start, wishes[number].stop) for number, room_id in pairs]
        taken = self.env["sozial.room.occupancy"]._hits(slots)
        free = {}
        for position, (number, room_id) in enumerate(pairs):
            if position not in taken:
                free.setdefault(number, room_id)
        return free
