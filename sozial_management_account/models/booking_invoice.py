from odoo import Command, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sozial_management_room.models.booking.booking_rules import MANAGERS


class SozialRoomBooking(models.Model):
    """From the fees and the deposit of a booking to a draft invoice."""

    _inherit = "sozial.room.booking"

    def action_invoice(self):
        """Make a draft invoice of the fees and of a deposit that is not paid yet.

        The centre management may, without rights in accounting: a draft books nothing. What the
        room is used for does not go into it.

        :raise AccessError: if the user does not run centres
        :raise UserError: says what is missing
        """
        self.check_access("write")
        if not self.env.user.has_group(MANAGERS):
            raise AccessError(self.env._("Only the centre management makes invoices of bookings."))
        for booking in self:
            booking._require_state("confirmed", "done", "no_show")
            booking._require_invoiceable()
            self.env["account.move"].sudo().create(booking._invoice_values())
        self.invalidate_recordset(["invoice_text"])
        return True

    def _require_invoiceable(self):
        """
        :raise UserError: names what is missing
        """
        self.ensure_one()
        if not self.partner_id:
            raise UserError(self.env._("For: enter who pays for %s.", self.display_name))
        if self.env["account.move"].sudo().search_count([("sozial_booking_id", "=", self.id), ("state", "!=", "cancel")], limit=1):
            raise UserError(self.env._("%s has an invoice already.", self.display_name))
        if not self._sales_journal():
            raise UserError(self.env._("%s has no sales journal yet. Please ask accounting to set it up.", self.company_id.name))
        if self._deposit_open() and not self.sudo().company_id.sozial_deposit_account_id:
            raise UserError(
                self.env._("The account for deposits is missing. Please ask accounting to enter it in the settings of invoicing.")
            )
        if not self._fees_due() and not self._deposit_open():
            raise UserError(self.env._("%s: the room asks for no fee and no deposit from this customer group.", self.display_name))

    def _sales_journal(self):
        return self.env["account.journal"].sudo().search([("type", "=", "sale"), ("company_id", "=", self.company_id.id)], limit=1)

    def _fees_due(self):
        """Lines of the fee list for this customer group, without deposits."""
        return self.sudo().room_id.fee_ids.filtered(
            lambda fee: fee.kind == "fee" and fee.customer_group == self.customer_group and fee.amount
        )

    def _deposit_open(self):
        """The deposit that the room asks for, as long as nobody has paid it; else 0."""
        return 0 if self.sudo().deposit_ids else self._deposit_due()

    def _invoice_values(self):
        """Values of the draft, in the language of whoever pays."""
        self.ensure_one()
        mine = self.sudo().with_company(self.company_id).with_context(lang=self.partner_id.lang or self.env.lang)
        lines = [mine._fee_line(fee) for fee in mine._fees_due()]
        if deposit := mine._deposit_open():
            lines.append(mine._invoice_deposit_line(deposit))
        return {
            "move_type": "out_invoice",
            "partner_id": mine.partner_id.id,
            "company_id": mine.company_id.id,
            "journal_id": mine._sales_journal().id,
            "sozial_booking_id": mine.id,
            "invoice_line_ids": [Command.create(line) for line in lines],
        }

    def _line_text(self, what):
        line = self._mail_line()
        return f"{what}: {line['room']}, {line['day']}, {line['time']}"

    def _fee_line(self, fee):
        values = {"name": self._line_text(fee.name), "quantity": self._units(fee.unit), "price_unit": fee.amount}
        if fee.product_id:
            return {**values, "product_id": fee.product_id.id}
        return {**values, "tax_ids": [Command.clear()]}

    def _invoice_deposit_line(self, amount):
        return {
            "name": self._line_text(self.env._("Deposit")),
            "quantity": 1,
            "price_unit": amount,
            "account_id": self.company_id.sozial_deposit_account_id.id,
            "tax_ids": [Command.clear()],  # a deposit is no payment for a service
        }

    def _cancel(self, reason=False, notify="cancelled"):
        """A draft of a booking that does not take place is of no use; what is booked is for accounting to credit."""
        super()._cancel(reason, notify)
        drafts = self.env["account.move"].sudo().search([("sozial_booking_id", "in", self.ids), ("state", "=", "draft")], limit=None)
        drafts.button_cancel()
