from odoo import fields, models

OUTCOMES = [("open", "Not said yet"), ("reached", "Reached"), ("partly", "Partly reached"), ("missed", "Not reached")]


class SozialProjectAim(models.Model):
    """What is to be different afterwards, how it will be seen, and whether it was reached."""

    _name = "sozial.project.aim"
    _description = "Aim of a project"
    _inherit = "sozial.project.part"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Aim", required=True, help="What is to be different afterwards.")
    measure = fields.Char("How it will be seen", help="For example: ten households look after the beds in the second summer.")
    outcome = fields.Selection(OUTCOMES, required=True, default="open", copy=False)
    note = fields.Char("How it was seen", copy=False)
