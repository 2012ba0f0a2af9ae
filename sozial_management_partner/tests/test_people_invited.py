"""Invitations prove no mailbox: neither for joint bids nor for whoever registers; and what ends with an access."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .submission_common import SubmissionCommon

ADDRESS = "info@turnverein.example.com"
PEOPLE = "odoo.addons.sozial_management_partner.models.organisation.people"


@tagged("post_install", "-at_install")
class TestPeopleInvited(SubmissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bidder.partner_id.manages_portal = True
        cls.second = cls._bidder(cls.caritas, "t_caritas_two")

    def _people(self, user=None):
        return self.env["res.partner"].with_user(user or self.bidder).with_context(allowed_company_ids=self.company.ids)

    def _invited(self, address=ADDRESS):
        self._people()._portal_invite("Tina Turner", address)
        return self.env["res.users"].search([("login", "=", address)])

    def _register(self, email=ADDRESS):
        self.call._register_organisation(
            {"organisation": "Turnverein e. V.", "legal_form": "ev", "person": "T", "email": email, "phone": ""}
        )
        return self.env["res.users"].search([("login", "=", email)])

    def test_an_invitation_that_nobody_followed_gets_no_joint_bid(self):
        user = self._invited()
        for logged_in, expected in ((False, self.env["res.partner"]), (True, self.caritas)):
            if logged_in:
                self._logged_in(user)
            draft = self._draft(self.other_bidder, self.call.lot_ids[logged_in])
            draft._portal_name_member("Turnverein", "", ADDRESS)
            self.assertEqual(draft.sudo().joint_ids.partner_id, expected)

    def test_whoever_registers_is_not_put_into_the_organisation_that_invited(self):
        invited = self._invited()
        link = invited.partner_id._get_signup_url()
        user = self._register()
        self.assertEqual(user.commercial_partner_id.name, "Turnverein e. V.")
        self.assertTrue(user.partner_id.manages_portal)
        invited.invalidate_recordset()
        self.assertFalse(invited.active or invited.partner_id.active or invited.partner_id.signup_type)
        self.assertNotEqual(user.partner_id._get_signup_url(), link)
        self.assertNotIn(invited.partner_id, self.caritas._people())

    def test_an_invitation_that_was_ended_does_not_block_either(self):
        invited = self._invited()
        self._people()._portal_remove(invited.partner_id.id)
        self.assertEqual(self._register().commercial_partner_id.name, "Turnverein e. V.")

    def test_who_followed_the_invitation_stays(self):
        invited = self._invited()
        self._logged_in(invited)
        self.assertEqual(self._register(), invited)
        self.assertEqual(invited.commercial_partner_id, self.caritas)

    def test_the_mail_names_who_invites(self):
        user = self._invited()
        mail = self.env["mail.mail"].search([("email_to", "ilike", ADDRESS)])
        self.assertEqual(len(mail), 1)
        for words in (self.caritas.name, self.bidder.name, user.partner_id._get_signup_url().split("?")[0]):
            self.assertIn(words, mail.body_html)
        self.assertIn(self.caritas.name, mail.subject)

    def test_invitations_are_limited_and_taken_literally(self):
        self.second.login = "two@example.com"
        self._people()._portal_invite("Platzhalter", "tw_@example.com")
        self.assertTrue(self.env["res.users"].search([("login", "=", "tw_@example.com")]))
        self.assertEqual(self._register("t_o@example.com").login, "t_o@example.com")
        with patch(f"{PEOPLE}.MOST_INVITATIONS", 1), self.assertRaisesRegex(UserError, "24 hours"):
            self._people()._portal_invite("Zuviel", "a@example.com")

    def test_whoever_goes_to_another_organisation_manages_nobody(self):
        person = self.bidder.partner_id
        person.write({"parent_id": self.caritas.id, "name": "Carla"})
        self.assertTrue(person.manages_portal)
        person.parent_id = self.verein
        self.assertFalse(person.manages_portal)

    def test_ones_own_access_ends_and_the_password_with_it(self):
        self.second.partner_id.manages_portal = True
        self._people()._portal_remove(self.bidder.partner_id.id)
        self.assertFalse(self.bidder.active or self.bidder.partner_id.active)
        self.env.flush_all()
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.bidder.id])
        valid, _new = self.env["res.users"]._crypt_context().verify_and_update("t_caritas", self.env.cr.fetchone()[0])
        self.assertFalse(valid, "who comes back chooses a new one")
