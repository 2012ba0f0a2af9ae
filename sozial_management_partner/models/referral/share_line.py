from odoo import fields, models


class SozialReferralShareLine(models.Model):
    """One thing a partner was told: a copy, so that the portal never reads in a case."""

    _name = "sozial.referral.share.line"
    _description = "Shared with a partner"
    _inherit = "sozial.portal.readable"
    _order = "share_id, sequence, id"
    _rec_name = "label"
    _portal_fields = frozenset({"id", "display_name", "share_id", "company_id", "sequence", "label", "value", "file", "file_name"})

    share_id = fields.Many2one("sozial.referral.share", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="share_id.company_id", store=True, precompute=True, index=True)
    sequence = fields.Integer()
    label = fields.Char(required=True)
    value = fields.Text(required=True)
    file = fields.Binary(attachment=True, help="A copy of its own: it goes with this line, whatever happens to the first one.")
    file_name = fields.Char()
