from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sozial_management.models.retention.erasure import MARK

SUBJECTS = [("room_attendance", "Names on attendance lists")]


class SozialRetentionRule(models.Model):
    """How long it is kept who came to which session; that so many came stays."""

    _inherit = "sozial.retention.rule"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"room_attendance": "cascade"})

    @api.constrains("subject", "action")
    def _check_attendance_action(self):
        for rule in self:
            if rule.subject == "room_attendance" and rule.action != "anonymise":
                raise ValidationError(self.env._("What happens: attendance lists are anonymised; how many came counts for the figures."))

    def _due_room_attendance(self, company, limit_day, limit):
        return self._due_of(
            "sozial.activity.attendance",
            Domain("company_id", "=", company.id) & Domain("session_id.stop", "<", limit_day) & Domain("name", "!=", MARK),
            limit,
        )


class SozialActivityAttendance(models.Model):
    _inherit = "sozial.activity.attendance"

    def _take_person_out(self):
        """Role and age group stay for the figures; the volunteer's hours stand in the register."""
        gone = Counter(self.env["sozial.erasure"]._forget(self))
        models.BaseModel.write(self.sudo(), {"name": MARK, "partner_id": False, "volunteer_id": False})
        return gone
