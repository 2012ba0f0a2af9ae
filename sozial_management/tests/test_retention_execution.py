"""What becomes of an approved proposal, and of rows outside cases."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .erasure_common import WORD
from .retention_common import CLOSED, RetentionCommon


@tagged("post_install", "-at_install")
class TestExecution(RetentionCommon):
    def _approved(self, case=None):
        case = case or self._closed_case()
        proposal = self._proposed(case)
        proposal.action_approve()
        return case, proposal

    def test_by_a_click(self):
        case, proposal = self._approved()
        proposal.action_execute()
        self.assertEqual((case.sudo().state, proposal.state), ("anonymised", "done"))
        self.assertFalse(proposal.sudo().case_ref, "no way back")

    def test_by_night(self):
        case, proposal = self._approved()
        undecided = self._closed_case()
        self._propose()
        self._execute()
        self.assertEqual((case.sudo().state, proposal.state), ("anonymised", "done"))
        self.assertEqual(undecided.sudo().state, "closed", "nothing goes without a decision")

    def test_not_before_it_is_due(self):
        case = self._closed_case()
        with freeze_time("2025-12-15"):
            proposal = self._approved(case)[1]
            with self.assertRaisesRegex(UserError, "not due before"):
                proposal.action_execute()
            self._execute()
            self.assertEqual(case.sudo().state, "closed")
        with freeze_time("2026-01-02"):
            self._execute()
        self.assertEqual(case.sudo().state, "anonymised")

    def test_the_rule_at_the_time_of_the_erasure_counts(self):
        """Who makes a rule longer need not fear the approvals of yesterday."""
        case, proposal = self._approved()
        self.rule.months = 240
        self._execute()
        self.assertEqual((case.sudo().state, proposal.state), ("closed", "obsolete"))

    def test_one_that_fails_does_not_stop_the_others(self):
        bad, wrong = self._approved()
        good, right = self._approved()
        erase = type(bad)._erase

        def fails(records, action):
            if records.id == bad.id:
                raise UserError("a colleague is working on it")
            return erase(records, action)

        with patch.object(type(bad), "_erase", fails):
            self._execute()
        self.assertEqual((bad.sudo().state, wrong.state), ("closed", "approved"))
        self.assertIn("colleague", wrong.trouble)
        self.assertEqual((good.sudo().state, right.state), ("anonymised", "done"))
        self._execute()
        self.assertEqual((bad.sudo().state, wrong.state, wrong.trouble), ("anonymised", "done", False))

    def test_many_are_left_to_the_night(self):
        cases = [self._closed_case() for _number in range(3)]
        self._propose()
        found = self._found(*cases)
        found.action_approve()
        job = self.env.ref("sozial_management.ir_cron_retention_execute")
        with patch("odoo.addons.sozial_management.models.retention.proposal_execute.AT_ONCE", 2):
            found.action_execute()
        self.assertTrue(self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)]))
        self.assertEqual(found.mapped("state"), ["approved"] * 3)

    def test_the_record(self):
        """What was done, by whom and by which rule, and nothing of the person."""
        case = self._full_case()
        case._write_guarded({"opened_on": CLOSED, "closed_on": CLOSED})
        number, name = case.sudo().name, self.tenant.name
        proposal = self._approved(case)[1]
        proposal.sudo().rule_id.with_context(lang=self.privacy.lang).legal_basis = "Art. 17"
        kind = case.sudo().type_id
        proposal.action_execute()
        row = self.env["sozial.retention.protocol"].with_user(self.privacy).search([("name", "=", number)])
        self.assertEqual(
            (row.action, row.case_type_id, row.ended_on, row.number, row.decided_by_id, row.executed_by_id, row.months, row.legal_basis),
            ("anonymise", kind, CLOSED, 1, self.privacy, self.privacy, 36, "Art. 17"),
        )
        self.assertEqual(row.legal_text, "Art. 17")
        self.assertIn(f"{self.env['ir.model']._get('sozial.consent').name}: 2", row.details)
        self.assertIn(f"{self.env['ir.model']._get('sozial.contact').name}: 2", row.details)
        stored = str(row.sudo().read())
        for word in (WORD, name, self.tenancy.external_ref):
            self.assertNotIn(word, stored)
        for call in (
            lambda: row.sudo().write({"number": 2}),
            lambda: row.sudo().unlink(),
            lambda: row.sudo().with_context(_force_unlink=True).unlink(),
            lambda: row.create({"name": "x"}),
        ):
            with self.assertRaises(UserError):
                call()

    def test_deletion_by_rule(self):
        self.rule.action = "delete"
        case, proposal = self._approved()
        proposal.action_execute()
        self.assertFalse(case.exists())
        self.assertEqual(proposal.state, "done")

    def test_the_record_speaks_the_language_of_the_reader(self):
        """As long as the rule says what it said then; later the words of then stand."""
        for lang in ("en_US", "de_DE"):
            self.env["res.lang"]._activate_lang(lang)
        rule = self.rule.with_context(lang="en_US")
        rule.legal_basis = "Three years"
        rule.with_context(lang="de_DE").legal_basis = "Drei Jahre"
        _case, proposal = self._approved()
        proposal.action_execute()
        row = self.env["sozial.retention.protocol"].with_user(self.privacy).search([("name", "=", proposal.name)])
        kept = row.legal_basis
        self.assertIn(kept, ("Three years", "Drei Jahre"))
        self.assertEqual([row.with_context(lang=lang).legal_text for lang in ("en_US", "de_DE")], ["Three years", "Drei Jahre"])
        self.assertNotEqual(*(row.with_context(lang=lang).rule_text for lang in ("en_US", "de_DE")))
        rule.legal_basis = "Ten years"
        rule.with_context(lang="de_DE").legal_basis = "Zehn Jahre"
        self.env.invalidate_all()
        self.assertEqual([row.with_context(lang=lang).legal_text for lang in ("en_US", "de_DE")], [kept, kept])


@tagged("post_install", "-at_install")
class TestOtherRows(RetentionCommon):
    """Rules for what is no case: hand-overs, call-backs, emergency requests, signals."""

    def _handover(self, state="declined", **values):
        handover = self.env["sozial.handover"].sudo().create(
            {"topic_id": self.topic.id, "summary": WORD, "partner_id": self.tenant.id, "tenant_knows": "yes",
             "company_id": self.company.id, **values}
        )  # fmt: skip
        if state == "declined":
            handover.with_user(self.worker)._decline(WORD)
        return handover

    def _row_proposal(self, rule):
        return self.proposals.search([("rule_id", "=", self.env.ref(f"sozial_management.retention_rule_{rule}").id),
                                      ("company_id", "=", self.company.id), ("state", "!=", "done")])  # fmt: skip

    def test_handovers_and_callbacks(self):
        settled = self._handover()
        waiting = self._handover(state="new")
        callback = self._handover(source="callback", contact_name=WORD)
        with freeze_time(self._today() + timedelta(days=200)):
            self._propose()
            self.assertFalse(self._row_proposal("handover"))
            proposal = self._row_proposal("callback")
            self.assertEqual(proposal.number, 1)
            proposal.action_approve()
            proposal.action_execute()
        self.assertFalse(callback.partner_id or callback.contact_name or callback.decline_reason)
        self.assertTrue(settled.partner_id)
        with freeze_time(self._today() + timedelta(days=400)):
            self._propose()
            proposal = self._row_proposal("handover")
            self.assertEqual(proposal.number, 1)
            proposal.action_approve()
            with patch("odoo.addons.sozial_management.models.retention.proposal_execute.BATCH_ROWS", 1):
                proposal.action_execute()
            self._propose()
            self.assertFalse(self._row_proposal("handover"), "what is anonymised is not proposed again")
        self.assertFalse(settled.partner_id)
        self.assertTrue(waiting.partner_id, "what is not settled stays")

    def test_the_handover_of_a_held_case_stays(self):
        handover = self._handover(state="new")
        case = self.env["sozial.case"].browse(handover.with_user(self.worker).action_take()["res_id"])
        case.with_user(self.worker).action_set_hold("Lawsuit", "2099-01-01")
        rule = self.env.ref("sozial_management.retention_rule_handover")
        later = self._today() + timedelta(days=400)
        self.assertFalse(rule._due_rows(self.company, later))
        case.sudo().hold_ids.action_lift()
        self.assertEqual(rule._due_rows(self.company, later), handover)

    def test_emergencies(self):
        case = self._open_case()
        emergencies = self.env["sozial.emergency"]
        rescuer = self._user("t_rescuer", "worker")
        emergencies.with_user(rescuer).action_open(f"It burns {WORD}", case.name)
        row = emergencies.search([("case_number", "=", case.name)])
        rule = self.env.ref("sozial_management.retention_rule_emergency")
        later = date(self._today().year + 5, 1, 1)
        self.assertFalse(rule._due_rows(self.company, later), "not before it was reviewed")
        row.with_user(self.privacy).action_justified()
        self.assertEqual(rule._due_rows(self.company, later), row)
        rule._erase_rows(row)
        self.assertNotIn(WORD, row.reason)
        self.assertEqual((row.user_id, row.verdict), (rescuer, "justified"))
        self.assertFalse(rule._due_rows(self.company, later))

    def test_signals(self):
        case = self._open_case()
        self._signal_consent(case=case)
        case.action_set_signal("counselling")
        signal = case.sudo().signal_ids.signal_id
        rule = self.env.ref("sozial_management.retention_rule_signal")
        self.assertFalse(rule._due_rows(self.company, self._today()))
        later = date(self._today().year + 3, 1, 1)
        self.assertEqual(rule._due_rows(self.company, later), signal)
        rule._erase_rows(signal)
        self.assertFalse(signal.exists() or case.sudo().signal_ids)
