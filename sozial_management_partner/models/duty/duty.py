from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing.receipt import new_token

OPEN = ("due", "returned")
GUARDED = frozenset(
    {"agreement_id", "period_start", "period_end", "due_date", "state", "token", "version", "submitted_at", "submitted_by_id",
     "submitted_name", "returned_at", "returned_by_id", "return_reason", "accepted_at", "accepted_by_id", "soon_reminded_at",
     "late_reminded_at"}
)  # fmt: skip


class SozialAgreementDuty(models.AbstractModel):
    """What an agreement asks of the partner for a period: handed in, returned with a reason, or accepted.

    The company's calendar makes it, the partner fills it in, the company decides. What was handed
    in is kept as a version each time; after the acceptance nothing changes.
    """

    _name = "sozial.agreement.duty"
    _description = "Due by an agreement"
    _inherit = ["sozial.guarded", "sozial.portal.readable"]
    _order = "due_date desc, id desc"
    # Set by the steps.
    _guarded = GUARDED

    agreement_id = fields.Many2one("sozial.agreement", "Agreement", required=True, readonly=True, index=True, ondelete="restrict")
    agreement_number = fields.Char("Number of the agreement", related="agreement_id.number", store=True, precompute=True)
    company_id = fields.Many2one(related="agreement_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one("res.partner", "Organisation", related="agreement_id.partner_id", store=True, precompute=True, index=True)
    period_start = fields.Date("From", required=True, readonly=True)
    period_end = fields.Date("Until", required=True, readonly=True)
    due_date = fields.Date("Due on", required=True, readonly=True, index=True)
    state = fields.Selection("_selection_state", "Status", required=True, readonly=True, default="due", index=True)
    token = fields.Char(readonly=True, copy=False, required=True, default=lambda self: new_token())
    version = fields.Integer(readonly=True, default=0, aggregator=None, help="How often it was handed in.")
    version_ids = fields.One2many("sozial.agreement.duty.version", compute="_compute_version_ids", string="Handed in")
    decision = fields.Text("What is missing", help="Fill this in, then press “Return”. The partner reads it.")
    submitted_at = fields.Datetime("Handed in on", readonly=True)
    submitted_by_id = fields.Many2one("res.users", "Handed in by", readonly=True, index="btree_not_null")
    submitted_name = fields.Char("Confirmed by", readonly=True)
    returned_at = fields.Datetime("Returned on", readonly=True)
    returned_by_id = fields.Many2one("res.users", "Returned by", readonly=True, index="btree_not_null")
    return_reason = fields.Text("Why it was returned", readonly=True)
    accepted_at = fields.Datetime("Accepted on", readonly=True)
    accepted_by_id = fields.Many2one("res.users", "Accepted by", readonly=True, index="btree_not_null")
    soon_reminded_at = fields.Datetime(readonly=True)
    late_reminded_at = fields.Datetime(readonly=True)

    @api.model
    def _selection_state(self):
        _ = self.env._
        states = {"due": _("Waits for the partner"), "submitted": _("Handed in"), "returned": _("Returned"), "accepted": _("Accepted")}
        return list(states.items())

    @api.depends("agreement_number", "partner_id", "period_start", "period_end")
    def _compute_display_name(self):
        for duty in self:
            duty.display_name = f"{duty.agreement_number} · {duty._period_text()}" if duty.period_start else False

    def _period_text(self):
        self.ensure_one()
        return f"{self.period_start:%d.%m.%Y} – {self.period_end:%d.%m.%Y}"

    def _compute_version_ids(self):
        rows = self.env["sozial.agreement.duty.version"].search([("model", "=", self._name), ("res_id", "in", self.ids)], limit=10000)
        for duty in self:
            duty.version_ids = rows.filtered(lambda one, duty=duty: one.res_id == duty.id)

    def write(self, vals):
        self._refuse_guarded(vals)
        self._require_not_accepted()
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the steps."""
        return super().write(values)

    def _require_not_accepted(self):
        for duty in self:
            if duty.state == "accepted":
                raise UserError(self.env._("%s is accepted: it does not change any more.", duty.display_name))

    def _require_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for duty in self:
            if duty.state not in states:
                raise UserError(
                    self.env._("%(name)s is “%(state)s”: this step is not possible now.", name=duty.display_name, state=labels[duty.state])
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Reports and proofs stay: they belong to the agreement."))
