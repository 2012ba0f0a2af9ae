from odoo import fields, models
from odoo.exceptions import UserError


class SozialCall(models.Model):
    """The end of a call: awards of its lots, or its cancellation."""

    _inherit = "sozial.call"

    award_ids = fields.One2many("sozial.award", "call_id", "Awards")
    letter_ids = fields.One2many("sozial.award.letter", "call_id", "Letters")
    cancel_reason = fields.Text("Reason for cancelling", readonly=True, copy=False)

    def _after_award(self):
        """Once every lot has its end, the call is decided."""
        for call in self:
            awards = call.sudo().award_ids
            if call.state == "reviewed" and awards and all(award.state in ("awarded", "ended") for award in awards):
                call._move("decided")

    def action_open_awards(self):
        """Ranking and decision of every lot."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_award"),
            "domain": [("call_id", "=", self.id)],
        }

    def action_open_letters(self):
        """The letters of this call."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_award_letter"),
            "domain": [("call_id", "=", self.id)],
            "context": {},
        }

    def action_cancel(self):
        """Ask for the reason of cancelling."""
        self.ensure_one()
        return self.env["sozial.call.step"]._open(self, "cancel")

    def _cancel(self, reason):
        """Cancel the call, with the reason for everybody who applied.

        Before the opening nobody learns who applied: the mails go out by themselves, what was handed
        in stays sealed for good. After the opening letters are drafted, to be read and sent.

        :raise UserError: without a reason, or once an award was given
        """
        for call in self:
            call.check_access("write")
            if not (reason or "").strip():
                raise UserError(self.env._("Reason: write why the call is cancelled. Everybody who applied reads it."))
            if call.sudo().award_ids.filtered(lambda award: award.state == "awarded"):
                raise UserError(self.env._("%s: a lot is awarded already. End the other lots without award.", call.number))
            call._move("cancelled", cancel_reason=reason.strip())
            if call.opened_at:
                letters = self.env["sozial.award.letter"].sudo()
                for submission in call._submitted():
                    letters._draft(letters.award_id, submission, "cancelled", call=call.sudo(), reason=reason.strip())
            else:
                call.sudo()._tell_sealed(reason.strip())

    def _tell_sealed(self, reason):
        """Mails to everybody with a draft or a submission, without a trace of who that is."""
        letters = self.env["sozial.award.letter"].sudo()
        found = self.env["sozial.submission"].sudo().search([("call_id", "=", self.id), ("state", "in", ("draft", "submitted"))])
        for submission in found:
            subject, paragraphs = letters._text(self, letters.award_id, submission, "cancelled", reason)
            submission._send_directly(subject, "\n\n".join(paragraphs))
