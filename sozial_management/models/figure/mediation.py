from odoo import fields, models
from odoo.tools import SQL


class SozialMediation(models.Model):
    """A mediation as the figures see it. See `sozial.mediation.fact`."""

    _inherit = "sozial.mediation"

    end_counted = fields.Boolean(copy=False, groups=fields.NO_ACCESS)
    review_counted = fields.Boolean(copy=False, groups=fields.NO_ACCESS)

    _figure_ends_due = models.Index("(company_id, ended_on) WHERE end_counted IS NOT TRUE AND ended_on IS NOT NULL")
    _figure_reviews_due = models.Index("(company_id, reviewed_on) WHERE review_counted IS NOT TRUE AND reviewed_on IS NOT NULL")

    def _figure_facts(self, counted):
        """Values of the facts of these mediations, and the mark that they are counted.

        :param counted: `end_counted` or `review_counted`: which fact is meant
        """
        self.env.flush_all()
        ended = counted == "end_counted"
        facts = []
        for year, ones in self.grouped(lambda one: (one.ended_on if ended else one.reviewed_on).year).items():
            ones.case_id._figure_draw_keys(dict.fromkeys(ones.case_id, year))
            facts += [one._figure_fact(ended, one.case_id.figure_keys[str(year)]) for one in ones]
        self._figure_mark(counted)
        return facts

    def _figure_fact(self, ended, contributor):
        day = self.ended_on if ended else self.reviewed_on
        return {
            "company_id": self.company_id.id, "month": fields.Date.start_of(day, "month"), "contributor": contributor,
            "quarter_id": self.case_id.quarter_id.id, "kind": "ended" if ended else "reviewed",
            "outcome": self.state if ended else False, "review": False if ended else self.review_result,
        }  # fmt: skip

    def _figure_mark(self, counted):
        """By SQL: counting is no change of a mediation, and is done for cases that have ended, too."""
        self.env.cr.execute(
            SQL("UPDATE sozial_mediation SET %s = TRUE WHERE id = ANY(%s)", SQL.identifier(counted), self.ids)
        )
        self.invalidate_recordset([counted])


class SozialCase(models.Model):
    """Mediations that are not counted yet are counted before a case is erased."""

    _inherit = "sozial.case"

    def _figure_count_rest(self):
        facts, mediations = self.env["sozial.mediation.fact"], self.sudo().mediation_ids
        facts._count(mediations.filtered(lambda one: one.ended_on and not one.end_counted), "end_counted")
        facts._count(mediations.filtered(lambda one: one.reviewed_on and not one.review_counted), "review_counted")
        return super()._figure_count_rest()
