from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialRoomSeries(models.Model):
    """A series may be the regular sessions of an activity."""

    _inherit = "sozial.room.series"

    activity_id = fields.Many2one(
        "sozial.activity", "Activity", index="btree_not_null", ondelete="restrict", check_company=True,
        help="The dates of the series become sessions of this activity.",
    )  # fmt: skip

    @api.constrains("activity_id", "partner_id")
    def _check_activity_id(self):
        for series in self:
            if series.activity_id and series.sudo().booking_ids.session_ids.filtered(
                lambda session, activity=series.activity_id: session.activity_id != activity
            ):
                raise ValidationError(self.env._("Activity: this series has sessions of another activity already."))

    def write(self, vals):
        """A series that is booked already gives its coming dates to the activity."""
        result = super().write(vals)
        if vals.get("activity_id"):
            for series in self:
                series._coming()._make_sessions()
        return result
