from odoo import models


class ResUsers(models.Model):
    """Who sees the arrears that stand on tenancies."""

    _inherit = "res.users"

    def _sozial_sees_arrears(self):
        """Whoever keeps tenancies; a social worker only if all own companies show arrears (`sozial_debt_see_arrears`)."""
        self.ensure_one()
        keeps = self.has_group("sozial_management.group_sozial_frontdesk") or self.has_group("sozial_management.group_sozial_config")
        if keeps or not self.has_group("sozial_management.group_sozial_worker"):
            return True
        return all(self.sudo().company_ids.mapped("sozial_debt_see_arrears"))
