from odoo import api, fields, models
from odoo.exceptions import UserError

from ...redaction import named_in


class SozialSecondOpinion(models.Model):
    """A colleague is asked what to do, by an anonymous summary; the answer stays on the case.

    The colleague gets no access: until the last day, or the answer, the question alone lies on
    the own desk (`sozial.opinion.question`), without number, name or street.
    """

    _name = "sozial.second.opinion"
    _description = "Second opinion"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "id desc"
    _guarded = frozenset({"state", "answer", "asked_on", "answered_on"})

    colleague_id = fields.Many2one(
        "res.users", "Who is asked", required=True, index=True, ondelete="restrict",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("sozial_management.group_sozial_worker").ids), ("id", "!=", self.env.uid),
        ],
    )  # fmt: skip
    question = fields.Text(required=True, help="What would you like to know?")
    summary = fields.Text("What it is about", required=True, help="As far as the colleague needs it. No names, streets or numbers.")
    until = fields.Date(required=True, default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7))
    state = fields.Selection(
        [("draft", "Not asked yet"), ("asked", "Asked"), ("answered", "Answered"), ("withdrawn", "Withdrawn")],
        required=True, readonly=True, default="draft", copy=False,
    )  # fmt: skip
    answer = fields.Text(readonly=True, copy=False)
    asked_on = fields.Date("Asked on", readonly=True, copy=False)
    answered_on = fields.Date("Answered on", readonly=True, copy=False)
    question_ids = fields.One2many("sozial.opinion.question", "opinion_id", "On the desk", groups=fields.NO_ACCESS)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        opinions = super(SozialSecondOpinion, self._without_guarded_defaults()).create(vals_list)
        opinions.case_id._require_not_ended()
        return opinions

    def write(self, vals):
        self._refuse_guarded(vals)
        self._require_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self._require_draft()

    def _require_draft(self):
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("What was asked stays as it was. Ask anew."))

    def action_ask(self):
        """Lay the question on the colleague's desk.

        :raise UserError: names what tells who it is about, or what is missing
        """
        self.ensure_one()
        self.check_access("write")
        self._require_draft()
        self._require_anonymous()
        colleague = self.colleague_id.sudo()
        if not colleague.has_group("sozial_management.group_sozial_worker") or self.company_id not in colleague.company_ids:
            raise UserError(self.env._("Who is asked: choose an active social worker of the company of the case."))
        if self.until < fields.Date.context_today(self):
            raise UserError(self.env._("Until: choose a day in the future."))
        self.env["sozial.opinion.question"].sudo().create(
            {
                "opinion_id": self.id, "company_id": self.company_id.id, "asked_by_id": self.env.uid, "colleague_id": colleague.id,
                "until": self.until, "question": self.question, "summary": self.summary,
            }
        )  # fmt: skip
        self._write_guarded({"state": "asked", "asked_on": fields.Date.context_today(self)})
        self.env["sozial.case.transfer"]._tell(
            colleague.sudo(self.env.su),
            self.env._("A colleague asks for your opinion"),
            self.env._("You find the question under »Team«, »Asked of me«."),
        )
        return True

    def action_withdraw(self):
        """Take the question back from the colleague's desk."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "asked":
            raise UserError(self.env._("There is no open question to take back."))
        self.sudo().question_ids.unlink()
        return self._write_guarded({"state": "withdrawn"})

    def _answered(self, answer):
        """Keep the answer on the case; the colleague's copy goes."""
        self._write_guarded({"state": "answered", "answer": answer, "answered_on": fields.Date.context_today(self)})
        self.question_ids.unlink()

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def _require_anonymous(self):
        """Stop a text that tells who it is about.

        :raise UserError: names the words
        """
        case = self.case_id
        dwelling = case.dwelling_id
        names = case.participant_ids.partner_id.mapped("name")
        others = (case.name, dwelling.building_id.street, case.tenancy_id.external_ref)
        found = named_in(f"{self.question}\n{self.summary}", names, filter(None, others))
        if found:
            raise UserError(self.env._("Write it so that nobody is recognised. Leave out: %s.", ", ".join(found)))
