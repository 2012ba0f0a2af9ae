from odoo import api, fields, models
from odoo.tools import SQL

from .benefit_fact import EXPECTED


class SozialBenefitApplication(models.Model):
    """An application as the figures see it: for the own cases as pivot and graph, for the department as `sozial.benefit.fact`."""

    _inherit = "sozial.benefit.application"

    quarter_id = fields.Many2one(related="case_id.quarter_id", string="Quarter", store=True, related_sudo=False)
    expected = fields.Selection(EXPECTED, "By the pre-check", compute="_compute_expected", store=True)
    decision_counted = fields.Boolean(copy=False, groups=fields.NO_ACCESS)
    month_counted = fields.Integer(copy=False, groups=fields.NO_ACCESS)
    year_counted = fields.Integer(copy=False, groups=fields.NO_ACCESS)
    ever_counted = fields.Boolean(copy=False, groups=fields.NO_ACCESS)

    _figure_due = models.Index("(company_id, received_on) WHERE decision_counted IS NOT TRUE AND state IN ('granted', 'refused')")

    @api.depends("check_id.result", "benefit_id.code")
    def _compute_expected(self):
        for one in self:
            one.expected = ((one.check_id.result or {}).get(one.benefit_id.code) or {}).get("verdict", False)

    def _write_guarded(self, values):
        """Decided anew after an objection, it is counted anew."""
        if values.get("state") == "objection":
            self.sudo().decision_counted = False
        return super()._write_guarded(values)

    def _figure_decisions(self):
        """Values of the facts of these decisions, and the mark that they are counted."""
        self.env.flush_all()
        facts = []
        for year, decided in self.filtered("received_on").grouped(lambda one: one.received_on.year).items():
            decided.case_id._figure_draw_keys(dict.fromkeys(decided.case_id, year))
            facts += [one._figure_decision(one.case_id.figure_keys[str(year)]) for one in decided]
        return facts

    def _figure_decision(self, contributor):
        month, year = (round(amount) if self.state == "granted" else 0 for amount in (self.amount_month, self.amount_year))
        fact = {
            "company_id": self.company_id.id, "month": fields.Date.start_of(self.received_on, "month"), "contributor": contributor,
            "quarter_id": self.case_id.quarter_id.id, "benefit_id": self.benefit_id.id, "decision": self.state,
            "expected": self.expected, "again": self.ever_counted,
            "amount_month": max(month - self.month_counted, 0), "amount_year": max(year - self.year_counted, 0),
        }  # fmt: skip
        self._figure_mark(month, year)
        return fact

    def _figure_mark(self, month, year):
        """By SQL: counting is no change of an application, and is done for cases that have ended, too."""
        self.env.cr.execute(
            SQL(
                "UPDATE sozial_benefit_application SET decision_counted = TRUE, ever_counted = TRUE, month_counted = %s, year_counted = %s"
                " WHERE id = %s", month, year, self.id,
            )
        )  # fmt: skip
        self.invalidate_recordset(["decision_counted", "ever_counted", "month_counted", "year_counted"])


class SozialCase(models.Model):
    """Decisions that are not counted yet are counted before a case is erased."""

    _inherit = "sozial.case"

    def _figure_count_rest(self):
        decided = self.sudo().benefit_application_ids.filtered(
            lambda one: one.state in ("granted", "refused") and not one.decision_counted
        )
        self.env["sozial.benefit.fact"]._count(decided)
        return super()._figure_count_rest()
