from odoo import api, fields, models

MAX_RECIPIENTS = 5000


class SozialCallSubscription(models.Model):
    """Who asked to be told about changes and answers of a call.

    Nobody has access: the list would tell who is interested before the submissions are opened.
    """

    _name = "sozial.call.subscription"
    _description = "Wants news of a call"
    _check_company_auto = True

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one("res.partner", "Contact", required=True, index=True, ondelete="cascade")

    _once = models.UniqueIndex("(call_id, partner_id)", "This contact gets the news already.")


class SozialCall(models.Model):
    """News of a call: to everybody at once."""

    _inherit = "sozial.call"

    def _subscribe(self, partner):
        """From now on this contact is told about answers and changes."""
        self.ensure_one()
        subscriptions = self.env["sozial.call.subscription"].sudo()
        known = [("call_id", "=", self.id), ("partner_id", "=", partner.id)]
        if not subscriptions.search_count(known, limit=1):
            # in nobody's name: who is interested stands nowhere else
            subscriptions.with_user(api.SUPERUSER_ID).create({"call_id": self.id, "partner_id": partner.id})

    def _is_subscribed(self, partner):
        """Whether this contact gets the news."""
        self.ensure_one()
        found = [("call_id", "=", self.id), ("partner_id", "=", partner.id)]
        return bool(self.env["sozial.call.subscription"].sudo().search_count(found, limit=1))

    def _notice_recipients(self):
        """Contacts who are told about answers and changes (superuser records): the invited and whoever asked for it."""
        self.ensure_one()
        call = self.sudo()
        invited = call.invited_ids
        people = self.env["res.users"].sudo().search([("partner_id", "child_of", invited.ids), ("share", "=", True)], limit=MAX_RECIPIENTS)
        asked = self.env["sozial.call.subscription"].sudo().search([("call_id", "=", call.id)], limit=MAX_RECIPIENTS)
        return invited | people.partner_id | asked.partner_id

    def _send_notice(self, subject, template, **values):
        """One mail to each recipient: nobody sees who else gets it, and nobody of ours who gets it.

        :return: the number of mails
        """
        self.ensure_one()
        call = self.sudo()._german()
        body = call.env["ir.qweb"]._render(template, {"call": call, "url": call._public_url(), **values})
        sender = call.contact_email or call.company_id.email_formatted or self.env["ir.mail_server"]._get_default_from_address()
        addresses = {partner.email_formatted for partner in self._notice_recipients() if partner.email}
        if sender:
            news = self.env["sozial.call.news"].sudo().with_user(api.SUPERUSER_ID)
            news.create(
                [{"call_id": call.id, "sender": sender, "email": one, "subject": subject, "body": body} for one in sorted(addresses)]
            )
            self.env.ref("sozial_management_partner.ir_cron_call_news").sudo()._trigger()
        self._record("notified", {"note": subject})
        return len(addresses)

    def _german(self):
        """The call as its papers show it: the procedure is a German one, whatever the language of whoever works on it."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return self.with_context(lang="de_DE") if "de_DE" in installed else self
