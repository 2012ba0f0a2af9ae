from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SUBJECTS = [("room_volunteer", "Volunteers who have stopped")]


class SozialRetentionRule(models.Model):
    """How long a volunteer stays in the register after having stopped."""

    _inherit = "sozial.retention.rule"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"room_volunteer": "cascade"})

    @api.constrains("subject", "action")
    def _check_volunteer_action(self):
        for rule in self:
            if rule.subject == "room_volunteer" and rule.action != "delete":
                raise ValidationError(
                    self.env._("What happens: entries of the volunteers' register are deleted; their hours stay without a name.")
                )

    def _due_room_volunteer(self, company, limit_day, limit):
        return self._due_of(
            "sozial.volunteer",
            Domain("company_id", "=", company.id) & Domain("active_until", "<", limit_day.date()) & Domain("active", "in", (True, False)),
            limit,
        )
