from odoo import models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """The proof of a given consent is as fixed as the consent."""

    _inherit = "ir.attachment"

    def write(self, vals):
        self._require_not_proof()
        return super().write(vals)

    def unlink(self):
        self._require_not_proof()
        return super().unlink()

    def _require_not_proof(self):
        """Superuser code (retention, uninstallation) is exempt: it comes through methods with their own guard."""
        if self.env.su or not self:
            return
        self.check_access("write")  # first: who may not touch a proof does not learn that it is one
        ids = [row.res_id for row in self.sudo() if row.res_model == "sozial.consent" and row.res_id]
        if ids and any(self.env["sozial.consent"].sudo().browse(ids).exists().mapped("given_at")):
            raise UserError(self.env._("The proof of a given consent is neither changed nor deleted."))
