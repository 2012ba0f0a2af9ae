from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .fund import HEAD

WAYS = [("transfer", "Bank transfer"), ("cash", "Cash"), ("voucher", "Voucher"), ("card", "Card")]
PAYMENT = frozenset({"paid_on", "paid_way", "paid_reference"})
NOBODY = {"payee": False, "account": False, "reference": False}


class SozialFundEntry(models.Model):
    """What is to be paid from a fund: a number, an amount, who gets it. Nothing tells for which case.

    Made by the approval; whoever pays needs no more. The accounts keep it when the case is erased, without the payee.
    """

    _name = "sozial.fund.entry"
    _description = "Payment from a fund"
    _inherit = "sozial.guarded"
    _order = "approved_on desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True)
    fund_id = fields.Many2one("sozial.fund", "Fund", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    # place and purpose point at the client: sums alone are made of it
    plan_id = fields.Many2one(
        "sozial.fund.plan", "Planned line", required=True, index=True, ondelete="restrict", groups=fields.NO_ACCESS
    )
    company_id = fields.Many2one(related="fund_id.company_id", string="Company", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
    state = fields.Selection(
        [("approved", "To be paid"), ("paid", "Paid"), ("cancelled", "Cancelled")], "Status", required=True, readonly=True,
        default="approved", index=True,
    )  # fmt: skip
    payee = fields.Char("Paid to", readonly=True, help="Until it is paid; from then on name, IBAN and text stand on the request alone.")
    account = fields.Char("IBAN", readonly=True)
    reference = fields.Char("Text of the transfer", readonly=True)
    approved_on = fields.Date("Approved on", required=True, readonly=True)
    paid_on = fields.Date("Paid on", help="Empty: today.")
    paid_way = fields.Selection(WAYS, "Way of payment", default="transfer")
    paid_reference = fields.Char("Receipt number", help="Number of the booking, the bank statement or the cash receipt.")
    returned = fields.Monetary("Given back", required=True, readonly=True, default=0)

    _name_once = models.Constraint("UNIQUE (company_id, name)", "This number was given already.")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "Amount: enter more than zero.")
    _returned_within = models.Constraint(
        "CHECK (returned >= 0 AND returned <= amount)", "Given back: no less than zero and no more than was paid."
    )
    _paid_dated = models.Constraint(
        "CHECK (state <> 'paid' OR (paid_on IS NOT NULL AND paid_way IS NOT NULL))", "Paid on, way of payment: enter both."
    )
    _by_fund = models.Index("(fund_id, state)")

    @api.constrains("paid_on")
    def _check_paid_on(self):
        for entry in self:
            if entry.paid_on and entry.paid_on > fields.Date.context_today(entry):
                raise ValidationError(self.env._("Paid on: this day is still to come."))
            if entry.paid_on and entry.paid_on < entry.approved_on:
                raise ValidationError(self.env._("Paid on: the request was approved later than that."))

    def write(self, vals):
        """Until it is paid, the payment is entered; all else comes from the approval.

        :raise UserError: names what to do instead
        """
        if vals.keys() - PAYMENT or any(entry.state != "approved" for entry in self):
            raise UserError(self.env._("What was approved or paid stays as it is. Enter day, way and receipt number before it is paid."))
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def copy(self, default=None):
        """Refused: money comes from an approved request."""
        raise UserError(self.env._("A payment is not duplicated. Ask for the money in the case."))

    def action_pay(self):
        """It is paid, by a head who reads number, amount and payee alone.

        :raise AccessError: to others
        """
        self.check_access("read")
        if not self.env.user.has_group(HEAD):
            raise AccessError(self.env._("Payments are entered by the head, or in the case."))
        self.sudo()._pay()
        return True

    def _pay(self):
        """Enter the payment here and on the request, which keeps who was paid; the receipt is waited for from now on."""
        for entry in self:
            if entry.state != "approved":
                raise UserError(self.env._("%s: this is paid or cancelled already.", entry.name))
            entry._write_guarded(
                {
                    "state": "paid", "paid_on": entry.paid_on or fields.Date.context_today(entry),
                    "paid_way": entry.paid_way or "transfer", **NOBODY,
                }
            )  # fmt: skip
            self.env["sozial.fund.request"].search([("entry_id", "=", entry.id)], limit=1)._follow_payment()

    def _forget_payee(self):
        """The request is erased: the accounts keep the amount, nobody's name."""
        self._write_guarded({**NOBODY, "paid_reference": False})
