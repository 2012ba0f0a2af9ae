from odoo import fields, models


class SozialRoomFeature(models.Model):
    """What a room offers: kitchen, projector, piano, play corner."""

    _name = "sozial.room.feature"
    _description = "Feature of rooms"
    _order = "sequence, name, id"

    name = fields.Char("Feature", required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()

    _name_unique = models.Constraint("UNIQUE (name)", "This feature exists already.")
