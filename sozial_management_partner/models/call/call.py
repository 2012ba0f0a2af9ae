import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

STATES = [
    ("draft", "Draft"),
    ("checked", "Legally checked"),
    ("published", "Published"),
    ("opened", "Opened"),
    ("reviewed", "Reviewed"),
    ("decided", "Decided"),
    ("concluded", "Concluded"),
    ("cancelled", "Called off"),
]
PROCEDURES = [
    ("market", "Market exploration (§ 7 BHO/LHO)"),
    ("partner", "Selection of a partner without public contract"),
    ("uvgo", "Public contract for social services (§ 49 UVgO)"),
    ("vgv", "Public contract above the EU threshold (§ 64 VgV)"),
]
TIE_RULES = [
    ("weight", "The higher score in the criterion with the greatest weight, then a drawn lot"),
    ("lot", "A drawn lot"),
]
# May be changed at any time: says nothing about the procedure. The panel has rules of its own (`sozial.review.member`).
FREE_FIELDS = frozenset({"user_id", "note", "active", "member_ids"})
# Belongs to the chatter and the activities.
FREE_PREFIXES = ("message_", "activity_", "website_message")


class SozialCall(models.Model):
    """A call for expressions of interest (Interessenbekundungsverfahren).

    After publication everything that bidders rely on is frozen; it changes by a new version only,
    with a reason and a notice to all (`call_change.py`). `state` moves in `_move` only.
    """

    _name = "sozial.call"
    _description = "Call for expressions of interest"
    _inherit = ["sozial.guarded", "mail.thread", "mail.activity.mixin", "sozial.portal.readable"]
    _order = "deadline desc, id desc"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True

    _guarded = frozenset(
        {"number", "state", "checked_at", "checker_id", "check_note", "published_at", "opened_at", "current_version_id", "token",
         "company_id", "ended_at", "anonymised_on", "public_key"}
    )  # fmt: skip
    _portal_fields = frozenset(
        {"id", "display_name", "active", "number", "name", "summary", "state", "phase", "procedure", "access", "tz", "published_at",
         "questions_until", "deadline", "deadline_text", "questions_text", "lot_ids", "criterion_ids", "section_ids", "question_ids",
         "version_ids", "current_version_id", "contact_name", "contact_phone", "contact_email", "company_id", "tie_rule", "token"}
    )  # fmt: skip

    number = fields.Char("File number", required=True, readonly=True, copy=False, default="/")
    name = fields.Char("Title", required=True, index="trigram", help="What is looked for, and where, in one line.")
    active = fields.Boolean(default=True)
    summary = fields.Text("Short text", help="Two or three plain sentences for the public list: who is looked for, for what.")
    note = fields.Text("Internal note")
    company_id = fields.Many2one(
        "res.company", "Company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    procedure = fields.Selection(
        PROCEDURES,
        "Kind of procedure",
        required=True,
        default="partner",
        help="Which law applies. Texts of the notice and waiting periods follow from it. A second person checks the choice "
        "before publication.",
    )
    access = fields.Selection(
        [("open", "Open to everybody"), ("invited", "Invited organisations only")],
        "Who may take part",
        required=True,
        default="open",
    )
    invited_ids = fields.Many2many(
        "res.partner", "sozial_call_invited_rel", "call_id", "partner_id", "Invited organisations",
        check_company=True, domain="[('is_organisation', '=', True)]", copy=True,
    )
    tz = fields.Selection(
        _tz_get, "Time zone", required=True, default="Europe/Berlin", help="Deadlines are meant in the local time of this zone."
    )
    user_id = fields.Many2one(
        "res.users", "Officer", index="btree_not_null", check_company=True, domain="[('share', '=', False)]",
        default=lambda self: self.env.user, help="Runs the call and answers for it.",
    )
    contact_name = fields.Char("Public contact", compute="_compute_contact", store=True, readonly=False, precompute=True)
    contact_phone = fields.Char("Public phone", compute="_compute_contact", store=True, readonly=False, precompute=True)
    contact_email = fields.Char("Public e-mail", compute="_compute_contact", store=True, readonly=False, precompute=True)
    checker_id = fields.Many2one("res.users", "Legally checked by", readonly=True, copy=False, index="btree_not_null")
    checked_at = fields.Datetime("Legally checked on", readonly=True, copy=False)
    check_note = fields.Text("Result of the legal check", readonly=True, copy=False)
    state = fields.Selection(
        STATES, "Status", required=True, readonly=True, copy=False, default="draft", index=True, group_expand=True
    )
    phase = fields.Selection(
        [
            ("preparing", "In preparation"),
            ("questions", "Questions and submissions"),
            ("submission", "Submissions"),
            ("closed", "Closed"),
            ("concluded", "Concluded"),
            ("cancelled", "Called off"),
        ],
        compute="_compute_phase",
        help="Follows from the clock.",
    )
    published_at = fields.Datetime("Published on", readonly=True, copy=False)
    questions_until = fields.Datetime("Questions until", copy=False, help="Questions that come later are not answered.")
    deadline = fields.Datetime(
        "Deadline for submissions", copy=False, index=True,
        help="A submission counts if it is complete by this second. It can only be moved later.",
    )
    questions_text = fields.Char("Questions until, in local time", compute="_compute_local_texts")
    deadline_text = fields.Char("Deadline, in local time", compute="_compute_local_texts")
    opened_at = fields.Datetime(
        "Opened on", readonly=True, copy=False, index=True, help="Until then nobody but the bidders reads a submission."
    )
    standstill_days = fields.Integer(
        "Waiting period (days)", default=10, help="Days between the last refusal and the award. 0: none."
    )
    tie_rule = fields.Selection(TIE_RULES, "If points are equal", required=True, default="weight")
    lot_ids = fields.One2many("sozial.call.lot", "call_id", "Lots", copy=True)
    criterion_ids = fields.One2many("sozial.call.criterion", "call_id", "Criteria", copy=True)
    section_ids = fields.One2many("sozial.call.section", "call_id", "Sections of the notice", copy=True)
    version_ids = fields.One2many("sozial.call.version", "call_id", "Versions")
    current_version_id = fields.Many2one("sozial.call.version", "Version in force", readonly=True, copy=False)
    question_ids = fields.One2many("sozial.call.question", "call_id", "Questions")
    token = fields.Char(readonly=True, copy=False, index=True, default=lambda self: secrets.token_hex(16))

    _number_unique = models.Constraint("UNIQUE (company_id, number)", "This file number is taken.")
    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _standstill = models.Constraint(
        "CHECK (standstill_days IS NOT NULL AND standstill_days BETWEEN 0 AND 60)", "Waiting period: enter 0 to 60 days."
    )
    _questions_before_deadline = models.Constraint(
        "CHECK (questions_until IS NULL OR deadline IS NULL OR questions_until <= deadline)",
        "Questions until: choose a time before the deadline for submissions.",
    )
    _published_is_complete = models.Constraint(
        "CHECK (published_at IS NULL OR (deadline IS NOT NULL AND deadline > published_at AND checked_at IS NOT NULL))",
        "A published call has a deadline in the future and a recorded legal check.",
    )
    _opened_after_deadline = models.Constraint(
        "CHECK (opened_at IS NULL OR (published_at IS NOT NULL AND opened_at > deadline))",
        "Submissions are opened after the deadline only.",
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for call in self:
            call.display_name = call.name if call.number in (False, "/") else f"{call.number} {call.name}"

    @api.depends("user_id")
    def _compute_contact(self):
        for call in self:
            if call.user_id and not call.contact_name:
                call.contact_name = call.user_id.name
                call.contact_phone = call.user_id.phone
                call.contact_email = call.user_id.email

    @api.model
    def _check_company_domain(self, companies):
        """What a form offers: as long as no call is chosen, the record has no company yet, and every
        call that the rules show may be chosen. Odoo would offer those without a company: none.
        """
        return super()._check_company_domain(companies) if companies else Domain.TRUE

    @api.constrains("checker_id", "user_id")
    def _check_second_person(self):
        for call in self:
            if call.checker_id and call.checker_id == call.user_id:
                raise ValidationError(self.env._("Legally checked by: the check needs a second person beside the officer."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded({name: value for name, value in vals.items() if name != "company_id"})
            vals["number"] = self._next_number(vals.get("company_id") or self.env.company.id)
        calls = super(SozialCall, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        calls._add_missing_sections()
        return calls

    def write(self, vals):
        self._refuse_guarded(vals)
        if any(not self._is_free_field(name) for name in vals):
            self._require_unfrozen()
            self._forget_check()
        return super().write(vals)

    @api.model
    def _is_free_field(self, name):
        return name in FREE_FIELDS or name.startswith(FREE_PREFIXES)

    def _write_guarded(self, values):
        """Write past the guard, as the current user. For the methods that own these fields."""
        return super().write(values)

    def _require_unfrozen(self):
        """Stop changes of what is published.

        :raise UserError: names the call and the way on
        """
        for call in self:
            if call.published_at:
                raise UserError(
                    self.env._(
                        "%s is published, so its content is frozen. Use “Change the call”: a new version with a reason "
                        "and a notice to all.",
                        call.number,
                    )
                )
            if call.state == "cancelled":
                raise UserError(self.env._("%s is cancelled and stays as it is.", call.number))

    def _forget_check(self):
        """Whatever changes after the legal check needs a new one."""
        checked = self.filtered(lambda call: call.state == "checked")
        if checked:
            checked._write_guarded({"state": "draft", "checked_at": False, "checker_id": False})

    @api.model
    def _next_number(self, company_id):
        """Next file number of the company, for example IBV-2026-0007. Each company counts for itself."""
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "sozial.call"), ("company_id", "=", company_id)], limit=1)
        if not sequence:
            sequence = sequences.create(
                {
                    "name": "Social management: file number of calls",
                    "code": "sozial.call",
                    "company_id": company_id,
                    "prefix": "IBV-%(range_year)s-",
                    "padding": 4,
                    "use_date_range": True,
                }
            )
        return sequence.next_by_id()

    def _creation_message(self):
        """Whole, in the language of the papers: Odoo's own puts in the model's name, which demo data loads before its translation."""
        return self._german().env._("The call was begun.")

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for call in self:
            if call.published_at:
                raise UserError(self.env._("%s was published. Cancel or archive it: its file must stay.", call.number))
