from odoo import api, models


class SozialCall(models.Model):
    """What organisations see of calls."""

    _inherit = "sozial.call"

    def _public_path(self):
        """Where the call stands for everybody, or for the invited; the address has nothing to guess."""
        self.ensure_one()
        return f"/sozial/aufrufe/{self.token}"

    def _public_url(self):
        """The whole address of the call."""
        return f"{self.get_base_url()}{self._public_path()}"

    @api.model
    def _portal_organisation(self):
        """The organisation for which the current portal user acts."""
        return self.env.user.partner_id.commercial_partner_id
