from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    figure_tables = fields.Integer(
        groups=fields.NO_ACCESS, help="Tables of figures published so far. Whoever publishes touches it first."
    )
