from odoo import models

CLAIM = ("creditor_id", "representative_id", "reference", "kind", "principal", "interest", "costs", "as_of", "titled", "title", "state")
BUDGET = ("valid_from", "dependants", "income", "expenses", "free")
PLAN = ("version", "state", "start", "monthly", "total", "paid", "last_due", "accepted_on", "ended_on")


class SozialSubjectPart(models.Model):
    """Debts, household budgets and instalments in the client's own copy."""

    _inherit = "sozial.subject.part"

    def _case_sections(self):
        sections = super()._case_sections()
        if self.is_client:
            _ = self.env._
            case = self.case_id
            named = (
                ("debts", _("Your debts"), case.claim_ids, CLAIM),
                ("budgets", _("Your household budgets"), case.budget_ids, BUDGET),
                ("instalment_plans", _("Your instalment plans"), case.instalment_plan_ids, PLAN),
            )
            sections += [
                self._section(key, title, entries=[self._entry("", self._rows(one, *names)) for one in rows])
                for key, title, rows, names in named
            ]
        return sections
