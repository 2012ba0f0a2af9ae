from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..money import euro

STATES = [
    ("prepared", "In preparation"),
    ("filed", "Filed"),
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("objection", "Objection filed"),
    ("withdrawn", "Withdrawn"),
]


class SozialBenefitApplication(models.Model):
    """An application for a benefit: its documents, the days that count, and what came of it.

    The day of the informal letter is the day of the application. The notice sets the period for
    an objection going, the end of the grant the renewal: both become deadlines of the case.
    """

    _name = "sozial.benefit.application"
    _description = "Application for a benefit"
    _inherit = ["sozial.guarded", "sozial.confidential"]
    _anonymise = "delete"
    _order = "create_date desc, id desc"
    _guarded = frozenset({"state", "objection_deadline_id", "renewal_deadline_id", "amount_year", "expected", "quarter_id"})

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    benefit_id = fields.Many2one("sozial.benefit", "Benefit", required=True, index=True, ondelete="restrict")
    check_id = fields.Many2one(
        "sozial.benefit.check", "Pre-check", index="btree_not_null", ondelete="restrict", domain="[('case_id', '=', case_id)]"
    )
    state = fields.Selection(STATES, "Status", required=True, readonly=True, copy=False, default="prepared", index=True)
    advice = fields.Text(related="benefit_id.advice")
    informal_on = fields.Date(
        "Informal letter on", help="An informal letter keeps the month. Its day is the day of the application (§ 16 SGB I)."
    )
    filed_on = fields.Date("Form filed on")
    reference = fields.Char("File number", help="Of the authority; stands on every letter.")
    posted_on = fields.Date(
        "Notice posted on",
        help="The date on the notice or its envelope. It counts as received on the fourth day after (§ 37 (2) SGB X).")
    received_on = fields.Date(
        "Notice received on", compute="_compute_received_on", store=True, precompute=True, readonly=False,
        help="Proposed from the posting; enter the real day if it came later and that can be shown.",
    )  # fmt: skip
    objection_until = fields.Date(
        "Objection until", compute="_compute_objection_until", help="One month after the notice was received (§ 84 SGG, § 70 VwGO)."
    )
    objection_on = fields.Date("Objection filed on")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_month = fields.Monetary("Granted a month")
    valid_from = fields.Date("From")
    valid_to = fields.Date("Until", help="The last day of the grant. Two months before it the renewal has to be asked for.")
    amount_year = fields.Monetary(
        "A year", compute="_compute_amount_year", store=True, help="What the grant brings in twelve months, or until it ends."
    )
    comparison = fields.Char("Expected and granted", compute="_compute_comparison")
    note = fields.Text()
    document_ids = fields.One2many("sozial.benefit.application.document", "application_id", "Documents", copy=True)
    documents_missing = fields.Integer("Documents missing", compute="_compute_documents_missing")
    objection_deadline_id = fields.Many2one(
        "sozial.deadline", "Deadline of the objection", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    renewal_deadline_id = fields.Many2one(
        "sozial.deadline", "Deadline of the renewal", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    _dates_in_order = models.Constraint("CHECK (valid_to IS NULL OR valid_from <= valid_to)", "Until: the end lies before the start.")
    _amount_not_negative = models.Constraint("CHECK (COALESCE(amount_month, 0) >= 0)", "Granted a month: this cannot be negative.")
    _filed_dated = models.Constraint(
        "CHECK (state IN ('prepared', 'withdrawn') OR filed_on IS NOT NULL OR informal_on IS NOT NULL)",
        "A filed application needs the day of the letter or of the form.",
    )
    _granted_complete = models.Constraint(
        "CHECK (state <> 'granted' OR (amount_month > 0 AND valid_from IS NOT NULL))", "A grant needs its amount and its first day."
    )
    _of_a_case = models.Index("(case_id, state)")

    @api.depends("case_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.depends("posted_on")
    def _compute_received_on(self):
        for one in self:
            one.received_on = self._fictional_receipt(one.posted_on) if one.posted_on else one.received_on

    @api.model
    def _fictional_receipt(self, posted_on):
        """The fourth day after posting, the third for a posting before 2025 (§ 37 (2) SGB X)."""
        return fields.Date.add(posted_on, days=4 if posted_on.year >= 2025 else 3)

    @api.depends("received_on", "company_id")
    def _compute_objection_until(self):
        rule = self.env.ref("sozial_management.deadline_rule_authority_objection", raise_if_not_found=False)
        for one in self:
            one.objection_until = rule._due(one.received_on, one._state_of_holidays()) if rule and one.received_on else False

    def _state_of_holidays(self):
        return self.company_id.sozial_federal_state or "NI"

    @api.depends("amount_month", "valid_from", "valid_to")
    def _compute_amount_year(self):
        for one in self:
            months = 12
            if one.valid_from and one.valid_to:
                months = (one.valid_to.year - one.valid_from.year) * 12 + one.valid_to.month - one.valid_from.month + 1
            one.amount_year = one.amount_month * max(min(months, 12), 0)

    @api.depends("check_id.result", "benefit_id.code", "amount_month", "state")
    @api.depends_context("lang")
    def _compute_comparison(self):
        for one in self:
            one.comparison = one._compared()

    def _compared(self):
        """»Expected about 271 €, granted 264 €«: what the pre-check said beside the decision."""
        found = (self.check_id.result or {}).get(self.benefit_id.code)
        if not found:
            return False
        expected = self.check_id._band(found) or self.env._("nothing")
        if self.state == "granted":
            return self.env._("Expected: %(expected)s. Granted: %(granted)s.", expected=expected, granted=euro(self.env, self.amount_month))
        if self.state in ("refused", "objection"):
            return self.env._("Expected: %(expected)s. Refused.", expected=expected)
        return self.env._("Expected: %(expected)s.", expected=expected)

    @api.depends("document_ids.received_on", "document_ids.if_applicable")
    def _compute_documents_missing(self):
        for one in self:
            one.documents_missing = len(one.document_ids.filtered(lambda row: not row.received_on and not row.if_applicable))

    @api.constrains("informal_on", "filed_on", "posted_on", "received_on", "objection_on")
    def _check_days(self):
        for one in self:
            today = fields.Date.context_today(one)
            for name in ("informal_on", "filed_on", "posted_on", "objection_on"):
                if one[name] and one[name] > today:
                    raise ValidationError(self.env._("%s: this day is still to come.", one._fields[name]._description_string(self.env)))
            if one.posted_on and one.received_on and one.received_on < one.posted_on:
                raise ValidationError(self.env._("Notice received on: this lies before the posting."))

    @api.constrains("check_id")
    def _check_check_id(self):
        if any(one.check_id and one.check_id.case_id != one.case_id for one in self):
            raise ValidationError(self.env._("Pre-check: it belongs to another case."))

    @api.onchange("benefit_id")
    def _onchange_benefit_id(self):
        if not any(self.document_ids.mapped("file")):
            self.document_ids = [Command.clear(), *self._checklist(self.benefit_id)]

    @api.model
    def _checklist(self, benefit):
        """Commands for the documents that the benefit asks for."""
        return [
            Command.create({"name": line.name, "hint": line.hint, "if_applicable": line.if_applicable, "sequence": line.sequence})
            for line in benefit.document_ids
        ]

    @api.model_create_multi
    def create(self, vals_list):
        """Each application comes with the checklist of its benefit, unless it brings documents of its own."""
        benefits = self.env["sozial.benefit"]
        for vals in vals_list:
            self._refuse_guarded(vals)
        filled = [
            vals if "document_ids" in vals else {**vals, "document_ids": self._checklist(benefits.browse(vals.get("benefit_id")))}
            for vals in vals_list
        ]
        applications = super(SozialBenefitApplication, self._without_guarded_defaults()).create(filled).with_env(self.env)
        applications.case_id._require_not_ended()
        return applications

    def write(self, vals):
        self._refuse_guarded(vals)
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def copy(self, default=None):
        """Refused: an application is renewed, so that its days are its own."""
        raise UserError(self.env._("An application is not duplicated. Use »Renew«."))

    @api.ondelete(at_uninstall=False)
    def _unlink_prepared(self):
        if any(one.state != "prepared" for one in self):
            raise UserError(self.env._("A filed application is part of what happened. Withdraw it instead of deleting it."))
