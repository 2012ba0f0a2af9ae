from odoo import fields, models


class SozialTargetGroup(models.Model):
    """For whom an offer is made, for whom a case is worked: older people, families, newcomers.

    Lives on offers and cases only. A contact never carries a target group, because that
    would show on the contact what the social department knows.
    """

    _name = "sozial.target.group"
    _description = "Target Group"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    # on the source name: a translated name is one value per language in the database
    _name_uniq = models.UniqueIndex(
        "((name ->> 'en_US'))",
        "A target group with this name exists already.",
    )
