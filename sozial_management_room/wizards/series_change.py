from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialRoomSeriesChange(models.TransientModel):
    """Change a series: this and the following dates, or all that are still to come."""

    _name = "sozial.room.series.change"
    _description = "Change a series"

    series_id = fields.Many2one("sozial.room.series", "Series", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="series_id.company_id")
    booking_id = fields.Many2one("sozial.room.booking", "From this date on", ondelete="cascade", domain="[('id', 'in', coming_ids)]")
    coming_ids = fields.Many2many("sozial.room.booking", compute="_compute_coming_ids")
    scope = fields.Selection(
        [("all", "All dates to come"), ("following", "This and the following dates")], "Which dates", required=True, default="all"
    )
    name = fields.Char("What for", required=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, check_company=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "For", check_company=True, ondelete="cascade")
    persons = fields.Integer()
    time_start = fields.Float("From", required=True)
    time_end = fields.Float("To", required=True)
    shift = fields.Integer("Days later", help="By how many days the dates move: 1 from Tuesday to Wednesday, -1 to Monday.")

    @api.depends("series_id")
    def _compute_coming_ids(self):
        for change in self:
            change.coming_ids = change.series_id._coming() if change.series_id else False

    @api.model
    def _show(self, series, booking=None):
        """The dialog, filled with what the series is now."""
        series.check_access("write")
        series._require_state("active")
        change = self.create(
            {
                "series_id": series.id,
                "booking_id": booking.id if booking else False,
                "scope": "following" if booking else "all",
                **{name: series[name] for name in ("name", "persons", "time_start", "time_end")},
                "room_id": series.room_id.id,
                "partner_id": series.partner_id.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the series"),
            "res_model": self._name,
            "res_id": change.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_preview(self):
        """Show every date with its new slot and what stands against it; nothing is changed yet."""
        self.ensure_one()
        self.series_id.check_access("write")
        self.series_id._require_state("active")
        values, first_day = self._values(), self._first_day()
        if not values and not self.shift:
            raise UserError(self.env._("Nothing is different yet. Change the room, the time or the day first."))
        slot_values = {name: values[name] for name in ("room_id", "time_start", "time_end") if name in values}
        bookings, wishes, by_hand = self.series_id._changed_wishes(slot_values, first_day, self.shift)
        if not bookings:
            raise UserError(self.env._("There is no date left that could be changed."))
        notice = False
        if by_hand:
            notice = self.env._("%s dates were moved by hand before and stay as they are.", len(by_hand))
        plan = self.env["sozial.room.series.plan"]._for_wishes(
            self.series_id,
            wishes,
            bookings,
            mode="change",
            change={"values": values, "first_day": fields.Date.to_string(first_day) or None, "shift": self.shift},
            notice=notice,
        )
        return plan._show()

    def _values(self):
        """What is different, as values to write."""
        series, values = self.series_id, {}
        for name in ("name", "persons", "time_start", "time_end"):
            if self[name] != series[name]:
                values[name] = self[name]
        for name in ("room_id", "partner_id"):
            if self[name] != series[name]:
                values[name] = self[name].id
        return values

    def _first_day(self):
        if self.scope == "all":
            return None
        if not self.booking_id:
            raise UserError(self.env._("From this date on: choose the first date that changes."))
        return self.booking_id.series_day
