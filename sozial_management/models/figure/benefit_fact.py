import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from .measure import SHARE, SUM, Measure

BATCH = 1000
EXPECTED = [("likely", "Likely"), ("unclear", "Unclear"), ("unlikely", "Unlikely")]


class SozialBenefitFact(models.Model):
    """What an authority decided, for figures: which benefit, how many euros, what the pre-check had said.

    Knows neither case nor person nor application, like `sozial.case.fact`. Facts are written when a period is
    published, all at once and shuffled, each decision once.
    """

    _name = "sozial.benefit.fact"
    _description = "Decision on a benefit, for figures"
    _inherit = "sozial.figure.source"
    _log_access = False
    _rec_name = "decision"
    _order = "id"
    _check_company_auto = True
    _figure_person = "contributor"

    company_id = fields.Many2one("res.company", "Company", required=True, index=True)
    month = fields.Date(required=True, help="The first day of the month in which the notice came.")
    contributor = fields.Char("Person behind it", required=True, help="Drawn by lot, new every year.")
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", ondelete="restrict", check_company=True)
    benefit_id = fields.Many2one("sozial.benefit", "Benefit", required=True, ondelete="restrict")
    decision = fields.Selection([("granted", "Granted"), ("refused", "Refused")], required=True)
    expected = fields.Selection(EXPECTED, "By the pre-check", help="What the pre-check had said of this benefit; not stated without one.")
    again = fields.Boolean(help="Decided anew after an objection: the amounts are what came on top.")
    amount_month = fields.Integer("Euros a month")
    amount_year = fields.Integer("Euros a year")

    _month_is_a_month = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)", "Month: a fact names the month only, by its first day."
    )
    _amounts_plausible = models.Constraint(
        "CHECK (COALESCE(amount_month, 0) >= 0 AND COALESCE(amount_year, 0) >= 0)", "Euros obtained are never negative."
    )
    _figures = models.Index("(company_id, decision, month)")

    @api.model
    def _figure_measures(self):
        _ = self.env._
        granted = {"about": "obtained", "domain": (("decision", "=", "granted"),), "dimensions": ("period", "benefit_id", "quarter_id")}
        decided = {"about": "decided", "domain": (("again", "=", False),)}
        return {
            "granted": Measure(_("Benefits granted"), **granted),
            "month": Measure(_("Euros a month obtained by benefits"), shows=SUM, amount="amount_month", **granted),
            "year": Measure(_("Euros a year obtained by benefits"), shows=SUM, amount="amount_year", **granted),
            "decided": Measure(
                _("Decisions on applications, beside the pre-check"), dimensions=("expected", "decision", "benefit_id", "period"), **decided
            ),
            "held": Measure(
                _("Applications granted (share), beside the pre-check"), dimensions=("expected", "benefit_id", "period"),
                shows=SHARE, part=("decision", "granted"), **decided,
            ),
        }  # fmt: skip

    @api.model
    def _figure_update(self, company, start, end, only=None):
        applications = self.env["sozial.benefit.application"].sudo()
        waiting = applications.search(
            [
                ("company_id", "=", company.id), ("state", "in", ("granted", "refused")), ("decision_counted", "=", False),
                ("received_on", ">=", start), ("received_on", "<", end),
            ],
            order="id", limit=BATCH,
        )  # fmt: skip
        self._count(waiting)
        if len(waiting) == BATCH:
            raise UserError(self.env._("Some of this period has not been counted yet. Ask for the table once more."))

    @api.model
    def _count(self, applications):
        """Write the facts of decided applications, shuffled."""
        values = applications._figure_decisions()
        secrets.SystemRandom().shuffle(values)
        self.sudo().create(values)
