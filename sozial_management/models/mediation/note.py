from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialMediationNote(models.Model):
    """A note of a talk with one party alone: read only by who was admitted to this party's notes."""

    _name = "sozial.mediation.note"
    _description = "Note of a party's talk"
    _inherit = "sozial.mediation.of.party"
    _anonymise = "delete"
    _order = "at desc, id desc"
    _guarded = frozenset({"user_id"})

    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    text = fields.Text("Note", required=True)
    user_id = fields.Many2one("res.users", "Written by", required=True, readonly=True, index=True, default=lambda self: self.env.user)

    def write(self, vals):
        if any(note.user_id != self.env.user for note in self):
            raise UserError(self.env._("Note: only who wrote it changes it."))
        self.case_id._require_not_ended()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_own(self):
        if any(note.user_id != self.env.user for note in self):
            raise UserError(self.env._("Note: only who wrote it deletes it."))
        self.case_id._require_not_ended()
