from odoo import fields, models


class SozialTopic(models.Model):
    """A life situation somebody asks for help in: rent debt, ageing at home, loneliness.

    Topics tie the hand-over, the case and the catalogue together: who names a topic finds
    the offers that carry it. They belong to no company and say nothing about a person.
    """

    _name = "sozial.topic"
    _description = "Life Situation"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True,
        help="One sentence in plain words. Colleagues and tenants read it beside the name.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    # on the source name: a translated name is one value per language in the database
    _name_uniq = models.UniqueIndex(
        "((name ->> 'en_US'))",
        "A life situation with this name exists already.",
    )
