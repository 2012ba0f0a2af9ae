from odoo import fields, models


class SozialHomeItem(models.Model):
    """What is looked at in a dwelling, so that somebody can go on living there in age. Words that a department changes as it likes."""

    _name = "sozial.home.item"
    _description = "Point of the checklist of a dwelling"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    question = fields.Char("What to look at", translate=True, help="Stands below the point, on the screen and on the printed checklist.")
    helps = fields.Char("What often helps", translate=True, help="Adaptations that come into question, for whoever visits.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
