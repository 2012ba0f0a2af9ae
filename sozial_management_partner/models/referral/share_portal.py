from odoo import fields, models
from odoo.exceptions import UserError

from ..hold import hold
from .share import LIVE
from .steps import BEFORE, LONGEST


class SozialReferralShare(models.Model):
    """What a partner does with a referral. Every step first asks for access as that user."""

    _name = "sozial.referral.share"
    _inherit = ["sozial.referral.share", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "number", "token", "company_id", "partner_id", "agreement_id", "state", "urgency", "respond_by",
         "open_until", "ended_at", "deleted_at", "line_ids", "message_ids", "create_date"}
    )  # fmt: skip

    def _portal_open(self):
        """The case's side, for a partner who may act now.

        :raise AccessError: without access as this user
        :raise UserError: if the referral has ended, or the consent has
        """
        self.ensure_one()
        self.check_access("read")
        hold(self.sudo())
        own = self.env.user.partner_id.commercial_partner_id
        if self.partner_id != own or self.state not in LIVE or self.open_until <= fields.Datetime.now():
            raise UserError(self.env._("This referral has ended."))
        return self.env["sozial.referral"].sudo().search([("share_id", "=", self.id)], limit=1)

    def _portal_step(self, state):
        """Accept, or say how it goes on.

        :param state: `accepted`, `contact`, `help`, `not_reached` or `completed`
        """
        referral = self._portal_open()
        if state not in ("accepted", "contact", "help", "not_reached", "completed") or self.state not in BEFORE[state]:
            raise UserError(self.env._("This step is not possible now."))
        if state == "accepted":
            referral._accept()
        elif state == "completed":
            referral._end("completed")
        else:
            referral._step(state)
        referral._tell_worker()

    def _portal_decline(self, reason):
        """Decline, with a reason that the social worker reads.

        :raise UserError: without a reason
        """
        referral = self._portal_open()
        if self.state not in BEFORE["declined"]:
            raise UserError(self.env._("This step is not possible now."))
        reason = (reason or "").strip()[:LONGEST]
        if not reason:
            raise UserError(self.env._("Reason: please say in one sentence why not."))
        referral._end("declined", decline_reason=reason, answered_at=fields.Datetime.now())
        referral._tell_worker()

    def _portal_write(self, body):
        """A message to the social worker; before the answer it is a question back.

        :raise UserError: without a text
        """
        referral = self._portal_open()
        body = (body or "").strip()[:LONGEST]
        if not body:
            raise UserError(self.env._("Message: please write something."))
        self.env["sozial.referral.message"].sudo().create(
            {"share_id": self.id, "author_name": self.env.user.name, "from_partner": True, "body": body}
        )
        if self.state == "sent":
            referral._step("asked")
        referral._tell_worker()

    def _portal_deleted(self):
        """The partner confirms that its own copy is deleted, after the end."""
        self.ensure_one()
        self.check_access("read")
        if self.state in LIVE:
            raise UserError(self.env._("This referral has not ended."))
        if not self.deleted_at:
            self.sudo().deleted_at = fields.Datetime.now()
