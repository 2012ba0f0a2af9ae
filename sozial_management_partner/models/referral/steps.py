from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..hold import hold
from .share import LIVE

# From where each step of the partner leads on.
BEFORE = {
    "accepted": ("sent", "asked"), "declined": ("sent", "asked"), "asked": ("sent",), "contact": ("accepted", "not_reached"),
    "not_reached": ("accepted", "contact"), "help": ("accepted", "contact", "not_reached"),
    "completed": ("accepted", "contact", "help", "not_reached"),
}  # fmt: skip
LONGEST = 4000


class SozialReferral(models.Model):
    """Sending, answering, ending. The two sides move together, in one transaction."""

    _inherit = "sozial.referral"

    def action_send(self):
        """Release the first stage (or everything) to the partner, who gets a neutral mail.

        :raise UserError: lists what is missing; without a consent nothing leaves
        """
        self.check_access("write")
        for referral in self:
            referral._require_step("sent", ("draft",))
            referral.case_id._require_active()
            if found := referral._problems():
                raise UserError("\n".join([self.env._("%s cannot be sent yet.", referral.number), *found]))
            consent, agreement = referral._require_consent(), referral._running_agreement()
            hold(consent.sudo())
            respond_by = fields.Date.context_today(referral) + timedelta(days=agreement.response_days)
            share = self.env["sozial.referral.share"].sudo().create(
                {
                    "number": referral.number, "company_id": referral.company_id.id, "partner_id": referral.partner_id.id,
                    "agreement_id": agreement.id, "urgency": referral.urgency, "respond_by": respond_by,
                    "open_until": referral._end_of(consent),
                }
            )  # fmt: skip
            share._release(referral._rows(False))
            referral._write_guarded(
                {
                    "state": "sent", "consent_id": consent.id, "agreement_id": agreement.id, "share_id": share.id,
                    "sent_at": fields.Datetime.now(), "respond_by": respond_by,
                }
            )  # fmt: skip
            referral._tell_partner("new")
        return True

    def action_withdraw(self):
        """Take the referral back: what was shared is gone at once, the partner is asked to delete its copy."""
        self.check_access("write")
        for referral in self:
            referral._require_step("withdrawn", LIVE)
        self._end("withdrawn")
        return True

    def action_reply(self):
        """Send the typed message to the partner; an open question is answered by it.

        :raise UserError: without a text
        """
        self.check_access("write")
        for referral in self:
            referral._require_step("message", LIVE)
            body = (referral.reply or "").strip()[:LONGEST]
            if not body:
                raise UserError(self.env._("Your message: write it first."))
            referral._require_consent()
            share = referral.sudo().share_id
            hold(share)
            share.env["sozial.referral.message"].create({"share_id": share.id, "author_name": self.env.user.name, "body": body})
            if referral.state == "asked":
                referral._step("sent")
            referral.reply = False
            referral._tell_partner("message")
        return True

    @api.depends("share_id", "state")
    def _compute_conversation(self):
        # read access to the referral is checked: the messages belong to it
        for referral in self:
            rows = referral.sudo().share_id.message_ids
            moments = [fields.Datetime.context_timestamp(self, one.create_date) for one in rows]
            lines = [f"{moment:%d.%m.%Y %H:%M} {one.author_name}: {one.body}" for moment, one in zip(moments, rows, strict=True)]
            referral.conversation = "\n\n".join(lines) or False

    def _step(self, state, **values):
        """Move both sides."""
        self._write_guarded({"state": state, **values})
        self.sudo().share_id.write({"state": state})

    def _accept(self):
        """The second stage is released, if the consent still holds.

        :raise UserError: if it does not
        """
        self.ensure_one()
        self._require_consent()
        self._step("accepted", answered_at=fields.Datetime.now(), respond_by=False)
        share = self.sudo().share_id
        share.respond_by = False
        share._release(self._rows(True))

    def _end(self, state, **values):
        """Nothing stays with the partner but a stub."""
        told = self.filtered(lambda one: one.state in LIVE)
        for referral in self:
            referral._write_guarded({"state": state, "ended_at": fields.Datetime.now(), "respond_by": False, **values})
            referral.sudo().share_id._end(state)
        if state in ("withdrawn", "revoked", "expired"):
            for referral in told:
                referral._tell_partner("expired" if state == "expired" else "delete")

    def _require_step(self, state, before):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for referral in self:
            if referral.state not in before:
                raise UserError(
                    self.env._(
                        "%(number)s is “%(state)s”: this step is not possible now.", number=referral.number, state=labels[referral.state]
                    )
                )

    def _tell_partner(self, what):
        """A neutral mail: that there is something, never what.

        :param what: `new`, `message`, `remind`, `expired` or `delete`
        """
        self.ensure_one()
        share = self.sudo().share_id
        theirs = share.with_context(lang=self.partner_id.lang or "de_DE")
        _ = theirs.env._
        subjects = {
            "new": _("A referral waits in the portal"), "message": _("A message waits in the portal"),
            "remind": _("A referral still waits for your answer"), "expired": _("A referral was not answered in time"),
            "delete": _("A referral has ended: please delete"),
        }  # fmt: skip
        url = f"{share.get_base_url()}/my/referrals/{share.token}"
        body = theirs.env["ir.qweb"]._render("sozial_management_partner.mail_referral", {"what": what, "url": url, "share": theirs})
        self.partner_id.sudo()._send_neutral_mail(self.company_id, subjects[what], body)

    def _tell_worker(self):
        """An activity on the case, without text, for the social worker in charge."""
        for referral in self.sudo():
            if referral.case_id.worker_id:
                referral.case_id.activity_schedule("mail.mail_activity_data_todo", user_id=referral.case_id.worker_id.id)
