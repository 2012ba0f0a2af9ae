from odoo import fields, models


class SozialOutreachVisit(models.Model):
    _inherit = "sozial.outreach.visit"

    letter = fields.Selection(selection_add=[("mailed", "By mail")], ondelete={"mailed": "set null"})
