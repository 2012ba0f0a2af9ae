from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .mediation_common import MediationCommon


@tagged("post_install", "-at_install")
class TestFigureMediation(MediationCommon):
    """How mediations end: for the department only as suppressed figures."""

    def setUp(self):
        super().setUp()
        self.facts = self.env["sozial.mediation.fact"]

    def _ended(self, mediation=None, state="agreed", day="2026-11-10", review=False):
        mediation = (mediation or self.mediation).sudo()
        mediation._write_guarded({"state": state, "ended_on": day})
        if review:
            mediation._write_guarded({"review_result": review, "reviewed_on": day})
        return mediation

    def _count(self, start="2026-10-01", end="2027-01-01"):
        self.facts._figure_update(self.company, date.fromisoformat(start), date.fromisoformat(end))
        return self.facts.search([("company_id", "=", self.company.id)])

    def _publish(self, measure, rows):
        with freeze_time("2027-03-01 10:00"):
            requests = self.env["sozial.figure.request"].with_user(self.report).with_context(allowed_company_ids=self.company.ids)
            action = requests.create(
                {"measure": f"sozial.mediation.fact:{measure}", "rows": rows, "columns": False, "year": "2026", "quarter": False}
            ).action_publish()
        release = requests.env["sozial.figure.release"].browse(action["res_id"])
        return {row["label"]: row["values"] for row in release.cells["body"]}

    def test_an_end_and_a_review_become_a_fact_each_once(self):
        self.assertFalse(self._count(), "still asked")
        self._ended(review="kept")
        self.assertFalse(self._count(start="2026-01-01", end="2026-10-01"), "of this period only")
        facts = self._count().sorted("kind")
        self.assertEqual([(one.kind, one.outcome, one.review) for one in facts], [("ended", "agreed", False), ("reviewed", False, "kept")])
        self.assertEqual((len(set(facts.mapped("contributor"))), set(facts.mapped("month"))), (1, {date(2026, 11, 1)}))
        self.assertEqual(self._count(), self.facts.browse(sorted(facts.ids)))

    def test_they_are_counted_before_the_case_goes(self):
        self._ended(state="off")
        self.case.sudo()._figure_count_rest()
        self.case.sudo()._figure_count_rest()
        self.assertEqual(self.facts.search([("company_id", "=", self.company.id)]).mapped("outcome"), ["off"])

    def test_one_alone_is_hidden_and_many_are_published(self):
        self._ended(review="kept")
        self.assertEqual(set(map(str, self._publish("ended", "outcome")["Agreement signed"])), {"None"}, "one person alone")

    def test_many_are_published_by_outcome_and_as_shares(self):
        for number in range(12):
            people = [self.env["res.partner"].create({"name": f"P{number}{side}"}) for side in "ab"]
            roles = zip(people, ("client", "conflict_party"), strict=True)
            case = self._open_case(
                type_id=self.conflict.id,
                participant_ids=[Command.create({"partner_id": person.id, "role": role}) for person, role in roles],
            )
            self._ended(self._begin(case), review="kept")
        self.assertEqual(self._publish("ended", "outcome")["Agreement signed"], [12])
        self.assertEqual(self._publish("agreed", "period")["Q4 2026"], [1])
        self.assertEqual(self._publish("kept", "period")["Q4 2026"], [1])
        self.assertEqual(self._publish("reviewed", "review")["It holds"], [12])

    def test_nobody_reads_facts_and_they_stay(self):
        self._ended()
        facts = self._count()
        for user in (self.worker, self.lead, self.report, self.system, self.privacy, self.config, self.frontdesk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(facts, user).read(["month"])
        for call in (lambda: facts.write({"outcome": "off"}), facts.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                call()
        self.env["ir.model.access"].create(
            {
                "name": "x", "model_id": self.env["ir.model"]._get_id("sozial.mediation.fact"), "perm_read": True,
                "group_id": self.env.ref("base.group_user").id,
            }
        )  # fmt: skip
        self.assertEqual(self._as(self.facts, self.lead).search_count([]), 0)
        links = {field.comodel_name for field in facts._fields.values() if field.relational}
        self.assertEqual(links, {"res.company", "sozial.quarter"})

    def test_impossible_facts_are_refused(self):
        values = {"company_id": self.company.id, "kind": "ended", "outcome": "off", "month": "2026-11-01", "contributor": "x"}
        for wrong in ({"month": "2026-11-02"}, {"outcome": False}, {"review": "kept"}, {"kind": "reviewed"}):
            with self.subTest(wrong=wrong), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.facts.create({**values, **wrong})
