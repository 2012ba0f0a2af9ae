from odoo import models


class SozialConfidential(models.AbstractModel):
    """Everything below a case: reading it is reading the case."""

    _name = "sozial.confidential"
    _inherit = ["sozial.confidential", "sozial.access.logged"]
