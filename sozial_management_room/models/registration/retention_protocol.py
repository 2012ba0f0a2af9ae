from odoo import fields, models

from ..retention.protocol import stays
from .retention_rule import SUBJECTS


class SozialRetentionProtocol(models.Model):
    _inherit = "sozial.retention.protocol"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"activity_registration": stays})
