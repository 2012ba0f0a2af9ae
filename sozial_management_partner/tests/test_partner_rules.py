"""What single record rules keep: rules of two roles together, conflicts of interest, dialogs, contacts."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PROCUREMENT, REVIEWER, PartnerCommon
from .review_common import ReviewCommon

# Everything that tells of the submissions to a call, with the way to the call.
TOLD = {
    "sozial.submission": "call_id",
    "sozial.submission.content": "submission_id.call_id",
    "sozial.submission.late": "call_id",
    "sozial.submission.envelope": "call_id",
    "sozial.call.opening": "call_id",
    "sozial.call.record": "call_id",
    "sozial.evidence.answer": "call_id",
    "sozial.review.eligibility": "call_id",
    "sozial.review": "call_id",
    "sozial.review.score": "call_id",
    "sozial.review.consensus": "call_id",
    "sozial.award": "call_id",
    "sozial.award.place": "call_id",
    "sozial.award.letter": "call_id",
}
PANEL = {
    "sozial.submission", "sozial.submission.content", "sozial.review.eligibility", "sozial.review", "sozial.review.score",
    "sozial.review.consensus", "sozial.award", "sozial.award.place",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestDecidedCall(ReviewCommon):
    """A call with everything there is, up to the letters: who finds what of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls._user("t_both", groups=f"{PROCUREMENT},{REVIEWER}")
        cls.partial = cls._user("t_partial", groups=f"{PROCUREMENT},{REVIEWER}")
        cls.head = cls._user("t_head", groups=f"sozial_management.group_sozial_lead,{REVIEWER}")
        cls.env["sozial.submission.late"].create(
            {"call_id": cls.call.id, "lot_id": cls.lot.id, "partner_id": cls.caritas.id, "user_id": cls.bidder.id,
             "at_us": "2026-11-22T10:00:00.000001+00:00", "deadline_us": "2026-11-22T10:00:00.000000+00:00", "cause": "late"}
        )  # fmt: skip
        envelopes = cls.env["sozial.submission.envelope"].with_user(cls.partial)
        envelopes.create({"call_id": cls.call.id, "sender": "Sportverein", "kept_at": "Tresor"})
        cls._ask_for_proof()
        cls._own(cls._appoint(cls.partial))._declare_conflict("Mein Bruder ist dort im Vorstand")
        cls._decide()
        cls._declare()
        for member in cls.members:
            cls._score(member)
        criterion = cls.lot._award_criteria()[0]
        cls.env["sozial.review.consensus"].with_user(cls.reviewer).create(
            {"submission_id": cls.first.id, "criterion_id": criterion.id, "score": "4", "reason": "Im Gespräch geklärt"}
        )
        cls.call.with_user(cls.procurement).action_close_review()
        cls.call.invalidate_recordset()
        cls.call.award_ids.filtered(lambda award: award.lot_id == cls.lot).with_user(cls.approver).action_approve()

    @classmethod
    def _ask_for_proof(cls):
        due = cls._utc_now().replace(year=cls._utc_now().year + 1, tzinfo=None, microsecond=0)
        requests = cls.env["sozial.evidence.request"].with_user(cls.procurement)
        requests.create({"call_id": cls.call.id, "name": "Freistellungsbescheid", "due": due}).action_ask()

    def _finds(self, user, model, way="call_id"):
        """Asked by id: asking by way of the submission would ask its rules too."""
        rows = self.env[model].search([(way, "=", self.call.id)])
        self.assertTrue(rows)
        return bool(self._as(rows, user).search_count([("id", "in", rows.ids)]))

    def test_two_roles_together_read_what_each_reads(self):
        for model, way in TOLD.items():
            with self.subTest(model=model):
                self.assertTrue(self._finds(self.both, model, way))
        for user in (self.both, self.head):
            for model in ("sozial.review.member", "sozial.award", "sozial.award.place"):
                with self.subTest(user=user.login, model=model):
                    self.assertTrue(self._finds(user, model))

    def test_a_conflict_of_interest_closes_everything_for_good(self):
        """With the very roles of the test above; the envelope is even one that the person received."""
        for model, way in TOLD.items():
            with self.subTest(model=model):
                self.assertFalse(self._finds(self.partial, model, way))

    def test_who_scores_on_other_panels_reads_nothing(self):
        for model in sorted(PANEL):
            with self.subTest(model=model):
                self.assertTrue(self._finds(self.reviewer, model, TOLD[model]), "the positive control")
                self.assertFalse(self._finds(self.reviewer_three, model, TOLD[model]))


