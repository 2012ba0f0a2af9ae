from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

KEPT = (
    "run_id", "company_id", "row_number", "external_ref", "state", "result", "details",
    "stated", "group_key", "moves_from", "phase",
)  # fmt: skip


class SozialImportRow(models.Model):
    """A row that an import has to write, has written or has rejected.

    Unchanged rows leave no trace. Rows go with their import after the days of the
    system parameter, because they hold personal data.
    """

    _name = "sozial.import.row"
    _description = "Row of an import"
    _order = "run_id desc, row_number, id"
    _rec_name = "external_ref"

    run_id = fields.Many2one("sozial.import.run", "Import", required=True, ondelete="cascade")  # see _by_number
    # not related: computing it for each of 300,000 rows costs more than the rest of the row
    company_id = fields.Many2one("res.company", "Company", required=True)
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

    _order_of_work = models.Index("(run_id, group_key, phase, row_number) WHERE state = 'todo'")
    _by_number = models.Index("(run_id, row_number)")

    @api.model
    def _keep(self, vals_list):
        """Keep rows for the second pass. They are notes of the import, not records people work
        with, and up to 300,000 at a time: one INSERT, without the cache and the checks of the ORM."""
        if not vals_list:
            return
        log = SQL("%s, %s", self.env.uid, self.env.cr.now())
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s)",
                SQL(", ").join(SQL("%s", _column(vals.get(name))) for name in KEPT),
                log,
                log,
            )
            for vals in vals_list
        )
        columns = SQL(", ").join(
            SQL.identifier(name) for name in (*KEPT, "create_uid", "create_date", "write_uid", "write_date")
        )
        self.env.cr.execute(SQL("INSERT INTO sozial_import_row (%s) VALUES %s", columns, rows))
        self.invalidate_model()


def _column(value):
    if isinstance(value, dict):
        return Json(value)
    return None if value is False else value
