"""The demo calls: run by the methods that people use, each step at its time."""

import io

import pypdf

from odoo.tests import TransactionCase, tagged

MODULE = "sozial_management_partner"


@tagged("post_install", "-at_install")
class TestDemoCalls(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.concluded, cls.reviewing = (
            cls.env.ref(f"{MODULE}.demo_call_{name}", raise_if_not_found=False) for name in ("concluded", "reviewing")
        )
        if not (cls.concluded and cls.reviewing):
            raise AssertionError("The demo data is missing: install the addon with demo data.")

    def test_one_call_came_to_its_end(self):
        call = self.concluded
        self.assertEqual((call.state, len(call.lot_ids), set(call.award_ids.mapped("state"))), ("concluded", 2, {"awarded"}))
        self.assertEqual(set(call.award_ids.mapped("winner_name")), {"Nachbarschaftshilfe Harzvorland e. V."})
        self.assertEqual(sorted(call.letter_ids.mapped("kind")), ["award", "award", "refusal"])
        self.assertTrue(all(call.letter_ids.mapped("sent_at")))
        self.assertTrue(call.opening_ids.is_intact)
        self.assertEqual(call._verify_record(), [])
        events = call.record_ids.sorted("position").mapped("event")
        wanted = ["published", "question", "answered", "opened", "submitted", "late", "protocol", "consensus", "ranked", "approved",
                  "refused", "awarded", "decided", "concluded"]  # fmt: skip
        self.assertEqual([event for event in wanted if event not in events], [])

    def test_the_times_are_those_of_a_real_call(self):
        call = self.concluded
        submissions = self.env["sozial.submission"].search([("call_id", "=", call.id), ("state", "=", "submitted")])
        self.assertEqual(len(submissions), 3)
        self.assertTrue(all(call.published_at < one.submitted_at <= call.deadline for one in submissions))
        self.assertLess(call.deadline, call.opened_at)
        for award in call.award_ids:
            self.assertLessEqual(award.award_from, award.awarded_at)
        moments = call.record_ids.sorted("position").mapped("at")
        self.assertEqual(moments, sorted(moments))

    def test_a_joint_bid_with_a_member_that_confirmed(self):
        member = self.env["sozial.submission.member"].search([("submission_id.call_id", "=", self.concluded.id)])
        self.assertEqual((member.state, member.how, member.name), ("confirmed", "portal", "Turn- und Sportverein Eintracht Muster e. V."))

    def test_letters_can_be_read(self):
        refusal = self.concluded.letter_ids.filtered(lambda letter: letter.kind == "refusal")
        pdf = pypdf.PdfReader(io.BytesIO(self.env["ir.attachment"].search(
            [("res_model", "=", refusal._name), ("res_field", "=", "pdf"), ("res_id", "=", refusal.id)]).raw))  # fmt: skip
        self.assertIn("Diakoniewerk", pdf.pages[0].extract_text())

    def test_one_call_is_in_its_review(self):
        call = self.reviewing
        self.assertEqual(call.state, "opened")
        members = {member.user_id.login: member for member in call.member_ids}
        self.assertEqual({login: member.interest for login, member in members.items()},
                         {"bewertung": "none", "bewertung2": "none", "bewertung3": "open"})  # fmt: skip
        self.assertTrue(members["bewertung"].finished_at)
        self.assertEqual(sorted(members["bewertung2"].review_ids.mapped("done")), ["0/3", "3/3"])
        self.assertEqual(call._verify_record(), [])

    def test_a_draft_in_the_call_that_runs(self):
        call = self.env.ref(f"{MODULE}.demo_call_lebenstedt")
        draft = self.env["sozial.submission"].search([("call_id", "=", call.id)])
        self.assertEqual((draft.state, draft.partner_id), ("draft", self.env.ref(f"{MODULE}.demo_organisation_diakonie")))
        self.assertEqual(len(draft._problems()), 4)
