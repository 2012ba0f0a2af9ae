import secrets

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, escape_psql

from ..hold import hold

PROCUREMENT = "sozial_management_partner.group_sozial_procurement"
MOST = 50
LONGEST = 100
MOST_INVITATIONS = 20  # a day and organisation: each sends a mail to somebody


class ResPartner(models.Model):
    """People of an organisation: who of them manages them, invites colleagues and ends their access."""

    _inherit = "res.partner"

    manages_portal = fields.Boolean(
        "Manages people", copy=False,
        help="Invites colleagues of the same organisation to the portal and ends their access. Whoever registers an organisation does.",
    )  # fmt: skip
    portal_people_ids = fields.Many2many(
        "res.partner", string="People in the portal", compute="_compute_portal_people_ids",
        groups="sozial_management_partner.group_sozial_procurement",
    )  # fmt: skip

    @api.depends("child_ids.user_ids")
    def _compute_portal_people_ids(self):
        for partner in self:
            partner.portal_people_ids = partner._people() if partner.is_organisation else False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("manages_portal"):
                self._refuse_managing()
        return super(ResPartner, self._without_managing_default()).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Whoever goes to another organisation does not manage its people."""
        if "manages_portal" in vals and any(one.manages_portal != bool(vals["manages_portal"]) for one in self):
            self._refuse_managing()
        moved = self.browse()
        if "parent_id" in vals and "manages_portal" not in vals:
            moved = self.filtered(lambda one: one.manages_portal and one.parent_id.id != (vals["parent_id"] or False))
        result = super().write(vals)
        if moved:
            super(ResPartner, moved).write({"manages_portal": False})
        return result

    @api.model
    def _refuse_managing(self):
        """Who manages people is said by the organisation itself or by who runs calls, not by everybody who edits contacts.

        :raise AccessError: for everybody else
        """
        if not (self.env.su or self.env.user.has_group(PROCUREMENT)):
            raise AccessError(self.env._("Only colleagues who run calls say who manages the people of an organisation."))

    def _without_managing_default(self):
        """A default in the context is no way around the refusal."""
        if self.env.context.get("default_manages_portal"):
            return self.with_context(default_manages_portal=False)
        return self

    def _people(self):
        """Contacts of this organisation with a portal user that is active; those who manage them first."""
        self.ensure_one()
        users = self.env["res.users"].sudo().search(
            [("partner_id.commercial_partner_id", "=", self.id), ("share", "=", True)], order="id", limit=MOST * 2
        )
        people = users.partner_id.sorted(lambda one: (not one.manages_portal, one.name or ""))
        return people.with_env(self.env)

    @api.model
    def _portal_organisation(self):
        """The organisation of the current portal user, as superuser.

        :raise UserError: if it is none
        """
        organisation = self.env.user.partner_id.commercial_partner_id.sudo()
        if not (self.env.user._is_portal() and organisation.is_organisation and organisation.active):
            raise UserError(self.env._("People belong to partner organisations. Please register your organisation for a call first."))
        return organisation

    @api.model
    def _require_managing(self):
        """
        :return: the own organisation, as superuser; nobody else manages its people until this one is done
        :raise AccessError: for whoever does not manage people
        """
        organisation = self._portal_organisation()
        if not self.env.user.partner_id.sudo().manages_portal:
            raise AccessError(self.env._("Only who manages the people of your organisation may do this."))
        hold(organisation)
        return organisation

    @api.model
    def _portal_invite(self, name, email):
        """Invite a colleague: contact, portal user, and Odoo's mail to choose a password.

        :raise UserError: names the field and says what to do
        """
        organisation = self._require_managing()
        _ = self.env._
        name, address = " ".join((name or "").split())[:LONGEST], email_normalize(email or "")
        if not name:
            raise UserError(_("Name: please enter first name and last name."))
        if not address:
            raise UserError(_("E-mail: this is no e-mail address. Example: name@example.org"))
        if len(organisation._people()) >= MOST:
            raise UserError(_("Your organisation has %s people here already. Please end the access of some first.", MOST))
        users = self.env["res.users"].sudo().with_context(active_test=False, no_reset_password=True)
        user = users.search([("login", "=ilike", escape_psql(address))], limit=1)
        if user and (user.partner_id.commercial_partner_id != organisation or not user.share):
            raise UserError(_("E-mail: this address cannot be invited. Please ask us."))
        if user.active:
            raise UserError(_("E-mail: %s has access already.", user.name))
        if not self.env["sozial.callback.attempt"]._may_send(f"invitations of {organisation.id}", MOST_INVITATIONS, is_daily=True):
            raise UserError(
                _("At most %s people can be invited within 24 hours, because each of them gets a mail. Go on tomorrow, or phone us.",
                  MOST_INVITATIONS)
            )  # fmt: skip
        if user:
            user.partner_id.write({"active": True, "name": name, "manages_portal": False})
            user.active = True
        else:
            user = self._new_colleague(users, organisation, name, address)
        user.partner_id._send_invited(organisation, self.env.user.name)

    def _new_colleague(self, users, organisation, name, address):
        company = self.env.company
        contact = self.sudo().create(
            {
                "name": name, "email": address, "parent_id": organisation.id, "type": "contact",
                "company_id": organisation.company_id.id, "lang": self.env.user.lang,
            }
        )  # fmt: skip
        return users.create(
            {
                "login": address, "partner_id": contact.id, "company_id": company.id, "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)], "tz": self.env.user.tz,
            }
        )  # fmt: skip

    @api.model
    def _portal_remove(self, contact_id):
        """End the access of a colleague, or one's own, at once.

        :raise UserError: for the last one who manages people, and for whoever is no colleague
        """
        organisation = self._require_managing()
        organisation._colleague(contact_id)._end_portal_access()

    @api.model
    def _portal_manage(self, contact_id, manages):
        """Let a colleague manage people too, or no longer."""
        organisation = self._require_managing()
        person = organisation._colleague(contact_id)
        if not manages:
            person._require_another_manager()
        person.manages_portal = manages

    def _colleague(self, contact_id):
        """One of the people of this organisation, else a refusal that says nothing of others."""
        number = int(contact_id) if str(contact_id or "").isdecimal() and len(str(contact_id)) < 10 else 0
        person = self._people().filtered(lambda one: one.id == number)
        if not person:
            raise UserError(self.env._("This person has no access any more."))
        return person

    def _require_another_manager(self):
        for person in self.filtered("manages_portal"):
            others = person.commercial_partner_id._people().filtered("manages_portal") - self
            if not others:
                raise UserError(
                    self.env._("%s is the last one who manages people. Let somebody else manage them first, or ask us.", person.name)
                )

    def _end_portal_access(self):
        self._require_another_manager()
        self._close_portal_access()

    def _close_portal_access(self):
        """Nothing works any more from now on: session, password, link of an invitation, key of a program."""
        # Odoo refuses that people archive themselves: the checks are done, and these may
        for person in self.with_user(SUPERUSER_ID).with_company(self.env.company):
            users = person.user_ids.filtered("share")
            users.api_key_ids.unlink()
            users.write({"active": False, "password": secrets.token_urlsafe(32)})
            person._send_access_ended()
            person.write({"manages_portal": False, "active": False, "signup_type": False})

    def _send_invited(self, organisation, inviting):
        """The link to choose a password, and who invites: whoever knows nothing of that leaves it alone."""
        self.signup_prepare(signup_type="reset" if self.user_ids.filtered("login_date") else "signup")
        theirs = self.with_context(lang=self.lang or "de_DE")
        company = self.company_id or self.env.company
        values = {"company": company, "person": self, "organisation": organisation, "inviting": inviting, "url": self._get_signup_url()}
        body = theirs.env["ir.qweb"]._render("sozial_management_partner.mail_invited", values)
        subject = theirs.env._("%s invites you to our portal", organisation.name)
        self.env["mail.mail"].sudo().create(
            {"subject": subject, "body_html": body, "auto_delete": True, "email_to": self.email_formatted,
             "email_from": company.email_formatted or self.env.user.email_formatted}
        )  # fmt: skip
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()  # they wait for it

    def _send_access_ended(self):
        theirs = self.with_context(lang=self.lang or "de_DE")
        company = self.company_id or self.env.company
        body = theirs.env["ir.qweb"]._render("sozial_management_partner.mail_access_ended", {"company": company, "person": self})
        if self.email:
            self.env["mail.mail"].sudo().create(
                {"subject": theirs.env._("Your access to the portal has ended"), "body_html": body, "auto_delete": True,
                 "email_from": company.email_formatted or self.env.user.email_formatted, "email_to": self.email_formatted}
            )  # fmt: skip

    def action_end_portal_access(self):
        """End the access of these people, for colleagues who run calls; also of the last one who manages people."""
        self._require_procurement()
        if self.filtered(lambda one: not one.commercial_partner_id.is_organisation or one.is_company):
            raise UserError(self.env._("Choose people of a partner organisation."))
        self._close_portal_access()
        return True

    def action_toggle_manages_portal(self):
        """Let somebody manage the people of the organisation, or no longer."""
        self._require_procurement()
        for person in self:
            person.manages_portal = not person.manages_portal
        return True


class ResUsers(models.Model):
    """Invitations of colleagues that nobody has followed."""

    _inherit = "res.users"

    def _is_mere_invitation(self):
        """Whether a portal user made this one and nobody has logged in: the mailbox is proven by nobody."""
        return bool(self) and self.share and not self.login_date and self.create_uid.share

    def _withdraw_invitation(self):
        """The link of the mail stops working, and the address is free again."""
        self.write({"active": False, "login": f"withdrawn-{self.id}", "password": secrets.token_urlsafe(32)})
        # Odoo looks for active users of the contact in the context that came along
        self.partner_id.with_context(active_test=True).write({"active": False, "signup_type": False})
