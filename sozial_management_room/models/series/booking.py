from odoo import fields, models


class SozialRoomBooking(models.Model):
    """A date of a series is a booking like others that knows its series."""

    _inherit = "sozial.room.booking"

    series_id = fields.Many2one(
        "sozial.room.series", "Series", index="btree_not_null", ondelete="restrict", check_company=True, readonly=True, copy=False
    )
    series_day = fields.Date(
        "Date in the series", readonly=True, copy=False, help="The date that the series meant, also after the booking was moved."
    )
    public_title = fields.Char(
        help="Shown to everybody in the public calendar of the centre, for example: Choir rehearsal. "
        "No names of persons. Empty: not shown.",
    )

    _series_day_unique = models.UniqueIndex(
        "(series_id, series_day) WHERE series_id IS NOT NULL AND state <> 'cancelled'",
        "This date of the series is booked already.",
    )
