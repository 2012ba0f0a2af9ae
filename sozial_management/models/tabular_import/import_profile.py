import base64
import binascii
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tabular import FIELDS_BY_NAME, normalise
from .messages import Describer

_logger = logging.getLogger(__name__)

OPTIONS = ("sheet", "full_file", "balance_sign", "households")
CONFIG_GROUP = "sozial_management.group_sozial_config"


class SozialImportProfile(models.Model):
    """Columns and options of a file that comes again and again, remembered by a name."""

    _name = "sozial.import.profile"
    _description = "Import profile"
    _order = "name"
    _check_company_auto = True

    name = fields.Char("Profile", required=True, help="For example »Nightly list of tenancies«.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    sheet = fields.Char(help="Name of the sheet of a spreadsheet; the first one if empty.")
    full_file = fields.Boolean(
        "Complete list", default=True, help="Running tenancies that are missing in the file are proposed for ending."
    )
    balance_sign = fields.Selection(
        [("positive", "Positive: 100,00 means 100 € are owed"), ("negative", "Negative: -100,00 means 100 € are owed")],
        "Arrears are written as",
        required=True,
        default="positive",
        help="The sign by which your housing system marks what a tenant owes.",
    )
    households = fields.Boolean(
        "Several rows per contract",
        help="Further rows with the same contract number are further persons of the household.",
    )
    mapping = fields.Json(groups="sozial_management.group_sozial_config", copy=False)
    mapping_text = fields.Text("Remembered columns", compute="_compute_mapping_text")
    run_ids = fields.One2many("sozial.import.run", "profile_id", "Imports")
    run_count = fields.Integer("Number of imports", compute="_compute_runs")
    last_run_id = fields.Many2one("sozial.import.run", "Last import", compute="_compute_runs")

    _name_once = models.Constraint("UNIQUE (company_id, name)", "A profile of this name exists already.")

    @api.depends("mapping")
    def _compute_mapping_text(self):
        labels = Describer(self.env).labels
        for profile in self:
            columns = (profile.mapping or {}).items()
            profile.mapping_text = "\n".join(f"{column['header']} → {labels[field]}" for field, column in columns)

    def _compute_runs(self):
        groups = self.env["sozial.import.run"]._read_group(
            [("profile_id", "in", self.ids)], ["profile_id"], ["__count", "id:max"]
        )
        found = {profile: (count, last) for profile, count, last in groups}
        for profile in self:
            profile.run_count, profile.last_run_id = found.get(profile, (0, False))

    # what a run takes from here and leaves here

    def _options(self):
        self.ensure_one()
        return {option: self[option] for option in OPTIONS}

    def _fields_of(self, headers):
        """The remembered field of every column, or ``None``."""
        remembered = {column["key"]: field for field, column in self.mapping.items() if field in FIELDS_BY_NAME}
        return [remembered.pop(normalise(header), None) for header in headers]

    def _missing_columns(self, headers):
        """Remembered columns that a file does not have, as it wrote them."""
        present = {normalise(header) for header in headers}
        return [column["header"] for column in (self.mapping or {}).values() if column["key"] not in present]

    def _remember(self, run):
        """Keep the columns and options of a run for the next file."""
        columns = run.column_ids.filtered("field")
        mapping = {c.field: {"key": normalise(c.header), "header": c.header} for c in columns}
        self.write({**{option: run[option] for option in OPTIONS}, "mapping": mapping})

    # the ways in

    def action_new_run(self):
        """Begin an import with this profile."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sozial.import.run",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_profile_id": self.id, "default_company_id": self.company_id.id},
        }

    def action_view_runs(self):
        """The imports that were made with this profile."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_import_run")
        action["domain"] = [("profile_id", "in", self.ids)]
        return action

    def import_file(self, filename, content, file_date=None):
        """Import a file in the background, without a click: for the nightly job of another system.

        Over JSON-2: ``POST /json/2/sozial.import.profile/import_file`` with ``ids``,
        ``filename`` and ``content`` by a user with the configuration role.

        :param filename: for people, shown in the list of imports
        :param content: the file in base64
        :param file_date: the day for which it tells the truth (ISO), today without it
        :return: id of the `sozial.import.run`
        :raises ValidationError: the file cannot be read, or a remembered column is missing
        """
        self.ensure_one()
        self.check_access("write")
        try:
            data = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise ValidationError(self.env._("content: send the file in base64.")) from error
        run = self._new_run(filename, data, file_date)
        run._start_unattended()
        return run.id

    def action_import_pending(self):
        """Import the files that were attached to these profiles (by a share, a scanner, another system)."""
        self.check_access("write")
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", False)],
            order="id",
            limit=100,
        )
        runs = self.env["sozial.import.run"]
        for attachment in attachments:
            run = self.browse(attachment.res_id)._new_run(attachment.name, attachment.raw)
            try:
                with self.env.cr.savepoint():
                    run._start_unattended()
            except UserError as error:
                run.write({"state": "failed", "error": str(error)})
            runs |= run
        attachments.unlink()
        if not runs:
            raise UserError(self.env._("No file is attached to this profile. Attach one, or begin a new import."))
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_import_run")
        action["domain"] = [("id", "in", runs.ids)]
        return action

    @api.model
    def _cron_import_pending(self):
        """Import what was attached to any profile, in the name of whoever attached it."""
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_field", "=", False)], order="id", limit=100
        )
        for attachment in attachments:
            user = attachment.create_uid
            profile = self.browse(attachment.res_id)
            if user.has_group(CONFIG_GROUP) and profile.company_id in user.company_ids:
                profile.with_user(user).with_company(profile.company_id).action_import_pending()
            else:
                _logger.warning("A file for profile %s was left: its sender has no right to import", profile.id)

    def _new_run(self, filename, data, file_date=None):
        return self.env["sozial.import.run"].create(
            {
                **self._options(),
                "company_id": self.company_id.id,
                "profile_id": self.id,
                "filename": filename,
                "file": base64.b64encode(data),
                "file_date": fields.Date.to_date(file_date) or fields.Date.context_today(self),
            }
        )
