from odoo import api, models
from odoo.fields import Domain


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

    @api.model
    def _portal_running(self):
        """Calls that can still be answered, as a domain."""
        return Domain("state", "=", "published") & Domain("deadline", ">=", "now")

    def _portal_rows(self):
        """The calls as they stand in the portal's list."""
        self.check_access("read")
        board = self.env["sozial.call.board"]
        return [{**board._summary_values(call.sudo()), "portal_url": f"/my/calls/{call.token}"} for call in self]
