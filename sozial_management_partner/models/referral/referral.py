from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .share import STATES

CONTENT = frozenset(
    {"partner_id", "subject_id", "purpose_id", "offer_id", "need", "need_category_ids", "urgency", "two_stage", "line_ids"}
)


class SozialReferral(models.Model):
    """A client is referred to a partner: which need, what is released, what became of it.

    It belongs to the case and is as secret. The partner reads `sozial.referral.share`, which holds
    copies. It is sent only with a consent that holds now for person, partner, purpose and every
    kind of information; without it, or after it, nothing is shared. There is no override.
    """

    _name = "sozial.referral"
    _description = "Referral"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "sent_at desc nulls first, id desc"
    # Set by the steps of the referral.
    _guarded = frozenset(
        {"number", "state", "share_id", "agreement_id", "consent_id", "sent_at", "answered_at", "ended_at", "respond_by",
         "reminded_at", "decline_reason", "tenant_token", "tenant_token_until"}
    )  # fmt: skip

    number = fields.Char(readonly=True, copy=False)
    state = fields.Selection(STATES, "Status", required=True, readonly=True, copy=False, default="draft", index=True)
    subject_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict", check_company=True,
        compute="_compute_subject_id", store=True, readonly=False, precompute=True, help="Who is referred: a participant of the case.",
    )
    partner_id = fields.Many2one(
        "res.partner", "Organisation", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('id', 'in', possible_partner_ids)]", help="Only organisations with an active agreement.",
    )
    possible_partner_ids = fields.Many2many("res.partner", compute="_compute_possible_partner_ids")
    case_partner_ids = fields.Many2many("res.partner", compute="_compute_case_partner_ids")
    offer_id = fields.Many2one("sozial.offer", "Offer", index="btree_not_null", ondelete="set null", check_company=True)
    purpose_id = fields.Many2one(
        "sozial.consent.purpose", "Purpose", index="btree_not_null", ondelete="restrict",
        compute="_compute_purpose_id", store=True, readonly=False, help="Proposed from the consents that name this partner.",
    )
    need = fields.Text(help="What the person needs, in a few sentences. Without a name: the partner reads it before accepting.")
    need_category_ids = fields.Many2many(
        "sozial.consent.category", string="The need tells of", domain="[('scope', '=', 'data')]",
        compute="_compute_need_category_ids", store=True, readonly=False,
        help="Kinds of information that stand in the text. The consent must cover each.",
    )
    urgency = fields.Selection([("0", "Normal"), ("1", "Urgent"), ("2", "At once")], required=True, default="0")
    two_stage = fields.Boolean(
        "Identity only after acceptance", default=True, help="First need, quarter, language and urgency; the rest when the partner accepts."
    )
    line_ids = fields.One2many("sozial.referral.line", "referral_id", "What is shared")
    preview = fields.Html("As the partner sees it", compute="_compute_preview", sanitize=False)
    problem_text = fields.Text("Before it can be sent", compute="_compute_problem_text")

    agreement_id = fields.Many2one(
        "sozial.agreement", "Agreement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True
    )
    consent_id = fields.Many2one(
        "sozial.consent", "Consent", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True
    )
    share_id = fields.Many2one("sozial.referral.share", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    sent_at = fields.Datetime("Sent on", readonly=True, copy=False)
    respond_by = fields.Date("Answer by", readonly=True, copy=False, index="btree_not_null")
    reminded_at = fields.Datetime("Reminded on", readonly=True, copy=False)
    answered_at = fields.Datetime("Answered on", readonly=True, copy=False)
    ended_at = fields.Datetime("Ended at", readonly=True, copy=False)
    decline_reason = fields.Text("Reason for declining", readonly=True, copy=False)
    conversation = fields.Text("Messages", compute="_compute_conversation")
    reply = fields.Text("Your message", copy=False, help="Write, then press “Send message”. The partner reads it in the portal.")

    _sent_is_whole = models.Constraint(
        "CHECK (state = 'draft' OR (consent_id IS NOT NULL AND agreement_id IS NOT NULL AND share_id IS NOT NULL AND sent_at IS NOT NULL))",
        "A referral is sent only with a consent and an agreement.",
    )
    _share_once = models.Constraint("UNIQUE (share_id)", "This belongs to another referral.")

    @api.depends("number")
    def _compute_display_name(self):
        for referral in self:
            referral.display_name = referral.number or ""

    @api.depends("case_id.client_id")
    def _compute_subject_id(self):
        for referral in self:
            # not as superuser while it is not saved: a form may name any case
            reader = referral if referral.id else referral.sudo(False)
            referral.subject_id = reader.subject_id or reader.case_id.client_id

    @api.depends("case_id.participant_ids.partner_id")
    def _compute_case_partner_ids(self):
        for referral in self:
            referral.case_partner_ids = referral.case_id.participant_ids.partner_id

    @api.depends("case_id.company_id")
    def _compute_possible_partner_ids(self):
        for referral in self:
            company = referral.company_id or referral.env.company
            running = self.env["sozial.agreement"].search([("company_id", "=", company.id), ("state", "=", "active")], limit=2000)
            referral.possible_partner_ids = running.partner_id

    @api.constrains("subject_id", "case_id")
    def _check_subject(self):
        for referral in self:
            if referral.subject_id not in referral.case_partner_ids:
                raise ValidationError(self.env._("Person: choose a participant of this case."))

    @api.constrains("offer_id", "partner_id")
    def _check_offer(self):
        for referral in self:
            provider = referral.offer_id.provider_id.commercial_partner_id
            if provider and provider != referral.partner_id:
                raise ValidationError(self.env._("Offer: this offer is run by %s.", provider.name))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        referrals = super(SozialReferral, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        for referral, vals in zip(referrals, vals_list, strict=True):
            referral._write_guarded({"number": self._next_number(referral.company_id)})
            if not vals.get("line_ids"):
                referral._propose_lines()
        return referrals

    def write(self, vals):
        self._refuse_guarded(vals)
        if CONTENT & vals.keys():
            self._require_draft()
        result = super().write(vals)
        if {"partner_id", "subject_id", "purpose_id"} & vals.keys() and "line_ids" not in vals:
            self._propose_lines()
        return result

    def _write_guarded(self, values):
        """Write past the guard. For the steps of the referral."""
        return super().write(values)

    def _require_draft(self):
        for referral in self:
            if referral.state != "draft":
                raise UserError(self.env._("%s was sent: what was shared is fixed. Withdraw it, and make a new one.", referral.number))

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        for referral in self:
            if referral.state != "draft":
                raise UserError(self.env._("%s was sent. Withdraw it instead of deleting it.", referral.number))

    def unlink(self):
        """The partner's side goes with it."""
        shares = self.sudo().share_id
        result = super().unlink()
        shares.unlink()
        return result

    @api.model
    def _next_number(self, company):
        """Next number of the company, for example VM-2026-0007. Each company counts for itself."""
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "sozial.referral"), ("company_id", "=", company.id)], limit=1)
        if not sequence:
            sequence = sequences.create(
                {
                    "name": "Social management: number of referrals", "code": "sozial.referral", "company_id": company.id,
                    "prefix": "VM-%(range_year)s-", "padding": 4, "use_date_range": True,
                }
            )  # fmt: skip
        return sequence.next_by_id()
