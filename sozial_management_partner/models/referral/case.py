from odoo import api, fields, models


class SozialCase(models.Model):
    """Referrals of a case."""

    _inherit = "sozial.case"

    referral_ids = fields.One2many("sozial.referral", "case_id", "Referrals", readonly=True)

    def action_new_referral(self):
        """Open a new referral for the client of this case."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_referral_new")
        return {**action, "context": {"default_case_id": self.id}}

    def action_referrals(self):
        """Show the referrals of this case."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_referral")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {"default_case_id": self.id}}

    @api.model
    def _passage_fields(self):
        """What was released and written belongs to the copy of the case, too."""
        return {
            **super()._passage_fields(),
            "sozial.referral": ("need", "decline_reason", "conversation"),
            "sozial.referral.line": ("value", "file_name"),
        }
