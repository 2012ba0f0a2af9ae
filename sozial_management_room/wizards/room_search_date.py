from odoo import fields, models


class SozialRoomSearchDate(models.TransientModel):
    """One more date of a search, apart from the weekly ones."""

    _name = "sozial.room.search.date"
    _description = "Date of a search for rooms"
    _order = "day, time_start, id"

    search_id = fields.Many2one("sozial.room.search", required=True, ondelete="cascade", index=True)
    day = fields.Date(required=True)
    time_start = fields.Float("From", required=True, default=18.0)
    time_end = fields.Float("Until", required=True, default=20.0)
