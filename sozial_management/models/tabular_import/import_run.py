import math
import time
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tabular import TabularError, guess_balance_sign, guess_columns, open_table
from ...tabular.values import text_of
from .analysis import Analysis
from .messages import Describer
from .preview import Preview, render_preview

PREVIEW_SECONDS = 8
MISSING_SHARE = 0.1
SAMPLE_ROWS = 200


class SozialImportRun(models.Model):
    """One import of a list of tenancies: choose a file, check its columns, start, read the report."""

    _name = "sozial.import.run"
    _description = "Import of tenancies"
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users", "Started by", default=lambda self: self.env.user, readonly=True, required=True
    )
    profile_id = fields.Many2one(
        "sozial.import.profile",
        "Profile",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        help="The name under which columns and options are remembered for the next file.",
    )
    file = fields.Binary(attachment=True, copy=False, help="CSV or XLSX, one row per contract, column names on top.")
    filename = fields.Char("File name", copy=False)
    file_info = fields.Char("Recognised as", readonly=True, copy=False)
    missing_columns = fields.Char("Missing columns", readonly=True, copy=False)
    sheet = fields.Char(help="Name of the sheet of a spreadsheet; the first one if empty.")
    file_date = fields.Date(
        "As of",
        required=True,
        default=fields.Date.context_today,
        help="The day for which the file tells the truth. Arrears without a day of their own count as of it.",
    )
    full_file = fields.Boolean(
        "Complete list",
        default=True,
        help="The file holds every running contract. Running tenancies that are missing in it are then "
        "proposed for ending; you decide on each. Nothing ends by itself.",
    )
    balance_sign = fields.Selection(
        [("positive", "Positive: 100,00 means 100 € are owed"), ("negative", "Negative: -100,00 means 100 € are owed")],
        "Arrears are written as",
        required=True,
        default="positive",
        help="Guessed from the values of the file. Please check it with a tenant you know.",
    )
    households = fields.Boolean(
        "Several rows per contract",
        help="Further rows with the same contract number are further persons of the household. "
        "Otherwise they are rejected as doubled.",
    )
    column_ids = fields.One2many("sozial.import.column", "run_id", "Columns", copy=False)
    preview = fields.Html(readonly=True, copy=False, sanitize=False)
    state = fields.Selection(
        [
            ("draft", "File"),
            ("ready", "Check"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Stopped"),
            ("cancelled", "Cancelled"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    row_ids = fields.One2many("sozial.import.row", "run_id", "Rows", copy=False)
    proposal_ids = fields.One2many("sozial.import.proposal", "run_id", "Proposals", copy=False)
    proposal_count = fields.Integer("Open proposals", compute="_compute_proposal_count")
    row_total = fields.Integer("Rows in the file", readonly=True, copy=False)
    position = fields.Integer(readonly=True, copy=False, help="Number of the last row that was read and kept.")
    read_done = fields.Boolean(readonly=True, copy=False)
    count_read = fields.Integer("Rows read", readonly=True, copy=False)
    count_todo = fields.Integer("Waiting to be written", readonly=True, copy=False)
    count_created = fields.Integer("New", readonly=True, copy=False)
    count_changed = fields.Integer("Changed", readonly=True, copy=False)
    count_unchanged = fields.Integer(
        "Unchanged", readonly=True, copy=False, help="Rows that said what is known already."
    )
    count_ended = fields.Integer("Ended", readonly=True, copy=False, help="Tenancies to which the file gave an end.")
    count_person = fields.Integer("Persons of households", readonly=True, copy=False)
    count_rejected = fields.Integer("Rejected", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    error = fields.Text("Reason", readonly=True, copy=False)
    started_at = fields.Datetime("Started on", readonly=True, copy=False)
    finished_at = fields.Datetime("Finished on", readonly=True, copy=False)
    report = fields.Binary("Report (CSV)", attachment=True, readonly=True, copy=False)
    report_name = fields.Char(readonly=True, copy=False)

    @api.depends(
        "state", "position", "row_total", "count_todo", "read_done",
        "count_created", "count_changed", "count_person", "count_ended",
    )  # fmt: skip
    def _compute_progress(self):
        for run in self:
            if run.state == "done":
                run.progress = 100
                continue
            read = 1 if run.read_done else min(run.position / run.row_total, 1) if run.row_total else 0
            written = run.count_created + run.count_changed + run.count_person + run.count_ended
            share = written / (written + run.count_todo) if run.read_done and written + run.count_todo else 0
            run.progress = math.floor(30 * read + 70 * share)

    def _compute_proposal_count(self):
        counts = dict(
            self.env["sozial.import.proposal"]._read_group(
                [("run_id", "in", self.ids), ("state", "=", "open")], ["run_id"], ["__count"]
            )
        )
        for run in self:
            run.proposal_count = counts.get(run, 0)

    @api.onchange("profile_id")
    def _onchange_profile_id(self):
        if self.profile_id:
            self.update(self.profile_id._options())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        if any(run.state == "running" for run in self):
            raise UserError(self.env._("An import that is running cannot be deleted. Cancel it first."))

    # reading the file

    def _file_bytes(self):
        """Content of the file, without a detour over base64."""
        self.ensure_one()
        self.check_access("read")
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "=", self.id)], limit=1)
        )
        if not attachment:
            raise UserError(self.env._("File: choose a CSV or XLSX file first."))
        return attachment.raw

    def _open_table(self):
        try:
            return open_table(self._file_bytes(), self.sheet or None)
        except TabularError as error:
            raise ValidationError(Describer(self.env).file_error(error)) from error

    def action_read(self):
        """Recognise the file and its columns, then show the preview."""
        self.ensure_one()
        self.check_access("write")
        self._expect("draft", "ready")
        self._make_preview(self._read_columns())

    def _start_unattended(self):
        """Read and start without a person: every column the profile remembers must be there."""
        self._read_columns()
        if self.missing_columns:
            raise ValidationError(
                self.env._(
                    "The file lacks columns that the profile remembers: %s. Export them again, or start this "
                    "import by hand once.",
                    self.missing_columns,
                )
            )
        self.action_start()

    def _read_columns(self):
        """Recognise the file and propose what its columns mean. Gives the table."""
        table = self._open_table()
        samples = [cells for _number, cells in islice(self._rows(table), SAMPLE_ROWS)]
        guessed = self.profile_id._fields_of(table.header) if self.profile_id.mapping else guess_columns(table.header)
        self.column_ids.unlink()
        vals = {
            "file_info": self._file_info(table),
            "missing_columns": ", ".join(self.profile_id._missing_columns(table.header)) or False,
            "column_ids": [
                Command.create(
                    {
                        "position": index + 1,
                        "header": header or self.env._("(no name)"),
                        "sample": _sample(samples, index),
                        "field": guessed[index],
                    }
                )
                for index, header in enumerate(table.header)
            ],
            "state": "ready",
        }
        if not self.profile_id.mapping and "balance" in guessed:
            index = guessed.index("balance")
            cells = [row[index] for row in samples if index < len(row)]
            vals["balance_sign"] = guess_balance_sign(table.header[index], cells)
        self.write(vals)
        return table

    def _rows(self, table):
        """Rows of the table; a broken file ends in a sentence."""
        try:
            yield from table.rows()
        except TabularError as error:
            raise ValidationError(Describer(self.env).file_error(error)) from error

    def _file_info(self, table):
        if table.is_xlsx:
            return self.env._("Spreadsheet, sheet »%s«", table.sheet or table.sheets[0])
        encoding = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(table.encoding, "UTF-8")
        delimiter = self.env._("tab") if table.delimiter == "\t" else table.delimiter
        return self.env._(
            "CSV, %(encoding)s, columns separated by »%(delimiter)s«", encoding=encoding, delimiter=delimiter
        )

    def _mapping(self):
        """Column index by field; a field that is chosen twice is refused."""
        mapping = {}
        headers = {}
        for column in self.column_ids.filtered("field"):
            if column.field in mapping:
                raise ValidationError(
                    self.env._(
                        "»%(field)s« is chosen for two columns: »%(first)s« and »%(second)s«. Empty one of them.",
                        field=Describer(self.env).labels[column.field],
                        first=headers[column.field],
                        second=column.header,
                    )
                )
            mapping[column.field] = column.position - 1
            headers[column.field] = column.header
        return mapping

    def _analysis(self, table=None):
        """The first pass over this run's file with its columns and options."""
        table = table or self._open_table()
        try:
            return Analysis(
                self.env,
                self.company_id,
                table,
                self._mapping(),
                balance_sign=self.balance_sign,
                households=self.households,
                file_date=self.file_date,
            )
        except TabularError as error:
            raise ValidationError(Describer(self.env).file_error(error)) from error

    # the steps

    def action_preview(self):
        """Read the file again with the columns and options as they stand, and show what it means."""
        self.ensure_one()
        self.check_access("write")
        self._expect("ready")
        self._make_preview(self._open_table())

    def _make_preview(self, table):
        """Lay the first seconds' worth of rows beside the database; nothing is written but the preview."""
        describer = Describer(self.env)
        try:
            analysis = self._analysis(table)
        except ValidationError as error:
            self.preview = render_preview(self.env, describer, [], {}, message=str(error))
            return
        try:
            preview = Preview(analysis, time.monotonic() + PREVIEW_SECONDS)
        except TabularError as error:
            raise ValidationError(describer.file_error(error)) from error
        warning = self._warn_of_missing(analysis) if self.full_file and preview.complete else ""
        self.write(
            {
                "preview": render_preview(
                    self.env, describer, preview.outcomes, preview.counts, complete=preview.complete, warning=warning
                ),
                "row_total": sum(preview.counts.values()) if preview.complete else 0,
            }
        )

    def _warn_of_missing(self, analysis):
        """A sentence if so many running tenancies are missing that the file is probably cut short."""
        running = self._running_tenancies().mapped("external_ref")
        missing = sum(not analysis.knows(ref) for ref in running)
        if missing <= MISSING_SHARE * len(running):
            return ""
        return self.env._(
            "%(missing)s of %(running)s running tenancies are missing in this file, and each would be proposed "
            "for ending. Is the file complete? If not, switch off »Complete list« or choose another file.",
            missing=missing,
            running=len(running),
        )

    def _running_tenancies(self):
        """Tenancies that a complete file has to hold."""
        domain = [("company_id", "=", self.company_id.id), ("date_end", "=", False), ("date_start", "<=", self.file_date)]
        return self.env["sozial.tenancy"].search_fetch(
            domain, ["external_ref", "date_start", "dwelling_id"], order="id"
        )

    def action_start(self):
        """Begin to write in the background; remember columns and options under the profile's name."""
        for run in self:
            run.check_access("write")
            run._expect("ready")
            run._analysis()  # refuses a mapping that cannot work
            if run.profile_id:
                run.profile_id._remember(run)
            run.write({"user_id": self.env.uid, "state": "running", "started_at": fields.Datetime.now()})
            run._trigger()

    def action_back(self):
        """Choose another file."""
        self.check_access("write")
        self._expect("ready")
        self.column_ids.unlink()
        self.write({"state": "draft", "preview": False, "file_info": False})

    def action_cancel(self):
        """Stop: batches that are written stay, the rest is left out."""
        self.check_access("write")
        self._expect("draft", "ready", "running", "failed")
        self.write({"state": "cancelled", "finished_at": fields.Datetime.now()})

    def action_continue(self):
        """Go on after the last batch that was written."""
        self.check_access("write")
        self._expect("failed")
        self.write({"state": "running", "error": False})
        self._trigger()

    def action_again(self):
        """A new import with the same profile and options, ready for the next file."""
        self.ensure_one()
        run = self.copy({"file_date": fields.Date.context_today(self)})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": run.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_view_proposals(self):
        """The proposals of this import for ending tenancies."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_import_proposal")
        action["domain"] = [("run_id", "in", self.ids)]
        return action

    def action_view_rows(self):
        """The rows that were written or rejected."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_import_row")
        action["domain"] = [("run_id", "in", self.ids)]
        action["context"] = {"search_default_rejected": 1} if any(self.mapped("count_rejected")) else {}
        return action

    def _expect(self, *states):
        if any(run.state not in states for run in self):
            raise UserError(self.env._("This step is not possible now. Reload the page to see how far the import is."))

    @api.model
    def _trigger(self):
        self.env.ref("sozial_management.ir_cron_import").sudo()._trigger()


def _sample(rows, index):
    """The first values of a column, as a hint what it holds."""
    cells = (text_of(row[index]) for row in rows if index < len(row))
    return " · ".join(list(dict.fromkeys(cell[:30] for cell in cells if cell))[:3])
