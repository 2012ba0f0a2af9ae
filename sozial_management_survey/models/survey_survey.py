from odoo import models
from odoo.exceptions import UserError


class SurveySurvey(models.Model):
    """Questions that residents are asked by letter are answered there alone."""

    _inherit = "survey.survey"

    def _asked_outreach(self):
        """The survey of a neighbourhood that asks these questions now, if any."""
        return self.env["sozial.outreach"].sudo().search([("survey_id", "in", self.ids), ("state", "=", "running")], limit=1)

    def _check_answer_creation(self, user, partner, email, test_entry=False, **values):
        """No participations with name, mail and time beside the anonymous answers; trying it out stays possible.

        :raise UserError: while the questions are asked
        """
        super()._check_answer_creation(user, partner, email, test_entry=test_entry, **values)
        if not test_entry and self._asked_outreach():
            raise UserError(self.env._("These questions are asked by letter: they are answered with the code that stands in it."))
