from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_outreach import OutreachCommon


@tagged("post_install", "-at_install")
class TestOutreachFieldDay(OutreachCommon):
    """What stands at a dwelling after a visit, and who got no letter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.write({"kind": "welcome", "template_id": cls.env.ref("sozial_management.letter_welcome").id})
        cls.campaign.action_begin()
        cls.visit = cls.campaign.visit_ids.with_user(cls.worker)[0]

    def test_a_card_is_no_result_of_a_talk(self):
        self.visit.action_card()
        self.visit.action_met()
        self.assertFalse(self.visit.result)
        self.visit.result = "comes"
        self.visit.action_met()
        self.assertEqual(self.visit.result, "comes")

    def test_who_got_no_invitation_is_listed(self):
        self.campaign.sudo()._letters(self.campaign.visit_ids)
        left_out = self.campaign.visit_ids.search(self.campaign.action_view_left_out()["domain"])
        self.assertEqual(left_out.dwelling_id, self.other_dwelling)
        self.assertEqual(len(left_out), self.campaign.skipped_count)
        with self.assertRaises(AccessError):
            self._as(self.campaign, self.frontdesk).action_view_left_out()
