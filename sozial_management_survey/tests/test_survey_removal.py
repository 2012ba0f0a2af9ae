from odoo.tests import tagged

from odoo.addons.sozial_management_survey.hooks import uninstall_hook

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyRemoval(SurveyCommon):
    """When the addon is removed nothing of its surveys stays, and everything of the others."""

    def test_surveys_go_and_other_outreaches_stay(self):
        other = self.campaign.copy({"kind": "welcome", "survey_id": False})
        other.action_begin()
        self.campaign.action_begin()
        self._print()
        self._answer(self.building)
        letters, visits = self.campaign.letters_id.sudo(), self.campaign.sudo().visit_ids
        self.assertTrue(letters and visits)
        self.env.flush_all()
        uninstall_hook(self.env)
        self.env.invalidate_all()
        self.assertFalse(self.campaign.exists() | self.env["sozial.outreach"].search([("kind", "=", "survey")], limit=1))
        self.assertFalse(letters.exists(), "codes stand in them")
        self.assertFalse(visits.exists())
        self.assertTrue(other.visit_ids)
        self.assertTrue(self.questions.exists())
