from odoo import models
from odoo.fields import Domain

# A change of one of these may end somebody's right to hold a grant.
DECISIVE = {"active", "group_ids", "company_ids", "company_id", "role"}


class ResUsers(models.Model):
    """Grants follow the person: who leaves, changes the job or the company, loses access."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if DECISIVE & vals.keys():
            self._follow_grants()
        return result

    def _follow_grants(self):
        """End grants that no longer hold, and give new heads their standing access."""
        self.env["sozial.case.access"]._end_unqualified(self)
        self._give_head_access()

    def _give_head_access(self):
        """Standing access of heads to the active confidential cases of their companies."""
        heads = self.sudo().filtered(
            lambda user: user.active and user.has_group("sozial_management.group_sozial_lead")
        )
        cases = self.env["sozial.case"].sudo()
        for head in heads:
            own = Domain("user_id", "=", head.id)
            cases.search(
                Domain("company_id", "in", head.company_ids.ids)
                & Domain("level", "=", "confidential")
                & Domain("is_active", "=", True)
                & Domain("access_ids", "not any", own & cases._valid_grant_domain())
                & Domain("lockout_ids", "not any", own & Domain("lifted_at", "=", False))
            )._grant_as_head(head)
