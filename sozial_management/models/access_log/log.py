from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import SQL
from odoo.tools.misc import hmac

from .book import KEY, Book

KINDS = [
    ("opening", "Opened"),
    ("list", "List"),
    ("export", "Exported"),
    ("print", "Printed"),
    ("attachment", "File opened"),
    ("emergency", "Emergency access"),
    ("administration", "Change of rights"),
]
REASONS = [
    ("lead", "In charge"),
    ("co", "Works along"),
    ("standin", "Stand-in"),
    ("head", "Head of the department"),
    ("emergency", "Emergency"),
    ("superuser", "System user"),
    ("none", "Without a grant"),
]
# One statement, whatever was read: number and company come from the case, the reason from the
# grant that holds at this moment (the strongest one, in the order above).
INSERT = """
    INSERT INTO sozial_access_log
           (at, user_id, company_id, kind, res_model, case_id, case_number, record_id, reason, row_count, domain_hash)
    SELECT now() AT TIME ZONE 'UTC', entry.user_id, COALESCE(one.company_id, entry.company_id), entry.kind,
           entry.res_model, one.id, one.name, entry.record_id,
           CASE WHEN one.id IS NULL AND entry.record_id IS NULL THEN NULL
                WHEN entry.user_id = %(superuser)s THEN 'superuser'
                WHEN one.id IS NULL THEN NULL
                ELSE COALESCE((
                    SELECT held.kind FROM sozial_case_access held
                     WHERE held.case_id = one.id AND held.user_id = entry.user_id AND held.revoked_at IS NULL
                       AND held.valid_from <= timezone('UTC', clock_timestamp())
                       AND (held.valid_until IS NULL OR held.valid_until > timezone('UTC', clock_timestamp()))
                     ORDER BY array_position(%(reasons)s::varchar[], held.kind) LIMIT 1), 'none')
           END,
           entry.row_count, entry.domain_hash
      FROM jsonb_to_recordset(%(entries)s::jsonb) AS entry(
               position int, user_id int, company_id int, kind varchar, res_model varchar, case_id int,
               record_id int, row_count int, domain_hash varchar)
      LEFT JOIN sozial_case one ON one.id = entry.case_id
     ORDER BY entry.position
"""
# Against whoever reaches the table past the ORM with the rights of Odoo's own database user:
# a module, a server action, a shell. The owner of the database can still drop the trigger.
GUARD = """
    CREATE OR REPLACE FUNCTION sozial_access_log_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF current_setting('sozial.access_log_purge', true) = 'on'
               AND OLD.at < timezone('UTC', now()) - interval '12 months' THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'sozial_access_log is append-only' USING ERRCODE = 'restrict_violation';
    END $guard$;
    CREATE OR REPLACE TRIGGER sozial_access_log_rows BEFORE UPDATE OR DELETE ON sozial_access_log
        FOR EACH ROW EXECUTE FUNCTION sozial_access_log_guard();
    CREATE OR REPLACE TRIGGER sozial_access_log_table BEFORE TRUNCATE ON sozial_access_log
        FOR EACH STATEMENT EXECUTE FUNCTION sozial_access_log_guard();
"""


