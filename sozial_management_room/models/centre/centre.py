from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

from ...timetable import STATES, Interval, Opening, WeekPlan, to_local, to_utc


class SozialCentre(models.Model):
    """A neighbourhood centre (Begegnungszentrum, Nachbarschaftstreff): one address with rooms."""

    _name = "sozial.centre"
    _description = "Centre"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char("Centre", required=True, index="trigram")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", "Address", check_company=True, index="btree_not_null", help="Contact with the centre's address."
    )
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", check_company=True, index="btree_not_null")
    manager_id = fields.Many2one(
        "res.users",
        "Centre management",
        check_company=True,
        index="btree_not_null",
        help="Who runs the centre and answers requests.",
    )
    email = fields.Char(
        "E-mail", help="Sender of mails about bookings, and where answers go. Empty: the address of the company."
    )
    tz = fields.Selection(
        _tz_get,
        "Time zone",
        required=True,
        default="Europe/Berlin",
        help="Opening hours, quiet hours and weekly bookings are meant in the local time of the centre.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening hours",
        check_company=True,
        domain="[('two_weeks_calendar', '=', False)]",
        index="btree_not_null",
        help="Working hours that say when the centre is open. Empty: at any time.",
    )
    holiday_state = fields.Selection(
        lambda self: list(STATES.items()),  # proper names: not translated
        "Public holidays of",
        help="On public holidays of this state only staff may book, and is warned."
    )
    quiet_from = fields.Float("Quiet hours from", help="Equal times: no quiet hours.")
    quiet_until = fields.Float("Quiet hours until")
    hold_days = fields.Integer(
        "Requests hold for (days)",
        default=7,
        help="A request blocks its room for so many days. Whoever is not answered by then loses the slot.",
    )
    reminder_days = fields.Integer(
        "Reminder (days before)",
        default=2,
        help="So many days before, whoever booked gets a mail that reminds of it. 0: no reminders.",
    )
    terms = fields.Html("Terms of use", translate=True, help="Accepted by everybody who books.")
    room_ids = fields.One2many("sozial.room", "centre_id", "Rooms")
    room_count = fields.Integer("Number of rooms", compute="_compute_room_count")

    _quiet_hours = models.Constraint(
        "CHECK (COALESCE(quiet_from, 0) >= 0 AND COALESCE(quiet_from, 0) < 24 "
        "AND COALESCE(quiet_until, 0) >= 0 AND COALESCE(quiet_until, 0) < 24)",
        "Quiet hours: enter times between 00:00 and 23:59.",
    )
    _hold_days = models.Constraint(
        "CHECK (hold_days IS NOT NULL AND hold_days BETWEEN 1 AND 90)", "Requests hold for: enter 1 to 90 days."
    )

    _reminder_days = models.Constraint(
        "CHECK (COALESCE(reminder_days, 0) BETWEEN 0 AND 30)", "Reminder: enter 0 to 30 days."
    )

    @api.model
    def _check_company_domain(self, companies):
        """What a form offers: as long as no centre is chosen, the record has no company yet, and every
        centre that the rules show may be chosen. Odoo would offer those without a company: none.
        """
        return super()._check_company_domain(companies) if companies else Domain.TRUE

    @api.constrains("company_id")
    def _check_company_id(self):
        for centre in self:
            if centre.room_ids.filtered(lambda room, company=centre.company_id: room.company_id != company):
                raise ValidationError(self.env._("Company: a centre with rooms stays with its company."))

    def _compute_room_count(self):
        groups = self.env["sozial.room"]._read_group([("centre_id", "in", self.ids)], ["centre_id"], ["__count"])
        counts = {centre.id: count for centre, count in groups}
        for centre in self:
            centre.room_count = counts.get(centre.id, 0)

    def _local(self, moment):
        """A stored UTC time as the clock in the centre shows it: naive."""
        return to_local(moment, ZoneInfo(self.tz))

    def _to_utc(self, local):
        """A naive local time of the centre as it is stored: naive, in UTC."""
        return to_utc(local, ZoneInfo(self.tz))

    def _week_plan(self):
        """Opening hours and public holidays of the centre, to be asked without further queries."""
        self.ensure_one()
        hours = self.sudo().calendar_id.attendance_ids.filtered(lambda row: not row.display_type and row.day_period != "lunch")
        openings = [Opening(int(row.dayofweek), row.hour_from, row.hour_to) for row in hours]
        return WeekPlan(openings, self.tz, self.holiday_state or None)

    def _open_intervals(self, start, stop):
        """When the centre is open around a UTC period, holidays as ordinary days.

        :return: sorted intervals, naive UTC; None where no hours are set
        """
        plan = self._week_plan()
        if plan.always_open:
            return None
        return plan.intervals(self._local(start).date() - timedelta(days=1), self._local(stop).date(), with_holidays=True)

    def _holidays_between(self, start, stop):
        """``{date: name}`` of the public holidays that a UTC period touches, by local dates."""
        return dict(self._week_plan().holidays_in(Interval(start, stop)))

    def _quiet_between(self, start, stop):
        """Whether a UTC period touches the quiet hours."""
        self.ensure_one()
        if self.quiet_from == self.quiet_until:
            return False
        begin, end = self._local(start), self._local(stop)
        day = begin.date() - timedelta(days=1)
        while day <= end.date():
            quiet_start = datetime.combine(day, time.min) + timedelta(hours=self.quiet_from)
            length = (self.quiet_until - self.quiet_from) % 24
            if quiet_start < end and begin < quiet_start + timedelta(hours=length):
                return True
            day += timedelta(days=1)
        return False

    def _free_atom(self, name):
        """A part of this name that no room has; made anew if there is none."""
        self.ensure_one()
        atoms = self.env["sozial.room.atom"].search([("centre_id", "=", self.id), ("name", "=like", f"{name}%")])
        if unused := atoms.filtered(lambda atom: atom.name == name and not atom.room_ids):
            return unused
        taken, free, number = set(atoms.mapped("name")), name, 2
        while free in taken:
            free, number = f"{name} {number}", number + 1
        return atoms.create({"name": free, "centre_id": self.id})

    def action_view_rooms(self):
        """Open the rooms of the centre."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room")
        action["domain"] = [("centre_id", "=", self.id)]
        action["context"] = {"default_centre_id": self.id}
        return action
