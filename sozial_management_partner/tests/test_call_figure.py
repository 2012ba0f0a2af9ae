from datetime import timedelta

from odoo.tests import tagged

from .review_common import ReviewCommon
from .submission_common import SubmissionCommon

MEASURES = ["call_id:count_distinct", "lots:sum", "submissions:sum", "without_submission:sum", "late:sum", "questions:sum", "cancelled:sum"]


class FigureCommon:
    def _figures(self, user=None, call=None, groupby=()):
        user = user or self.procurement
        figures = self.env["sozial.call.figure"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return figures._read_group([("call_id", "=", (call or self.call).id)], list(groupby), MEASURES)


@tagged("post_install", "-at_install")
class TestCallFigure(FigureCommon, SubmissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._hand_in()
        cls._hand_in(cls.other_bidder)
        cls._draft(lot=cls.lot_two)
        cls.call.with_user(cls.bidder)._portal_ask("Gibt es Räume?")
        cls.late = cls.env["sozial.submission.late"].create(
            {"call_id": cls.call.id, "lot_id": cls.lot.id, "partner_id": cls.caritas.id, "user_id": cls.bidder.id,
             "at_us": "2026-11-22T10:00:00.000001+00:00", "deadline_us": "2026-11-22T10:00:00.000000+00:00", "cause": "late"}
        )  # fmt: skip

    def test_what_is_sealed_is_not_counted(self):
        self.system.group_ids |= self.env.ref("sozial_management_partner.group_sozial_procurement")
        for user in (self.procurement, self.system):
            with self.subTest(user=user.login):
                self.assertEqual(self._figures(user), [(1, 2, False, False, False, 1, 0)])
        rows = self.env["sozial.call.figure"].sudo().search_read([("call_id", "=", self.call.id)], ["submissions", "late"])
        self.assertEqual([(row["submissions"], row["late"]) for row in rows], [(0, 0), (0, 0)], "for the superuser neither")

    def test_after_the_opening_it_is(self):
        self._open()
        self.assertEqual(self._figures(), [(1, 2, 2, 1, 1, 1, 0)])
        self.assertEqual({lot.name: row[2] for lot, *row in self._figures(groupby=["lot_id"])}, {self.lot.name: 2, self.lot_two.name: 0})

    def test_quarter_topic_and_kind(self):
        topic = self.env["sozial.topic"].search([], limit=1)
        category = self.env["sozial.offer.category"].search([], limit=1)
        offer = self.env["sozial.offer"].create({"name": "Beratung", "category_id": category.id, "topic_ids": topic.ids})
        call = self._call()
        call.lot_ids[0].offer_id = offer
        self._check(call)
        call.action_publish()
        [row, other] = self.env["sozial.call.figure"].search([("call_id", "=", call.id)], order="id")
        self.assertEqual((row.topic_id, row.quarter_id, row.procedure), (topic, self.quarter, "partner"))
        self.assertFalse(other.topic_id or other.quarter_id)

    def test_drafts_of_calls_do_not_count_cancelled_ones_do(self):
        self.assertEqual(self._figures(call=self._call())[0][1], 0)
        self.call.with_user(self.procurement)._cancel("Kein Geld")
        figures = self._figures()
        self.assertEqual(figures[0][-1], 2)
        self.assertIs(figures[0][2], False, "what was never opened stays sealed")

    def test_two_companies(self):
        self.assertEqual(self._figures()[0][1], 2)
        self.assertEqual(self._figures(self.stranger)[0][1], 0)


@tagged("post_install", "-at_install")
class TestAwardFigure(FigureCommon, ReviewCommon):
    def test_days_and_share(self):
        award = self._reviewed()
        other = self.call.award_ids - award
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sozial_award SET state = 'awarded', approver_id = 1, award_from = %s, awarded_at = %s WHERE id = %s",
            [self.call.published_at, self.call.published_at + timedelta(days=40, hours=12), award.id],
        )
        self.env.cr.execute("UPDATE sozial_award SET state = 'ended', end_reason = 'x' WHERE id = %s", [other.id])
        self.env.invalidate_all()
        figures = self.env["sozial.call.figure"].with_user(self.procurement)
        found = figures._read_group([("call_id", "=", self.call.id)], [], ["awarded:sum", "awarded_share:avg", "days_to_award:avg"])
        self.assertEqual(found, [(1, 50.0, 40.5)])
