from odoo.fields import Date
from odoo.tests import tagged

from .test_outreach import OutreachCommon


@tagged("post_install", "-at_install")
class TestOutreachMany(OutreachCommon):
    """A campaign for ten thousand dwellings reads as often as one for ten."""

    def test_people_are_read_at_once(self):
        self._tenants(4)
        self._queries()  # what a process reads once
        few = self._queries()
        self._tenants(40, rent=300)
        self.assertEqual(self._queries(), few)

    def _queries(self):
        """How often the database is asked for whom a check is worthwhile."""
        self.env.flush_all()
        self.env.invalidate_all()
        campaign = self.campaign.with_env(self.campaign.env)
        campaign.company_id.sudo()._benefit_thresholds()
        before = self.env.cr.sql_log_count
        campaign._worthwhile(4, Date.to_date("2026-11-22"))
        return self.env.cr.sql_log_count - before
