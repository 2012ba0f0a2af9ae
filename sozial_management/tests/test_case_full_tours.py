from odoo import fields
from odoo.tests import HttpCase, tagged

from .casework_common import CaseworkCommon


@tagged("post_install", "-at_install")
class TestFullCaseTours(CaseworkCommon, HttpCase):
    """A rent-debt case from hand-over to closing, and each forbidden move, in a real browser."""

    def test_every_condition_met(self):
        handover = self.env["sozial.handover"].with_user(self.frontdesk).create(
            {"topic_id": self.topic.id, "summary": "Zwei Mieten offen.", "tenancy_id": self.tenancy.id, "tenant_knows": "yes"}
        )
        self.start_tour("/odoo/my-day", "sozial_full_case_tour", login="t_worker", timeout=240)
        case = self.env["sozial.case"].search([("handover_id", "=", handover.id)])
        self.assertEqual((case.type_id, case.state), (self.env.ref("sozial_management.case_type_rent_debt"), "closed"))
        self.assertEqual((case.privacy_notice_how, case.duplicate_answer), ("oral", "new"))
        self.assertEqual((case.assessment_ids.state, set(case.assessment_ids.line_ids.mapped("score"))), ("final", {"2"}))
        self.assertEqual((case.plan_ids.state, case.plan_ids.goal_ids.outcome), ("agreed", "reached"))
        self.assertEqual(case.no_closing_assessment, "Weggezogen")

    def _case_in(self, phase):
        """A case in a phase, with nothing done for the next one."""
        case = self._open_case(participant_ids=[]) if phase == "intake" else self._clear_intake(self._open_case())
        if phase != "intake":
            case.action_assess()
        if phase in ("planning", "support"):
            self._final(case)
            case.action_plan()
        if phase == "support":
            self._plan(case)._agree(fields.Date.context_today(case), "oral")
            case.action_support()
        return case

    def test_each_forbidden_move_says_what_is_missing(self):
        for phase in ("intake", "assessment", "planning", "support"):
            with self.subTest(phase=phase):
                case = self._case_in(phase)
                self.start_tour(f"/odoo/cases/{case.id}", f"sozial_forbidden_{phase}_tour", login="t_worker")
                self.assertEqual(case.state, phase)
        draft = self._assessment(self._open_case(), score=False)
        self.start_tour(f"/odoo/assessments/{draft.id}", "sozial_forbidden_final_tour", login="t_worker")
        self.assertEqual(draft.state, "draft")