class SozialAccessLog(models.Model):
    """Who opened, listed, exported, printed or downloaded which case, and by which right.

    § 22 (2) BDSG. Rows are written in the transaction of the read: one row for each opened case,
    one for a list with its length and a keyed hash of the question, none for what the server's
    own code reads. Several openings of a case in one request are one row; those of different
    requests stay apart, however soon, for an audit counts them.

    A row holds no content. The case is kept as number and id without a foreign key, so that the
    log outlives the erasure of a case and never blocks it. Nobody writes, changes or deletes
    rows through the ORM; a trigger refuses it to SQL as well, but for the purge of rows that are
    older than the company keeps them.
    """

    _name = "sozial.access.log"
    _description = "Access log"
    _order = "id desc"  # the order of time: rows are only ever added
    _log_access = False
    _rec_name = "case_number"

    at = fields.Datetime("When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", "Company", readonly=True, ondelete="restrict", help="Empty: it concerns all companies.")
    kind = fields.Selection(KINDS, "What", required=True, readonly=True)
    case_id = fields.Integer("Case (internal number)", readonly=True, aggregator=None)
    case_number = fields.Char(readonly=True, help="Empty for lists of several cases.")
    reason = fields.Selection(
        REASONS, "By right of", readonly=True, help="The grant that held at this moment. Its reason in words stands in the case."
    )
    res_model = fields.Char("Kind of record", readonly=True)
    record_id = fields.Integer(
        "Sheet or checklist (internal number)", readonly=True, aggregator=None,
        help="What belongs to no case: sheets of works and checklists at home. It tells neither dwelling nor tenant.",
    )  # fmt: skip
    row_count = fields.Integer("Rows", readonly=True, help="How many rows a list or an export had.")
    domain_hash = fields.Char(
        "Question", readonly=True, help="The same sign means: the same list was asked for. What was asked is not kept."
    )

    _kind_known = models.Constraint(
        f"CHECK (kind IN ({', '.join(repr(kind) for kind, _label in KINDS)}))", "This kind of entry is unknown."
    )
    _case_whole = models.Constraint("CHECK ((case_id IS NULL) = (case_number IS NULL))", "An entry names a case by id and number, or none.")
    _one_thing = models.Constraint("CHECK (case_id IS NULL OR record_id IS NULL)", "An entry names a case or a sheet, not both.")
    _of_case = models.Index("(case_id, id) WHERE case_id IS NOT NULL")
    _of_number = models.Index("(case_number, id) WHERE case_number IS NOT NULL")
    _of_user = models.Index("(user_id, at)")
    _by_time = models.Index("(at)")

    def init(self):
        """Install the trigger; `uninstall_hook` drops it. A migration that has to change rows drops it first."""
        self.env.cr.execute(GUARD)

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse()

    def write(self, vals):
        self._refuse()

    def unlink(self):
        self._refuse()

    def _refuse(self):
        raise UserError(self.env._("The access log is written by the system alone and is never changed."))

    # ---- writing ----

    @api.model
    def _is_client(self):
        """Whether what is read now goes to a person: server code in superuser mode reads for itself,
        unless somebody works as the system user."""
        if not self.env.su:
            return True
        return self.env.uid == SUPERUSER_ID and bool(request) and request.session.uid == SUPERUSER_ID

    @api.model
    def _log_cases(self, kind, case_ids, model="sozial.case", count=None):
        """Note that the current user got these cases, one row each, at the end of the transaction.

        :param str kind: `opening`, `export`, `print`, `attachment` or `emergency`
        :param case_ids: ids of the cases
        :param str model: what was read: the case or a model below it
        :param int count: how many rows it were, for an export
        """
        book = self._book()
        for case_id in case_ids:
            book.add_case(self.env.uid, kind, case_id, model, count)

    @api.model
    def _log_rows(self, kind, keys, model, count=None):
        """As :meth:`_log_cases`, for what belongs to no case.

        :param keys: pairs of the internal number and the id of the company
        """
        book = self._book()
        for record_id, company_id in sorted(keys):
            book.add_row(self.env.uid, kind, company_id, model, record_id, count)

    @api.model
    def _log_list(self, entry):
        """Note an answered list (a `ListEntry`)."""
        self._book().add_list(entry)

    @api.model
    def _log_nothing_found(self, kind, model):
        """Note that somebody asked for a case and there was none."""
        self._book().add_plain({"user_id": self.env.uid, "kind": kind, "res_model": model, "company_id": self.env.company.id})

    @api.model
    def _is_logged_model(self, name):
        """Whether records of this model are as secret as a case and have a table of their own."""
        model = self.env.registry.get(name) if name else None
        return model is not None and issubclass(model, self.env.registry["sozial.access.logged"]) and not model._transient

    @api.model
    def _question(self, *parts):
        """A sign for a question that tells whether it was asked again, and not what it was."""
        return hmac(self.env(su=True), "sozial.access.log", parts)[:16]

    @api.model
    def _book(self):
        data = self.env.cr.precommit.data
        if KEY not in data:
            data[KEY] = Book()
            self.env.cr.precommit.add(self._write_book)
        return data[KEY]

    def _write_book(self):
        """Write what was noted, in one statement."""
        book = self.env.cr.precommit.data.pop(KEY, None)
        if book is None:
            return
        reasons = [code for code, _label in REASONS]
        self.env.cr.execute(SQL(INSERT, entries=book.as_json(), reasons=reasons, superuser=SUPERUSER_ID))
        self.invalidate_model(flush=False)
