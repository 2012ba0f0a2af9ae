import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from .measure import SHARE, Measure

BATCH = 1000
OUTCOMES = [("agreed", "Agreement signed"), ("failed", "Ended without agreement"), ("off", "Does not take place")]
REVIEWS = [("kept", "It holds"), ("partly", "It holds in part"), ("broken", "It does not hold")]


class SozialMediationFact(models.Model):
    """How a mediation ended, or what became of its agreement, for figures.

    Knows neither case nor party nor mediator, like `sozial.case.fact`, and not because of whom one did not
    take place. Facts are written when a period is published, all at once and shuffled, each once.
    """

    _name = "sozial.mediation.fact"
    _description = "End of a mediation, for figures"
    _inherit = "sozial.figure.source"
    _log_access = False
    _rec_name = "kind"
    _order = "id"
    _check_company_auto = True
    _figure_person = "contributor"

    company_id = fields.Many2one("res.company", "Company", required=True, index=True)
    month = fields.Date(required=True, help="The first day of the month in which it ended, or in which the parties were asked.")
    contributor = fields.Char("Person behind it", required=True, help="Drawn by lot for the client of the case, new every year.")
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", ondelete="restrict", check_company=True)
    kind = fields.Selection([("ended", "Ended"), ("reviewed", "Asked about its agreement")], required=True)
    outcome = fields.Selection(OUTCOMES, "How it ended")
    review = fields.Selection(REVIEWS, "What became of the agreement")

    _month_is_a_month = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)", "Month: a fact names the month only, by its first day."
    )
    _says_one_thing = models.Constraint(
        "CHECK ((kind = 'ended') = (outcome IS NOT NULL) AND (kind = 'reviewed') = (review IS NOT NULL))",
        "A fact of a mediation tells how it ended, or what became of its agreement.",
    )
    _figures = models.Index("(company_id, kind, month)")

    @api.model
    def _figure_measures(self):
        _ = self.env._
        ended = {"about": "ended", "domain": (("kind", "=", "ended"),)}
        reviewed = {"about": "reviewed", "domain": (("kind", "=", "reviewed"),)}
        return {
            "ended": Measure(_("Mediations ended"), dimensions=("outcome", "period", "quarter_id"), **ended),
            "agreed": Measure(
                _("Mediations with an agreement (share)"), dimensions=("period", "quarter_id"),
                shows=SHARE, part=("outcome", "agreed"), **ended,
            ),
            "reviewed": Measure(_("Agreements asked about"), dimensions=("review", "period", "quarter_id"), **reviewed),
            "kept": Measure(
                _("Agreements that hold (share)"), dimensions=("period", "quarter_id"), shows=SHARE, part=("review", "kept"), **reviewed
            ),
        }  # fmt: skip

    @api.model
    def _figure_update(self, company, start, end, only=None):
        mediations = self.env["sozial.mediation"].sudo()
        for day, counted in (("ended_on", "end_counted"), ("reviewed_on", "review_counted")):
            due = [("company_id", "=", company.id), (counted, "=", False), (day, ">=", start), (day, "<", end)]
            waiting = mediations.search(due, order="id", limit=BATCH)
            self._count(waiting, counted)
            if len(waiting) == BATCH:
                raise UserError(self.env._("Some of this period has not been counted yet. Ask for the table once more."))

    @api.model
    def _count(self, mediations, counted):
        """Write the facts of mediations that have ended, or of their reviews, shuffled."""
        values = mediations._figure_facts(counted)
        secrets.SystemRandom().shuffle(values)
        self.sudo().create(values)
