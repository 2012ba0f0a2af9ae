import json

from odoo import api, fields, models
from odoo.tools import SQL

KEPT = (
    "run_id", "company_id", "row_number", "external_ref", "state", "result", "details",
    "stated", "group_key", "moves_from", "phase",
)  # fmt: skip
_LOG = ("create_uid", "create_date", "write_uid", "write_date")


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
        names = (*KEPT, *_LOG)
        log = dict(zip(_LOG, (self.env.uid, self.env.cr.now()) * 2, strict=True))
        types = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(self._fields[name].column_type[1])) for name in KEPT
        )
        columns = SQL(", ").join(map(SQL.identifier, names))
        rows = json.dumps([{name: _column(value) for name, value in vals.items()} for vals in vals_list])
        self.env.cr.execute(
            SQL(
                "INSERT INTO sozial_import_row (%s) SELECT %s FROM json_to_recordset(%s) AS kept (%s)",
                columns,
                SQL(", ").join(SQL("%s", log[name]) if name in log else SQL.identifier(name) for name in names),
                rows,
                types,
            )
        )
        self.invalidate_model()

    @api.model
    def _next_to_write(self, run, limit):
        """The next rows of an import that wait, in the order of work: flat dicts, for the same reason."""
        self.flush_model()
        return self.env.execute_query_dict(
            SQL(
                """SELECT id, row_number, external_ref, stated, group_key
                FROM sozial_import_row WHERE run_id = %s AND state = 'todo'
                ORDER BY group_key, phase, row_number LIMIT %s""",
                run.id,
                limit,
            )
        )

    @api.model
    def _mark_written(self, ids):
        """Note that rows are written. What they stated stands in the records from now on."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE sozial_import_row SET state = 'done', stated = NULL, write_uid = %s, write_date = %s
                WHERE id = ANY(%s)""",
                self.env.uid,
                self.env.cr.now(),
                list(ids),
            )
        )
        self.invalidate_model()


def _column(value):
    return None if value is False else value
