from odoo import api, models


class SozialCall(models.Model):
    """What organisations see of calls."""

    _inherit = "sozial.call"

    @api.model
    def _portal_organisation(self):
        """The organisation for which the current portal user acts."""
        return self.env.user.partner_id.commercial_partner_id
