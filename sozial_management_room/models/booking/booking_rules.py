from collections import defaultdict
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

STAFF = "sozial_management_room.group_sozial_room_user"
MANAGERS = "sozial_management_room.group_sozial_room_manager"


class SozialRoomBooking(models.Model):
    """What may be booked when: opening hours, holidays, conditions. Staff is warned, others refused."""

    _inherit = "sozial.room.booking"

    warning = fields.Text("Please note", compute="_compute_warning")

    @api.depends("room_id", "start", "stop", "persons", "seating_id", "customer_group", "partner_id", "terms_accepted")
    def _compute_warning(self):
        problems = self.filtered(lambda booking: booking.state in ("draft", "requested", "confirmed"))._problems()
        for booking in self:
            booking.warning = "\n".join(problems.get(booking, ()))

    def _is_staff(self):
        """Whether the current user books for the house, and therefore is warned, not refused."""
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group(STAFF)

    def _is_manager(self):
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group(MANAGERS)

    def _condition(self):
        """The conditions of the room for the customer group; empty where none are set."""
        self.ensure_one()
        return self.room_id.sudo().condition_ids.filtered(lambda line: line.customer_group == self.customer_group)[:1]

    def _mode(self):
        """`direct`, `request` or `view`.

        Where a room says nothing about a group, staff books directly, and tenants and partners on
        request; others only see.
        """
        condition = self._condition()
        if condition:
            return condition.mode
        if self._is_staff():
            return "direct"
        return "view" if self.customer_group == "outside" else "request"

    def _require_bookable(self):
        """Refuse what the current user may not request or confirm.

        :raise AccessError: if only the centre management confirms here
        :raise UserError: if the room or time is not to be had, with all reasons at once
        """
        self._require_active_room()
        staff = self._is_staff()
        if not self._is_manager():
            for booking in self:
                mode = booking._mode()
                if mode == "view" and not staff:
                    raise AccessError(self.env._("%s cannot be booked here. Please call the centre.", booking.room_id.name))
                if mode != "direct" and booking.state == "confirmed":
                    raise AccessError(
                        self.env._("%s is booked on request: the centre management confirms.", booking.room_id.name)
                    )
        if not staff:
            for problems in self._problems().values():
                if problems:
                    raise UserError("\n".join(problems))

    def _require_active_room(self):
        for room in self.room_id:
            if not room.active or not room.centre_id.active:
                raise UserError(self.env._("Room: %s is no longer in use. Choose another room.", room.display_name))

    def _problems(self):
        """Everything that speaks against bookings, as sentences.

        :return: ``{booking: [sentence, …]}`` for those with any
        """
        found = defaultdict(list)
        for centre, bookings in self.filtered(lambda b: b.room_id and b.start and b.stop and b.start < b.stop).grouped(
            "centre_id"
        ).items():
            first, last = min(bookings.mapped("start")), max(bookings.mapped("stop"))
            opened = centre._open_intervals(first, last)
            holidays = centre._holidays_between(first, last)
            for booking in bookings:
                found[booking] += booking._problems_of_time(centre, opened, holidays)
                found[booking] += booking._problems_of_conditions()
                found[booking] += booking._problems_of_room()
        return {booking: sentences for booking, sentences in found.items() if sentences}

    def _problems_of_time(self, centre, opened, holidays):
        problems = []
        if opened is not None and not any(opens <= self.start and self.stop <= closes for opens, closes in opened):
            problems.append(self.env._("The centre is not open at that time."))
        begins = centre._local(self.start).date()
        ends = centre._local(self.stop - timedelta(seconds=1)).date()
        for day, name in sorted(holidays.items()):
            if begins <= day <= ends:
                problems.append(
                    self.env._("%(day)s is a public holiday: %(name)s.", day=format_date(self.env, day), name=name)
                )
        if centre._quiet_between(self.start, self.stop):
            problems.append(self.env._("The booking touches the quiet hours of the centre."))
        return problems

    def _problems_of_conditions(self):
        condition = self._condition()
        now = fields.Datetime.now()
        problems = []
        if self.start < now:
            problems.append(self.env._("The booking begins in the past."))
        if not condition:
            return problems
        if condition.lead_hours and now <= self.start < now + timedelta(hours=condition.lead_hours):
            problems.append(self.env._("This room is booked at least %s hours ahead.", condition.lead_hours))
        if condition.earliest_days and self.start > now + timedelta(days=condition.earliest_days):
            problems.append(self.env._("This room is booked at most %s days ahead.", condition.earliest_days))
        if condition.longest_hours and self.stop - self.start > timedelta(hours=condition.longest_hours):
            problems.append(self.env._("This room is booked for at most %s hours.", f"{condition.longest_hours:g}"))
        if condition.quota and self._bookings_of_month() > condition.quota:
            problems.append(
                self.env._("This room may be taken %s times a month by the same organisation or person.", condition.quota)
            )
        return problems

    def _problems_of_room(self):
        problems = []
        capacity = self.seating_id.capacity or self.room_id.capacity
        if self.persons > capacity:
            problems.append(self.env._("%(room)s holds %(capacity)s persons.", room=self.room_id.name, capacity=capacity))
        if self.customer_group != "own" and not self.terms_accepted and self.centre_id.sudo().terms:
            problems.append(self.env._("The terms of use have not been accepted."))
        return problems

    def _bookings_of_month(self):
        """How many bookings the same organisation or person has of this room in the local month, this one included."""
        begins = self.centre_id._local(self.start).replace(tzinfo=None)
        first = begins.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (first + timedelta(days=32)).replace(day=1)
        others = self.sudo().search_count(
            [
                ("id", "not in", self.ids),
                ("room_id", "=", self.room_id.id),
                ("state", "in", ("requested", "confirmed", "done", "no_show")),
                ("start", ">=", self.centre_id._to_utc(first)),
                ("start", "<", self.centre_id._to_utc(following)),
                ("partner_id.commercial_partner_id", "=", self.partner_id.commercial_partner_id.id),
            ]
        )
        return others + 1
