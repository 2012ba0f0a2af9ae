from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SozialMediationAgreement(models.Model):
    """What the parties agreed on, in their own words; signed by each of them.

    From the first signature on it stays as it is; whoever wants other words makes a new version.
    """

    _name = "sozial.mediation.agreement"
    _description = "Agreement of a mediation"
    _inherit = "sozial.mediation.part"
    _anonymise = "delete"
    _order = "id desc"
    _guarded = frozenset({"state"})

    version = fields.Integer(compute="_compute_version")
    text = fields.Text(
        "What was agreed", required=True, help="One sentence a line: who does what, from when on. Each line becomes a point."
    )
    day = fields.Date("Agreed on", required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("draft", "Being signed"), ("signed", "Signed by all"), ("replaced", "Replaced")],
        required=True, readonly=True, copy=False, default="draft",
    )  # fmt: skip
    signature_ids = fields.One2many("sozial.mediation.signature", "agreement_id", "Signatures")
    signed_count = fields.Integer("Signatures so far", compute="_compute_signed_count")

    _one_holds = models.UniqueIndex("(mediation_id) WHERE state <> 'replaced'", "There is an agreement already. Make a new version of it.")

    @api.depends("mediation_id.agreement_ids")
    def _compute_version(self):
        for agreement in self:
            versions = sorted(agreement.mediation_id.agreement_ids.ids)
            agreement.version = versions.index(agreement.id) + 1 if agreement.id in versions else len(versions) + 1

    @api.depends("signature_ids")
    def _compute_signed_count(self):
        for agreement in self:
            agreement.signed_count = len(agreement.signature_ids)

    @api.constrains("text")
    def _check_text(self):
        if any(not agreement.text.strip() for agreement in self):
            raise ValidationError(self.env._("What was agreed: write at least one sentence."))

    @api.constrains("day")
    def _check_day(self):
        if any(agreement.day > fields.Date.context_today(agreement) for agreement in self):
            raise ValidationError(self.env._("Agreed on: this day is still to come."))

    @api.model_create_multi
    def create(self, vals_list):
        mediations = self._mediations_named(vals_list)
        if mediations:
            mediations.check_access("write")
            mediations._lock()
            mediations._require_all_willing()
        return super().create(vals_list)

    def write(self, vals):
        self._require_unsigned()
        self.mediation_id._require_changeable({"agreement_ids"})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unsigned(self):
        self._require_unsigned()

    def _require_unsigned(self):
        """Stop changes after the first signature.

        :raise UserError: says what to do instead
        """
        if self.signature_ids or any(one.state != "draft" for one in self):
            raise UserError(self.env._("Somebody has signed: the words stay as they are. Make a new version."))

    def _points(self):
        """The agreement line by line, as it is printed."""
        return [line.strip(" -•\t") for line in self.text.splitlines() if line.strip(" -•\t")]

    def action_signed_by_all(self):
        """All who have not signed yet did so today on paper, as at the end of a session."""
        self.ensure_one()
        self.check_access("write")
        left = self.mediation_id.party_ids - self.signature_ids.party_id
        self.signature_ids.create([{"agreement_id": self.id, "party_id": party.id} for party in left])
        return True

    def action_new_version(self):
        """Replace the words by new ones, which all sign anew; the old version stays readable."""
        self.ensure_one()
        self.check_access("write")
        mediation = self.mediation_id
        mediation._require_mediator()
        mediation._lock()
        if self.state != "draft":
            raise UserError(self.env._("Signed by all: the agreement stands. For other words begin a new mediation."))
        mediation._require_all_willing()
        self._write_guarded({"state": "replaced"})
        self.flush_recordset(["state"])
        self.create({"mediation_id": mediation.id, "text": self.text})
        return mediation._action_open()
