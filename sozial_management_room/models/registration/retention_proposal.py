from odoo import fields, models

from .retention_rule import SUBJECTS


class SozialRetentionProposal(models.Model):
    _inherit = "sozial.retention.proposal"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"activity_registration": "cascade"})
