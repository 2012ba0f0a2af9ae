from datetime import date, timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .retention_common import CLOSED, DUE, RetentionCommon


@tagged("post_install", "-at_install")
class TestRules(RetentionCommon):
    def test_every_shipped_kind_has_a_rule_of_three_years(self):
        kinds = self.env["sozial.case.type"].search([], limit=1000).filtered(lambda kind: kind.get_external_id()[kind.id])
        self.assertGreaterEqual(len(kinds), 12)
        for kind in kinds:
            rule = self.rules._effective(self.company)[kind.id]
            with self.subTest(kind=kind.code):
                self.assertEqual((rule.case_type_id, rule.months, rule.counted_from, rule.action), (kind, 36, "year_end", "anonymise"))

    def test_data_protection_opens_a_rule_and_chooses_a_kind(self):
        rule = self._as(self.rule, self.privacy)
        self.assertEqual(rule.web_read({"display_name": {}, "case_type_id": {"fields": {"display_name": {}}}})[0]["id"], rule.id)
        self.assertIn(self.rule.case_type_id.id, dict(rule.case_type_id.name_search(self.rule.case_type_id.name)))

    def test_when_something_is_due(self):
        for counted_from, months, day, due in (
            ("year_end", 36, date(2022, 1, 1), date(2026, 1, 1)),
            ("year_end", 36, date(2022, 12, 31), date(2026, 1, 1)),
            ("year_end", 6, date(2022, 12, 31), date(2023, 7, 1)),
            ("event", 6, date(2022, 8, 31), date(2023, 2, 28)),
            ("event", 12, date(2024, 2, 29), date(2025, 2, 28)),
        ):
            rule = self.rules.new({"counted_from": counted_from, "months": months})
            with self.subTest(counted_from=counted_from, day=day):
                self.assertEqual(rule._due_on(day), due)
                self.assertLess(day, rule._ended_before(due))

    def test_the_search_never_finds_more_than_is_due(self):
        """`_ended_before` is the reverse of `_due_on`, day by day over the turn of a year and a leap day."""
        for counted_from in ("year_end", "event"):
            for months in (1, 6, 36):
                rule = self.rules.new({"counted_from": counted_from, "months": months})
                for ended in (date(2023, 12, 30) + timedelta(days=n) for n in range(70)):
                    due = rule._due_on(ended)
                    self.assertLess(ended, rule._ended_before(due))
                    self.assertGreaterEqual(ended, rule._ended_before(due - timedelta(days=1)))

    def test_the_most_particular_rule_counts(self):
        def effective(kind=self.kind):
            return self.rules._effective(self.company).get(kind.id)

        shared = effective()
        company_kind = self.rules.create({"case_type_id": self.kind.id, "company_id": self.company.id, "months": 12})
        self.assertEqual(effective(), company_kind)
        self.assertEqual(self.rules._effective(self.other_company)[self.kind.id], shared)
        own = self.env["sozial.case.type"].create({"name": "Eigene", "code": "own"})
        self.assertIsNone(effective(own))
        self.assertEqual(self.rules._effective(self.company)[False], self.env.ref("sozial_management.retention_rule_case"))
        general = self.rules.create({"company_id": self.company.id, "months": 24})
        self.assertEqual(self.rules._effective(self.company)[False], general)
        self.assertEqual(effective(), company_kind)
        company_kind.active = False
        self.assertIsNone(effective(), "the company's own general rule goes before a shared one of the kind")

    def test_shown_on_kind_and_case(self):
        self.rules.create({"case_type_id": self.kind.id, "company_id": self.company.id, "months": 12})
        kind = self.kind.with_user(self.config).with_company(self.company)
        self.assertEqual(kind.retention_months, 12)
        case = self._closed_case()
        self.assertEqual(case.erase_on, date(2024, 1, 1))
        self.assertFalse(self._open_case().erase_on)

    def test_what_is_refused(self):
        with mute_logger("odoo.sql_db"):
            for values, message in (
                ({"months": 0}, "months_positive"),
                ({"subject": "signal", "action": "delete", "case_type_id": self.kind.id}, "kind_of_cases_only"),
                ({"case_type_id": self.kind.id}, "once"),
            ):
                with self.subTest(values=values), self.assertRaisesRegex(psycopg2.IntegrityError, message), self.env.cr.savepoint():
                    self.rules.create({"company_id": False, **values}).flush_recordset()
        with self.assertRaisesRegex(UserError, "are deleted"):
            self.rules.create({"subject": "signal", "company_id": self.company.id, "action": "anonymise"})


