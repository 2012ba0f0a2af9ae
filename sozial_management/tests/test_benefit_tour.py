from odoo import fields
from odoo.tests import HttpCase, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBenefitTour(BenefitCommon, HttpCase):
    """A pensioner from the hand-over to an application for Wohngeld with its letter, in a real browser."""

    def test_from_handover_to_application(self):
        self.env["sozial.handover"].with_user(self.frontdesk).create(
            {"topic_id": self.topic.id, "summary": "Die Rente reicht nicht.", "tenancy_id": self.tenancy.id,
             "partner_id": self.tenant.id, "tenant_knows": "yes"}
        )  # fmt: skip
        self.start_tour("/odoo/my-day", "sozial_benefit_tour", login="t_worker")
        application = self.env["sozial.benefit.application"].search([("case_id.client_id", "=", self.tenant.id)])
        today = fields.Date.context_today(application)
        self.assertEqual((application.state, application.informal_on, application.benefit_id), ("filed", today, self.wohngeld))
        self.assertEqual(application.check_id.result["wohngeld"]["high"], "271")
        self.assertIn("Erika Sorgenfrei", self._pdf("sozial_management.report_benefit_letter", application))
