from odoo import fields, models


class SozialRoomSeriesException(models.Model):
    """A date that a series leaves out: a holiday, a conflict, a cancelled meeting."""

    _name = "sozial.room.series.exception"
    _description = "Date left out of a series"
    _order = "day, id"
    _rec_name = "day"
    _check_company_auto = True

    series_id = fields.Many2one("sozial.room.series", "Series", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="series_id.company_id", store=True, precompute=True, index=True)
    day = fields.Date("Date", required=True, help="The local date on which the series would have taken place.")
    reason = fields.Char(help="Why the date is left out, for example a public holiday.")

    _day_unique = models.Constraint("UNIQUE (series_id, day)", "Date: the series leaves out this date already.")
