from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...consent_wording import filled, label, words
from .consent_text import KINDS

# The department a consent of kind `signal` speaks to. There is no other way to it.
RENT_COLLECTION = "rent_collection"
# What the client agrees to: a signature or scan from before such a change is void.
MATERIAL = frozenset(
    {
        "kind", "text_id", "subject_id", "recipient_ids", "purpose_ids", "category_ids",
        "valid_from", "valid_until", "signer_id", "authority", "authority_proof",
    }
)  # fmt: skip
STATES = [("draft", "Draft"), ("given", "Given"), ("expired", "Expired"), ("revoked", "Revoked")]
SCOPE_OF_KIND = {"signal": "signal", "photo": "picture"}
PURPOSE_OF_KIND = {
    "art9": "counselling",
    "signal": RENT_COLLECTION,
    "interpreter": "interpreting",
    "photo": "publication",
}


class SozialConsent(models.Model):
    """Who releases whom towards whom, for which information and purposes, and how long.

    A given consent is fixed, text included; it ends by its date or by being revoked.
    Whatever depends on consents asks :meth:`_covers`.
    """

    _name = "sozial.consent"
    _description = "Consent"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "given_at desc nulls first, id desc"
    # Set by the methods of the life cycle.
    _guarded = frozenset(
        {
            "given_at", "revoked_at", "recorded_by_id", "revoked_by_id", "previous_id",
            "frozen_text", "frozen_german", "evidence_hash",
        }
    )  # fmt: skip

    kind = fields.Selection(KINDS, required=True, default="release", help="What the client agrees to.")
    subject_id = fields.Many2one(
        "res.partner",
        "Person concerned",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_subject_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Whose data it is about. A participant of the case.",
    )
    text_id = fields.Many2one(
        "sozial.consent.text",
        "Text",
        required=True,
        ondelete="restrict",
        index=True,
        compute="_compute_text_id",
        store=True,
        readonly=False,
        precompute=True,
        help="In the language of the person concerned if there is a text in it. German stands beside it on paper.",
    )
    text_reviewed_on = fields.Date("Text reviewed on", related="text_id.reviewed_on", related_sudo=False)
    recipient_ids = fields.Many2many(
        "res.partner",
        "sozial_consent_recipient_rel",
        ondelete="restrict",
        string="Towards",
        check_company=True,
        help="Persons or organisations that may be told. A consent to signals speaks to rent collection and to nobody else.",
    )
    purpose_ids = fields.Many2many(
        "sozial.consent.purpose",
        string="Purposes",
        ondelete="restrict",
        compute="_compute_purpose_ids",
        store=True,
        readonly=False,
        help="What for. For anything else the consent does not hold.",
    )
    category_ids = fields.Many2many(
        "sozial.consent.category", string="Kinds of information", ondelete="restrict", help="Nothing else may be passed on."
    )
    valid_from = fields.Date(required=True, default=fields.Date.context_today)
    valid_until = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=364),
        help="Last day on which the consent holds.",
    )

    signer_id = fields.Many2one(
        "res.partner",
        "Signed by",
        required=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_signer_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The person concerned. For a child or somebody under guardianship the guardian, with authority on record.",
    )
    is_represented = fields.Boolean("Somebody else signs", compute="_compute_is_represented")
    authority = fields.Selection(
        [("custody", "Parental custody"), ("court", "Guardian appointed by a court"), ("proxy", "Power of attorney")],
        help="Why this person may sign for the person concerned.",
    )
    authority_proof = fields.Char(
        "Proof of authority", help="What you saw: for example the certificate of appointment, with court, date and file number."
    )

    how = fields.Selection(
        [("paper", "On paper"), ("screen", "On the screen")],
        "Signed",
        required=True,
        default="paper",
        help="On paper: print, have it signed, upload the scan. On the screen: let the client read the text here and sign below.",
    )
    signed_on = fields.Date(help="The date beside the signature.", copy=False)
    signature = fields.Binary(copy=False)
    evidence = fields.Binary("Signed paper", copy=False, help="Scan or photograph of the signed paper.")
    evidence_name = fields.Char("File name of the paper", copy=False)
    evidence_hash = fields.Char("Check sum of the proof", readonly=True, copy=False)

    given_at = fields.Datetime("Recorded on", readonly=True, copy=False)
    recorded_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False, index="btree_not_null")
    revoked_at = fields.Datetime("Revoked on", readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", "Revocation recorded by", readonly=True, copy=False)
    state = fields.Selection(STATES, "Status", compute="_compute_state", search="_search_state")
    frozen_text = fields.Text("Text as signed", readonly=True, copy=False)
    frozen_german = fields.Text("German text as signed", readonly=True, copy=False)
    preview = fields.Html("What is signed", compute="_compute_preview", sanitize=False)
    previous_id = fields.Many2one(
        "sozial.consent", "Renewal of", readonly=True, copy=False, index="btree_not_null", ondelete="set null", check_company=True
    )
    renewal_ids = fields.One2many("sozial.consent", "previous_id", "Renewals", readonly=True)
    case_partner_ids = fields.Many2many("res.partner", compute="_compute_case_partner_ids")
    category_scope = fields.Char(compute="_compute_category_scope")

    _period_in_order = models.Constraint(
        "CHECK (valid_until >= valid_from)", "Valid until lies before valid from. Correct one of the two dates."
    )
    _given_is_complete = models.Constraint(
        "CHECK (given_at IS NULL OR (signed_on IS NOT NULL AND recorded_by_id IS NOT NULL "
        "AND COALESCE(frozen_text, '') <> '' AND COALESCE(evidence_hash, '') <> ''))",
        "A given consent needs the date of the signature, its proof and the text as signed.",
    )
    _authority_recorded = models.Constraint(
        "CHECK (given_at IS NULL OR signer_id = subject_id "
        "OR (authority IS NOT NULL AND COALESCE(TRIM(authority_proof), '') <> ''))",
        "Proof of authority: nobody consents for somebody else without recorded authority.",
    )
    _revoked_after_given = models.Constraint(
        "CHECK (revoked_at IS NULL OR (given_at IS NOT NULL AND revoked_at >= given_at))",
        "Only a given consent can be revoked.",
    )
    _predicate = models.Index("(subject_id, valid_until) WHERE given_at IS NOT NULL AND revoked_at IS NULL")

    @api.depends("case_id.client_id")
    def _compute_subject_id(self):
        for consent in self:
            # not as superuser while it is not saved: a form may name any case
            reader = consent if consent.id else consent.sudo(False)
            consent.subject_id = reader.subject_id or reader.case_id.client_id

    @api.depends("subject_id")
    def _compute_signer_id(self):
        for consent in self:
            consent.signer_id = consent.signer_id if consent.given_at else consent.subject_id

    @api.depends("kind", "subject_id")
    def _compute_text_id(self):
        texts = self.env["sozial.consent.text"]
        for consent in self:
            fits = consent.given_at or (consent.text_id and consent.text_id.kind == consent.kind)
            consent.text_id = consent.text_id if fits else texts._best_for(consent.kind, consent.subject_id.language_ids)

    @api.depends("kind")
    def _compute_purpose_ids(self):
        purposes = self.env["sozial.consent.purpose"]
        for consent in self:
            code = PURPOSE_OF_KIND.get(consent.kind)
            if code and not consent.given_at:
                consent.purpose_ids = purposes.search([("code", "=", code)], limit=1)
            else:
                consent.purpose_ids = consent.purpose_ids

    @api.depends("signer_id", "subject_id")
    def _compute_is_represented(self):
        for consent in self:
            consent.is_represented = bool(consent.signer_id) and consent.signer_id != consent.subject_id

    @api.depends("case_id.participant_ids.partner_id")
    def _compute_case_partner_ids(self):
        for consent in self:
            consent.case_partner_ids = consent.case_id.participant_ids.partner_id

    @api.depends("kind")
    def _compute_category_scope(self):
        for consent in self:
            consent.category_scope = SCOPE_OF_KIND.get(consent.kind, "data")

    @api.depends("given_at", "revoked_at", "valid_until")
    def _compute_state(self):
        today = self._day_of(fields.Datetime.now())
        for consent in self:
            if not consent.given_at:
                consent.state = "draft"
            elif consent.revoked_at:
                consent.state = "revoked"
            else:
                consent.state = "expired" if consent.valid_until < today else "given"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._day_of(fields.Datetime.now())
        standing = Domain("given_at", "!=", False) & Domain("revoked_at", "=", False)
        of_state = {
            "draft": Domain("given_at", "=", False),
            "given": standing & Domain("valid_until", ">=", today),
            "expired": standing & Domain("valid_until", "<", today),
            "revoked": Domain("revoked_at", "!=", False),
        }
        return Domain.OR(of_state[state] for state in value if state in of_state)

    @api.depends("frozen_text", *sorted(MATERIAL))
    def _compute_preview(self):
        texts = self.env["sozial.consent.text"]
        for consent in self:
            body = consent.frozen_text or consent._filled_text(consent.text_id)
            consent.preview = texts._as_html(body, consent.text_id.language_id.code) if body else False

    @api.constrains("subject_id", "signer_id", "case_id")
    def _check_subject(self):
        for consent in self:
            if consent.subject_id not in consent.case_partner_ids:
                raise ValidationError(self.env._("Person concerned: choose a participant of this case."))

    @api.constrains("kind", "text_id", "recipient_ids", "category_ids")
    def _check_kind(self):
        for consent in self:
            if consent.text_id.kind != consent.kind:
                raise ValidationError(self.env._("Text: this text is for another kind of consent."))
            if consent.kind == "signal" and consent.recipient_ids:
                raise ValidationError(
                    self.env._("Towards: a consent to signals speaks to rent collection and to nobody else. Leave this empty.")
                )
            if set(consent.category_ids.mapped("scope")) - {consent.category_scope}:
                raise ValidationError(
                    self.env._("Kinds of information: coded signals belong to a consent to signals, pictures to one for photographs.")
                )

    @api.onchange(*sorted(MATERIAL))
    def _onchange_material(self):
        """Who signed another text than this one has not signed."""
        self.signature = False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(SozialConsent, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        if any(consent.given_at for consent in self):
            raise UserError(
                self.env._("A given consent is fixed. Revoke it, or renew it: that makes a draft you can change.")
            )
        self._refuse_guarded(vals)
        if MATERIAL & vals.keys():
            vals = {"signature": False, "evidence": False, **vals}
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard, as the current user. For the methods that own these fields."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if any(consent.given_at for consent in self):
            raise UserError(self.env._("A given consent is not deleted: it tells what was allowed. Revoke it instead."))

    def _filled_text(self, text):
        """The text with names, kinds of information, purposes and dates of this consent filled in."""
        self.ensure_one()
        if not text.body or not self.subject_id:
            return ""
        code = text.language_id.code
        word = words(code)
        who = [f"{word['name']}: {self.subject_id.name}"]
        if self.subject_id.birth_date:
            who.append(f"{word['born']}: {self._date_text(self.subject_id.birth_date)}")
        if self.is_represented:
            authority = label(code, "authority", self.authority, "")
            who.append(f"{word['signed_by']}: {self.signer_id.name} ({authority}: {self.authority_proof or ''})")
        receiver = word["recipient"] if self.kind == "photo" else word["towards"]
        if self.kind == "signal":
            who.append(f"{receiver}: {word['department']}, {self.company_id.name}")
        who += [f"{receiver}: {partner.name}" for partner in self.recipient_ids]
        return filled(
            text.body,
            {
                "who": who,
                "data": [label(code, "category", one.code, one.name) for one in self.category_ids],
                "purpose": [label(code, "purpose", one.code, one.name) for one in self.purpose_ids],
                "duration": [
                    f"{word['from']}: {self._date_text(self.valid_from)}",
                    f"{word['until']}: {self._date_text(self.valid_until)}",
                ],
            },
        )

    @api.model
    def _date_text(self, day):
        """A day as German authorities write it, which every language of the texts understands."""
        return day.strftime("%d.%m.%Y") if day else ""
