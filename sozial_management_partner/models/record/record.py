import json
import re
from datetime import datetime

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, mute_logger

from ...procedure import chain
from .events import DETAILS, EVENTS

# Against whoever reaches the table past the ORM with the rights of Odoo's own database user. The
# owner of the database can drop the trigger; the chain then shows where it was used.
GUARD = """
    CREATE OR REPLACE FUNCTION sozial_call_record_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $guard$;
"""
TRIGGERS = """
    CREATE OR REPLACE TRIGGER sozial_rows BEFORE UPDATE OR DELETE ON %(table)s
        FOR EACH ROW EXECUTE FUNCTION sozial_call_record_guard();
    CREATE OR REPLACE TRIGGER sozial_table BEFORE TRUNCATE ON %(table)s
        FOR EACH STATEMENT EXECUTE FUNCTION sozial_call_record_guard();
"""
INSERT = """
    INSERT INTO sozial_call_record (call_id, company_id, position, at, moment, event, actor, user_id, details, previous, hash)
    VALUES (%(call_id)s, %(company_id)s, %(position)s, %(at)s, %(moment)s, %(event)s, %(actor)s, %(user_id)s,
            %(details)s::jsonb, %(previous)s, %(hash)s)
"""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


def _is_moment(value):
    """Whether a stored detail is a time in UTC, as `SozialCall._plain` writes it."""
    return isinstance(value, str) and bool(MOMENT.fullmatch(value))


class SozialCallRecord(models.Model):
    """The file of a call: what happened, when, by whom; each entry holds the hash of the one before.

    Written by `sozial.call._record` alone. Nobody changes or deletes an entry through the ORM, a
    trigger refuses it to SQL as well, and whoever gets past both breaks the chain, which
    `sozial.call._verify_record` and the command ``verify_calls`` find and name.
    """

    _name = "sozial.call.record"
    _description = "File of a call"
    _order = "call_id, position"
    _log_access = False
    _rec_name = "event"
    _check_company_auto = True

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True, ondelete="restrict")
    position = fields.Integer("No.", required=True, readonly=True, aggregator=None)
    at = fields.Char("Moment", required=True, readonly=True, help="UTC, with microseconds: as it goes into the hash.")
    moment = fields.Datetime("When", required=True, readonly=True)
    event = fields.Char("Event (code)", required=True, readonly=True)
    event_label = fields.Char("Event", compute="_compute_words")
    actor = fields.Char("Who", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "User", readonly=True, ondelete="restrict", index="btree_not_null")
    details = fields.Json("Details (data)", readonly=True)
    details_text = fields.Text("Details", compute="_compute_words")
    previous = fields.Char("Hash before", required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True, help="SHA-256 over this entry and the hash before it.")

    _position_unique = models.Constraint("UNIQUE (call_id, position)", "This place in the file is taken.")

    def init(self):
        """Install the trigger."""
        self.env.cr.execute(GUARD)
        self.env.cr.execute(TRIGGERS % {"table": self._table})

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_change()

    def write(self, vals):
        self._refuse_change()

    def unlink(self):
        self._refuse_change()

    def _refuse_change(self):
        """:raise UserError: always"""
        raise UserError(self.env._("The file of a call is written by the system alone and is never changed."))

    @api.depends("event", "details")
    @api.depends_context("lang")
    def _compute_words(self):
        for record in self:
            label = EVENTS.get(record.event)
            record.event_label = str(label) if label else record.event
            record.details_text = "\n".join(record._lines())

    def _lines(self):
        """The details as people read them, one a line."""
        self.ensure_one()
        local = self.call_id._local_microseconds
        return [
            f"{DETAILS.get(key, key)}: {local(value) if _is_moment(value) else self._words(value)}"
            for key, value in (self.details or {}).items()
        ]

    @api.model
    def _words(self, value):
        if isinstance(value, bool) or value is None:
            return {True: self.env._("yes"), False: self.env._("no"), None: "–"}[value]
        if isinstance(value, dict):
            return ", ".join(f"{DETAILS.get(key, key)} {self._words(inner)}" for key, inner in value.items())
        if isinstance(value, list):
            return "; ".join(self._words(inner) for inner in value) or "–"
        return str(value)

    @api.depends("position", "event")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.position} {record.event_label}"

    # ---- the chain ----

    @api.model
    def _append(self, call, event, details, at, actor, user_id):
        """Add an entry at the end of a call's file.

        :param at: aware moment; never before the entry it follows on
        :raise ConcurrencyError: when somebody else was quicker; Odoo repeats the request then
        """
        last = self._entries(call, last_only=True)
        stamp = self._stamp(at)
        if last and last[0].at > stamp:
            stamp = last[0].at
        entry = chain.append(self._subject(call), last[0] if last else None, stamp, event, actor, details)
        values = {
            **entry._asdict(),
            "details": json.dumps(entry.details, ensure_ascii=False),
            "moment": datetime.fromisoformat(stamp).replace(tzinfo=None, microsecond=0),
            "call_id": call.id,
            "company_id": call.company_id.id,
            "user_id": user_id or None,
        }
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                self.env.cr.execute(SQL(INSERT, **values))
        except UniqueViolation as error:
            raise ConcurrencyError("another entry took this place in the file of the call") from error
        self.invalidate_model(flush=False)
        return entry

    @api.model
    def _entries(self, call, last_only=False):
        """What is stored, as entries of the pure chain, in order."""
        self.env.cr.execute(
            SQL(
                "SELECT position, at, event, actor, details, previous, hash FROM sozial_call_record"
                " WHERE call_id = %s ORDER BY position %s",
                call.id, SQL("DESC LIMIT 1") if last_only else SQL("ASC, id"),
            )
        )  # fmt: skip
        return [chain.Entry(*row) for row in self.env.cr.fetchall()]

    @api.model
    def _subject(self, call):
        """What the chain of a call begins with: no other call's file can be put in its place."""
        return f"{call.id}/{call.token}"

    @api.model
    def _stamp(self, moment):
        return moment.isoformat(timespec="microseconds")
