import datetime as dt

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestSecondOpinion(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._open_case(tenancy_id=cls.tenancy.id)

    def _opinion(self, **values):
        return self.env["sozial.second.opinion"].with_user(self.worker).create(
            {
                "case_id": self.case.id, "colleague_id": self.colleague.id, "question": "Rate senken?",
                "summary": "Nach einer Trennung", **values,
            }
        )

    def _desk(self, user=None):
        return self.env["sozial.opinion.question"].with_user(user or self.colleague).search([])

    def test_the_question_lies_on_the_desk_and_the_case_stays_closed(self):
        opinion = self._opinion()
        self.assertFalse(self._desk())
        opinion.action_ask()
        question = self._desk()
        self.assertEqual((question.question, question.asked_by_id), ("Rate senken?", self.worker))
        for record in (self.case, opinion):
            with self.assertRaises(AccessError):
                self._as(record, self.colleague).read(["create_uid"])
        with self.assertRaises(AccessError):
            question.read(["opinion_id"])
        third = self._user("t_third", "worker")
        for user in (third, self.lead):
            self.assertFalse(self._desk(user))

    def test_the_answer_stays_on_the_case_and_leaves_the_desk(self):
        opinion = self._opinion()
        opinion.action_ask()
        question = self._desk()
        with self.assertRaisesRegex(UserError, "Answer"):
            question.action_answer()
        question.answer = "Ja, um die Hälfte."
        question.action_answer()
        self.assertEqual((opinion.state, opinion.answer), ("answered", "Ja, um die Hälfte."))
        self.assertFalse(self._desk())
        self.assertFalse(self._desk(self.worker))
        for call in (lambda: opinion.write({"summary": "x"}), lambda: opinion.write({"until": "2099-01-01"}), opinion.unlink):
            with self.assertRaisesRegex(UserError, "stays as it was"):
                call()

    def test_it_is_seen_until_its_last_day(self):
        self._opinion(until=self._today()).action_ask()
        self.assertTrue(self._desk())
        self._desk().sudo().until = self._today() - dt.timedelta(days=2)
        self.assertFalse(self._desk())

    def test_a_text_that_names_somebody_is_refused(self):
        summaries = "Frau Sorgenfrei zahlt nicht", "in der Stolberger Str.", "frau sorgenfrei"
        named = {"question": f"Was tun in {self.case.name}?"}, *({"summary": summary} for summary in summaries)
        for values in named:
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "nobody is recognised"):
                self._opinion(**values).action_ask()
        self.tenant.name = "Frau Li von der Heide"
        with self.assertRaisesRegex(UserError, r"Leave out: Li\."):
            self._opinion(summary="Li zahlt nicht, die Frau von der Kasse auch nicht").action_ask()
        self._opinion(summary="Die Frau von der Kasse rät ab").action_ask()

    def test_who_can_be_asked_and_until_when(self):
        with self.assertRaisesRegex(UserError, "social worker"):
            self._opinion(colleague_id=self.frontdesk.id).action_ask()
        with self.assertRaisesRegex(UserError, "future"):
            self._opinion(until="2020-01-01").action_ask()

    def test_only_who_is_asked_answers(self):
        self._opinion().action_ask()
        question = self._desk(self.worker)
        self.assertTrue(question, "who asked sees it, too")
        with self.assertRaises(AccessError):
            question.write({"answer": "x"})
        with self.assertRaises(AccessError):
            question.action_answer()
        with self.assertRaisesRegex(UserError, "as it was asked"):
            self._desk().write({"question": "x"})

    def test_what_was_asked_stays(self):
        opinion = self._opinion()
        with self.assertRaisesRegex(UserError, "not set directly"):
            opinion.write({"answer": "x"})
        opinion.action_ask()
        for call in (lambda: opinion.write({"question": "x"}), opinion.unlink, opinion.action_ask):
            with self.assertRaisesRegex(UserError, "stays as it was"):
                call()
        opinion.action_withdraw()
        self.assertFalse(self._desk())
        with self.assertRaisesRegex(UserError, "no open question"):
            opinion.action_withdraw()

    def test_with_the_case_the_question_ends(self):
        opinion = self._opinion()
        opinion.action_ask()
        self.case.write({"close_reason": "not_responsible"})
        self.case.action_decline()
        self.assertEqual(opinion.state, "withdrawn")
        self.assertFalse(self._desk())


