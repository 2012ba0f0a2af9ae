import base64
from decimal import Decimal, InvalidOperation

from odoo import fields, models
from odoo.exceptions import UserError

from ...procedure import number
from ...sealing import upload
from .duty_steps import LONGEST

MAX_RECEIPTS = 200


class SozialAgreementProof(models.Model):
    """The proof as the organisation fills it in."""

    _inherit = "sozial.agreement.proof"

    _portal_fields = frozenset(
        {"id", "display_name", "agreement_number", "partner_id", "company_id", "currency_id", "period_start", "period_end", "due_date",
         "state", "token", "line_ids", "planned", "spent", "unused", "deviation_text", "report_text", "submitted_at", "submitted_name",
         "submitted_function", "return_reason", "accepted_at", "repay_until", "repaid_on", "repaid", "still_owed", "repayment"}
    )  # fmt: skip

    def _portal_add_receipt(self, line_id, name, paid_on, amount, file_name, data):
        """Add a receipt to a position.

        :param amount: as people write it, 12,50 or 1.234,50
        :param data: bytes of the file
        :raise UserError: names the field and says what to do
        """
        own = self._portal_require_open()
        _ = self.env._
        line = own.line_ids.filtered(lambda one: str(one.id) == str(line_id or ""))
        if not line:
            raise UserError(_("Position: please choose one."))
        name = (name or "").strip()[:200]
        if not name:
            raise UserError(_("Paid for: please say in a few words what was paid."))
        try:
            taken = upload.check(file_name, data)
        except upload.Refused as refused:
            shown = upload.clean_name(file_name) or _("File")
            raise UserError(self.env["sozial.submission"]._file_problem(refused.code, shown)) from refused
        receipts = own.line_ids.receipt_ids
        if taken.sha256 in receipts.mapped("sha256"):
            raise UserError(_("%s: this file is among the receipts already.", taken.name))
        if len(receipts) >= MAX_RECEIPTS:
            raise UserError(_("Receipts: at most %s. Please join small ones into one PDF.", MAX_RECEIPTS))
        self.env["sozial.agreement.proof.receipt"].sudo().create(
            {
                "line_id": line.id, "name": name, "paid_on": self._day_of(paid_on), "amount": self._amount_of(amount),
                "file": base64.b64encode(data), "file_name": taken.name, "sha256": taken.sha256,
            }
        )  # fmt: skip

    def _day_of(self, text):
        try:
            day = fields.Date.to_date(text or None)
        except ValueError:
            day = None
        if not day or not self.period_start <= day <= self.due_date:
            raise UserError(
                self.env._(
                    "Paid on: please enter a day between %(first)s and %(last)s.",
                    first=f"{self.period_start:%d.%m.%Y}", last=f"{self.due_date:%d.%m.%Y}",
                )
            )  # fmt: skip
        return day

    def _amount_of(self, text):
        """:return: the amount, exact to the cent"""
        try:
            amount = Decimal(number.plain(str(text or "").strip().removesuffix("€")))
        except InvalidOperation:
            amount = Decimal(0)
        if not amount.is_finite() or not 0 < amount < 10_000_000 or amount != round(amount, 2):
            raise UserError(self.env._("Amount: please enter an amount above 0, for example 12,50."))
        return float(amount)

    def _portal_remove_receipt(self, receipt_id):
        """Take a receipt back while the proof is open."""
        own = self._portal_require_open()
        own.line_ids.receipt_ids.filtered(lambda one: str(one.id) == str(receipt_id or "")).unlink()

    def _portal_save(self, report_text):
        """Keep what was typed so far."""
        own = self._portal_require_open()
        own._write_guarded({"report_text": (report_text or "").strip()[: 4 * LONGEST] or False})
        return own

    def _portal_confirm(self, report_text, function, agreed):
        """Confirm and hand in.

        :raise UserError: names the field and says what to do
        """
        own = self._portal_save(report_text)
        _ = self.env._
        if not own.report_text:
            raise UserError(_("Factual report: please write what the money was used for and what was reached."))
        function = (function or "").strip()[:200]
        if not function:
            raise UserError(_("Function: please say in which function you sign, for example “chair”."))
        if not agreed:
            raise UserError(_("Please tick that everything is complete and agrees with your books."))
        own._write_guarded({"submitted_function": function})
        own._hand_in(self.env.user.name)
