from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SozialAccessQuestion(models.TransientModel):
    """The two questions data protection is asked: who read this case, what did this person read."""

    _name = "sozial.access.question"
    _description = "Question to the access log"

    about = fields.Selection([("case", "A case"), ("user", "A person")], required=True, default="case")
    case_number = fields.Char(help="The whole number, for example SM-2026-00012.")
    user_id = fields.Many2one("res.users", "Colleague")
    date_from = fields.Date("From")
    date_until = fields.Date("Until")

    @api.depends("about")
    def _compute_display_name(self):
        for question in self:
            question.display_name = question._title()

    def _title(self):
        if self.about == "user":
            return self.env._("What did this person read?")
        return self.env._("Who read this case?")

    def action_answer(self):
        """Open the rows of the log that answer the question.

        :raise UserError: names what is missing
        """
        self.ensure_one()
        logs = self.env["sozial.access.log"]
        logs.check_access("read")
        if self.about == "user":
            return self._answer(self._domain_of_user(), self.env._("What %s read", self.user_id.name))
        domain = self._domain_of_case()
        if not logs.search_count(domain, limit=1):
            raise UserError(self.env._("Case number: nothing is on record for %s. Is it complete?", self.case_number))
        return self._answer(domain, self.env._("Who read %s", self.case_number.strip().upper()))

    def _answer(self, domain, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "sozial.access.log",
            "view_mode": "list,pivot,graph",
            "domain": list(domain & self._domain_of_period()),
            "context": {"search_default_group_user": self.about == "case"},
            "help": self.env._("<p>Nothing is on record for these days.</p>"),
        }

    def _domain_of_case(self):
        if not (self.case_number or "").strip():
            raise UserError(self.env._("Case number: say which case it is about."))
        return Domain("case_number", "=", self.case_number.strip().upper())

    def _domain_of_user(self):
        if not self.user_id:
            raise UserError(self.env._("Colleague: say whom it is about."))
        return Domain("user_id", "=", self.user_id.id) & Domain("kind", "!=", "administration")

    def _domain_of_period(self):
        """:raise UserError: if the end lies before the start"""
        if self.date_from and self.date_until and self.date_until < self.date_from:
            raise UserError(self.env._("Until: this day lies before the first one."))
        domain = Domain.TRUE
        if self.date_from:
            domain &= Domain("at", ">=", self.date_from)
        if self.date_until:
            domain &= Domain("at", "<", fields.Date.add(self.date_until, days=1))
        return domain
