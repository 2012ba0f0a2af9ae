from collections import Counter

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .mediation_common import MediationCommon


@tagged("post_install", "-at_install")
class TestHandoverJoin(MediationCommon):
    """The second complaint of one conflict joins the case that the first became."""

    def _complaint(self, partner, summary="Es ist nachts laut."):
        topic = self.env["sozial.topic"].search([("case_type_id", "=", self.conflict.id)], limit=1)
        handovers = self.env["sozial.handover"].with_user(self.frontdesk)
        return handovers.create({"topic_id": topic.id, "summary": summary, "partner_id": partner.id, "tenant_knows": "yes"})

    def _join(self, handover, case, user=None):
        dialogs = self.env["sozial.handover.join"].with_user(user or self.worker)
        return dialogs.create({"handover_id": handover.id, "to_case_id": case.id}).action_confirm()

    def test_two_complaints_are_one_case_with_two_parties(self):
        first, second = self._complaint(self.tenant), self._complaint(self.neighbour, "Er klopft an die Wand.")
        case = self.env["sozial.case"].with_user(self.worker).browse(self._as(first, self.worker).action_take()["res_id"])
        self.assertEqual(self._join(second, case)["res_id"], case.id)
        roles = {one.partner_id: one.role for one in case.participant_ids}
        self.assertEqual(roles, {self.tenant: "client", self.neighbour: "conflict_party"})
        self.assertEqual((case.handover_id, case.joined_handover_ids), (first, second))
        self.assertEqual(case.concern, "Es ist nachts laut.\n\nEr klopft an die Wand.")
        self.assertEqual((second.state, second.sudo().worker_id), ("taken", self.worker))
        self.assertEqual(self._begin(case).party_ids.partner_id, self.tenant | self.neighbour, "both are proposed as parties")
        self.assertEqual(case._passage_records("sozial.handover"), first.sudo() | second.sudo())
        again = self._complaint(self.neighbour)
        self._join(again, case)
        self.assertEqual(len(case.participant_ids), 2, "who takes part is not added again")

    def test_only_into_own_running_cases(self):
        handover = self._complaint(self.neighbour)
        dialog = self.env["sozial.handover.join"].with_user(self.worker).create({"handover_id": handover.id})
        with self.assertRaisesRegex(UserError, "choose the case"):
            dialog.action_confirm()
        with self.assertRaises(AccessError):
            self._join(handover, self.case, self.colleague)
        for user in (self.frontdesk, self.report, self.system):
            with self.assertRaises(AccessError):
                self._join(handover, self.case, user)
        self.mediation.action_call_off()
        self.case.write({"close_reason": "solved", "outcome": "reached", "no_closing_assessment": "x"})
        self.case.action_close()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._join(handover, self.case)
        self.assertEqual((handover.state, len(self.case.joined_handover_ids)), ("new", 0))
        with self.assertRaisesRegex(UserError, "not set directly"):
            self.case.write({"joined_handover_ids": [(4, handover.id)]})

    def test_a_dialog_names_no_foreign_case(self):
        """Its number and kind would be told by groups, links and proposals; a missing case gets the same answer."""
        handover = self._complaint(self.neighbour)
        dialogs = self.env["sozial.handover.join"].with_user(self.colleague).with_context(allowed_company_ids=self.company.ids)
        own = dialogs.create({"handover_id": handover.id})
        refusals = set()
        for case_id in (self.case.id, self.env["sozial.case"].sudo().search([], order="id desc", limit=1).id + 999):
            for attempt in (
                lambda wanted=case_id: dialogs.create({"handover_id": handover.id, "to_case_id": wanted}),
                lambda wanted=case_id: own.write({"to_case_id": wanted}),
                lambda wanted=case_id: dialogs.onchange({"to_case_id": wanted}, ["to_case_id"], {"role": {}, "to_case_id": {}}),
            ):
                with self.assertRaises(AccessError) as refused:
                    attempt()
                refusals.add(str(refused.exception))
        self.assertEqual(len(refusals), 1)
        self.assertTrue(dialogs.with_user(self.worker).create({"handover_id": handover.id, "to_case_id": self.case.id}).role)

    def test_erasing_the_case_takes_the_person_out_of_all_its_handovers(self):
        second = self._complaint(self.neighbour)
        self._join(second, self.case)
        self.case.sudo()._erase_around("anonymise", Counter())
        self.assertEqual((second.sudo().partner_id.id, second.sudo().anonymised_on is not False), (False, True))

    def test_deleting_the_case_takes_all_its_handovers_along(self):
        second = self._complaint(self.neighbour)
        self._join(second, self.case)
        self.mediation.action_call_off()
        self.case.write({"close_reason": "solved", "outcome": "reached", "no_closing_assessment": "x"})
        self.case.action_close()
        case, counted = self.case.sudo(), Counter()
        case._erase_around("delete", counted)
        self.assertFalse(second.sudo().exists())
        self.assertFalse(case.joined_handover_ids)
        self.assertEqual(counted["sozial.handover"], 1)