@tagged("post_install", "-at_install")
class TestProposals(RetentionCommon):
    def test_what_is_proposed(self):
        due = self._closed_case()
        running = self._open_case()
        fresh = self._closed_case(self._today())
        before = self._closed_case()
        later = self.env["sozial.case"].browse(before.action_reopen()["res_id"])
        self._propose()
        self.assertEqual(self._found(due, running, fresh, before, later).mapped("name"), [due.name])
        proposal = self._found(due)
        self.assertEqual(
            (proposal.case_type_id, proposal.ended_on, proposal.due_on, proposal.action, proposal.state),
            (self.kind, CLOSED, DUE, "anonymise", "proposed"),
        )

    def test_proposed_thirty_days_ahead(self):
        case = self._closed_case()
        for day, expected in (("2025-12-01", 0), ("2025-12-02", 1)):
            with freeze_time(day):
                self._propose()
            self.assertEqual(len(self._found(case)), expected, day)

    def test_it_can_be_repeated(self):
        """A run that was cut short goes on; nothing is proposed twice, whatever was decided."""
        cases = [self._closed_case() for _number in range(5)]
        with patch("odoo.addons.sozial_management.models.retention.proposal_make.BATCH", 2):
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", side_effect=[1000, 0]):
                self.env["sozial.retention.proposal"]._cron_propose()
            self._propose()
        self.assertEqual(len(self._found(*cases)), 5)
        self._found(cases[0]).action_approve()
        self._found(cases[1])._postpone(self._today() + timedelta(days=9), "x")
        self._propose()
        self.assertEqual(len(self._found(*cases)), 5)

    def test_a_crash_between_two_runs_makes_no_double(self):
        case = self._closed_case()
        self._propose()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self.env["sozial.retention.proposal"].sudo()._propose_cases(case.sudo(), self.rule)
            self.env.flush_all()

    def test_a_proposal_leads_nowhere(self):
        """Neutral number, kind, dates and rule; no field of it is a way to the case or a person."""
        model = self.env["sozial.retention.proposal"]
        links = {name: field.comodel_name for name, field in model._fields.items() if field.comodel_name}
        self.assertFalse(
            {"sozial.case", "res.partner", "sozial.tenancy"} & set(links.values()), "a link would be a way in"
        )
        proposal = self._proposed(self._closed_case())
        with self.assertRaises(AccessError):
            proposal.read(["case_ref"])
        with self.assertRaises(AccessError):
            proposal.search([("case_ref", ">", 0)])

    def test_who_decides(self):
        proposal = self._proposed(self._closed_case())
        for user in (self.frontdesk, self.worker, self.lead, self.report, self.config, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(proposal, user).action_approve()
        self._as(proposal, self.privacy).action_approve()
        self.assertEqual((proposal.state, proposal.decided_by_id), ("approved", self.privacy))

    def test_it_changes_by_its_buttons_only(self):
        proposal = self._proposed(self._closed_case())
        for call in (
            lambda: proposal.write({"state": "approved"}),
            lambda: proposal.create({"name": "x"}),
            lambda: proposal.sudo().unlink(),
            lambda: proposal.action_withdraw(),
            lambda: proposal.action_execute(),
        ):
            with self.assertRaises(UserError):
                call()

    def test_postponing(self):
        proposal = self._proposed(self._closed_case())
        today = self._today()
        for until, reason, message in ((today, "x", "Until"), (False, "x", "Until"), (today + timedelta(days=1), " ", "Reason")):
            with self.assertRaisesRegex(UserError, message):
                proposal._postpone(until, reason)
        self.env["sozial.retention.decide"].with_user(self.privacy).with_context(
            active_model=proposal._name, active_ids=proposal.ids
        ).create({"until": today + timedelta(days=10), "reason": "Audit"}).action_confirm()
        self.assertEqual((proposal.state, proposal.reason), ("postponed", "Audit"))
        self._propose()
        self.assertEqual(proposal.state, "postponed")
        with freeze_time(today + timedelta(days=10)):
            self._propose()
        self.assertEqual(proposal.state, "proposed")

    def test_hold_from_either_side(self):
        case = self._closed_case()
        proposal = self._proposed(case)
        until = self._today() + timedelta(days=10)
        self.env["sozial.retention.decide"].with_user(self.privacy).create(
            {"proposal_ids": proposal.ids, "decision": "hold", "until": until, "reason": "Lawsuit"}
        ).action_confirm()
        self.assertEqual((proposal.state, proposal.hold_review_on), ("held", until))
        hold = case.hold_ids
        self.assertEqual((hold.set_by_id, hold.reason), (self.privacy, "Lawsuit"))
        with self.assertRaisesRegex(UserError, "not to decide"):
            proposal.action_approve()
        self._as(hold, self.lead).action_lift()
        self.assertEqual(proposal.state, "proposed")
        proposal.action_approve()
        case.action_set_hold("Audit", until)
        self.assertEqual(proposal.state, "held", "a hold takes the approval away")

    def test_a_held_case_is_proposed_as_held(self):
        case = self._closed_case()
        case.action_set_hold("Lawsuit", "2099-01-01")
        self.assertEqual(self._proposed(case).state, "held")

    def test_what_is_no_longer_due_is_settled(self):
        longer, archived = self._closed_case(), self._closed_case(type_id=self.env.ref("sozial_management.case_type_ageing").id)
        self._propose()
        self._found(longer).action_approve()
        self.rule.months = 240
        self.env.ref("sozial_management.retention_rule_case_ageing").active = False
        self.env.ref("sozial_management.retention_rule_case").active = False
        self._propose()
        self.assertEqual(self._found(longer, archived).mapped("state"), ["obsolete", "obsolete"])

    def test_two_companies_see_nothing_of_each_other(self):
        proposal = self._proposed(self._closed_case())
        stranger = self._user("t_other_privacy", "privacy", company=self.other_company)
        self.assertFalse(self._as(proposal, stranger).search([("id", "=", proposal.id)]))
        with self.assertRaises(AccessError):
            self._as(proposal, stranger).action_approve()
