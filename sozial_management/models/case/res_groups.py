from odoo import models


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        """As on the user: a role is also taken away from the side of the group."""
        result = super().write(vals)
        if {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys():
            self.env["sozial.case.access"]._end_standing_access()
        return result