@tagged("post_install", "-at_install")
class TestCaseload(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        heavy = cls.env["sozial.case.type"].create({"name": "Schwer", "code": "t_heavy", "weight": 2.5})
        cls.case, cls.strict = cls._open_case(type_id=heavy.id), cls._open_case(level="strict")
        cls.strict._write_state("assessment")
        today = cls._today()
        cls.env["sozial.deadline"].with_user(cls.worker).create(
            [
                {"case_id": cls.strict.id, "name": name, "due": today + dt.timedelta(days=days)}
                for name, days in (("bald", 10), ("später", 20), ("versäumt", -1))
            ]
        )

    def _load(self, user=None):
        return self.env["sozial.caseload"].with_user(user or self.lead).with_context(allowed_company_ids=self.company.ids).search(
            [("user_id", "=", self.worker.id)]
        )

    def test_the_head_sees_numbers_of_all_cases(self):
        load = self._load()
        self.assertEqual((load.case_count, load.in_intake, load.in_assessment, load.in_support), (2, 1, 1, 0))
        self.assertEqual((load.weight, load.deadline_count, load.overdue_count), (3.5, 2, 1))
        self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "date": "2026-11-02 10:00:00"})
        self.env.invalidate_all()
        self.assertEqual(self._load().last_contact_at, dt.datetime(2026, 11, 2, 10))

    def test_the_cases_are_those_one_may_read(self):
        action = self._load().action_cases()
        found = self.env["sozial.case"].with_user(self.lead).search(action["domain"])
        self.assertEqual(found, self.case.with_user(self.lead))
        self.assertEqual(self._load().action_transfer()["context"], {"sozial_worker_id": self.worker.id})

    def test_the_caseload_is_for_the_head(self):
        for user in (self.worker, self.frontdesk, self.system, self.report, self.privacy):
            with self.assertRaises(AccessError):
                self._load(user)

    def test_a_closed_case_no_longer_counts(self):
        self.case.write({"close_reason": "not_responsible"})
        self.case.action_decline()
        self.env.invalidate_all()
        self.assertEqual(self._load().case_count, 1)


@tagged("post_install", "-at_install")
class TestStale(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._open_case()

    def _stale(self):
        self.env.invalidate_all()
        found = self._as(self.case, self.lead).search([("is_stale", "=", True), ("id", "=", self.case.id)])
        self.assertEqual(found.is_stale, bool(found))
        return found.stale_reason or ""

    def test_a_case_that_is_on_its_way(self):
        self.assertEqual(self._stale(), "")

    def test_long_without_contact_as_the_company_says(self):
        self.case.opened_on = self._today() - dt.timedelta(days=20)
        self.assertEqual(self._stale(), "")
        self.company.sozial_stale_days = 14
        self.assertIn("14 days", self._stale())
        self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id})
        self.assertEqual(self._stale(), "")

    def test_without_an_agreed_plan(self):
        self.case._write_state("support")
        self.assertEqual(self._stale(), "no agreed plan")
        self.case.type_id.sudo().skips_planning = True
        self.assertEqual(self._stale(), "")

    def test_a_missed_deadline_and_an_overdue_review(self):
        past = self._today() - dt.timedelta(days=20)
        self.env["sozial.deadline"].with_user(self.worker).create({"case_id": self.case.id, "name": "x", "due": past})
        self.case.next_review = past
        self.assertEqual(self._stale(), "deadline missed, review overdue")

    def test_an_ended_case_is_not_stale(self):
        self.case.opened_on = self._today() - dt.timedelta(days=90)
        self.case.write({"close_reason": "not_responsible"})
        self.case.action_decline()
        self.assertEqual(self._stale(), "")

    def test_my_day_asks_the_company_too(self):
        self.case.opened_on = self._today() - dt.timedelta(days=20)
        days = self.env["sozial.my.day"].with_user(self.worker).with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(days.get_my_day()["stale"]["count"], 0)
        self.company.sozial_stale_days = 10
        self.assertEqual(days.get_my_day()["stale"]["count"], 1)

    def test_my_day_counts_what_colleagues_ask(self):
        self.env["sozial.case.transfer"].with_user(self.worker)._ask(self.case, self.colleague, "workload")
        day = self.env["sozial.my.day"].with_user(self.colleague).get_my_day()
        self.assertEqual((day["transfers"], day["opinions"], day["standins"]), (1, 0, 0))
