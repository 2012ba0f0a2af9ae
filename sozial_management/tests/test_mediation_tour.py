from odoo import Command
from odoo.tests import HttpCase, tagged

from .mediation_common import MediationCommon


@tagged("post_install", "-at_install")
class TestMediationTour(MediationCommon, HttpCase):
    """A conflict of two neighbours in a real browser: to the signed agreement, and to a withdrawal."""

    def _people(self):
        """Other neighbours; the worker has acted for none of them."""
        return self.env["res.partner"].create(
            [
                {"name": name, "company_id": self.company.id, "street": "Ring 3", "zip": "99734", "city": "Nordhausen"}
                for name in ("Anna Oben", "Bert Unten")
            ]
        )

    def _complaints(self):
        """Both complain, on different days, to the back office."""
        topic = self.env["sozial.topic"].search([("case_type_id", "=", self.conflict.id)], limit=1)
        self.env["sozial.handover"].with_user(self.frontdesk).create(
            [
                {"topic_id": topic.id, "summary": "Es ist nachts laut.", "partner_id": person.id, "tenant_knows": "yes"}
                for person in self._people()
            ]
        )

    def _conflict(self):
        """A conflict of theirs, opened by hand."""
        people = self._people()
        roles = zip(people, ("client", "conflict_party"), strict=True)
        participants = [Command.create({"partner_id": person.id, "role": role}) for person, role in roles]
        return self._open_case(type_id=self.conflict.id, tenancy_id=False, participant_ids=participants)

    def test_to_the_signed_agreement(self):
        self._complaints()
        self.start_tour("/odoo/social-inbox", "sozial_mediation_tour", login="t_worker", timeout=180)
        of_the_two = [("participant_ids.partner_id.name", "=", "Bert Unten"), ("company_id", "=", self.company.id)]
        case = self.env["sozial.case"].search(of_the_two, limit=2)
        self.assertEqual(set(case.participant_ids.mapped("role")), {"client", "conflict_party"})
        mediation = case.mediation_ids
        self.assertEqual((mediation.state, mediation.review_result), ("agreed", "kept"))
        self.assertEqual(mediation.session_ids.mapped("state"), ["held"])
        self.assertEqual(mediation.agreement_ids.signature_ids.party_id, mediation.party_ids)

    def test_to_the_withdrawal(self):
        case = self._conflict()
        self.start_tour(f"/odoo/cases/{case.id}", "sozial_mediation_withdrawal_tour", login="t_worker", timeout=180)
        mediation = case.mediation_ids
        self.assertEqual((mediation.state, mediation.session_ids.state), ("off", "cancelled"))
        self.assertEqual(len(case.letter_ids), 2)
