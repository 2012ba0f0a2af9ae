from odoo import fields, models


class SozialCaseType(models.Model):
    _inherit = "sozial.case.type"

    retention_months = fields.Integer(
        "Keep for months", compute="_compute_retention", help="By the retention rule that holds for this kind in your company."
    )

    def _compute_retention(self):
        """Readable for everybody who reads kinds of case; the rules themselves are not."""
        rules = self.env["sozial.retention.rule"].sudo()._effective(self.env.company)
        for kind in self:
            rule = rules.get(kind._origin.id) or rules[False]
            kind.retention_months = rule.months