@tagged("post_install", "-at_install")
class TestCalls(PartnerCommon):
    def test_two_roles_together_read_drafts(self):
        draft = self._call()
        for role in (PROCUREMENT, "sozial_management.group_sozial_lead"):
            user = self._user(f"t_{role[-8:]}", groups=f"{role},{REVIEWER}")
            for records in (draft, draft.lot_ids, draft.criterion_ids, draft.section_ids):
                with self.subTest(role=role, model=records._name):
                    self.assertTrue(self._as(records, user).search([("id", "in", records.ids)]))
                    self.assertFalse(self._as(records, self.reviewer).search([("id", "in", records.ids)]))

    def test_answers_are_for_those_who_may_read_the_call(self):
        call = self._published(access="invited", invited_ids=self.caritas.ids)
        for _number in range(2):
            self._as(call, self.bidder)._portal_ask("Ist der Raum ebenerdig?")
        asked, answered = self.env["sozial.call.question"].search([("call_id", "=", call.id)]).with_user(self.procurement)
        answered.write({"text": "Ist der Raum ebenerdig?", "answer": "Ja."})
        answered.action_answer()
        both = (asked | answered).ids
        self.assertEqual(self._as(answered, self.bidder).search([("id", "in", both)]).ids, answered.ids)
        self.assertFalse(self._as(answered, self.other_bidder).search([("id", "in", both)]))

    def test_a_dialog_is_read_by_whoever_opened_it(self):
        draft, published = self._call(), self._published()
        check = self.env["sozial.call.check"].with_user(self.second_procurement).create({"call_id": draft.id, "note": "Geprüft."})
        change = self.env["sozial.call.change"].with_user(self.second_procurement).create(
            {
                "call_id": published.id,
                "lot_ids": [Command.create({"lot_id": published.lot_ids[0].id})],
                "criterion_ids": [Command.create({"criterion_id": published.criterion_ids[0].id})],
                "section_ids": [Command.create({"section_id": published.section_ids[0].id})],
            }
        )
        for records in (check, change, change.lot_ids, change.criterion_ids, change.section_ids):
            with self.subTest(model=records._name):
                self.assertTrue(self._as(records, self.second_procurement).search([("id", "in", records.ids)]))
                self.assertFalse(self._as(records, self.procurement).search([("id", "in", records.ids)]))


@tagged("post_install", "-at_install")
class TestContacts(PartnerCommon):
    """Who runs calls writes organisations and their people; who manages contacts writes all, as before."""

    def test_organisations_and_their_people_not_tenants(self):
        self._as(self.verein, self.procurement).capacity = "Zwei Gruppen"
        contacts = self._as(self.env["res.partner"], self.procurement)
        person = contacts.create({"name": "Paul Vorstand", "parent_id": self.verein.id})
        person.phone = "03631 1"
        with self.assertRaises(AccessError):
            self._as(self.tenant, self.procurement).name = "Anders"
        with self.assertRaises(AccessError):
            contacts.create({"name": "Irgendwer"})

    def test_who_manages_contacts_as_well_writes_all(self):
        user = self._user("t_contacts", groups=f"{PROCUREMENT},base.group_partner_manager")
        self._as(self.tenant, user).name = "Erika Anders"
        self.assertTrue(self._as(self.env["res.partner"], user).create({"name": "Irgendwer"}))
