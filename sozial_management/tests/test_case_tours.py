from odoo.tests import HttpCase, tagged

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestCaseTours(SozialCommon, HttpCase):
    """The main job in a real browser: hand over, take, write the first note, close."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenancy.external_ref = "V-TOUR"

    def test_from_handover_to_closed_case(self):
        self.start_tour("/odoo/tenancies", "sozial_handover_tour", login="t_frontdesk")
        handover = self.env["sozial.handover"].search([("partner_id", "=", self.tenant.id)])
        self.assertEqual((handover.state, handover.author_id), ("new", self.frontdesk))

        self.start_tour("/odoo/my-day", "sozial_case_tour", login="t_worker")
        case = self.env["sozial.case"].search([("handover_id", "=", handover.id)])
        self.assertEqual((case.state, case.worker_id), ("closed", self.worker))
        self.assertEqual(case.contact_ids.mapped("text"), ["Erstgespräch: Termin am Dienstag."])
        self.assertEqual(case.contact_ids.minutes, 20)

        self.start_tour("/odoo/my-handovers", "sozial_my_handovers_tour", login="t_frontdesk")

    def test_a_caseload_changes_hands(self):
        cases = self._open_case() | self._open_case(level="strict")
        self.start_tour("/odoo/action-sozial_management.action_sozial_case_transfer_ask", "sozial_transfer_ask_tour", login="t_worker")
        self.start_tour("/odoo/my-day", "sozial_transfer_accept_tour", login="t_colleague")
        self.assertEqual(cases.sudo().worker_id, self.colleague)
        self.assertFalse(self._as(cases, self.worker).search([("id", "in", cases.ids)]))
