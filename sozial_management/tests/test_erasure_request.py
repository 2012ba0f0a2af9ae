from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .erasure_common import WORD
from .retention_common import RetentionCommon


@tagged("post_install", "-at_install")
class TestErasureRequest(RetentionCommon):
    """Art. 17 GDPR: at the wish of the person, before any rule makes it due."""

    def setUp(self):
        super().setUp()
        self.ended = self._closed_case(self._today())

    def _asked(self, case=None, ground="consent_withdrawn", action="delete"):
        case = case or self.ended
        case.action_request_erasure(ground, action)
        return self._found(case).filtered("ground")[-1:]

    def test_asked_for_by_one_decided_by_another_gone_at_once(self):
        number, case_id = self.ended.name, self.ended.id
        proposal = self._asked()
        self.assertEqual(
            (proposal.state, proposal.ground, proposal.asked_by_id, proposal.due_on, proposal.action),
            ("proposed", "consent_withdrawn", self.worker, self._today(), "delete"),
        )
        self.assertIn("To decide", self.ended.erasure_request)
        proposal.action_approve()
        proposal.action_execute()
        self.assertFalse(self.env["sozial.case"].sudo().browse(case_id).exists())
        row = self.env["sozial.retention.protocol"].with_user(self.privacy).search([("name", "=", number)])
        self.assertEqual(
            (row.ground, row.asked_by_id, row.decided_by_id, row.action, row.rule),
            ("consent_withdrawn", self.worker, self.privacy, "delete", False),
        )

    def test_nothing_is_left_of_the_person(self):
        self.ended.sudo()._write_guarded({"closing_note": False, "no_closing_assessment": False})
        case = self._full_case()
        self.assertTrue(self._plant(case))
        self._asked(case, action="anonymise").action_approve()
        self._execute()
        self.assertEqual(case.sudo().state, "anonymised")
        self.assertEqual(self._places(WORD), set())

    def test_by_a_dialog_of_the_case(self):
        dialog = self.env["sozial.case.erasure.ask"].with_user(self.worker)
        dialog.create({"case_id": self.ended.id, "ground": "objection", "action": "anonymise"}).action_confirm()
        self.assertEqual(self._found(self.ended).mapped("action"), ["anonymise"])

    def test_refused_under_legal_hold(self):
        self.ended.action_set_hold("Lawsuit", "2099-01-01")
        with self.assertRaisesRegex(UserError, "legal hold"):
            self._asked()
        self.ended.hold_ids.action_lift()
        proposal = self._asked()
        proposal.action_approve()
        self.ended.action_set_hold("Lawsuit", "2099-01-01")
        self.assertEqual(proposal.state, "held", "a later hold takes the approval away")
        self._execute()
        self.assertTrue(self.ended.sudo().exists())
        self.ended.hold_ids.filtered(lambda hold: not hold.lifted_at).action_lift()
        self.assertEqual(proposal.state, "proposed")

    def test_a_running_case_is_closed_first(self):
        with self.assertRaisesRegex(UserError, "close the case first"):
            self._asked(self._open_case())

    def test_who_passes_on(self):
        for user in (self.colleague, self.frontdesk, self.privacy, self.report, self.config, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.ended, user).action_request_erasure("objection")
        running = self._open_case()
        running.action_grant_access(self.colleague.id, "co", "Tandem")
        self._close(running)
        with self.assertRaisesRegex(AccessError, "in charge"):
            self._as(running, self.colleague).action_request_erasure("objection")
        self._as(self.ended, self.lead).action_request_erasure("objection")

    def test_nobody_approves_what_they_passed_on(self):
        roles = ("base.group_user", "sozial_management.group_sozial_lead", "sozial_management.group_sozial_privacy")
        both = self._user("t_both", groups=",".join(roles))
        case = self._closed_case(self._today())
        self._as(case, both).action_request_erasure("objection")
        proposal = self._found(case)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(proposal, both).action_approve()
        proposal.action_approve()

    def test_once_and_in_place_of_what_a_rule_proposed(self):
        due = self._closed_case()
        by_rule = self._proposed(due)
        asked = self._asked(due)
        self.assertEqual((by_rule.state, asked.state), ("obsolete", "proposed"))
        with self.assertRaisesRegex(UserError, "already"):
            self._asked(due)
        self._propose()
        self.assertEqual(self._found(due).mapped("state"), ["obsolete", "proposed"], "the nightly run leaves it alone")

    def test_refused_with_a_reason_that_the_department_reads(self):
        proposal = self._asked()
        decide = self.env["sozial.retention.decide"].with_user(self.privacy)
        dialog = decide.create({"proposal_ids": proposal.ids, "decision": "refuse", "reason": " "})
        with self.assertRaisesRegex(UserError, "Reason"):
            dialog.action_confirm()
        dialog.reason = "Anspruch noch nicht verjährt"
        dialog.action_confirm()
        self.assertEqual(proposal.state, "refused")
        self.assertIn("verjährt", self.ended.erasure_request)
        self._execute()
        self.assertTrue(self.ended.sudo().exists())
        self._asked().action_approve()
        self._execute()
        self.assertFalse(proposal.sudo().case_ref, "no way back, from the refused one neither")

    def test_what_a_rule_proposed_is_not_refused(self):
        by_rule = self._proposed(self._closed_case())
        with self.assertRaisesRegex(UserError, "Postpone"):
            by_rule._refuse_asked("x")

    def test_it_outlives_the_rules(self):
        """A rule that is archived or made longer takes nobody's wish away."""
        proposal = self._asked()
        proposal.action_approve()
        self.rule.write({"months": 240, "active": False})
        self._propose()
        self._execute()
        self.assertEqual(proposal.state, "done")

    def test_data_protection_learns_no_name(self):
        proposal = self._asked()
        told = str(proposal.read())
        self.assertIn(self.ended.name, told)
        self.assertNotIn(self.tenant.name, told)

    def test_asked_for_with_a_request_at_data_protection(self):
        """The same for clients and for everybody else; only the department's part says more."""
        with patch.object(type(self.env["mail.activity"]), "action_notify", lambda *_args: None):
            requests = self.env["sozial.subject.request"].with_user(self.privacy).create(
                [
                    {"name": who.name, "partner_id": who.id, "identified": "known", "erasure_wanted": True}
                    for who in (self.tenant, self.env["res.partner"].create({"name": "Niemand", "company_id": self.company.id}))
                ]
            )
            requests.action_start()
        parts = self.env["sozial.subject.part"].sudo().search([("company_id", "=", self.company.id)])
        self.assertTrue(parts)
        self.assertTrue(all(parts.mapped("erasure_wanted")))
        self.assertEqual(len({str(request._answer()["introduction"][-1]) for request in requests}), 1)
        with self.assertRaises(UserError):
            requests[0].erasure_wanted = False
        with self.assertRaises(UserError):
            parts[0].with_user(self.worker).erasure_wanted = False
