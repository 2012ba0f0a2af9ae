from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialRoomDeposit(models.Model):
    """The deposit (Kaution) of one booking: paid, later returned or kept."""

    _name = "sozial.room.deposit"
    _description = "Deposit"
    _order = "paid_on desc, id desc"
    _check_company_auto = True

    booking_id = fields.Many2one(
        "sozial.room.booking", "Booking", required=True, ondelete="restrict", check_company=True
    )  # no index of its own: it is unique
    company_id = fields.Many2one(related="booking_id.company_id", store=True, precompute=True, index=True)
    centre_id = fields.Many2one(related="booking_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(related="booking_id.partner_id", string="Paid by")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)
    amount = fields.Monetary(
        compute="_compute_amount", store=True, readonly=False, precompute=True,
        help="Proposed by the fees of the room for this customer group; correct it if another amount was paid.",
    )  # fmt: skip
    paid_on = fields.Date("Paid on", required=True, default=fields.Date.context_today)
    settled_on = fields.Date(
        "Settled on", index="btree_not_null", help="Day on which the deposit was returned or kept. Empty: it is still here."
    )
    kept_amount = fields.Monetary("Of it kept", help="What is not paid back, for example after damage; 0: all was returned.")
    kept_reason = fields.Text("Reason for keeping it", help="In words that the payer may read.")
    returned_amount = fields.Monetary("Returned", compute="_compute_returned_amount")

    _one_a_booking = models.Constraint("UNIQUE (booking_id)", "This booking has a deposit already. Open it on the booking.")
    _amount_positive = models.Constraint(
        "CHECK (amount IS NOT NULL AND amount > 0)",
        "Amount: enter what was paid. The fees of the room name no deposit for this customer group.",
    )
    _kept_within = models.Constraint(
        "CHECK (COALESCE(kept_amount, 0) BETWEEN 0 AND amount)", "Of it kept: enter 0 up to the amount that was paid."
    )
    _kept_for_a_reason = models.Constraint(
        "CHECK (COALESCE(kept_amount, 0) = 0 OR COALESCE(btrim(kept_reason), '') <> '')",
        "Reason for keeping it: say in a sentence why the deposit is not paid back in full.",
    )
    _kept_on_a_day = models.Constraint(
        "CHECK (COALESCE(kept_amount, 0) = 0 OR settled_on IS NOT NULL)",
        "Settled on: enter the day on which the deposit was kept.",
    )
    _in_order = models.Constraint(
        "CHECK (settled_on IS NULL OR settled_on >= paid_on)", "Settled on: this is before the day of the payment."
    )
    _still_here = models.Index("(paid_on) WHERE settled_on IS NULL")

    @api.depends("company_id.currency_id")
    def _compute_currency_id(self):
        for deposit in self:
            deposit.currency_id = (deposit.company_id or self.env.company).currency_id

    @api.depends("booking_id")
    def _compute_amount(self):
        for deposit in self:
            deposit.amount = deposit.booking_id._deposit_due() if deposit.booking_id else 0

    @api.depends("amount", "kept_amount", "settled_on")
    def _compute_returned_amount(self):
        for deposit in self:
            deposit.returned_amount = deposit.amount - deposit.kept_amount if deposit.settled_on else 0

    @api.depends("booking_id.name", "booking_id.room_id.name")
    def _compute_display_name(self):
        for deposit in self:
            deposit.display_name = self.env._("Deposit: %s", deposit.booking_id.display_name or "")

    @api.constrains("paid_on", "settled_on")
    def _check_days(self):
        today = fields.Date.context_today(self)
        for deposit in self:
            for name in ("paid_on", "settled_on"):
                if deposit[name] and deposit[name] > today:
                    label = self._fields[name]._description_string(self.env)
                    raise ValidationError(self.env._("%s: this day is still to come.", label))

    def action_open(self):
        """Open the deposit, to settle it."""
        self.ensure_one()
        return self.booking_id.action_deposit()
