"""Joint bids: named by who leads, confirmed by each member, sealed like every submission."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..sealing.receipt import fingerprint
from .encryption_common import EncryptionCommon
from .submission_common import PDF, SECRET, SubmissionCommon


class JointCommon(SubmissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._draft()
        cls.members = cls.env["sozial.submission.member"]
        cls.other_bidder.login = cls.other_bidder.email  # as whoever registers

    def _name(self, email=None, draft=None, name="Nachbarn helfen e. V."):
        draft = draft or self.draft
        draft._portal_name_member(name, "Nora Nachbar", email or self.other_bidder.email)
        return draft.sudo().joint_ids[-1]

    def _as_member(self, member, user=None):
        return member.with_user(user or self.other_bidder)

    def _reads(self, submission, user):
        """Whether a user gets the submission and its answers by a search, and what the answers say."""
        self.env.flush_all()
        self.env.invalidate_all()
        if not self.env["sozial.submission"].with_user(user).has_access("read"):
            return False
        found = self.env["sozial.submission"].with_user(user).search([("id", "=", submission.id)])
        rows = self.env["sozial.submission.content"].with_user(user).search([("submission_id", "=", submission.id)])
        self.assertEqual(bool(found), bool(rows))
        return SECRET in str(rows.mapped("answer"))


@tagged("post_install", "-at_install")
class TestJointBid(JointCommon):
    def test_named_confirmed_handed_in(self):
        member = self._name()
        self.assertEqual((member.partner_id, member.state), (self.verein, "named"))
        outcome = self.draft._portal_hand_in()
        self.assertEqual((self.draft.state, len(outcome.problems)), ("draft", 1))
        self.assertIn("Nachbarn helfen e. V.", outcome.problems[0])
        self._as_member(member)._portal_confirm()
        self.assertEqual((member.state, member.how, member.user_id), ("confirmed", "portal", self.other_bidder))
        outcome = self.draft._portal_hand_in()
        self.assertFalse(outcome.problems or outcome.refused)
        joint = self.draft._document()["joint_bid_with"]
        self.assertEqual([(one["organisation"], one["how"]) for one in joint], [("Nachbarn helfen e. V.", "portal")])
        self.assertTrue(self.draft._is_intact())

    def test_a_member_reads_along_once_it_has_confirmed_and_nobody_else_does(self):
        member = self._name()
        self.assertFalse(self._reads(self.draft, self.other_bidder), "named only")
        self._as_member(member)._portal_confirm()
        self.assertTrue(self._reads(self.draft, self.other_bidder))
        third = self._bidder(self._organisation("Turnverein Süd e. V."), "t_third")
        employee = self._user("t_employee_member", groups="sozial_management_partner.group_sozial_procurement")
        employee.partner_id.parent_id = self.verein
        for user in (third, self.procurement, self.system, self.reviewer, self.lead, employee):
            with self.subTest(user=user.login):
                self.assertFalse(self._reads(self.draft, user))
        self._as_member(member)._portal_leave()
        self.assertFalse(self._reads(self.draft, self.other_bidder))
        self.assertTrue(self._reads(self.draft, self.bidder), "the control")

    def test_a_member_changes_nothing(self):
        self._as_member(self._name())._portal_confirm()
        own = self.draft.with_user(self.other_bidder)
        for step in (
            lambda: own._portal_save({"idea": "anders"}),
            lambda: own._portal_hand_in(),
            lambda: own._portal_withdraw(),
            lambda: own._portal_attach("Mehr.pdf", PDF),
            lambda: own._portal_name_member("Dritte", "", "dritte@example.com"),
            lambda: own._portal_remove_member(own.sudo().joint_ids.token),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_only_the_member_itself_confirms_or_leaves(self):
        member = self._name()
        third = self._bidder(self._organisation("Turnverein Süd e. V."), "t_third")
        for user in (self.bidder, third, self.procurement, self.system):
            for step in ("_portal_confirm", "_portal_leave"):
                with self.subTest(user=user.login, step=step), self.assertRaises(AccessError):
                    getattr(member.with_user(user), step)()
        self.assertEqual(member.state, "named")

    def test_a_declaration_confirms_for_who_has_no_login(self):
        member = self._name("neu@example.com", name="Chor Nord e. V.")
        self.assertFalse(member.partner_id)
        with self.assertRaisesRegex(UserError, "x.exe"):
            self.draft._portal_declare_member(member.token, "x.exe", b"MZ")
        self.draft._portal_declare_member(member.token, "Erklärung.pdf", PDF)
        self.assertEqual((member.state, member.how, member.declaration_id.file_name), ("confirmed", "declaration", "Erklärung.pdf"))
        self.assertFalse(self.draft._problems())
        self.draft._portal_detach(member.declaration_id.token)
        self.assertEqual((member.exists().state, len(self.draft._problems())), ("named", 1))

    def test_who_is_registered_is_not_told(self):
        known, unknown = self._name(), self._name("neu@example.com", name="Chor Nord e. V.")
        kept = {"state", "how", "declaration"}
        told, other = (known | unknown)._values()
        self.assertEqual({key: told[key] for key in kept}, {key: other[key] for key in kept})
        for user in (self.bidder, self.other_bidder):
            with self.assertRaises(AccessError):
                self.members.with_user(user).search([])

    def test_what_is_wrong_is_named(self):
        self.bidder.login = own = self.bidder.email
        for values, words in (
            (("", "", "a@example.com"), "Organisation"),
            (("Chor", "", "kein Klammeraffe"), "E-mail"),
            (("Wir", "", own), "your own"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, words):
                self.draft._portal_name_member(*values)
        self._name()
        with self.assertRaisesRegex(UserError, "already"):
            self._name()
        for number in range(9):
            self._name(f"chor{number}@example.com")
        with self.assertRaisesRegex(UserError, "10"):
            self._name("chor10@example.com")

    def test_withdrawn_before_handing_in_is_removed_first(self):
        member = self._name()
        self._as_member(member)._portal_leave()
        self.assertIn("remove", self.draft._portal_hand_in().problems[0])
        self.draft._portal_remove_member(member.token)
        self.assertFalse(self.draft.sudo().joint_members)
        self.assertFalse(self.draft._portal_hand_in().problems)

    def test_withdrawn_after_handing_in_stands_in_file_and_protocol(self):
        member = self._name()
        self._as_member(member)._portal_confirm()
        self.draft._portal_hand_in()
        before = self.env["sozial.call.record"].search_count([("call_id", "=", self.call.id)])
        self._as_member(member)._portal_leave()
        self.assertTrue(self.draft._is_intact(), "what was handed in does not change")
        self.assertEqual(self.env["sozial.call.record"].search_count([("call_id", "=", self.call.id)]), before, "sealed")
        with self.assertRaises(UserError):
            self._as_member(member)._portal_confirm()
        self._open()
        left = self.env["sozial.call.record"].search([("call_id", "=", self.call.id), ("event", "=", "member_withdrawn")])
        self.assertEqual(left.details["members"], ["Nachbarn helfen e. V."])
        line = self.call.opening_ids.protocol["submissions"][0]
        self.assertEqual((line["joint_bid_with"], line["joint_left"]), ("Nachbarn helfen e. V.", ["Nachbarn helfen e. V."]))
        self.assertTrue(self.call.opening_ids.is_intact)
        self.assertEqual(self.call._verify_record(), [])

    def test_who_leaves_leaves_every_version(self):
        member = self._name()
        self._as_member(member)._portal_confirm()
        self.draft._portal_hand_in()
        changed = self.draft._portal_change()
        self._as_member(member)._portal_leave()
        self.assertEqual((self.draft.sudo().joint_ids | changed.sudo().joint_ids).mapped("state"), ["withdrawn"] * 2)
        self.assertIn("remove", changed._portal_hand_in().problems[0])

    def test_a_refusal_is_not_overwritten_by_a_declaration(self):
        member = self._name()
        self._as_member(member)._portal_leave()
        with self.assertRaisesRegex(UserError, "does not take part"):
            self.draft._portal_declare_member(member.token, "Erklärung.pdf", PDF)
        self.assertEqual(member.state, "withdrawn")

    def test_after_the_deadline_nobody_confirms_or_leaves(self):
        member = self._name()
        with self._at(self._deadline(microseconds=1)):
            for step in ("_portal_confirm", "_portal_leave"):
                with self.assertRaises(UserError):
                    getattr(self._as_member(member), step)()
        with self._at(self._deadline()):
            self._as_member(member)._portal_confirm()

    def test_a_changed_bid_keeps_its_members(self):
        member, chor = self._name(), self._name("neu@example.com", name="Chor Nord e. V.")
        self._as_member(member)._portal_confirm()
        self.draft._portal_declare_member(chor.token, "Erklärung.pdf", PDF)
        self.draft._portal_hand_in()
        second = self.draft._portal_change()
        self.assertEqual(second.sudo().joint_ids.mapped("state"), ["confirmed", "confirmed"])
        self.assertEqual(second.sudo().joint_ids.declaration_id.submission_id, second)
        self.assertTrue(self._reads(second, self.other_bidder))
        self.assertEqual(len(self.draft._portal_change().sudo().joint_ids), 2, "asked twice, they come along once")
        self.assertFalse(second._portal_hand_in().problems)
        self.assertTrue(self.draft._is_intact() and second._is_intact())

    def test_the_office_reads_members_after_the_opening_only(self):
        member = self._name()
        self._as_member(member)._portal_confirm()
        self.draft._portal_hand_in()
        other = self._draft(lot=self.lot_two)
        waiting = self._name(draft=other)
        for user in (self.procurement, self.system, self.config):
            user.sudo().group_ids += self.env.ref("sozial_management_partner.group_sozial_procurement")
            with self.subTest(user=user.login):
                self.assertFalse(self._as(self.members, user).search_count([]))
        self._open()
        self.assertEqual(self._as(self.members, self.procurement).search([]), member, "of drafts nothing, after the opening neither")
        self.assertTrue(waiting.exists())
        self.assertFalse(self._as(self.members, self.stranger).search_count([]))
        self.env["sozial.review.member"].with_user(self.procurement).create({"call_id": self.call.id, "user_id": self.reviewer.id})
        self.reviewer.sudo().group_ids += self.env.ref("sozial_management_partner.group_sozial_procurement")
        self.assertFalse(self._as(self.members, self.reviewer).search_count([]), "before the declaration of interest")

    def test_people_in_a_joint_bid_are_forgotten_with_those_of_the_call(self):
        self._as_member(self._name())._portal_confirm()
        self.draft._portal_hand_in()
        self._open()
        self.call._take_person_out()
        self.assertFalse(self.members.search_count([("submission_id", "=", self.draft.id)]))
        self.assertEqual(self.call.opening_ids.protocol["submissions"][0]["joint_bid_with"], "Nachbarn helfen e. V.")

    def test_nobody_writes_past_the_methods(self):
        member = self._name()
        for step in (lambda: member.write({"state": "confirmed"}), lambda: self.draft.sudo().write({"partner_id": self.verein.id})):
            with self.assertRaises(UserError):
                step()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            member._write_guarded({"state": "confirmed"})
            self.env.flush_all()
        self._as_member(member)._portal_confirm()
        self.draft._portal_hand_in()
        with self.assertRaises(UserError):
            member.unlink()

    def test_mails_ask_once_and_tell_who_leads(self):
        sent = []
        patched = patch.object(
            type(self.env["sozial.submission"]), "_send_directly",
            lambda one, subject, body, recipients=None: sent.append((recipients or one._recipients(), body)),
        )  # fmt: skip
        member = self._name()
        with patched, patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: None):
            for _again in range(2):
                self.env["sozial.submission"]._cron_letters()
            self.assertEqual([to for to, _body in sent], [[self.other_bidder.email]])
            self.assertIn(member.token, sent[0][1])
            self.assertNotIn(SECRET, sent[0][1])
            self._as_member(member)._portal_leave()
            for _again in range(2):
                self.env["sozial.submission"]._cron_letters()
        self.assertEqual([to for to, _body in sent][1:], [[self.bidder.email]])
        self.assertFalse(self.env["mail.mail"].search_count([("body_html", "like", member.token)]))


@tagged("post_install", "-at_install")
class TestJointEncrypted(EncryptionCommon):
    """Members and their declarations in a call whose submissions are encrypted."""

    def test_fingerprint_declaration_and_opening(self):
        draft = self._draft()
        draft._portal_name_member("Chor Nord e. V.", "", "neu@example.com")
        draft._portal_declare_member(draft.sudo().joint_ids.token, "Erklärung.pdf", PDF)
        outcome = draft._portal_hand_in()
        self.assertFalse(outcome.problems)
        self.assertEqual(fingerprint(draft._document_of(outcome.key)), draft.sha256)
        again = draft._portal_change(outcome.key)
        self.assertEqual((again.sudo().joint_ids.state, again.joint_members), ("confirmed", "Chor Nord e. V."))
        again._portal_withdraw()
        without = draft._portal_change()
        self.assertEqual(without.sudo().joint_ids.state, "named", "without the key its declaration is not there")
        without._portal_withdraw()
        self._pass_deadline(self.call, seconds=5)
        self._begin()
        self._confirm()
        [line] = self.call.opening_ids.protocol["submissions"]
        self.assertEqual((line["intact"], line["joint_bid_with"]), (True, "Chor Nord e. V."))


@tagged("post_install", "-at_install")
class TestJointPortal(JointCommon, HttpCase):
    def _post(self, path, **values):
        return self.url_open(path, data={"csrf_token": Request.csrf_token(self), **values})

    def test_the_way_through_the_pages(self):
        self.env.flush_all()
        address = f"/my/submissions/{self.draft.token}"
        self.authenticate(self.bidder.login, self.bidder.login)
        page = self._post(f"{address}/member", member_name="Nachbarn helfen e. V.", member_email="falsch", answer_idea="Neu getippt")
        self.assertIn("alert-danger", page.text)
        self.assertIn("Neu getippt", page.text)
        self._post(f"{address}/member", member_name="Nachbarn helfen e. V.", member_email=self.other_bidder.email)
        member = self.draft.sudo().joint_ids
        self.assertEqual(member.partner_id, self.verein)
        self.env.flush_all()

        self.authenticate(self.other_bidder.login, "t_verein")
        self.assertIn(f"/my/joint/{member.token}", self.url_open("/my/submissions").text)
        self.assertNotIn(SECRET, self.url_open(address).text, "named only: not there")
        self.assertEqual(self.url_open(f"/my/joint/{member.token}/confirm").status_code, 405, "nothing changes by a link")
        self.assertIn("o_joint_confirmed", self._post(f"/my/joint/{member.token}/confirm").text)
        page = self.url_open(address).text
        self.assertIn("o_joint_shared", page)
        self.assertIn(f"{SECRET} idea", page)
        self.assertNotIn("o_submission_hand_in", page)
        start = self.url_open(f"/my/submissions/start/{self.call.token}").text
        self.assertNotIn(self.draft.token, start, "for a bid of one's own the lot is free")
        self.assertIn("o_joint_left", self._post(f"/my/joint/{member.token}/leave").text)
        self.assertNotIn(SECRET, self.url_open(address).text)

        third = self._bidder(self._organisation("Turnverein Süd e. V."), "t_third")
        self.env.flush_all()
        self.authenticate(third.login, third.login)
        self.assertNotIn(self.caritas.name, self._post(f"/my/joint/{member.token}/confirm").text)
        self.assertEqual(member.state, "withdrawn")

    def test_the_way_through_the_invited_mailbox(self):
        """With another login: the mailbox is asked, and its link opens the invitation."""
        member = self._name("post@nachbarn.example.com")
        key = member._key_for(self.verein)
        self.env.flush_all()
        address = f"/my/joint/{member.token}"
        self.authenticate(self.other_bidder.login, "t_verein")
        page = self.url_open(address).text
        self.assertIn("o_joint_mailbox", page)
        self.assertIn("p…@nachbarn.example.com", page)
        self.assertNotIn("post@nachbarn.example.com", page)
        self.assertNotIn("o_joint_confirm", page)
        self.assertEqual(self.url_open(f"{address}/mailbox").status_code, 405, "nothing is sent by a link")
        self._post(f"{address}/confirm")
        self._post(f"{address}/confirm", key="0" * 64)
        self.assertEqual(member.state, "named")
        self.assertIn("o_joint_sent", self._post(f"{address}/mailbox").text)
        page = self.url_open(f"{address}?key={key}").text
        self.assertIn("o_joint_confirm", page)
        self.assertEqual(member.state, "named", "a link changes nothing")
        self.assertIn("o_joint_confirmed", self._post(f"{address}/confirm", key=key).text)
        self.assertEqual((member.state, member.partner_id), ("confirmed", self.verein))
