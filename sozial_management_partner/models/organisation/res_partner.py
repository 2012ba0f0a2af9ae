from odoo import api, fields, models
from odoo.exceptions import UserError

LEGAL_FORMS = [
    ("ev", "Registered association (e. V.)"),
    ("association", "Association without registration"),
    ("ggmbh", "Non-profit limited company (gGmbH)"),
    ("gmbh", "Limited company (GmbH)"),
    ("foundation", "Foundation"),
    ("public", "Body under public law"),
    ("church", "Church or religious community"),
    ("cooperative", "Cooperative (eG)"),
    ("initiative", "Initiative without legal form"),
    ("other", "Another form"),
]
# proper names: not translated
UMBRELLAS = [
    ("awo", "Arbeiterwohlfahrt"),
    ("caritas", "Caritas"),
    ("paritaet", "Der Paritätische"),
    ("drk", "Deutsches Rotes Kreuz"),
    ("diakonie", "Diakonie"),
    ("zwst", "ZWST"),
]
# set by the buttons only
VERIFICATION = frozenset({"organisation_verified_at", "organisation_verified_by_id"})


class ResPartner(models.Model):
    """A contact as partner organisation: a welfare association, a club, a company with a social purpose."""

    _inherit = "res.partner"

    is_organisation = fields.Boolean(
        "Partner organisation", index=True, help="Answers calls, runs offers with us, takes referrals."
    )
    legal_form = fields.Selection(LEGAL_FORMS)
    umbrella = fields.Selection(
        "_selection_umbrella",
        "Umbrella association",
        help="The federation (Spitzenverband) it belongs to.",
    )
    work_field_ids = fields.Many2many(
        "sozial.topic", "sozial_organisation_topic_rel", "partner_id", "topic_id", "Fields of work",
        help="Life situations in which the organisation helps.",
    )
    work_quarter_ids = fields.Many2many(
        "sozial.quarter", "sozial_organisation_quarter_rel", "partner_id", "quarter_id", "Works in",
        check_company=True, help="Quarters in which it works. Empty: everywhere.",
    )
    work_language_ids = fields.Many2many(
        "sozial.language", "sozial_organisation_language_rel", "partner_id", "language_id", "Speaks",
        help="Languages in which it advises, besides German.",
    )
    capacity = fields.Text(
        help="What it can take on, for example “two counsellors, 20 hours a week; groups up to 15 people”."
    )
    evidence_ids = fields.One2many("sozial.evidence", "partner_id", "Evidence")
    organisation_verified_at = fields.Datetime("Verified on", readonly=True, copy=False)
    organisation_verified_by_id = fields.Many2one("res.users", "Verified by", readonly=True, copy=False)
    is_verified = fields.Boolean(
        "Verified", compute="_compute_is_verified", search="_search_is_verified",
        help="Somebody of ours has compared what the organisation says about itself with its papers.",
    )

    @api.model
    def _selection_umbrella(self):
        other = self.env._("Another umbrella association")
        none = self.env._("No umbrella association")
        return [*UMBRELLAS, ("other", other), ("none", none)]

    @api.depends("organisation_verified_at")
    def _compute_is_verified(self):
        for partner in self:
            partner.is_verified = bool(partner.organisation_verified_at)

    def _search_is_verified(self, operator, value):
        if operator != "in":
            return NotImplemented
        if len(value) > 1:
            return fields.Domain.TRUE
        return [("organisation_verified_at", "!=" if True in value else "=", False)]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_verification(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_verification(vals)
        return super().write(vals)

    def action_verify_organisation(self):
        """Note that the organisation's papers were compared with what it says, by whom and when."""
        self._require_procurement()
        for partner in self:
            if not partner.is_organisation:
                raise UserError(self.env._("%s is not marked as a partner organisation.", partner.display_name))
        self._write_verification(fields.Datetime.now(), self.env.user)

    def action_unverify_organisation(self):
        """Take the note back: something has changed, or it was wrong."""
        self._require_procurement()
        self._write_verification(False, self.env["res.users"])

    def _require_procurement(self):
        self.check_access("write")
        if not self.env.user.has_group("sozial_management_partner.group_sozial_procurement"):
            raise UserError(self.env._("Only colleagues who run calls verify organisations."))

    def _write_verification(self, moment, user):
        super().write({"organisation_verified_at": moment, "organisation_verified_by_id": user.id})

    @api.model
    def _refuse_verification(self, vals):
        """Stop values that only the buttons set.

        :raise UserError: names the field
        """
        for name in sorted(VERIFICATION & vals.keys()):
            if vals[name]:
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("%s: this is not set directly. Use the button “Verify”.", label))
