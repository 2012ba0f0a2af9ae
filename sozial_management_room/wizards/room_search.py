from datetime import datetime, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..timetable import CLOSURE, HOLIDAY, OCCUPIED, Interval

MOST_DATES = 60
SHOWN_A_DATE = 8  # rooms
ACCESS = ("step_free", "has_lift", "accessible_toilet", "induction_loop")


class SozialRoomSearch(models.TransientModel):
    """»A room for 20 with step-free access on three Tuesdays«: when, for how many, with what; then book."""

    _name = "sozial.room.search"
    _description = "Find a free room"

    day = fields.Date("First day", required=True, default=lambda self: fields.Date.context_today(self))
    time_start = fields.Float("From", required=True, default=18.0, help="Local time of the centre.")
    time_end = fields.Float("Until", required=True, default=20.0, help="Earlier than the beginning: on the following day.")
    weeks = fields.Integer("Number of weeks", default=1, help="The same day of the week and time, in so many weeks one after the other.")
    date_ids = fields.One2many("sozial.room.search.date", "search_id", "Further dates")
    persons = fields.Integer(help="0: any size.")
    centre_ids = fields.Many2many("sozial.centre", string="Centres", help="Empty: in all centres.")
    step_free = fields.Boolean("Step-free")
    has_lift = fields.Boolean("Lift")
    accessible_toilet = fields.Boolean()
    induction_loop = fields.Boolean()
    feature_ids = fields.Many2many("sozial.room.feature", string="Features", help="The room has all of them.")
    name = fields.Char("What for", help="Becomes the title of the bookings.")
    partner_id = fields.Many2one("res.partner", "For", ondelete="cascade", help="Organisation or person that uses the room.")
    searched = fields.Boolean(readonly=True)
    room_fit_ids = fields.One2many(
        "sozial.room.search.fit", "search_id", "Rooms", domain=[("start", "=", False)], readonly=True
    )
    date_fit_ids = fields.One2many(
        "sozial.room.search.fit", "search_id", "By date", domain=[("start", "!=", False)], readonly=True
    )

    _weeks_plausible = models.Constraint("CHECK (weeks BETWEEN 1 AND 60)", "Number of weeks: enter 1 to 60.")
    _persons_plausible = models.Constraint("CHECK (persons BETWEEN 0 AND 10000)", "Persons: enter a number from 0 to 10,000.")

    def _compute_display_name(self):
        self.display_name = self.env._("Find a free room")

    def _dates(self):
        """The wished dates as naive local times ``(start, stop)``, in order, each once.

        :raise UserError: if there are too many, or a time is none
        """
        self.ensure_one()
        weekly = [(self.day + timedelta(weeks=week), self.time_start, self.time_end) for week in range(self.weeks)]
        wanted = {*weekly, *((date.day, date.time_start, date.time_end) for date in self.date_ids)}
        if len(wanted) > MOST_DATES:
            raise UserError(self.env._("Dates: search for at most %s dates at once.", MOST_DATES))
        return sorted({self._span(*one) for one in wanted})

    def _span(self, day, time_start, time_end):
        if not (0 <= time_start < 24 and 0 <= time_end <= 24) or time_start == time_end:
            raise UserError(
                self.env._("From, until: enter two different times between 00:00 and 24:00 for %s.", format_date(self.env, day))
            )
        midnight = datetime.combine(day, datetime.min.time())
        start, stop = (midnight + timedelta(minutes=round(hour * 60)) for hour in (time_start, time_end))
        return start, stop if stop > start else stop + timedelta(days=1)

    def action_search(self):
        """Look for rooms and show them below: first those that are free on all dates."""
        self.ensure_one()
        dates = self._dates()
        rooms = self.env["sozial.room"]._suiting(
            self.persons, [name for name in ACCESS if self[name]], self.feature_ids, self.centre_ids
        )
        fits = []
        for _zone, same_zone in rooms.grouped(lambda room: room.centre_id.tz).items():
            centre = same_zone.centre_id[:1]
            slots = [Interval(centre._to_utc(start), centre._to_utc(stop)) for start, stop in dates]
            fits += [(fit, slots) for fit in same_zone._fits(slots, self.persons)]
        fits.sort(key=lambda item: (self._unavailable(item[0]), len(item[0].conflicts), item[0].room.capacity))
        lines = [line for fit, slots in fits if (line := self._room_line(fit, slots))]
        self.write(
            {
                "searched": True,
                "room_fit_ids": [Command.clear(), *(Command.create(line) for line in lines)],
                "date_fit_ids": [Command.clear(), *(Command.create(line) for line in self._date_lines(fits, len(dates)))],
            }
        )
        return True

    @api.model
    def _unavailable(self, fit):
        """On how many dates the room cannot be had at all."""
        return sum(found[0].hard for found in fit.conflicts.values())

    def _room_line(self, fit, slots):
        """A room over all dates; nothing if it can be had on none of them."""
        free = [slot for number, slot in enumerate(slots) if not any(one.hard for one in fit.conflicts.get(number, ()))]
        if not free:
            return None
        against = [
            self.env._("%(date)s: %(reason)s", date=self._short(fit.room.key, slots[number]), reason=self._reason(found))
            for number, found in sorted(fit.conflicts.items())
        ]
        return {
            "room_id": fit.room.key,
            "slots": [[fields.Datetime.to_string(moment) for moment in slot] for slot in free],
            "free_count": len(free),
            "date_count": len(slots),
            "remark": "; ".join(against),
        }

    def _date_lines(self, fits, dates):
        """The best rooms of each date that can be had then."""
        lines = []
        for number in range(dates):
            suiting = [(fit, slots) for fit, slots in fits if not any(one.hard for one in fit.conflicts.get(number, ()))]
            suiting.sort(key=lambda item: (number in item[0].conflicts, item[0].room.capacity))
            lines += [
                {
                    "room_id": fit.room.key,
                    "start": slots[number].start,
                    "stop": slots[number].stop,
                    "remark": self._reason(fit.conflicts.get(number, ())),
                }
                for fit, slots in suiting[:SHOWN_A_DATE]
            ]
        return lines

    def _reason(self, found):
        """What stands against a date in words, without who or what has taken the room."""
        words = {OCCUPIED: self.env._("taken"), CLOSURE: self.env._("closed")}
        return ", ".join(
            self.env._("public holiday: %s", ", ".join(one.what))
            if one.kind == HOLIDAY
            else words.get(one.kind) or self.env._("outside opening hours")
            for one in found
        )

    def _short(self, room_id, slot):
        """»Tue 03/03/2026«, the local day of a slot."""
        day = self.env["sozial.room"].browse(room_id).centre_id._local(slot.start).date()
        return f"{format_date(self.env, day, date_format='EEE')} {format_date(self.env, day)}"

    def _book(self, room, slots):
        """Book a room for these times (pairs in UTC): confirmed where the user may, else as a request.

        :raise IntegrityError: if somebody has one of them; Odoo turns it into the constraint's message
        """
        bookings = self.env["sozial.room.booking"]
        values = {"name": self.name or self.env._("Booking"), "room_id": room.id, "partner_id": self.partner_id.id, "persons": self.persons}
        draft = bookings.new(values)
        state = "confirmed" if bookings._is_manager() or draft._mode() == "direct" else "requested"
        booked = bookings.create([{**values, "state": state, "start": start, "stop": stop} for start, stop in slots])
        self.env.flush_all()  # the slots are taken or refused now
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room_booking")
        if len(booked) == 1:
            return {**action, "views": [(False, "form")], "res_id": booked.id, "context": {}}
        return {**action, "domain": [("id", "in", booked.ids)], "context": {}}
