from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import consteq
from odoo.tools.misc import hmac

SCOPE = "sozial.submission.member"
MOST_MAILS = 3  # a day and invitation


class SozialSubmissionMember(models.Model):
    """An invitation in the hands of somebody who logs in with another address than the invited one.

    Its address may have been passed on, and who leads sees it too. So it is not enough: the invited
    mailbox is told which organisation wants to answer, and gets a key that works for this one alone.
    """

    _inherit = "sozial.submission.member"

    @api.model
    def _portal_offered(self, token):
        """The invitation at an address that belongs to nobody yet, as superuser, for people of an organisation that could take it.

        They learn who asks and for which call, nothing of what is written.
        """
        organisation = self.env["sozial.call"]._portal_organisation()
        if not (token and self.env.user._is_portal() and organisation.is_organisation):
            return self.sudo().browse()
        companies = Domain("company_id", "in", self.env.user.company_ids.ids)
        return self.sudo().search(Domain("token", "=", token) & self._unbound(organisation) & companies)

    def _key_for(self, organisation):
        """What proves that the invited mailbox was asked for this organisation; nothing is stored for it."""
        self.ensure_one()
        return hmac(self.env(su=True), SCOPE, (self.token, organisation.id))

    def _fits_key(self, key, organisation):
        self.ensure_one()
        return consteq(self._key_for(organisation), key or "")

    def _portal_ask_mailbox(self):
        """Ask the invited mailbox whether the current user's organisation is the right one.

        :raise AccessError: for whoever could not take it
        :raise UserError: after a few mails
        """
        self.ensure_one()
        member = self.sudo()
        if self not in self._portal_offered(member.token):
            raise AccessError(self.env._("Organisations hand in through the portal."))
        call = member.submission_id.call_id
        if not call._takes_submissions(call._now()):
            raise UserError(self.env._("The deadline is over. Please call the officer of the call: %s.", call.contact_name or call.number))
        if not self.env["sozial.callback.attempt"]._may_send(f"mailbox of {member.token}", MOST_MAILS, is_daily=True):
            raise UserError(self.env._("The link was sent %s times today. Please look into that mailbox, or phone us.", MOST_MAILS))
        letter = member._mailbox_letter(self.env["sozial.call"]._portal_organisation().sudo())
        member.submission_id._send_directly(*letter, recipients=[member.email])

    def _mailbox_letter(self, organisation):
        """:return: subject and text for the invited mailbox"""
        submission = self.submission_id
        _ = self.with_context(lang=submission.create_uid.lang or "de_DE").env._
        body = _(
            "Good day,\n\n"
            "%(lead)s named %(name)s as a member of a joint bid for the call “%(call)s”, %(lot)s, with this e-mail address.\n\n"
            "Now “%(asking)s” wants to answer, logged in with another address. If that is right, somebody of %(asking)s opens this link "
            "while logged in to our portal:\n%(address)s\n\n"
            "If it is not right, do not pass the link on: without it nobody else takes your place.\n\n%(company)s",
            lead=submission.partner_name, name=self.name, call=submission.call_id.name, lot=submission.lot_id.name,
            asking=organisation.name, company=self.company_id.name,
            address=f"{self.get_base_url()}/my/joint/{self.token}?key={self._key_for(organisation)}",
        )  # fmt: skip
        return _("Who answers for you in a joint bid?"), body

    def _masked_email(self):
        """Enough to know in which mailbox to look: ``n…@example.com``."""
        self.ensure_one()
        local, _at, domain = self.email.partition("@")
        return f"{local[:1]}…@{domain}"
