from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialFinanceApproved(models.AbstractModel):
    """Something about the money that may need a reason and the word of a second person."""

    _name = "sozial.finance.approved"
    _description = "Finances that a second person may have to approve"
    _inherit = ["sozial.guarded", "sozial.finance"]
    _guarded = frozenset({"asked_by_id", "approved_by_id", "approved_on"})

    reason = fields.Text("Reason", copy=False)
    asked_by_id = fields.Many2one("res.users", "Reason given by", readonly=True, copy=False, ondelete="restrict")
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Date("Approved on", readonly=True, copy=False)

    _approved_dated = models.Constraint(
        "CHECK ((approved_by_id IS NULL) = (approved_on IS NULL))", "An approval has a person and a day."
    )
    _second_person = models.Constraint(
        "CHECK (approved_by_id IS NULL OR approved_by_id <> asked_by_id)", "A second person approves, not the one who gave the reason."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        rows = super(SozialFinanceApproved, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        rows.filtered("reason")._write_guarded({"asked_by_id": self.env.uid})
        return rows

    def write(self, vals):
        """A new reason is approved anew."""
        self._refuse_guarded(vals)
        result = super().write(vals)
        if "reason" in vals:
            self._write_guarded({"asked_by_id": self.env.uid, "approved_by_id": False, "approved_on": False})
        return result

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def _nothing_to_approve(self):
        """Hook: why there is nothing to approve now, as a sentence; empty if there is."""
        return ""

    def action_approve(self):
        """Approve what needs a second person.

        :raise UserError: without a reason, by whoever gave it, or while nothing is to be approved
        """
        self.ensure_one()
        self.check_access("write")
        self.case_id._require_not_ended()
        if nothing := self._nothing_to_approve():
            raise UserError(nothing)
        if not (self.reason or "").strip():
            raise UserError(self.env._("Reason: write down first why this is to be done."))
        if self.asked_by_id == self.env.user:
            raise UserError(self.env._("A second person approves, not the one who gave the reason."))
        self._write_guarded({"approved_by_id": self.env.uid, "approved_on": fields.Date.context_today(self)})
        return True
