from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# what this addon adds to the rules of retention
SUBJECTS = [("call", "Calls that are over")]


class SozialRetentionRule(models.Model):
    """How long it is kept who wrote a submission, and what it says about people."""

    _inherit = "sozial.retention.rule"

    # uninstalling removes these rules in SQL before, in the order in which they are referred to
    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"call": "cascade"})

    @api.constrains("subject", "action")
    def _check_call_action(self):
        for rule in self:
            if rule.subject == "call" and rule.action != "anonymise":
                raise ValidationError(self.env._("What happens: calls are anonymised; who was chosen and why stays in the file."))

    def _due_call(self, company, limit_day, limit):
        """Calls that were concluded or cancelled before a day, by the last change of their status or content."""
        return self._due_of(
            "sozial.call",
            Domain("company_id", "=", company.id)
            & Domain("state", "in", ("concluded", "cancelled"))
            & Domain("ended_at", "<", limit_day)
            & Domain("anonymised_on", "=", False),
            limit,
        )
