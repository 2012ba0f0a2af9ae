from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Whoever stops being head of the department loses the standing access at once."""
        result = super().write(vals)
        if "group_ids" in vals:
            self.env["sozial.case.access"]._end_standing_access()
        return result
