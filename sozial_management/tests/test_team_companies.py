from odoo import Command
from odoo.tests import tagged

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestTeamCompanies(SozialCommon):
    """Invariant 25: who works for two companies sees of each only what belongs to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._open_case()
        cls.other = cls.env["res.company"].create({"name": "Second company"})
        cls.colleague.company_ids = [Command.link(cls.other.id)]

    def _assert_of_its_company(self, model):
        rows = self.env[model].with_user(self.colleague)
        self.assertEqual(len(rows.with_context(allowed_company_ids=self.company.ids).search([])), 1, "the control")
        self.assertFalse(rows.with_context(allowed_company_ids=self.other.ids).search([]))

    def test_requests_to_take_over(self):
        cases = self.case.with_user(self.worker)
        self.env["sozial.case.transfer"].with_user(self.worker)._ask(cases, self.colleague, "workload")
        self._assert_of_its_company("sozial.case.transfer")

    def test_stand_ins(self):
        today = self._today()
        self.env["sozial.standin"].with_user(self.worker)._arrange(self.case.with_user(self.worker), self.colleague, today, today)
        self._assert_of_its_company("sozial.standin")

    def test_questions_on_the_desk(self):
        opinion = self.env["sozial.second.opinion"].with_user(self.worker).create(
            {"case_id": self.case.id, "colleague_id": self.colleague.id, "question": "Rate senken?", "summary": "Nach einer Trennung"}
        )
        opinion.action_ask()
        self._assert_of_its_company("sozial.opinion.question")
