from datetime import datetime, time

import pytz

from odoo import fields, models


class ResCompany(models.Model):
    """After how many days without a contact a case is looked at; when a day of work begins."""

    _inherit = "res.company"

    sozial_stale_days = fields.Integer(
        "Contact at least every (days)", default=30, required=True,
        help="Active cases without a contact for longer stand under »My day« and on the list of the head.",
    )  # fmt: skip

    _sozial_stale_days_positive = models.Constraint(
        "CHECK (sozial_stale_days > 0)", "Contact at least every (days): enter one day or more."
    )

    def _day_begins(self, day):
        """The first moment of a day where the company is, as naive UTC."""
        zone = pytz.timezone(self.resource_calendar_id.tz or "Europe/Berlin")
        return zone.localize(datetime.combine(day, time())).astimezone(pytz.utc).replace(tzinfo=None)
