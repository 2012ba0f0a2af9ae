from collections import defaultdict
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ...timetable import Interval

STAFF = "sozial_management_room.group_sozial_room_user"
CONDITION_FIELDS = ("room_id", "customer_group", "mode", "lead_hours", "earliest_days", "longest_hours", "quota")
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

    def _conditions(self):
        """``{(room, customer group): conditions}`` for the rooms of these bookings, in one query."""
        lines = self.env["sozial.room.condition"].sudo().search_fetch([("room_id", "in", self.room_id.ids)], CONDITION_FIELDS)
        return {(line.room_id.id, line.customer_group): line for line in lines}

    def _mode(self, conditions=None):
        """`direct`, `request` or `view`.

        Where a room says nothing about a group, staff books directly, and tenants and partners on
        request; others only see.
        """
        self.ensure_one()
        conditions = self._conditions() if conditions is None else conditions
        if condition := conditions.get((self.room_id.id, self.customer_group)):
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
            conditions = self._conditions()
            for booking in self._one_of_each("room_id", "customer_group", "state"):
                mode = booking._mode(conditions)
                if mode == "view" and not staff:
                    raise AccessError(self.env._("%s cannot be booked here. Please call the centre.", booking.room_id.name))
                if mode != "direct" and booking.state == "confirmed":
                    raise AccessError(
                        self.env._("%s is booked on request: the centre management confirms.", booking.room_id.name)
                    )
        if not staff:
            for problems in self._problems(final=True).values():
                if problems:
                    raise UserError("\n".join(problems))

    def _one_of_each(self, *names):
        """One booking for each combination of values: enough for what depends on these alone."""
        return self.browse({tuple(booking[name] for name in names): booking.id for booking in self.sudo()}.values())

    def _require_active_room(self):
        for room in self.room_id:
            if not room.active or not room.centre_id.active:
                raise UserError(self.env._("Room: %s is no longer in use. Choose another room.", room.display_name))

    def _problems(self, final=False):
        """Everything that speaks against bookings, as sentences.

        :param final: the answer decides, it does not only warn; see `_over_quota`
        :return: ``{booking: [sentence, …]}`` for those with any
        """
        found = defaultdict(list)
        conditions = self._conditions()
        for centre, bookings in self.filtered(lambda b: b.room_id and b.start and b.stop and b.start < b.stop).grouped(
            "centre_id"
        ).items():
            plan = centre._week_plan()
            for booking in bookings:
                found[booking] += booking._problems_of_time(centre, plan)
                found[booking] += booking._problems_of_conditions(conditions.get((booking.room_id.id, booking.customer_group)))
                found[booking] += booking._problems_of_room()
        for booking in self._over_quota(conditions, final):
            quota = conditions[booking.room_id.id, booking.customer_group].quota
            found[booking].append(
                self.env._("This room may be taken %s times a month by the same organisation or person.", quota)
            )
        return {booking: sentences for booking, sentences in found.items() if sentences}

    def _problems_of_time(self, centre, plan):
        slot = Interval(self.start, self.stop)
        problems = []
        if not plan.covers(slot):
            problems.append(self.env._("The centre is not open at that time."))
        for day, name in plan.holidays_in(slot):
            problems.append(self.env._("%(day)s is a public holiday: %(name)s.", day=format_date(self.env, day), name=name))
        if centre._quiet_between(self.start, self.stop):
            problems.append(self.env._("The booking touches the quiet hours of the centre."))
        return problems

    def _problems_of_conditions(self, condition):
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
        return problems

    def _problems_of_room(self):
        problems = []
        capacity = self.seating_id.capacity or self.room_id.capacity
        if self.persons > capacity:
            problems.append(self.env._("%(room)s holds %(capacity)s persons.", room=self.room_id.name, capacity=capacity))
        if self.customer_group != "own" and not self.terms_accepted and self.centre_id.sudo().terms:
            problems.append(self.env._("The terms of use have not been accepted."))
        return problems
