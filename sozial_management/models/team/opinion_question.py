from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SozialOpinionQuestion(models.Model):
    """A question on a colleague's desk: anonymous, until a day. Gone with the answer.

    Names no case; `opinion_id`, by which the answer finds its way, is read by code alone.
    """

    _name = "sozial.opinion.question"
    _description = "Question for a second opinion"
    _order = "until, id"
    _rec_name = "until"
    _anonymise = "delete"

    opinion_id = fields.Many2one(
        "sozial.second.opinion", required=True, index=True, ondelete="cascade", groups=fields.NO_ACCESS, anonymise="keep"
    )
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True, ondelete="restrict", anonymise="keep")
    colleague_id = fields.Many2one(
        "res.users", "Who is asked", required=True, readonly=True, index=True, ondelete="restrict", anonymise="keep"
    )
    until = fields.Date(required=True, readonly=True)
    question = fields.Text(required=True, readonly=True)
    summary = fields.Text("What it is about", required=True, readonly=True)
    answer = fields.Text(help="Stays on the case of whoever asked, with your name.")

    def write(self, vals):
        """The answer alone, by who was asked."""
        if not self.env.su:
            if vals.keys() - {"answer"}:
                raise UserError(self.env._("The question stays as it was asked."))
            if any(one.colleague_id != self.env.user for one in self):
                raise AccessError(self.env._("The answer is written by who was asked."))
        return super().write(vals)

    def action_answer(self):
        """Give the answer; it moves to the case, and the question leaves the desk.

        :raise AccessError: for others than the colleague who was asked
        :raise UserError: without an answer
        """
        self.ensure_one()
        self.check_access("write")
        if self.colleague_id != self.env.user:
            raise AccessError(self.env._("The answer is written by who was asked."))
        if not (self.answer or "").strip():
            raise UserError(self.env._("Answer: write what you think."))
        asked_by, opinion, answer = self.asked_by_id, self.sudo().opinion_id, self.answer.strip()
        opinion._answered(answer)
        self.env["sozial.case.transfer"]._tell(
            asked_by,
            self.env._("Your question was answered"),
            self.env._("%s answered. The answer stands in the case.", self.env.user.name),
        )
        return self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_opinion_question")
