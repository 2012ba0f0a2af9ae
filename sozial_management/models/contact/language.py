from odoo import fields, models


class SozialLanguage(models.Model):
    """A language people speak. Odoo's own languages are those of the screen: they
    lack Romani or Dari, and most of them are switched off."""

    _name = "sozial.language"
    _description = "Spoken language"
    _order = "sequence, name"

    name = fields.Char("Language", required=True, translate=True)
    code = fields.Char("ISO code", required=True, help="Code of ISO 639, for example »ar« or »rom«.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "A language with this ISO code exists already.")
