from odoo import fields
from odoo.tests import HttpCase, tagged

from .casework_common import CaseworkCommon


@tagged("post_install", "-at_install")
class TestForbiddenTours(CaseworkCommon, HttpCase):
    """Forbidden moves of a case beside those that lack a condition of the next phase: each is tried, its message read."""

    def _try(self, case, name, state):
        self.start_tour(f"/odoo/cases/{case.id}", f"sozial_forbidden_{name}_tour", login="t_worker", timeout=180)
        case.invalidate_recordset()
        self.assertEqual(case.state, state)

    def _closed(self):
        case = self._open_case()
        case.write({"close_reason": "solved", "outcome": "reached"})
        case.action_close()
        return case

    def _short_case(self):
        return self._open_case(type_id=self.env.ref("sozial_management.case_type_landlord").id)

    def test_closing_and_declining_ask_for_reason_and_outcome(self):
        case = self._open_case()
        self._try(case, "close_intake", "intake")
        self._try(case, "decline", "intake")
        self.assertFalse(case.close_reason or case.outcome)

    def test_closing_from_the_review(self):
        case = self._clear_intake(self._open_case())
        case.action_assess()
        self._final(case)
        case.action_plan()
        self._plan(case)._agree(fields.Date.context_today(case), "oral")
        case.action_support()
        case.action_review()
        self._try(case, "close_review", "review")

    def test_another_client_after_the_duplicate_check(self):
        other = self.env["res.partner"].create({"name": "Hans Meyer", "company_id": self.company.id})
        case = self._clear_intake(self._open_case())
        self._try(case, "other_client", "intake")
        self.assertEqual((case.client_id, case.duplicate_client_id), (other, self.tenant))

    def test_taking_up_twice(self):
        case = self._closed()
        self._try(case, "reopen", "closed")
        self.assertEqual(self.env["sozial.case"].search_count([("reopened_from_id", "=", case.id)]), 1)

    def test_short_kinds(self):
        self._try(self._short_case(), "short_intake", "intake")
        case = self._clear_intake(self._short_case())
        case.action_assess()
        self._try(case, "short_assessment", "closed")

    def test_writing_in_a_closed_case(self):
        case = self._open_case(concern="Zwei Mieten sind offen.")
        self._try(case, "closed_note", "closed")
        self.assertFalse(case.contact_ids)
        case = self._open_case(concern="Zwei Mieten sind offen.")
        self._try(case, "closed_concern", "closed")
        self.assertEqual(case.concern, "Zwei Mieten sind offen.")
        self._try(case, "closed", "closed")
