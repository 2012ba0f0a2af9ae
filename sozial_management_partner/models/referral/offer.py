from odoo import models


class SozialOffer(models.Model):
    """From an offer of a partner to a referral."""

    _inherit = "sozial.offer"

    def action_refer(self):
        """Open a new referral to whoever runs this offer; the case is chosen there."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_referral_new")
        provider = self.provider_id.commercial_partner_id
        return {**action, "context": {"default_offer_id": self.id, "default_partner_id": provider.id}}
