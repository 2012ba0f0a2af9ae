from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sealing.receipt import new_token

STATES = [
    ("draft", "Draft"),
    ("offered", "Offered for signature"),
    ("signed", "Signed, begins later"),
    ("active", "Active"),
    ("replaced", "Replaced by a newer version"),
    ("ended", "Ended"),
    ("terminated", "Terminated"),
]
# What is signed: fixed from the day it is offered.
CONTENT = frozenset(
    {"title", "partner_id", "company_id", "award_id", "subject", "service_ids", "date_start", "date_end", "notice_months", "rooms",
     "remuneration", "privacy_kind", "privacy_reason", "privacy_file", "privacy_file_name", "report_interval", "report_days",
     "response_days", "text_reviewed", "position_ids", "proof_days"}
)  # fmt: skip


class SozialAgreement(models.Model):
    """One version of an agreement with a partner organisation.

    Versions share the number. What is offered is frozen as a text with its hash, and both sides
    sign that hash; a change is a new version, which replaces the old one when both have signed.
    """

    _name = "sozial.agreement"
    _description = "Agreement with a partner"
    _inherit = ["mail.thread", "mail.activity.mixin", "sozial.guarded"]
    _order = "number desc, version desc, id desc"
    _check_company_auto = True
    # Set by the steps of the agreement.
    _guarded = frozenset(
        {"number", "version", "state", "token", "previous_id", "text", "sha256", "offered_at", "company_signed_by_id",
         "company_signed_name", "company_signed_at", "company_sha256", "partner_signed_by_id", "partner_signed_name",
         "partner_signed_function", "partner_signed_at", "partner_sha256", "activated_at", "published_at", "ended_at", "ended_on",
         "refused_at", "refusal", "renewal_reminded_for", "end_reminded_for"}
    )  # fmt: skip

    number = fields.Char(readonly=True, copy=False, index=True)
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    title = fields.Char("Subject line", required=True, help="What the cooperation is about, for example “Counselling in the Nord quarter”.")
    state = fields.Selection(STATES, "Status", required=True, readonly=True, copy=False, default="draft", index=True)
    token = fields.Char(readonly=True, copy=False, required=True, default=lambda self: new_token())
    partner_id = fields.Many2one(
        "res.partner", "Organisation", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('is_organisation', '=', True)]",
    )
    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index="btree_not_null", domain="[('share', '=', False)]",
        check_company=True, help="Gets the reminders, and hears what the partner decides.",
    )
    award_id = fields.Many2one(
        "sozial.award", "From the award", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True
    )
    previous_id = fields.Many2one(
        "sozial.agreement", "Version before", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True
    )
    version_count = fields.Integer("Versions", compute="_compute_version_count")

    subject = fields.Text("What is agreed", help="In your own words. Stands in the text that both sides sign.")
    service_ids = fields.One2many("sozial.agreement.service", "agreement_id", "Services", copy=True)
    date_start = fields.Date("From", required=True, default=fields.Date.context_today)
    date_end = fields.Date(
        "Until", required=True, default=lambda self: fields.Date.context_today(self) + relativedelta(years=1, days=-1), index=True,
        help="Last day. The offers are withdrawn and referrals end the day after.",
    )
    notice_months = fields.Integer(
        "Months before the end", default=3, help="So long before the end a reminder to decide on the renewal appears. 0: none."
    )
    holds_until = fields.Datetime(
        "End of its last day", compute="_compute_holds_until", store=True, precompute=True,
        help="Midnight where the company works: with this moment the partner's access ends.",
    )
    renew_by = fields.Date("Decide on renewal by", compute="_compute_renew_by", store=True)
    rooms = fields.Text(help="Which rooms the partner uses, when and on which terms. A link to the booking does as well.")
    remuneration = fields.Text(help="What is paid for what, and when. Empty: no remuneration is agreed.")
    privacy_kind = fields.Selection(
        [
            ("own", "Each side is responsible for its own data"),
            ("processor", "Processing on our behalf (Art. 28 GDPR)"),
            ("joint", "Joint responsibility (Art. 26 GDPR)"),
            ("none", "No contract needed"),
        ],
        "Data protection", required=True, default="own",
        help="Processing and joint responsibility need their contract as a file. If none is needed, the reason is needed.",
    )  # fmt: skip
    privacy_reason = fields.Char("Why none is needed")
    privacy_file = fields.Binary("Contract", attachment=True, copy=True)
    privacy_file_name = fields.Char("File name of the contract")
    report_interval = fields.Selection(
        [("month", "Every month"), ("quarter", "Every quarter"), ("half", "Every half year"), ("year", "Every year")],
        "Reports", help="How often the partner reports. Empty: no reports are agreed.",
    )
    report_days = fields.Integer("Days for the report", default=28, help="After the end of the period.")
    response_days = fields.Integer("Days to answer a referral", default=5, required=True)
    text_reviewed = fields.Boolean(
        "Text reviewed", help="Your company has had the text template reviewed: the notice that it must be is left out."
    )

    text = fields.Text("Text as offered", readonly=True, copy=False)
    sha256 = fields.Char("SHA-256 of the text", readonly=True, copy=False)
    preview = fields.Text("How it reads", compute="_compute_preview")
    offered_at = fields.Datetime("Offered on", readonly=True, copy=False)
    company_signed_by_id = fields.Many2one("res.users", "Signed by (us)", readonly=True, copy=False, index="btree_not_null")
    company_signed_name = fields.Char("Our signature", readonly=True, copy=False)
    company_signed_at = fields.Datetime("We signed on", readonly=True, copy=False)
    company_sha256 = fields.Char("Hash that we signed", readonly=True, copy=False)
    partner_signed_by_id = fields.Many2one("res.users", "Signed by (partner)", readonly=True, copy=False, index="btree_not_null")
    partner_signed_name = fields.Char("The partner's signature", readonly=True, copy=False)
    partner_signed_function = fields.Char("Function of who signed", readonly=True, copy=False)
    partner_signed_at = fields.Datetime("The partner signed on", readonly=True, copy=False)
    partner_sha256 = fields.Char("Hash that the partner signed", readonly=True, copy=False)
    activated_at = fields.Datetime("Active since", readonly=True, copy=False)
    published_at = fields.Datetime("Offers published on", readonly=True, copy=False)
    ended_at = fields.Datetime("Ended at", readonly=True, copy=False)
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    end_reason = fields.Char("Reason for terminating", copy=False, help="Fill this in, then press “Terminate”.")
    refused_at = fields.Datetime("Sent back on", readonly=True, copy=False)
    refusal = fields.Text("What the partner wants changed", readonly=True, copy=False)

    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _version_unique = models.UniqueIndex("(company_id, number, version)", "This version of the agreement exists already.")
    _one_active = models.UniqueIndex("(company_id, number) WHERE state = 'active'", "Another version of this agreement is active.")
    _award_once = models.UniqueIndex("(award_id) WHERE version = 1", "There is an agreement from this award already.")
    _dates_in_order = models.Constraint("CHECK (date_end >= date_start)", "“Until” must not be before “From”.")
    _numbers_positive = models.Constraint(
        "CHECK (notice_months BETWEEN 0 AND 60 AND report_days BETWEEN 0 AND 366 AND response_days BETWEEN 1 AND 90)",
        "Months before the end: 0 to 60. Days for the report: 0 to 366. Days to answer a referral: 1 to 90.",
    )
    _active_is_signed = models.Constraint(
        "CHECK (state IN ('draft', 'offered') OR (COALESCE(sha256, '') <> '' AND company_sha256 = sha256 AND partner_sha256 = sha256 "
        "AND company_signed_at IS NOT NULL AND partner_signed_at IS NOT NULL))",
        "An agreement is active only when both sides have signed the same text.",
    )

    def _creation_message(self):
        """Whole, in the language of the papers: Odoo's own puts in the model's name, which demo data loads before its translation."""
        return self.with_context(lang="de_DE").env._("The agreement was begun.")

    @api.depends("date_end", "notice_months")
    def _compute_renew_by(self):
        for agreement in self:
            months = agreement.notice_months
            agreement.renew_by = agreement.date_end and months and agreement.date_end - relativedelta(months=months)

    @api.depends("number", "version", "title")
    def _compute_display_name(self):
        for agreement in self:
            number = f"{agreement.number}/{agreement.version}" if agreement.number else ""
            agreement.display_name = " · ".join(filter(None, (number, agreement.title)))

    @api.depends("number", "company_id")
    def _compute_version_count(self):
        rows = self._read_group(
            [("number", "in", self.mapped("number")), ("company_id", "in", self.company_id.ids)], ["company_id", "number"], ["__count"]
        )
        counts = {(company, number): count for company, number, count in rows}
        for agreement in self:
            agreement.version_count = counts.get((agreement.company_id, agreement.number), 0)

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for agreement in self:
            if not agreement.partner_id.is_organisation:
                raise ValidationError(
                    self.env._("Organisation: %s is not marked as a partner organisation.", agreement.partner_id.display_name)
                )

    @api.constrains("partner_id", "previous_id")
    def _check_same_partner(self):
        for agreement in self:
            if agreement.previous_id and agreement.partner_id != agreement.previous_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "Organisation: a later version is agreed with the same one, %s. Make a new agreement for another.",
                        agreement.previous_id.partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        agreements = super(SozialAgreement, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        for agreement in agreements:
            agreement._write_guarded({"number": self._next_number(agreement.company_id)})
        return agreements

    def write(self, vals):
        self._refuse_guarded(vals)
        if CONTENT & vals.keys():
            self._require_draft()
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the steps of the agreement."""
        return super().write(values)

    def _require_draft(self):
        for agreement in self:
            if agreement.state != "draft":
                raise UserError(
                    self.env._("%s is offered or signed, its text is fixed. Take the offer back, or make a new version.", agreement.number)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        for agreement in self:
            if agreement.state != "draft":
                raise UserError(self.env._("%s was offered. It is terminated, not deleted.", agreement.number))

    @api.model
    def _next_number(self, company):
        """Next number of the company, for example KV-2026-0007. Each company counts for itself."""
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "sozial.agreement"), ("company_id", "=", company.id)], limit=1)
        if not sequence:
            sequence = sequences.create(
                {
                    "name": "Social management: number of agreements", "code": "sozial.agreement", "company_id": company.id,
                    "prefix": "KV-%(range_year)s-", "padding": 4, "use_date_range": True,
                }
            )  # fmt: skip
        return sequence.next_by_id()
