from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialCaseHold(models.Model):
    """A legal hold: why a case must not be erased, and when somebody looks again.

    Rows come from :meth:`sozial.case.action_set_hold`, are given another day of review, and
    end once. They are never deleted by hand.
    """

    _name = "sozial.case.hold"
    _description = "Legal hold"
    _inherit = "sozial.confidential"
    _order = "lifted_at desc nulls first, review_on, id"
    _anonymise = "delete"

    reason = fields.Text(required=True, readonly=True, help="Which lawsuit, audit or complaint needs the case.")
    review_on = fields.Date(
        "Review on", required=True, readonly=True, help="On this day somebody looks whether the hold is still needed."
    )
    set_by_id = fields.Many2one(
        "res.users", "Set by", required=True, readonly=True, ondelete="restrict", index=True, default=lambda self: self.env.user
    )
    set_at = fields.Datetime("Set on", required=True, readonly=True, default=fields.Datetime.now)
    lifted_at = fields.Datetime("Lifted on", readonly=True)
    lifted_by_id = fields.Many2one("res.users", "Lifted by", readonly=True, ondelete="restrict")
    is_due = fields.Boolean("Review due", compute="_compute_is_due")

    _one_at_a_time = models.UniqueIndex("(case_id) WHERE lifted_at IS NULL", "The case is under legal hold already.")
    _reviews = models.Index("(review_on) WHERE lifted_at IS NULL")

    @api.depends("review_on", "lifted_at")
    def _compute_is_due(self):
        today = fields.Date.context_today(self)
        for hold in self:
            hold.is_due = not hold.lifted_at and hold.review_on <= today

    def write(self, vals):
        raise UserError(self.env._("A legal hold is changed by its buttons: give it another day of review, or lift it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A legal hold is not deleted: it tells why the case was kept. Lift it instead."))

    def action_review(self, review_on):
        """It is still needed: look again on a later day."""
        self._require_standing()
        return self._write_guarded({"review_on": self.case_id._checked_review(review_on)})

    def action_lift(self):
        """It is no longer needed: the retention rule goes on."""
        self._require_standing()
        return self._write_guarded({"lifted_at": fields.Datetime.now(), "lifted_by_id": self.env.uid})

    def _require_standing(self):
        """Holds are for the worker in charge and the head, while they stand."""
        self.check_access("read")
        self.case_id._require_may_grant()
        if any(hold.lifted_at for hold in self):
            raise UserError(self.env._("This hold was lifted already."))

    def _write_guarded(self, values):
        """Write past the guard, for the methods above."""
        super(SozialCaseHold, self.sudo()).write(values)
        self.flush_recordset()  # the next hold finds the place free
        self.sudo().case_id._hold_changed()
        return True
