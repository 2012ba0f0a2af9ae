from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LAYOUTS = [
    ("poster", "Poster (A3)"),
    ("booklet", "Booklet (A5)"),
    ("large", "Large print (A4)"),
    ("plain", "Plain language (A4)"),
]
MOST_DAYS = 370


class SozialProgrammePrint(models.TransientModel):
    """The public programme on paper: the same dates as on the page, in the language that is chosen."""

    _name = "sozial.programme.print"
    _description = "Print the programme"

    company_id = fields.Many2one("res.company", "Company", required=True, default=lambda self: self.env.company)
    centre_id = fields.Many2one("sozial.centre", "Centre", check_company=True, help="Empty: all centres.")
    layout = fields.Selection(LAYOUTS, required=True, default="poster")
    date_from = fields.Date("From", required=True, default=lambda self: self._next_monday())
    date_until = fields.Date("Until", required=True, default=lambda self: self._next_monday() + timedelta(days=27))
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(), "Language", required=True, default=lambda self: self.env.lang or "en_US",
        help="Texts of activities that are not translated appear as they were entered.",
    )  # fmt: skip

    @api.model
    def _next_monday(self):
        today = fields.Date.context_today(self)
        return today + timedelta(days=(7 - today.weekday()) % 7)

    def action_print(self):
        """Make the PDF.

        :raise UserError: for days in the wrong order or too many of them, and when nothing is published in them
        """
        self.ensure_one()
        self.check_access("read")
        if not 0 <= (self.date_until - self.date_from).days <= MOST_DAYS:
            raise UserError(self.env._("Until: choose a day after the first one, at most a year later."))
        if not self._values()["count"]:
            raise UserError(self.env._("Nothing is published in these days. Choose others, or publish activities first."))
        return self.env.ref(f"sozial_management_room.report_programme_{self.layout}").report_action(self)

    def _values(self):
        """What the print says: days with their lines, activities with theirs, closures."""
        self.ensure_one()
        programme = self.env["sozial.programme"].with_context(lang=self.lang)
        domain = Domain("centre_id", "=", self.centre_id.id) if self.centre_id else Domain.TRUE
        lines = programme._lines(self.company_id, self.date_from, self.date_until, domain)
        activities = {}
        for line in lines:
            activities.setdefault(line["activity_id"], {**line, "dates": []})["dates"].append(line)
        return {
            "company": self.company_id,
            "centre": self.centre_id,
            "count": len(lines),
            "days": programme._by_day(lines),
            "activities": sorted(activities.values(), key=lambda one: (one["kind"], one["name"])),
            "closures": programme._closures(self.company_id, self.date_from, self.date_until, self.centre_id.ids),
            "day_title": programme._day_title,
        }
