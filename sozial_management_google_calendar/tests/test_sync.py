from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.google_calendar.models.google_sync import GoogleCalendarSync
from odoo.addons.sozial_management.tests.common import SozialCommon


@tagged("post_install", "-at_install")
class TestNothingLeaves(SozialCommon):
    """Invariant 6: appointments of a case are excluded from the synchronisation."""

    def setUp(self):
        super().setUp()
        start = fields.Datetime.add(fields.Datetime.now(), hours=1)
        plain = {"name": "Team", "start": start, "stop": fields.Datetime.add(start, hours=1)}
        of_case = {
            **plain,
            "res_model_id": self.env["ir.model"]._get_id("sozial.case"),
            "res_id": self._open_case().id,
        }
        self.plain, self.of_case = self.env["calendar.event"].with_user(self.worker).create([plain, of_case])

    def test_not_among_the_events_to_send(self):
        events = self.env["calendar.event"].with_user(self.worker)
        found = events.search(events._get_sync_domain())
        self.assertIn(self.plain, found, "the positive control")
        self.assertNotIn(self.of_case, found)

    def test_not_sent_one_by_one(self):
        with patch.object(GoogleCalendarSync, "_google_insert", return_value="sent"):
            self.assertEqual(self.plain._google_insert(None, {"summary": "x"}), "sent", "the positive control")
            self.assertIsNone(self.of_case._google_insert(None, {"summary": "x"}))
