from odoo import fields, models


class SozialReferralMessage(models.Model):
    """A message inside a referral. Mails only say that there is one."""

    _name = "sozial.referral.message"
    _description = "Message in a referral"
    _inherit = "sozial.portal.readable"
    _order = "share_id, id"
    _rec_name = "author_name"
    _portal_fields = frozenset({"id", "display_name", "share_id", "company_id", "author_name", "from_partner", "body", "create_date"})

    share_id = fields.Many2one("sozial.referral.share", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="share_id.company_id", store=True, precompute=True, index=True)
    author_name = fields.Char(required=True)
    from_partner = fields.Boolean()
    body = fields.Text(required=True)
