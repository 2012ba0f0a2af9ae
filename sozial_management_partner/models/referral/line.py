from odoo import api, fields, models


class SozialReferralLine(models.Model):
    """One thing that is released to the partner, and the kind of information the consent must cover."""

    _name = "sozial.referral.line"
    _description = "Released in a referral"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "referral_id, after_acceptance, sequence, id"

    referral_id = fields.Many2one("sozial.referral", "Referral", required=True, index=True, ondelete="cascade", check_company=True)
    case_id = fields.Many2one(related="referral_id.case_id", store=True, precompute=True, index=True, required=False)
    sequence = fields.Integer(default=10)
    category_id = fields.Many2one(
        "sozial.consent.category", "Kind of information", required=True, ondelete="restrict", domain="[('scope', '=', 'data')]"
    )
    label = fields.Char("What", required=True)
    value = fields.Text("Text", required=True)
    after_acceptance = fields.Boolean("Only after acceptance")

    @api.model_create_multi
    def create(self, vals_list):
        # first: who may not read the case does not learn whether the referral was sent
        self.env["sozial.referral"].browse([vals["referral_id"] for vals in vals_list if vals.get("referral_id")]).check_access("write")
        lines = super().create(vals_list)
        lines.referral_id._require_draft()
        return lines

    def write(self, vals):
        self.referral_id._require_draft()
        result = super().write(vals)
        self.referral_id._require_draft()  # where it moved to, too
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_in_drafts(self):
        self.referral_id._require_draft()
