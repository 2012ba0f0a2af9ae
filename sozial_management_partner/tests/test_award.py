import io
import json
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import jsonschema
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sozial_management_partner.models.call.call_clock import SozialCall as Clock

from .review_common import POINTS, ReviewCommon


class AwardCommon(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # making PDFs takes seconds and is tried in a test of its own
        cls.startClassPatcher(patch.object(type(cls.env["sozial.award.letter"]), "_make_pdf", lambda letter: b"%PDF-1.4 test"))
        cls.award = cls._reviewed()
        cls.award_two = cls.call.award_ids - cls.award

    def _approve(self, award=None, user=None):
        self._as_own(award or self.award, user or self.approver).action_approve()

    def _send(self, award=None):
        self._as_own(award or self.award, self.procurement).action_send_letters()

    def _later(self, days=30):
        moment = self._utc_now() + timedelta(days=days)
        self.startPatcher(patch.object(Clock, "_now", lambda _call: moment))

    def _give(self, award=None):
        self._as_own(award or self.award, self.procurement).action_award()


@tagged("post_install", "-at_install")
class TestAward(AwardCommon):
    """Invariant 17, and the ways a lot ends."""

    def test_from_ranking_to_award(self):
        self._approve()
        letter = self.award.letter_ids
        self.assertEqual((letter.submission_id, letter.kind), (self.second, "refusal"))
        self._send()
        self.assertEqual(self.award.state, "informed")
        self.assertEqual((letter.how, bool(letter.sha256)), ("mail", True))
        self._later()
        self._give()
        self.assertEqual((self.award.state, self.award.winner_id), ("awarded", self.first))
        self.assertIn("Caritasverband", self.award.agreement_text)
        self.assertEqual(self.call.state, "reviewed", "the other lot is open")
        self._approve(self.award_two)
        self._later(60)
        self._give(self.award_two)
        self.assertEqual(self.call.state, "decided")
        self._check_open_data()
        self.call.with_user(self.procurement).action_conclude()
        self.assertEqual(self.call.state, "concluded")
        self.assertEqual(self.call._verify_record(), [])
        self.assertTrue({"approved", "refused", "awarded", "agreement"} <= set(self.call.record_ids.mapped("event")))

    def _check_open_data(self):
        """The release is valid, names who was chosen and nobody else."""
        package = self.call._ocds_package("https://example.org/x.json")
        release = package["releases"][0]
        schema = json.loads((Path(__file__).parent / "data" / "ocds-release-schema-1.1.json").read_text(encoding="utf-8"))
        self.assertEqual(list(jsonschema.Draft4Validator(schema).iter_errors(release)), [])
        self.assertIn("award", release["tag"])
        self.assertEqual(release["tender"]["numberOfTenderers"], 3)
        self.assertEqual([one["suppliers"][0]["name"] for one in release["awards"]], [self.caritas.name] * 2)
        self.assertNotIn(self.verein.name, json.dumps(package, ensure_ascii=False))

    def test_no_award_before_every_letter_is_sent(self):
        self._approve()
        self._later()
        with self.assertRaisesRegex(UserError, "Nachbarn helfen"):
            self._give()

    def test_no_award_before_the_waiting_period_is_over(self):
        self._approve()
        self._send()
        start = self.call._aware(self.award.award_from)
        self.assertGreater(start, self._utc_now() + timedelta(days=self.call.standstill_days))
        for shift, given in ((-timedelta(microseconds=1), False), (timedelta(0), True)):
            with patch.object(Clock, "_now", lambda _call, shift=shift: start + shift):
                if given:
                    self._give()
                else:
                    with self.assertRaises(UserError):
                        self._give()
        self.assertEqual(self.award.state, "awarded")

    def test_the_database_refuses_an_award_too_early(self):
        self._approve()
        self._send()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.award._write_guarded({"state": "awarded", "awarded_at": self.award.award_from - timedelta(seconds=1)})
            self.env.flush_all()
        self.assertIn("awarded_is_whole", str(caught.exception))

    def test_a_second_person_approves(self):
        with self.assertRaisesRegex(UserError, "officer"):
            self._approve(user=self.procurement)
        for user in (self.reviewer, self.worker, self.bidder):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._approve(user=user)
        self._approve(user=self.lead)
        self.assertEqual(self.award.approver_id, self.lead)

    def test_who_approves_is_not_the_only_reviewer(self):
        group = self.env.ref("sozial_management_partner.group_sozial_procurement")
        self.reviewer.group_ids = [(4, group.id)]
        self.member_two._write_guarded({"finished_at": False})  # as if the other had never scored
        with self.assertRaisesRegex(UserError, "only reviewer"):
            self._approve(user=self.reviewer)
        self.member_two._write_guarded({"finished_at": self.member.finished_at})
        self._approve(user=self.reviewer)
        self.assertEqual(self.award.state, "approved")

    def test_who_has_a_conflict_does_not_approve(self):
        group = self.env.ref("sozial_management_partner.group_sozial_procurement")
        self.reviewer.group_ids = [(4, group.id)]
        self.member._write_guarded({"interest": "conflict"})
        with self.assertRaises(AccessError):
            self._approve(user=self.reviewer)

    def test_a_ranking_that_does_not_follow_from_the_scores_is_not_approved(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE sozial_review_score SET score = '0' WHERE submission_id = %s", [self.first.id])
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Verify"):
            self._approve()

    def test_the_winner_withdraws_and_the_next_one_is_chosen(self):
        self._approve()
        self._send()
        with self.assertRaises(UserError):
            self._as_own(self.award, self.procurement)._winner_withdrew("")
        self._as_own(self.award, self.procurement)._winner_withdrew("Kein Personal mehr")
        self.assertEqual((self.award.state, self.award.winner_id, self.award.approver_id.id), ("ranked", self.second, False))
        self._later()
        with self.assertRaises(UserError):
            self._give()
        self._approve()
        self.assertFalse(self.award.letter_ids._current(), "who withdrew gets no refusal")
        self.assertEqual(self.award.state, "informed")
        self._later(60)
        self._give()
        self.assertEqual(self.award.winner_id, self.second)

    def test_the_last_one_withdraws(self):
        for reason in ("zu teuer", "auch nicht"):
            self._as_own(self.award, self.procurement)._winner_withdrew(reason)
        with self.assertRaises(UserError):
            self._approve()
        self._as_own(self.award, self.procurement)._end("Niemand ist geblieben")
        self.assertEqual((self.award.state, len(self.award.letter_ids._current())), ("ended", 2))

    def test_a_lot_ends_with_a_reason(self):
        with self.assertRaises(UserError):
            self._as_own(self.award, self.procurement)._end("  ")
        with self.assertRaises(AccessError):
            self._as_own(self.award, self.reviewer)._end("x")
        self._as_own(self.award, self.procurement)._end("Mittel fehlen")
        self.assertIn("Mittel fehlen", self.award.letter_ids[0].body)

    def test_a_sent_letter_stays(self):
        self._approve()
        letter = self._as_own(self.award.letter_ids, self.procurement)
        letter.body = f"{letter.body}\n\nNachsatz"
        self._send()
        for step in (
            lambda: letter.write({"body": "x"}),
            lambda: letter.write({"sent_at": False}),
            letter.action_send,
            letter.sudo().unlink,
        ):
            with self.assertRaises(UserError):
                step()
        mail = self.env["mail.mail"].search([("subject", "=", letter.subject)])
        self.assertIn("Nachsatz", mail.body_html)
        self.assertEqual(mail.attachment_ids.res_model, "sozial.award.letter")

    def test_who_has_no_mail_address_gets_a_letter_by_post(self):
        with patch.object(type(self.first), "_recipients", lambda submission: []):
            self.award.invalidate_recordset()
            self._approve()
            self._send()
            self.assertEqual(self.award.state, "approved")
            self._as_own(self.award.letter_ids, self.procurement).action_sent_by_post()
        self.assertEqual((self.award.state, self.award.letter_ids.how), ("informed", "post"))


@tagged("post_install", "-at_install")
class TestLetters(ReviewCommon):
    def test_the_letter_says_why_and_who_and_when(self):
        award = self._reviewed({**POINTS, "Konzept": ("4", "3")})
        self._as_own(award, self.approver).action_approve()
        letter = award.letter_ids
        known = ("Nachbarn helfen", "60 von 100", "Rang 2 von 2", "Caritasverband", "72 von 100", "Seite 1 zu Konzept", "frühestens am")
        for words in known:
            with self.subTest(words=words):
                self.assertIn(words, letter.body + letter.partner_name)
        self._as_own(award, self.procurement).with_context(force_report_rendering=True).action_send_letters()
        pdf = PdfReader(io.BytesIO(b64decode(letter.with_context(bin_size=False).pdf)))
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        for words in (self.company.name, "Nachbarn helfen", "nicht ausgewählt", "Seite 1 zu Konzept"):
            self.assertIn(words, text)

    def test_the_procurement_file_is_printed_from_the_log(self):
        award = self._reviewed({**POINTS, "Konzept": ("4", "3")})
        self._as_own(award, self.approver).action_approve()
        report = self.env["ir.actions.report"].with_user(self.procurement).with_context(force_report_rendering=True)
        pdf = report._render_qweb_pdf("sozial_management_partner.report_call_file", res_ids=self.call.ids)[0]
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
        for words in (self.call.number, "keine Einwände", "t_reviewer_1", self.first.number, "72", self.approver.name, "Nachbarn helfen"):
            with self.subTest(words=words):
                self.assertIn(words, text)
        self.assertIn(self.call._record_head()[1][:20], text.replace(" ", ""))
        with self.assertRaises(AccessError):
            self.call.with_user(self.reviewer)._file_facts()

    def test_who_is_not_eligible_reads_the_reason(self):
        award = self._reviewed(unmet=self.second)
        self._as_own(award, self.approver).action_approve()
        self.assertIn("Satzungszweck passt: Kein Auszug", award.letter_ids.body)
        self.assertNotIn("von 100 Punkten und damit", award.letter_ids.body)


@tagged("post_install", "-at_install")
class TestEnds(ReviewCommon):
    def test_cancelled_after_the_opening(self):
        call = self.call.with_user(self.procurement)
        with self.assertRaises(UserError):
            call._cancel("")
        call._cancel("Die Mittel sind gestrichen")
        self.assertEqual((self.call.state, len(self.call.letter_ids)), ("cancelled", 3))
        self.assertIn("Die Mittel sind gestrichen", self.call.letter_ids[0].body)
        self.assertIn("gestrichen", self.call.record_ids.sorted("position")[-1].details_text)

    def test_cancelled_before_the_opening_stays_sealed(self):
        call = self._published().sudo()
        draft = call.with_user(self.bidder)._start_submission(call.lot_ids[:1].with_user(self.bidder))
        told = []
        with patch.object(type(draft), "_send_directly", lambda one, subject, body: told.append((one.id, body))):
            call.with_user(self.procurement)._cancel("Kein Bedarf mehr")
        self.assertEqual([one for one, _body in told], [draft.id])
        self.assertIn("Kein Bedarf mehr", told[0][1])
        self.assertFalse(call.letter_ids)
        self.assertFalse(self._as_own(draft, self.procurement).search([("id", "=", draft.id)]))

    def test_nobody_applied(self):
        call = self._published().sudo()
        self._open(call)
        call.with_user(self.procurement).action_close_review()
        for award in call.award_ids:
            with self.assertRaises(UserError):
                self._as_own(award, self.approver).action_approve()
            self._as_own(award, self.procurement)._end("Es ging keine Bewerbung ein")
        self.assertEqual(call.state, "decided")
