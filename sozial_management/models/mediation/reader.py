from odoo import fields, models
from odoo.exceptions import UserError


class SozialMediationReader(models.Model):
    """Who reads the notes of the talks with one party: admitted by somebody who reads them, taken back once."""

    _name = "sozial.mediation.reader"
    _description = "Reader of a party's notes"
    _inherit = "sozial.mediation.of.party"
    _anonymise = "delete"
    _order = "id"

    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, index=True, ondelete="restrict")
    admitted_by_id = fields.Many2one(
        "res.users", "Admitted by", required=True, readonly=True, ondelete="restrict", default=lambda self: self.env.user
    )
    revoked_at = fields.Datetime("Ended at", readonly=True, copy=False)

    _one_valid = models.UniqueIndex("(party_id, user_id) WHERE revoked_at IS NULL", "This colleague reads these notes already.")

    def action_revoke(self):
        """End the reading, at once and once.

        :raise AccessError: for who does not read these notes
        :raise UserError: if nobody were left to read them
        """
        self.ensure_one()
        self.check_access("read")
        self.party_id._require_reader()
        if self.revoked_at:
            raise UserError(self.env._("This has ended already."))
        others = self.party_id.reader_ids.filtered(lambda one: not one.revoked_at) - self
        if not others and self.party_id.sudo().note_ids:
            raise UserError(self.env._("Admit somebody else first: otherwise nobody could read the notes."))
        self.sudo().write({"revoked_at": fields.Datetime.now()})
        return True
