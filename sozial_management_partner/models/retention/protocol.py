from odoo import fields, models

from .rule import SUBJECTS


def stays(_rows):
    """The record of erasures outlives what it tells of."""


class SozialRetentionProtocol(models.Model):
    _inherit = "sozial.retention.protocol"

    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"call": stays})
