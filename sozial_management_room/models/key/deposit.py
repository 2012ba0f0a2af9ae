from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date, formatLang

from ..booking.booking_rules import MANAGERS

# what was paid, returned and kept is settled with the payer, and with the accounts
SETTLED_FIELDS = {"booking_id", "amount", "paid_on", "settled_on", "kept_amount", "kept_reason"}


class SozialRoomDeposit(models.Model):
    """The deposit (Kaution) of one booking: paid, later returned or kept.

    Once it is settled nothing of it changes. The centre management may open a settlement that was
    entered wrongly again; what it said stays in `corrections`.
    """

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
    locked = fields.Boolean(compute="_compute_locked", help="Settled, and therefore not changed any more.")
    corrections = fields.Text(readonly=True, copy=False, help="Settlements that were opened again: when, by whom, and what they said.")

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

    @api.depends("settled_on")
    def _compute_locked(self):
        for deposit in self:
            deposit.locked = bool(deposit._origin.settled_on)  # while the day is being typed, it is not settled yet

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

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: value for name, value in vals.items() if name != "corrections"} for vals in vals_list])

    def write(self, vals):
        """Change a deposit that is not settled yet.

        :raise UserError: if it is
        """
        if "corrections" in vals:
            raise UserError(self.env._("Corrections: these lines are written by »Correct the settlement« only."))
        if SETTLED_FIELDS & vals.keys():
            self._require_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._require_open()

    def _require_open(self):
        for deposit in self:
            if deposit.settled_on:
                raise UserError(
                    self.env._(
                        "%(deposit)s was settled on %(day)s and stays as it is. The centre management can open the settlement again.",
                        deposit=deposit.display_name,
                        day=format_date(self.env, deposit.settled_on),
                    )
                )

    def action_correct(self):
        """Open a settlement again that was entered wrongly; what it said is kept.

        :raise AccessError: if the user does not run centres
        :raise UserError: if the deposit is not settled
        """
        self.check_access("write")
        if not self.env.user.has_group(MANAGERS):
            raise AccessError(self.env._("Only the centre management opens a settlement again."))
        for deposit in self:
            if not deposit.settled_on:
                raise UserError(self.env._("%s is not settled yet.", deposit.display_name))
            lines = [deposit.corrections, deposit._settlement_words()]
            super(SozialRoomDeposit, deposit).write(
                {"settled_on": False, "kept_amount": 0, "kept_reason": False, "corrections": "\n".join(filter(None, lines))}
            )
        return True

    def _settlement_words(self):
        """The settlement as one line of `corrections`."""
        self.ensure_one()
        words = self.env._(
            "Settlement of %(day)s opened again on %(today)s by %(user)s. It said: returned %(returned)s, kept %(kept)s.",
            day=format_date(self.env, self.settled_on),
            today=format_date(self.env, fields.Date.context_today(self)),
            user=self.env.user.name,
            returned=formatLang(self.env, self.returned_amount, currency_obj=self.currency_id),
            kept=formatLang(self.env, self.kept_amount, currency_obj=self.currency_id),
        )
        return " ".join(filter(None, (words, self.kept_reason)))

    def action_open(self):
        """Open the deposit, to settle it."""
        self.ensure_one()
        return self.booking_id.action_deposit()
