from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SUBJECTS = [("activity_registration", "Registrations for activities that are over")]


class SozialRetentionRule(models.Model):
    """How long it is kept who was registered; the figures of attendance do not need it."""

    _inherit = "sozial.retention.rule"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"activity_registration": "cascade"})

    @api.constrains("subject", "action")
    def _check_registration_action(self):
        for rule in self:
            if rule.subject == "activity_registration" and rule.action != "delete":
                raise ValidationError(self.env._("What happens: registrations are deleted; without the person they say nothing."))

    def _due_activity_registration(self, company, limit_day, limit):
        """Registrations whose session, or whose course's last session, is over since before a day."""
        of_session = Domain("session_id.stop", "<", limit_day)
        of_course = (
            Domain("session_id", "=", False)
            & Domain("create_date", "<", limit_day)
            & Domain("activity_id.session_ids", "not any", [("stop", ">=", limit_day)])
        )
        return self._due_of("sozial.activity.registration", Domain("company_id", "=", company.id) & (of_session | of_course), limit)
