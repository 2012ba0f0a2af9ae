from odoo import api, fields, models
from odoo.tools.misc import format_date


class SozialHomeFunding(models.Model):
    """Money for adaptations, as its source says it from a day on. A new amount is a new row: old applications keep theirs."""

    _name = "sozial.home.funding"
    _description = "Funding of adaptations"
    _order = "name, valid_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    source = fields.Char(
        "Statute or programme", required=True, translate=True,
        help="Statute or programme in which it stands, so that somebody can check it.",
    )  # fmt: skip
    amount_max = fields.Monetary("Up to", help="Highest subsidy for one measure. Empty: see the programme.")
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    valid_from = fields.Date("Valid from", required=True)
    valid_until = fields.Date("Valid until", help="Empty: until a newer row.")
    website = fields.Char(help="Where the current conditions stand.")
    note = fields.Text("What to know", translate=True, help="Who applies, and when: mostly before the order is placed.")
    checked_on = fields.Date("Checked on", help="Day on which somebody last compared this row with its source.")
    active = fields.Boolean(default=True)

    _amount = models.Constraint("CHECK (COALESCE(amount_max, 0) >= 0)", "Up to: zero or more.")
    _days = models.Constraint("CHECK (valid_until >= valid_from)", "Valid until: it cannot end before it begins.")

    @api.depends("name", "valid_from")
    def _compute_display_name(self):
        for funding in self:
            since = format_date(self.env, funding.valid_from) if funding.valid_from else ""
            funding.display_name = self.env._("%(name)s (from %(day)s)", name=funding.name, day=since)
