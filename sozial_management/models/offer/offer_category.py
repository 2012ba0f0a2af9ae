from odoo import fields, models


class SozialOfferCategory(models.Model):
    """A heading of the catalogue, the booklet and the public page."""

    _name = "sozial.offer.category"
    _description = "Catalogue Heading"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True,
        help="Printed below the heading in the booklet and on the public page.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        help="An archived heading can no longer be chosen; its offers stay where they are.",
    )
    color = fields.Integer()

    # on the source name: a translated name is one value per language in the database
    _name_uniq = models.UniqueIndex(
        "((name ->> 'en_US'))",
        "A heading with this name exists already.",
    )
