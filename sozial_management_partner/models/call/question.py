from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing.receipt import fingerprint

MAX_TEXT = 2000
MAX_OPEN = 20
MAX_NAMES = 5000
TASK = "sozial_management_partner.activity_type_call_question"


class SozialCallQuestion(models.Model):
    """A question to a call (Bieterfrage): reworded, answered to all at once.

    Who asked is stored where only code reads it, to show organisations their own questions.
    """

    _name = "sozial.call.question"
    _description = "Question to a call"
    _inherit = ["sozial.guarded", "sozial.portal.readable"]
    _order = "call_id, number, id"
    _check_company_auto = True

    _guarded = frozenset({"number", "original", "state", "answered_at", "asker_id", "call_id"})
    _portal_fields = frozenset({"id", "display_name", "number", "call_id", "company_id", "text", "answer", "state", "answered_at"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    number = fields.Integer("No.", readonly=True, copy=False, help="In the order of the answers.")
    original = fields.Text(
        "As it was asked", readonly=True, copy=False, help="Stays with the staff; organisations read the reworded question."
    )
    text = fields.Text("Reworded question", help="So that nobody can tell who asked.")
    answer = fields.Text()
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered")], required=True, default="asked", readonly=True, copy=False, index=True
    )
    answered_at = fields.Datetime("Answered on", readonly=True, copy=False)
    asker_id = fields.Many2one("res.partner", readonly=True, copy=False, groups=fields.NO_ACCESS, index="btree_not_null")

    _answered_is_complete = models.Constraint(
        "CHECK (state <> 'answered' OR (text IS NOT NULL AND answer IS NOT NULL AND answered_at IS NOT NULL))",
        "An answered question has a reworded question and an answer.",
    )

    @api.depends("number", "call_id.number")
    def _compute_display_name(self):
        for question in self:
            name = self.env._("Question %s", question.number) if question.number else self.env._("New question")
            question.display_name = f"{question.call_id.number}: {name}"

    def write(self, vals):
        self._refuse_guarded(vals)
        if any(question.state == "answered" for question in self):
            raise UserError(self.env._("An answered question stays as it is: all have read it."))
        return super().write(vals)

    def action_answer(self):
        """Answer to all at once: on the page of the call and by a notice.

        :raise UserError: if text or answer is missing or names an organisation, or if it is too late
        """
        for question in self:
            question.check_access("write")
            call = question.call_id
            if question.state == "answered":
                raise UserError(self.env._("This question is answered already."))
            if not call._is_open_for_submission(self.env["sozial.call"]._now()):
                raise UserError(self.env._("%s: answers go out before the deadline only, so that they help everybody alike.", call.number))
            question._require_neutral()
            last = self.search([("call_id", "=", call.id), ("number", ">", 0)], order="number desc", limit=1)
            super(SozialCallQuestion, question).write(
                {"state": "answered", "number": last.number + 1, "answered_at": call._stored(call._now())}
            )
            told = fingerprint({"question": question.text, "answer": question.answer})
            call._record("answered", {"number": question.number, "sha256": told})
            subject = call._german().env._("%(number)s: an answer to a question", number=call.number)
            call._send_notice(subject, "sozial_management_partner.mail_call_answer", question=question.sudo())
            call._forget_questions()

    def _require_neutral(self):
        """Stop an answer that could tell who asked.

        Compared with the names of ALL organisations: the message says nothing about who asked.

        :raise UserError: says what to change
        """
        self.ensure_one()
        if not (self.text or "").strip():
            raise UserError(self.env._("Reworded question: write the question in your own words."))
        if not (self.answer or "").strip():
            raise UserError(self.env._("Answer: write what all shall read."))
        text = f"{self.text}\n{self.answer}".casefold()
        organisations = self.env["res.partner"].sudo().search_fetch(
            [("is_organisation", "=", True), ("company_id", "in", (self.company_id.id, False))], ["name"], limit=MAX_NAMES
        )
        named = [name for name in organisations.mapped("name") if name and len(name) > 3 and name.casefold() in text]
        if named:
            raise UserError(
                self.env._("%s: names of organisations have no place in question and answer. Please reword.", ", ".join(named))
            )


class SozialCall(models.Model):
    """Questions to a call."""

    _inherit = "sozial.call"

    open_question_count = fields.Integer("Open questions", compute="_compute_open_question_count")

    def _compute_open_question_count(self):
        groups = self.env["sozial.call.question"]._read_group(
            [("call_id", "in", self.ids), ("state", "=", "asked")], ["call_id"], ["__count"]
        )
        counts = {call.id: count for call, count in groups}
        for call in self:
            call.open_question_count = counts.get(call.id, 0)

    def action_view_questions(self):
        """Open the questions of the call."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_call_question")
        action["domain"] = [("call_id", "=", self.id)]
        action["context"] = {}
        return action

    def _portal_ask(self, text):
        """Ask for the current portal user's organisation. The officer learns that a question came, not from whom.

        :raise UserError: if it is too late, empty, too long, or one of very many
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_open_for_questions(self._now()):
            raise UserError(self.env._("The time for questions is over (%s). Questions are not answered any more.", self.questions_text))
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("“Your question”: please write what you want to know."))
        if len(text) > MAX_TEXT:
            raise UserError(self.env._("“Your question”: at most %s characters, please. You can ask several questions.", MAX_TEXT))
        asker = self._portal_organisation()
        questions = self.env["sozial.call.question"].sudo().with_user(api.SUPERUSER_ID)
        if questions.search_count([("call_id", "=", self.id), ("asker_id", "=", asker.id), ("state", "=", "asked")]) >= MAX_OPEN:
            raise UserError(self.env._("You have asked %s questions that are not answered yet. Please wait for the answers.", MAX_OPEN))
        questions.create({"call_id": self.id, "original": text, "asker_id": asker.id})
        self._record("question")
        self._subscribe(self.env.user.partner_id)
        self._remind_of_questions()

    def _remind_of_questions(self):
        """One task for the officer, however many questions wait."""
        call = self.sudo().with_user(api.SUPERUSER_ID)
        if not call.user_id or call.activity_search([TASK], user_id=call.user_id.id):
            return
        officer = call.with_context(lang=call.user_id.lang)
        officer.activity_schedule(TASK, summary=officer.env._("A question waits for its answer"), user_id=call.user_id.id)

    def _forget_questions(self):
        """The task goes once nothing waits, or once answers come too late."""
        for call in self.sudo().with_user(api.SUPERUSER_ID):
            if call.state != "published" or not call.question_ids.filtered(lambda one: one.state == "asked"):
                call.activity_unlink([TASK])

    def _portal_own_questions(self):
        """Questions of the current portal user's organisation that are not answered yet, as texts."""
        self.ensure_one()
        self.check_access("read")
        waiting = [("call_id", "=", self.id), ("asker_id", "=", self._portal_organisation().id), ("state", "=", "asked")]
        return self.env["sozial.call.question"].sudo().search(waiting, limit=MAX_OPEN).mapped("original")
