from datetime import datetime

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestFigureBenefits(BenefitCommon):
    """Euros obtained and decisions beside the pre-check: for the own cases in full, for the department suppressed."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2026-11-22 09:00:00"))
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.facts = self.env["sozial.benefit.fact"]

    def _decided(self, case=None, amount=264, received_on="2026-11-10", check=True, **values):
        case = case or self._open_case(quarter_id=self.quarter.id)
        application = self._application(
            case, check_id=check and self._check(case).id, informal_on="2026-11-01", received_on=received_on, **values
        )
        application.action_file()
        if amount:
            application.write({"amount_month": amount, "valid_from": "2026-11-01"})
            application.action_grant()
        else:
            application.action_refuse()
        return application

    def _count(self, start="2026-10-01", end="2027-01-01"):
        self.facts._figure_update(self.company, datetime.fromisoformat(start).date(), datetime.fromisoformat(end).date())
        return self.facts.search([("company_id", "=", self.company.id)])

    def _publish(self, measure, rows, columns=False):
        with freeze_time("2027-03-01 10:00"):
            requests = self.env["sozial.figure.request"].with_user(self.report).with_context(allowed_company_ids=self.company.ids)
            action = requests.create(
                {"measure": f"sozial.benefit.fact:{measure}", "rows": rows, "columns": columns, "year": "2026", "quarter": False}
            ).action_publish()
        release = requests.env["sozial.figure.release"].browse(action["res_id"])
        return {row["label"]: row["values"] for row in release.cells["body"]}

    def test_a_decision_becomes_a_fact_once(self):
        self._decided(amount=264.4)
        self._decided(amount=0)
        self.assertFalse(self._count(start="2026-01-01", end="2026-10-01"), "of this period only")
        facts = self._count()
        found = sorted((one.decision, one.expected, one.amount_month, one.amount_year) for one in facts)
        self.assertEqual(found, [("granted", "likely", 264, 3173), ("refused", "likely", 0, 0)])
        self.assertEqual((facts.benefit_id, facts.quarter_id, set(facts.mapped("month"))), (
            self.wohngeld, self.quarter, {datetime(2026, 11, 1).date()},
        ))  # fmt: skip
        self.assertEqual(self._count(), facts)

    def test_after_an_objection_only_what_came_on_top_is_counted(self):
        application = self._decided(amount=200)
        self._count()
        application.action_object()
        application.write({"amount_month": 264})
        application.action_grant()
        facts = self._count().sorted("amount_month")
        self.assertEqual([(one.amount_month, one.again) for one in facts], [(64, True), (200, False)])

    def test_an_ended_case_is_counted_and_an_erased_one_before_it_goes(self):
        application = self._decided()
        application.case_id.sudo()._write_guarded({"state": "declined", "closed_on": "2026-11-22", "close_reason": "solved"})
        self.assertEqual(len(self._count()), 1)
        late = self._decided(received_on="2026-11-12")
        late.case_id._figure_count_rest()
        self.assertEqual(len(self.facts.search([("company_id", "=", self.company.id)])), 2)

    def test_published_figures_are_suppressed(self):
        self._decided()
        self.assertEqual(set(map(str, self._publish("month", "benefit_id")["Wohngeld"])), {"None"}, "one person alone")

    def test_many_are_published_by_benefit_and_quarter_and_beside_the_check(self):
        for number in range(12):
            with self.subTest(number=number):
                self._decided(self._open_case(quarter_id=self.quarter.id, participant_ids=[Command.create(
                    {"partner_id": self.env["res.partner"].create({"name": f"P{number}"}).id, "role": "client"}
                )]))  # fmt: skip
        body = self._publish("month", "benefit_id")
        self.assertEqual(body["Wohngeld"], [12 * 264])
        self.assertEqual(self._publish("year", "period")["Q4 2026"], [12 * 264 * 12])
        self.assertEqual(self._publish("held", "expected")["Likely"], [1])
        self.assertEqual(self._publish("decided", "expected", "decision")["Likely"][0], 12)

    def test_nobody_reads_facts_and_they_stay(self):
        self._decided()
        facts = self._count()
        for user in (self.worker, self.lead, self.report, self.system, self.privacy, self.config, self.frontdesk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(facts, user).read(["month"])
        for call in (lambda: facts.write({"amount_month": 1}), facts.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                call()
        self.env["ir.model.access"].create(
            {
                "name": "x", "model_id": self.env["ir.model"]._get_id("sozial.benefit.fact"), "perm_read": True,
                "group_id": self.env.ref("base.group_user").id,
            }
        )  # fmt: skip
        self.assertEqual(self._as(self.facts, self.lead).search_count([]), 0)
        links = {field.comodel_name for field in facts._fields.values() if field.relational}
        self.assertEqual(links, {"res.company", "sozial.quarter", "sozial.benefit"})

    def test_impossible_facts_are_refused(self):
        values = {
            "company_id": self.company.id, "benefit_id": self.wohngeld.id, "decision": "granted", "month": "2026-11-01",
            "contributor": "x",
        }  # fmt: skip
        for wrong in ({"month": "2026-11-02"}, {"amount_month": -1}, {"amount_year": -1}):
            with self.subTest(wrong=wrong), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.facts.create({**values, **wrong})

    def test_the_own_cases_as_pivot(self):
        self._decided()
        self._decided(amount=0)
        rows = self.env["sozial.benefit.application"].with_user(self.worker)._read_group(
            [("company_id", "=", self.company.id), ("expected", "=", "likely")],
            ["benefit_id", "received_on:quarter", "state"], ["amount_month:sum", "amount_year:sum"],
        )  # fmt: skip
        self.assertEqual(sorted((state, month, year) for *_group, state, month, year in rows), [("granted", 264, 3168), ("refused", 0, 0)])
        self.assertFalse(
            self.env["sozial.benefit.application"].with_user(self.colleague).search([("company_id", "=", self.company.id)])
        )
        with self.assertRaises(AccessError):
            self.env["sozial.benefit.application"].with_user(self.report)._read_group([], [], ["amount_month:sum"])
