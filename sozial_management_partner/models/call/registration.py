from odoo import Command, api, models
from odoo.tools import email_normalize, escape_psql


class SozialCall(models.Model):
    """Self-registration of organisations for a call."""

    _inherit = "sozial.call"

    def _register_organisation(self, values):
        """Make organisation, contact and portal user, and send the mail by which they set their password.

        Whoever has an account gets the mail to set the password anew instead: the answer to the
        visitor is the same. An invitation that nobody has followed counts for nothing: whoever it
        came from would otherwise get the organisation that registers. What the organisation says about itself is unverified until somebody
        of ours has compared it with its papers.

        :param values: ``organisation``, ``legal_form``, ``person``, ``email``, ``phone``; checked by the caller
        :raise UserError: if the mail cannot be sent
        """
        self.ensure_one()
        call = self.sudo().with_user(api.SUPERUSER_ID).with_company(self.company_id)
        email = email_normalize(values["email"])
        users = call.env["res.users"].with_context(active_test=False, no_reset_password=True)
        user = users.search([("login", "=ilike", escape_psql(email))], limit=1)
        if user._is_mere_invitation():
            user._withdraw_invitation()
            user = users
        if not user:
            user = call._create_bidder(users, email, values)
        if user.active and user.share:
            call._subscribe(user.partner_id)
            user.with_context(create_user=not user.login_date, no_reset_password=False).action_reset_password()

    def _create_bidder(self, users, email, values):
        """A portal user with contact and organisation, none of them known before."""
        company = self.company_id
        organisation = self.env["res.partner"].create(
            {
                "name": values["organisation"],
                "is_company": True,
                "is_organisation": True,
                "legal_form": values["legal_form"],
                "company_id": company.id,
                "lang": self._german().env.lang,
            }
        )
        contact = self.env["res.partner"].create(
            {
                "name": values["person"],
                "parent_id": organisation.id,
                "email": email,
                "phone": values["phone"] or False,
                "manages_portal": True,
                "company_id": company.id,
                "lang": self._german().env.lang,
            }
        )
        return users.create(
            {
                "login": email,
                "partner_id": contact.id,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                "tz": self.tz,
            }
        )
