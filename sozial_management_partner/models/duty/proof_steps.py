from odoo import fields, models
from odoo.exceptions import UserError

from .duty import OPEN


class SozialAgreementProof(models.Model):
    """Two persons: one checks sums and receipts, another one accepts."""

    _inherit = "sozial.agreement.proof"

    _returnable = ("submitted", "checked")

    def action_check(self):
        """Note that sums and receipts were looked at."""
        self.check_access("write")
        self._require_state("submitted")
        self._write_guarded({"state": "checked", "checked_at": fields.Datetime.now(), "checked_by_id": self.env.uid})
        return True

    def action_accept(self):
        """Accept what another person has checked: it does not change any more.

        :raise UserError: for whoever has checked it
        """
        self.check_access("write")
        self._require_state("checked")
        for proof in self:
            if proof.checked_by_id == self.env.user:
                raise UserError(self.env._("%s: you have checked it. Another person accepts it.", proof.display_name))
        self._accepted()
        return True

    def _returned_values(self):
        return {"checked_at": False, "checked_by_id": False}

    def _require_open(self):
        """Receipts change while the partner works on it.

        :raise UserError: else
        """
        for proof in self:
            if proof.state not in OPEN:
                raise UserError(self.env._("%s is handed in: its receipts are fixed.", proof.display_name))
