from odoo import models
from odoo.exceptions import UserError


class SozialOutreach(models.Model):
    """Answers on paper: typed in sheet by sheet, each for the code that is printed on it."""

    _inherit = "sozial.outreach"

    def action_paper(self):
        """Open the form into which answers on paper are typed."""
        self._require_paper()
        return {"type": "ir.actions.act_url", "url": f"/sozial/umfrage/papier/{self.id}", "target": "new"}

    def _require_paper(self):
        """:raise UserError: when no answers are taken"""
        self.ensure_one()
        self.check_access("read")
        if self.kind != "survey" or self.state != "running":
            raise UserError(self.env._("Answers on paper are entered while the survey runs."))

    def _keep_sheet(self, form, code, uncoded):
        """Keep what was filled in on one sheet and use up its code. Whether the user may, the caller has asked.

        :param form: names of inputs to lists of texts
        :param uncoded: it came back without code, and is counted apart
        :return: what is wrong as a list of sentences, and where to go on; nothing is kept then
        """
        ticket, wrong = self._sheet_ticket(code.strip(), uncoded)
        if wrong:
            return [wrong], "code"
        rows, wrong = self._survey_read(form, paper=True)
        if wrong or not rows:
            return wrong or [self._survey_nothing()], "questions"
        if uncoded:
            self.env["sozial.survey.answer"]._keep(self, self.env["sozial.building"], rows)
        elif not ticket._answer(rows):
            return [self._sheet_refused()], "code"
        return [], "code"

    def _sheet_ticket(self, code, uncoded):
        """:return: the code's ticket, and what is wrong with it"""
        none = self.env["sozial.survey.ticket"]
        if uncoded:
            if not self.sudo().company_id.sozial_survey_uncoded:
                return none, self.env._("Code: your company takes no sheets without code. Set this sheet aside.")
            return none, code and self.env._("Code: there is one. Clear it, or untick “Came back without code”.")
        if not code:
            return none, self.env._("Code: enter the one that is printed on the sheet.")
        ticket = none._find(code, paper=self)
        return ticket, not ticket and self._sheet_refused()

    def _sheet_refused(self):
        return self.env._(
            "Code: it was mistyped, belongs to another survey, or has been used, on paper or online. Compare it with the sheet; "
            "if it is the same, this dwelling has answered already: set the sheet aside."
        )
