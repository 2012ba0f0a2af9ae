"""Invitations to joint bids: to whom they belong, also where the organisation registers later, and how many there may be."""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.submission.joint import MOST_INVITATIONS
from ..models.submission.joint_mailbox import MOST_MAILS
from .submission_common import SECRET
from .test_joint_bid import JointCommon

ADDRESS = "vorstand@chor-nord.example.com"


@tagged("post_install", "-at_install")
class TestJointInvited(JointCommon):
    def _register(self, address=ADDRESS, name="Chor Nord e. V."):
        """Somebody registers for the call, with the mail that goes to the address."""
        self.call._register_organisation(
            {"organisation": name, "legal_form": "ev", "person": "Nora Nord", "email": address, "phone": ""}
        )
        user = self.env["res.users"].search([("login", "=", address)])
        self.assertEqual(len(user), 1)
        return user

    def _invitations(self, user):
        return self.members.with_user(user)._portal_own()

    def test_who_registers_later_finds_the_invitation_and_confirms(self):
        member = self._name(ADDRESS, name="Der Chor")
        self.assertFalse(member.partner_id)
        user = self._register()
        self.assertEqual(self._invitations(user), member)
        self.assertFalse(self._reads(self.draft, user), "named only")
        self._as_member(member, user)._portal_confirm()
        self.assertEqual((member.partner_id.name, member.name, member.state), ("Chor Nord e. V.", "Chor Nord e. V.", "confirmed"))
        self.assertEqual(self.draft.joint_members, "Chor Nord e. V.", "who really takes part, not what was typed")
        self.assertTrue(self._reads(self.draft, user))
        self.assertFalse(self.draft._portal_hand_in().problems)

    def _mailbox_mails(self, step):
        """What a step sends, as (recipients, text)."""
        sent = []
        with patch.object(type(self.env["sozial.submission"]), "_send_directly",
                          lambda _self, _subject, body, recipients=None: sent.append((recipients, body))):  # fmt: skip
            step()
        return sent

    def test_with_another_login_the_invited_mailbox_is_asked(self):
        """The mail went to the office of an organisation in which somebody else has the login."""
        member = self._name("post@nachbarn.example.com")
        self.assertFalse(self._invitations(self.other_bidder))
        own = self.members.with_user(self.other_bidder)
        self.assertFalse(own._portal_own(member.token), "the address alone is not enough: who leads sees it, and it may be passed on")
        with self.assertRaises(AccessError):
            self._as_member(member)._portal_confirm()
        self.assertEqual(own._portal_offered(member.token), member)
        [(recipients, body)] = self._mailbox_mails(lambda: self._as_member(member)._portal_ask_mailbox())
        self.assertEqual(recipients, ["post@nachbarn.example.com"])
        self.assertIn(self.verein.name, body, "the mailbox reads who wants to answer")
        self.assertNotIn(SECRET, body)
        key = re.search(r"key=([0-9a-f]+)", body)[1]
        self.assertEqual(own._portal_own(member.token, key), member)
        self.assertFalse(self._reads(self.draft, self.other_bidder), "not confirmed yet")
        self._as_member(member)._portal_confirm(key)
        self.assertEqual((member.partner_id, member.state), (self.verein, "confirmed"))
        self.assertFalse(own._portal_offered(member.token), "it belongs to somebody")

    def test_the_key_of_one_organisation_is_none_for_another(self):
        member = self._name("post@nachbarn.example.com")
        other = self._name("buero@chor.example.com")
        third = self._bidder(self._organisation("Turnverein Süd e. V."), "t_third")
        key = member._key_for(self.verein)
        for user, row, wrong in ((third, member, key), (self.other_bidder, other, key), (self.other_bidder, member, "")):
            with self.subTest(user=user.login, key=wrong):
                self.assertFalse(self.members.with_user(user)._portal_own(row.token, wrong))
                for step in ("_portal_confirm", "_portal_leave"):
                    with self.assertRaises(AccessError):
                        getattr(self._as_member(row, user), step)(wrong)
        self.assertTrue(self.members.with_user(self.other_bidder)._portal_own(member.token, key), "the control")

    def test_who_could_not_take_it_asks_no_mailbox(self):
        member = self._name("post@nachbarn.example.com")
        bound = self._name()
        person = self._bidder(self._organisation("Chor"), "t_alone")
        person.partner_id.parent_id.is_organisation = False
        third = self._bidder(self._organisation("Turnverein Süd e. V."), "t_third")
        away = self._bidder(self._organisation("Chor", company=self.other_company), "t_away", self.other_company)
        for row, user in ((member, self.bidder), (member, person), (member, away), (bound, third), (member, self.procurement)):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as_member(row, user)._portal_ask_mailbox()
        step = self._as_member(member)._portal_ask_mailbox
        self.assertEqual(len(self._mailbox_mails(lambda: [step() for _number in range(MOST_MAILS)])), MOST_MAILS)
        with self.assertRaisesRegex(UserError, f"{MOST_MAILS} times"):
            step()
        self._pass_deadline(self.call)
        with self.assertRaisesRegex(UserError, "deadline is over"):
            step()

    def test_nobody_gets_the_membership_of_another(self):
        member = self._name()
        third = self._bidder(self._organisation("Turnverein Süd e. V."), "t_third")
        third.partner_id.email = self.other_bidder.email  # people change the address on their contact themselves
        third.partner_id.commercial_partner_id.email = self.other_bidder.email
        self.assertEqual(member.partner_id, self.verein)
        second = self._name(draft=self._draft(lot=self.lot_two))
        self.assertEqual(second.partner_id, self.verein, "named after the change")
        unbound = self._name(ADDRESS)
        third.partner_id.email = ADDRESS
        self.assertFalse(self._invitations(third))
        for token in (member.token, second.token):
            self.assertFalse(self.members.with_user(third)._portal_own(token), "the link neither: it belongs to somebody")
        user = self._register()
        self._as_member(unbound, user)._portal_confirm()
        self.assertFalse(self.members.with_user(third)._portal_own(unbound.token), "confirmed: nobody else's any more")
        with self.assertRaises(AccessError):
            self._as_member(unbound, third)._portal_leave()
        self.assertFalse(self._reads(self.draft, third))

    def test_a_contact_without_an_organisation_takes_no_invitation(self):
        """Where everybody may sign up, the address is not checked: such people act for no organisation."""
        member = self._name(ADDRESS)
        person = self._bidder(self._organisation("Chor"), "t_alone")
        person.login = ADDRESS
        person.partner_id.parent_id.is_organisation = False
        self.assertFalse(self._invitations(person))
        self.assertFalse(self.members.with_user(person)._portal_own(member.token))

    def test_who_leads_is_no_member_and_nobody_is_twice(self):
        member = self._name(ADDRESS)
        self.bidder.login = ADDRESS
        self.assertFalse(self._invitations(self.bidder), "one's own joint bid")
        self.assertFalse(self.members.with_user(self.bidder)._portal_own(member.token))
        self._as_member(self._name())._portal_confirm()
        with self.assertRaisesRegex(UserError, "another address"):
            self._as_member(member)._portal_confirm(member._key_for(self.verein))
        self.assertEqual((member.state, bool(member.partner_id)), ("named", False))

    def test_of_another_company_there_is_no_invitation(self):
        self._name(ADDRESS)
        away = self._bidder(self._organisation("Chor", company=self.other_company), "t_away", self.other_company)
        away.login = ADDRESS
        self.assertFalse(self._invitations(away))

    def test_mails_to_strangers_are_limited(self):
        """Removing and naming again, and another draft, do not help."""
        for number in range(MOST_INVITATIONS):
            draft = self._draft(lot=self.lot if number % 2 else self.lot_two)
            draft._portal_remove_member(self._name(f"chor{number}@example.com", draft).token)
        with self.assertRaisesRegex(UserError, f"{MOST_INVITATIONS}.*tomorrow"):
            self._name("zuviel@example.com")
        self.assertFalse(self.draft.sudo().joint_ids)
        other = self._draft(self.other_bidder)
        self.assertTrue(self._name("chor@example.com", other), "another organisation is not hindered")

    def test_the_mail_says_what_to_do_without_a_login(self):
        member = self._name(ADDRESS)
        _subject, body = member._invitation()
        self.assertIn(f"{self.call._public_path()}/anmelden", body)
        self.assertIn(member.token, body)
        self.assertNotIn(SECRET, body)
        self.env.cr.execute("UPDATE sozial_call SET access = 'invited' WHERE id = %s", [self.call.id])
        self.call.invalidate_recordset()
        self.assertNotIn("anmelden", member._invitation()[1], "who is not invited cannot register")
