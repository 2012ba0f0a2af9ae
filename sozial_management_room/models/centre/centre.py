from datetime import datetime, time, timedelta
from functools import lru_cache

import holidays as public_holidays
import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

# proper names: not translated
STATES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}


@lru_cache(maxsize=512)
def holidays_of(state, year):
    """Public holidays of a German state in a year: ``{date: name}``, by the library `holidays`."""
    return dict(public_holidays.country_holidays("DE", subdiv=state, years=year, language="de"))


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
        index="btree_not_null",
        help="Working hours that say when the centre is open. Empty: at any time.",
    )
    holiday_state = fields.Selection(
        lambda self: list(STATES.items()), "Public holidays of", help="On public holidays of this state only staff may book, and is warned."
    )
    quiet_from = fields.Float("Quiet hours from", help="Equal times: no quiet hours.")
    quiet_until = fields.Float("Quiet hours until")
    hold_days = fields.Integer(
        "Requests hold for (days)",
        default=7,
        help="A request blocks its room for so many days. Whoever is not answered by then loses the slot.",
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

    def _zone(self):
        """The time zone of the centre."""
        return pytz.timezone(self.tz or "Europe/Berlin")

    def _local(self, moment):
        """A stored UTC time in the centre's local time, aware."""
        return pytz.utc.localize(moment).astimezone(self._zone())

    def _to_utc(self, local):
        """A naive local time of the centre as it is stored: naive, in UTC."""
        return self._zone().localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def _holiday(self, day):
        """Name of the public holiday on this date, or None."""
        self.ensure_one()
        return holidays_of(self.holiday_state, day.year).get(day) if self.holiday_state else None

    def _holidays_between(self, start, stop):
        """``{date: name}`` of the public holidays that a UTC period touches, by local dates."""
        self.ensure_one()
        if not self.holiday_state:
            return {}
        first = self._local(start).date()
        last = self._local(stop - timedelta(microseconds=1)).date()
        years = range(first.year, last.year + 1)
        return {
            day: name for year in years for day, name in holidays_of(self.holiday_state, year).items() if first <= day <= last
        }

    def _open_intervals(self, start, stop):
        """When the centre is open within a UTC period, touching spans joined.

        Leaves of the calendar itself (Odoo's "global time off") count as closed.

        :return: sorted list of ``(start, stop)``, naive UTC; None where no hours are set
        """
        self.ensure_one()
        calendar = self.sudo().calendar_id
        if not calendar:
            return None
        begin, end = pytz.utc.localize(start - timedelta(days=1)), pytz.utc.localize(stop + timedelta(days=1))
        spans = calendar._work_intervals_batch(begin, end, tz=self._zone())[False]
        joined = []
        for span_start, span_stop, _attendance in spans:
            opens = span_start.astimezone(pytz.utc).replace(tzinfo=None)
            closes = span_stop.astimezone(pytz.utc).replace(tzinfo=None)
            if closes.time() > time(23, 59, 59) or closes.microsecond:  # Odoo's midnight is 23:59:59.999999
                closes = closes.replace(microsecond=0) + timedelta(seconds=1)
            if joined and opens <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
            else:
                joined.append((opens, closes))
        return joined

    def _quiet_between(self, start, stop):
        """Whether a UTC period touches the quiet hours."""
        self.ensure_one()
        if self.quiet_from == self.quiet_until:
            return False
        begin, end = self._local(start).replace(tzinfo=None), self._local(stop).replace(tzinfo=None)
        day = begin.date() - timedelta(days=1)
        while day <= end.date():
            quiet_start = datetime.combine(day, time.min) + timedelta(hours=self.quiet_from)
            length = (self.quiet_until - self.quiet_from) % 24
            if quiet_start < end and begin < quiet_start + timedelta(hours=length):
                return True
            day += timedelta(days=1)
        return False

    def action_view_rooms(self):
        """Open the rooms of the centre."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room")
        action["domain"] = [("centre_id", "=", self.id)]
        action["context"] = {"default_centre_id": self.id}
        return action
