from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, format_datetime

LANGUAGES = {"de": "de_DE", "en": "en_US"}
READING = ("opening", "emergency", "attachment")
TAKING = ("export", "print")


class SozialAccessReceipt(models.TransientModel):
    """Tell a client in plain words who could read the case, who did, and what went where."""

    _name = "sozial.access.receipt"
    _description = "Who has seen my data?"
    _inherit = "sozial.access.dialog"

    _rec_name = "case_id"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "For whom", required=True, ondelete="cascade", compute="_compute_partner_id",
                                 store=True, readonly=False, precompute=True)  # fmt: skip
    client_ids = fields.Many2many("res.partner", compute="_compute_client_ids")
    language = fields.Selection([("de", "German, plain language"), ("en", "English, plain language")], required=True, default="de")
    date_from = fields.Date("Since", required=True, compute="_compute_date_from", store=True, readonly=False, precompute=True,
                            help="The whole case, unless the client wants to know about a shorter time.")  # fmt: skip

    @api.depends("case_id")
    def _compute_client_ids(self):
        for receipt in self.sudo(False):
            receipt.client_ids = receipt.case_id.participant_ids.filtered(lambda one: one.role == "client").partner_id

    @api.depends("case_id")
    def _compute_partner_id(self):
        for receipt in self.sudo(False):  # a form that is not saved may name any case
            receipt.partner_id = receipt.case_id.client_id

    @api.depends("case_id")
    def _compute_date_from(self):
        for receipt in self.sudo(False):
            receipt.date_from = receipt.case_id.opened_on or fields.Date.context_today(receipt)

    def action_print(self):
        """Print the receipt.

        :raise UserError: for somebody who is no client of the case
        """
        self._require_client()
        return self.env.ref("sozial_management.report_access_receipt").report_action(self)

    def _require_client(self):
        """Nobody but a client is told who works on a case: to others even that it exists is a secret."""
        self.ensure_one()
        self.check_access("read")
        self.case_id.check_access("read")
        if self.partner_id not in self.client_ids:
            raise UserError(self.env._("For whom: the receipt is for a client of this case."))

    def _receipt(self):
        """Everything on the paper, as plain values in its language.

        :raise AccessError: without a grant
        """
        self._require_client()
        installed = dict(self.env["res.lang"].get_installed())
        lang = LANGUAGES[self.language]
        receipt = self.with_context(lang=lang if lang in installed else "en_US", tz=self.env.user.tz or "Europe/Berlin")
        return {
            "company": receipt.case_id.company_id,
            "person": receipt.partner_id.name,
            "number": receipt.case_id.name,
            "today": format_date(receipt.env, fields.Date.context_today(receipt)),
            "since": format_date(receipt.env, receipt.date_from),
            "words": receipt._words(),
            "readers": receipt._readers(),
            "emergencies": receipt._emergencies(),
            "shared": receipt._shared(),
            "signals": receipt._signals(),
        }

    # ---- who could, and who did ----

    def _grants(self):
        """Grants of the case that held within the time."""
        start = fields.Datetime.to_datetime(self.date_from)
        grants = self.case_id.access_ids.filtered(
            lambda one: not (one.revoked_at or one.valid_until) or (one.revoked_at or one.valid_until) >= start
        )
        return grants.sorted(lambda one: (one.valid_from, one.id))

    def _counts(self):
        """How often each user read and took out, from the log: {(user, right): [read, taken]}.

        Only data protection reads the log, so the system counts, for this one case, after the
        current user's right to it was checked.
        """
        groups = self.env["sozial.access.log"].sudo()._read_group(
            [("case_id", "=", self.case_id.id), ("at", ">=", fields.Datetime.to_datetime(self.date_from))],
            ["user_id", "reason", "kind"],
            ["__count"],
        )
        counts = defaultdict(lambda: [0, 0])
        for user, right, kind, number in groups:
            if kind in READING:
                counts[user, right][0] += number
            elif kind in TAKING:
                counts[user, right][1] += number
        return counts

    def _readers(self):
        """One row a kind of access and function, or a person where the company names its staff."""
        kinds = dict(self.env["sozial.case.access"]._fields["kind"]._description_selection(self.env))
        rows, counts = {}, self._counts()
        for grant in self._grants():
            row = rows.setdefault(self._reader_key(grant.user_id, grant.kind), self._reader_row(grant.user_id, kinds[grant.kind]))
            row["spans"].append(self._span(grant))
        for (user, right), (read, taken) in counts.items():
            label = kinds.get(right) or self.env._("Without a right of its own")
            row = rows.setdefault(self._reader_key(user, right), self._reader_row(user, label))
            row["read"] += read
            row["taken"] += taken
        return list(rows.values())

    def _reader_key(self, user, right):
        named = self.case_id.company_id.sudo().sozial_receipt_names
        user = user.sudo()
        return (right, user.id) if named else (right, user.partner_id.function or "")

    def _reader_row(self, user, kind):
        user = user.sudo()
        named = self.case_id.company_id.sudo().sozial_receipt_names
        who = " · ".join(part for part in (kind, user.partner_id.function, user.name if named else "") if part)
        return {"who": who, "spans": [], "read": 0, "taken": 0}

    def _span(self, grant):
        end = grant.revoked_at or grant.valid_until
        start = format_date(self.env, grant.valid_from)
        if not end or end > fields.Datetime.now():
            return self.env._("since %s", start)
        return self.env._("from %(start)s to %(end)s", start=start, end=format_date(self.env, end))

    def _emergencies(self):
        return [
            self.env._(
                "From %(start)s to %(end)s",
                start=format_datetime(self.env, grant.valid_from, dt_format="short"),
                end=format_datetime(self.env, grant.revoked_at or grant.valid_until, dt_format="short"),
            )
            for grant in self._grants().filtered(lambda one: one.kind == "emergency")
        ]

    # ---- what went where ----

    def _shared(self):
        """Consents of this person: what might be told to whom, and how long."""
        rows = []
        for consent in self.case_id.consent_ids.filtered(lambda one: one.given_at and one.subject_id == self.partner_id):
            whom = consent.recipient_ids.mapped("name")
            if consent.kind == "signal":
                whom = [self.env._("Rent collection: only the signals below")]
            rows.append(
                {
                    "whom": ", ".join(whom) or dict(consent._fields["kind"]._description_selection(self.env))[consent.kind],
                    "what": ", ".join(consent.category_ids.mapped("name")),
                    "why": ", ".join(consent.purpose_ids.mapped("name")),
                    "when": self._consent_span(consent),
                }
            )
        return rows

    def _consent_span(self, consent):
        span = self.env._(
            "from %(start)s to %(end)s", start=format_date(self.env, consent.valid_from), end=format_date(self.env, consent.valid_until)
        )
        if consent.revoked_at:
            return self.env._("%(span)s, you revoked it on %(day)s", span=span, day=format_date(self.env, consent.revoked_at))
        return span

    def _signals(self):
        rows = []
        for signal in self.case_id.signal_ids.filtered(lambda one: one.consent_id.subject_id == self.partner_id):
            label = dict(signal._fields["code"]._description_selection(self.env)).get(signal.code, "")
            end = signal.ended_at or signal.date_until
            when = (
                self.env._("from %(start)s to %(end)s", start=format_date(self.env, signal.date_start), end=format_date(self.env, end))
                if end
                else self.env._("since %s", format_date(self.env, signal.date_start))
            )
            rows.append({"what": label, "when": when})
        return rows

    def _words(self):
        """The fixed sentences, in plain language."""
        _ = self.env._
        return {
            "title": _("Who has seen my data?"),
            "secret": _(
                "What you tell us is a secret. Our social workers must not pass it on. That is the law (§ 203 of the Criminal Code)."
            ),
            "landlord": _("Your landlord does not read what you tell us. Only the people in this list may open your case."),
            "period": _("This paper tells you what happened since %s.", format_date(self.env, self.date_from)),
            "readers": _("Who was allowed to read? And who did?"),
            "readers_note": _("Each time somebody opens your case, the computer writes it down. This is how often it happened:"),
            "who": _("Who"), "when": _("When"), "read": _("Opened how often"), "taken": _("Printed or saved how often"),
            "counted": _(
                "We keep these notes for a limited time. What is older is no longer counted. The printing of this paper is not counted yet."
            ),
            "emergency": _("Was there an emergency?"),
            "emergency_note": _(
                "In an emergency a social worker may open your case for three hours. Somebody checks every time whether that was right."
            ),
            "no_emergency": _("No. Nobody opened your case in an emergency."),
            "shared": _("With whom were we allowed to talk about you?"),
            "shared_note": _("Only with these people. You agreed to it with your signature. You can take it back at any time."),
            "not_shared": _("With nobody. You have not signed that we may talk about you."),
            "whom": _("With whom"), "what": _("About what"), "why": _("What for"),
            "signals": _("What was rent collection told?"),
            "signals_note": _("Only these words, and nothing else of your case:"),
            "no_signals": _("Nothing."),
            "questions": _("Do you have questions?"),
            "questions_note": _("Ask your social worker. You may also see everything we have written down about you. It costs nothing."),
        }  # fmt: skip
