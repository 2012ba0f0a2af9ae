from odoo import fields, models


class SozialImportRow(models.Model):
    """A row that an import has to write, has written or has rejected.

    Unchanged rows leave no trace. Rows go with their import after the days of the
    system parameter, because they hold personal data.
    """

    _name = "sozial.import.row"
    _description = "Row of an import"
    _order = "run_id desc, row_number, id"
    _rec_name = "external_ref"

    run_id = fields.Many2one("sozial.import.run", "Import", required=True, index=True, ondelete="cascade")
    # not related: computing it for each of 300,000 rows costs more than the rest of the row
    company_id = fields.Many2one("res.company", "Company", required=True, index=True)
    row_number = fields.Integer("Row", required=True, help="Number of the row as a spreadsheet shows it.")
    external_ref = fields.Char("Contract number")
    state = fields.Selection(
        [("todo", "Waiting"), ("done", "Written"), ("rejected", "Rejected"), ("note", "Note")],
        "Status",
        required=True,
    )
    result = fields.Selection(
        [
            ("created", "New"),
            ("changed", "Changed"),
            ("ended", "Ended"),
            ("person", "Person of a household"),
            ("unchanged", "Unchanged"),
            ("rejected", "Rejected"),
        ],
        "Result",
        required=True,
    )
    details = fields.Text(help="What changed, or why the row was rejected.")
    blocked_by = fields.Char(
        "Waits for contract", help="The contract that stands in the way; once it has ended, the row can go in."
    )
    # what the row states; what it is written together with, and the order in it; where its tenancy leaves
    stated = fields.Json(groups=fields.NO_ACCESS)
    group_key = fields.Char(groups=fields.NO_ACCESS)
    moves_from = fields.Char(groups=fields.NO_ACCESS)
    phase = fields.Integer(groups=fields.NO_ACCESS)

    _order_of_work = models.Index("(run_id, state, group_key, phase, row_number)")
    _by_number = models.Index("(run_id, row_number)")
