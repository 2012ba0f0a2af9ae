from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_duration

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class SozialOfferHour(models.Model):
    """One consultation hour: a weekday, from, to, in the company's local time."""

    _name = "sozial.offer.hour"
    _description = "Consultation Hour"
    _order = "offer_id, weekday, hour_from, id"
    _rec_name = "weekday"

    offer_id = fields.Many2one("sozial.offer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="offer_id.company_id", store=True, index=True)
    weekday = fields.Selection(WEEKDAYS, required=True, default="0")
    hour_from = fields.Float("From", required=True, default=9.0)
    hour_to = fields.Float("To", required=True, default=12.0)
    note = fields.Char(
        translate=True,
        help="For example “every first week of the month” or “in the neighbourhood centre”.",
    )

    _range_is_a_day = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "Consultation hour: “From” must be before “To”, both between 0:00 and 24:00.",
    )

    @api.constrains("hour_from", "hour_to")
    def _check_range(self):
        """The message for people comes before the one of the database."""
        for hour in self:
            if not 0 <= hour.hour_from < hour.hour_to <= 24:
                raise ValidationError(self.env._(
                    "Consultation hour of “%(offer)s” on %(day)s: “From” (%(start)s) must be before"
                    " “To” (%(end)s), both between 0:00 and 24:00.",
                    offer=hour.offer_id.name,
                    day=hour._weekday_label(),
                    start=format_duration(hour.hour_from),
                    end=format_duration(hour.hour_to),
                ))

    def _weekday_label(self):
        """The weekday's name in the language of the context."""
        self.ensure_one()
        return dict(self._fields["weekday"]._description_selection(self.env))[self.weekday]

    @api.depends("weekday", "hour_from", "hour_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for hour in self:
            hour.display_name = hour._as_text() if hour.weekday else False

    def _as_text(self):
        """“Monday 09:00–12:00 (note)”, for the list, the booklet and the public page."""
        self.ensure_one()
        text = f"{self._weekday_label()} {format_duration(self.hour_from)}–{format_duration(self.hour_to)}"
        return f"{text} ({self.note})" if self.note else text
