from odoo import api, fields, models

from ..models.consent.tenancy_signal import CODES


class SozialSignalSet(models.TransientModel):
    """Give rent collection a coded signal, by a consent that holds now."""

    _name = "sozial.signal.set"
    _description = "Give a signal to rent collection"
    _inherit = "sozial.access.dialog"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    contract_partner_ids = fields.Many2many("res.partner", compute="_compute_contract_partner_ids")
    subject_id = fields.Many2one(
        "res.partner", "Consent of", required=True, ondelete="cascade", compute="_compute_subject_id",
        store=True, readonly=False, precompute=True, help="The contract partner who agreed to signals.",
    )  # fmt: skip
    code = fields.Selection(CODES, "Signal", required=True, default="dunning_pause")
    until = fields.Date(help="Last day of the signal. Empty: as long as the consent.")

    @api.depends("case_id")
    def _compute_contract_partner_ids(self):
        for wizard in self:
            wizard.contract_partner_ids = wizard.case_id.tenancy_id._contract_partners()

    @api.depends("case_id")
    def _compute_subject_id(self):
        for wizard in self:
            # not as superuser while it is not saved: a form may name any case
            reader = wizard if wizard.id else wizard.sudo(False)
            partners = reader.case_id.tenancy_id._contract_partners()
            client = reader.case_id.client_id
            wizard.subject_id = reader.subject_id or (client if client in partners else partners[:1])

    def action_confirm(self):
        """Set the signal."""
        self.ensure_one()
        self.case_id.action_set_signal(self.code, self.until, self.subject_id.id)
        return {"type": "ir.actions.act_window_close"}
