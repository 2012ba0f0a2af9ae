from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialRoomSeriesCancel(models.TransientModel):
    """Cancel dates of a series: this one, this and the following, or all that are still to come."""

    _name = "sozial.room.series.cancel"
    _description = "Cancel dates of a series"

    series_id = fields.Many2one("sozial.room.series", "Series", required=True, readonly=True, ondelete="cascade")
    booking_id = fields.Many2one("sozial.room.booking", "Date", ondelete="cascade", domain="[('id', 'in', coming_ids)]")
    coming_ids = fields.Many2many("sozial.room.booking", compute="_compute_coming_ids")
    scope = fields.Selection(
        [("this", "Only this date"), ("following", "This and the following dates"), ("all", "All dates to come")],
        "Which dates",
        required=True,
        default="all",
    )
    reason = fields.Char(help="Is written to those who booked.")
    affected = fields.Char(compute="_compute_affected")

    @api.depends("series_id")
    def _compute_coming_ids(self):
        for cancel in self:
            cancel.coming_ids = cancel.series_id._coming() if cancel.series_id else False

    @api.depends("scope", "booking_id")
    def _compute_affected(self):
        for cancel in self:
            cancel.affected = self.env._("%s dates will be cancelled.", len(cancel._bookings()))

    @api.model
    def _show(self, series, booking=None):
        series.check_access("write")
        cancel = self.create(
            {"series_id": series.id, "booking_id": booking.id if booking else False, "scope": "this" if booking else "all"}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel dates"),
            "res_model": self._name,
            "res_id": cancel.id,
            "view_mode": "form",
            "target": "new",
        }

    def _bookings(self):
        if self.scope == "this":
            return self.booking_id
        return self.series_id._coming(self.booking_id.series_day if self.scope == "following" else None)

    def action_apply(self):
        """Cancel what was chosen."""
        self.ensure_one()
        self.series_id.check_access("write")
        if self.scope != "all" and not self.booking_id:
            raise UserError(self.env._("Date: choose the date from which on is cancelled."))
        bookings = self._bookings()
        if self.scope == "this":
            self.series_id._cancel_one(bookings, self.reason)
        else:
            first_day = self.booking_id.series_day if self.scope == "following" else None
            self.series_id._cancel_dates(bookings, first_day, self.reason)
        return self.series_id._action_open()
