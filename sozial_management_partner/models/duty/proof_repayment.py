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
    repaid_on = fields.Date("Repaid on", readonly=True, copy=False, help="The day on which the last of the money came in.")
    repaid = fields.Monetary("Repaid so far", readonly=True, copy=False, default=0)
    repaid_parts = fields.Json("Repayments", readonly=True, copy=False)
    repaid_text = fields.Text("Repayments seen", compute="_compute_repaid_text")
    still_owed = fields.Monetary("Still to be repaid", compute="_compute_still_owed")
    repaid_by_id = fields.Many2one("res.users", "Repayment seen by", readonly=True, copy=False, index="btree_not_null")
    repay_reminded_at = fields.Datetime(readonly=True, copy=False)
    repayment = fields.Selection(
        [("none", "Nothing to repay"), ("open", "Repayment is awaited"), ("done", "Repaid")], compute="_compute_repayment"
    )

    _repaid_is_accepted = models.Constraint(
        "CHECK (repaid_on IS NULL OR (state = 'accepted' AND unused > 0 AND repaid_by_id IS NOT NULL))",
        "Repaid is what was accepted and not spent.",
    )

    _repaid_is_owed = models.Constraint(
        "CHECK (repaid IS NULL OR repaid = 0 OR (state = 'accepted' AND repaid > 0 AND repaid <= unused))",
        "Repaid: not more than was accepted and not spent.",
    )

    @api.depends("unused", "repaid", "repaid_on")
    def _compute_still_owed(self):
        for proof in self:
            # those noted before parts were have the day only
            proof.still_owed = 0 if proof.repaid_on else proof.currency_id.round(proof.unused - proof.repaid)

    @api.depends("repaid_parts")
    def _compute_repaid_text(self):
        for proof in self:
            proof.repaid_text = "\n".join(
                f"{fields.Date.to_date(one['day']):%d.%m.%Y}: {proof.currency_id.format(one['amount'])} ({one['by']})"
                for one in proof.repaid_parts or []
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

    def action_open_repayment(self):
        """The dialog with the rest that is owed, and today."""
        self.ensure_one()
        self.check_access("write")
        self._require_repayment()
        dialog = self.env["sozial.agreement.proof.repayment"].create({"proof_id": self.id, "amount": self.still_owed})
        return {
            "type": "ir.actions.act_window", "name": self.env._("Repayment"), "res_model": dialog._name, "res_id": dialog.id,
            "view_mode": "form", "target": "new",
        }  # fmt: skip

    def action_repaid(self):
        """Note that the whole rest is there, today.

        :raise UserError: where nothing is owed
        """
        self.check_access("write")
        self._require_repayment()
        for proof in self:
            proof._note_repayment(proof.still_owed, fields.Date.context_today(proof))
        return True

    def _note_repayment(self, amount, day):
        """Note what came in. The last part ends it.

        :param amount: in the company's currency, of what is still owed
        :raise UserError: names the field and says what to do
        """
        self.ensure_one()
        self.check_access("write")
        self._require_repayment()
        amount = self.currency_id.round(amount)
        if not 0 < amount <= self.still_owed:
            most = self.currency_id.format(self.still_owed)
            raise UserError(self.env._("Amount: enter more than 0 and not more than %s, which is still to be repaid.", most))
        if not day or not self.period_start <= day <= fields.Date.context_today(self):
            raise UserError(self.env._("Came in on: enter a day from %s until today.", f"{self.period_start:%d.%m.%Y}"))
        part = {"day": fields.Date.to_string(day), "amount": amount, "by": self.env.user.name}
        values = {"repaid": self.currency_id.round(self.repaid + amount), "repaid_parts": [*(self.repaid_parts or []), part]}
        if not self.currency_id.compare_amounts(amount, self.still_owed):
            values |= {"repaid_on": day, "repaid_by_id": self.env.uid}
        self._write_guarded(values)

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
