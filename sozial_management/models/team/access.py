from odoo import fields, models


class SozialCaseAccess(models.Model):
    """Grants that belong to a stand-in for a whole absence end with it."""

    _inherit = "sozial.case.access"

    absence_id = fields.Many2one(
        "sozial.standin", "Absence", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True, anonymise="keep"
    )
