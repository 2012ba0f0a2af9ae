from odoo import api, fields, models
from odoo.exceptions import ValidationError

AGES = ("children", "youths", "adults", "seniors", "unknown")


class SozialGroupSession(models.Model):
    """A meeting of a group or in the quarter: what took place, and how many came, by age. No names."""

    _name = "sozial.group.session"
    _description = "Meeting of a group"
    _inherit = "sozial.ongoing"
    _anonymise = "keep"
    _order = "date desc, id desc"

    name = fields.Char("What took place", required=True, anonymise="blank")
    date = fields.Date("Held on", required=True, default=fields.Date.context_today)
    minutes = fields.Integer(help="Length in minutes, without preparation.")
    children = fields.Integer("Under 14")
    youths = fields.Integer("14 to 17")
    adults = fields.Integer("18 to 64")
    seniors = fields.Integer("65 and older")
    unknown = fields.Integer("Age unknown")
    total = fields.Integer("People", compute="_compute_total", store=True)
    reflection = fields.Text(anonymise="blank", help="What worked, what did not, what comes next.")

    _counts_positive = models.Constraint(
        f"CHECK (LEAST({', '.join(f'COALESCE({age}, 0)' for age in AGES)}) >= 0 AND COALESCE(minutes, 0) BETWEEN 0 AND 1440)",
        "Numbers of people cannot be negative; minutes lie between 0 and 1440.",
    )
    _timeline = models.Index("(case_id, date DESC)")

    @api.depends(*AGES)
    def _compute_total(self):
        for meeting in self:
            meeting.total = sum(meeting[age] for age in AGES)

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(meeting.date > today for meeting in self):
            raise ValidationError(self.env._("Held on: a meeting is counted after it took place."))
