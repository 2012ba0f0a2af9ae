from odoo import fields, models

from .rule import SUBJECTS


class SozialRetentionProposal(models.Model):
    _inherit = "sozial.retention.proposal"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"call": "cascade"})
