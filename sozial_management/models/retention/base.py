from odoo import models


class Base(models.AbstractModel):
    """Every field may say what anonymisation does with it.

    ``anonymise="blank"`` empties it, ``anonymise="keep"`` leaves it for the statistics. On a
    model, the attribute ``_anonymise = "delete"`` or ``"keep"`` says what becomes of its rows.
    A test demands the word of everything below a case that could hold a name.
    """

    _inherit = "base"
    _anonymise = None

    def _valid_field_parameter(self, field, name):
        return name == "anonymise" or super()._valid_field_parameter(field, name)
