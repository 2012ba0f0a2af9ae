from odoo import fields, models


class SozialBenefitDocument(models.Model):
    """A document that a benefit asks for: one line of the checklist that comes with each application."""

    _name = "sozial.benefit.document"
    _description = "Document for a benefit"
    _order = "sequence, id"

    benefit_id = fields.Many2one("sozial.benefit", "Benefit", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Document", required=True, translate=True)
    hint = fields.Char("Where to get it", translate=True)
    if_applicable = fields.Boolean("Only where it applies", help="Does not count as missing, for example a proof of disability.")
