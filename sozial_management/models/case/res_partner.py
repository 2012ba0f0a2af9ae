from odoo import api, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_referred_to(self):
        """Keep contacts others refer to, with one sentence for tenants and for clients.

        Otherwise PostgreSQL would name the table, and with it who is a client.
        """
        for model, field in (
            ("sozial.tenancy", "partner_id"),
            ("sozial.tenancy.occupant", "partner_id"),
            ("sozial.handover", "partner_id"),
            ("sozial.case.participant", "partner_id"),
            ("sozial.contact", "partner_ids"),
            ("sozial.consent", "subject_id"),
            ("sozial.subject.request", "partner_id"),
            ("sozial.subject.part", "partner_id"),
            ("sozial.consent", "signer_id"),
            ("sozial.consent", "recipient_ids"),
        ):
            if self.env[model].sudo().with_context(active_test=False).search_count([(field, "in", self.ids)], limit=1):
                raise UserError(
                    self.env._("A contact other records refer to cannot be deleted. Archive the contact instead.")
                )
