from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

REPAY_WITHIN = timedelta(days=30)


class SozialAgreementProof(models.Model):
    """What was not spent comes back: until when, a reminder, and the day on which it was seen."""

    _inherit = "sozial.agreement.proof"

    repay_until = fields.Date(
        "Repay by", help="Until when the partner pays back what was not spent. Empty at the acceptance: 30 days from then."
    )
    repaid_on = fields.Date("Repaid on", readonly=True, copy=False, help="The day on which the money was seen.")
    repaid_by_id = fields.Many2one("res.users", "Repayment seen by", readonly=True, copy=False, index="btree_not_null")
    repay_reminded_at = fields.Datetime(readonly=True, copy=False)
    repayment = fields.Selection(
        [("none", "Nothing to repay"), ("open", "Repayment is awaited"), ("done", "Repaid")], compute="_compute_repayment"
    )

    _repaid_is_accepted = models.Constraint(
        "CHECK (repaid_on IS NULL OR (state = 'accepted' AND unused > 0 AND repaid_by_id IS NOT NULL))",
        "Repaid is what was accepted and not spent.",
    )

    @api.depends("state", "unused", "repaid_on")
    def _compute_repayment(self):
        for proof in self:
            owed = proof.state == "accepted" and proof.unused > 0
            proof.repayment = "done" if proof.repaid_on else "open" if owed else "none"

    def _accepted(self):
        today = fields.Date.context_today(self)
        for proof in self.filtered("unused"):
            if proof.repay_until and proof.repay_until < today:
                day = f"{proof.repay_until:%d.%m.%Y}"
                raise UserError(self.env._("Repay by: %s is over. Enter a day to come, or leave it empty.", day))
            proof._write_guarded({"repay_until": proof.repay_until or today + REPAY_WITHIN})
        super()._accepted()

    def action_repaid(self):
        """Note that the money is there.

        :raise UserError: where nothing is owed
        """
        self.check_access("write")
        self._require_repayment()
        self._write_guarded({"repaid_on": fields.Date.context_today(self), "repaid_by_id": self.env.uid})
        return True

    def _require_repayment(self):
        for proof in self:
            if proof.repayment != "open":
                raise UserError(self.env._("%s: no repayment is awaited.", proof.display_name))

    @api.model
    def _cron_remind(self):
        super()._cron_remind()
        owed = fields.Domain("state", "=", "accepted") & fields.Domain("unused", ">", 0) & fields.Domain("repaid_on", "=", False)
        late = fields.Domain("repay_until", "<", fields.Date.context_today(self)) & fields.Domain("repay_reminded_at", "=", False)
        self._each(owed & late, lambda proof: proof._remind_of_repayment())

    def _remind_of_repayment(self):
        """Once: a neutral mail to the partner, a task for us."""
        self._write_guarded({"repay_reminded_at": fields.Datetime.now()})
        self._tell_partner("repay")
        self.agreement_id._tell_responsible(self._late_repayment_summary)

    def _late_repayment_summary(self, env):
        return env._("A repayment is late")
