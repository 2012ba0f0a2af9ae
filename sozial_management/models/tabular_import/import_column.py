from odoo import api, fields, models

from ...tabular import FIELDS
from .messages import FIELD_LABELS


class SozialImportColumn(models.Model):
    """A column of a file that is being imported, and the field it fills."""

    _name = "sozial.import.column"
    _description = "Column of an import"
    _order = "position, id"

    run_id = fields.Many2one("sozial.import.run", "Import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, precompute=True, index=True)
    position = fields.Integer("Column", required=True, readonly=True)
    header = fields.Char("Column of the file", readonly=True)
    sample = fields.Char("First values", readonly=True)
    field = fields.Selection(
        selection="_selection_field",
        string="Is read as",
        help="What the column means. Columns without a meaning are not read.",
    )

    _position_once = models.Constraint("UNIQUE (run_id, position)", "A column of the file is listed twice.")

    @api.model
    def _selection_field(self):
        return [(spec.name, self.env._(FIELD_LABELS[spec.name])) for spec in FIELDS]
