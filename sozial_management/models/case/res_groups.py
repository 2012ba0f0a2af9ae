from odoo import models


class ResGroups(models.Model):
    """Roles may also be given and taken from the side of the group."""

    _inherit = "res.groups"

    def write(self, vals):
        decisive = {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys()
        before = self.sudo().all_user_ids if decisive else self.env["res.users"]
        result = super().write(vals)
        if decisive:
            (before | self.sudo().all_user_ids)._follow_grants()
        return result
