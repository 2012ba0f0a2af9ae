from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class SozialCase(models.Model):
    """Which active cases somebody should look at: long without contact, without a plan, with a missed deadline."""

    _inherit = "sozial.case"

    is_stale = fields.Boolean("Needs a look", compute="_compute_stale", search="_search_is_stale")
    stale_reason = fields.Char("What is striking", compute="_compute_stale")

    @api.model
    def _stale_reasons(self, company):
        """{why: domain}: what is striking about an active case of this company."""
        today = fields.Date.context_today(self)
        limit = (today - timedelta(days=company.sozial_stale_days)).isoformat()
        _ = self.env._
        return {
            _("no contact for %s days", company.sozial_stale_days): Domain("last_contact_at", "<", limit)
            | (Domain("last_contact_at", "=", False) & Domain("opened_on", "<", limit)),
            _("no agreed plan"): Domain("state", "in", ("planning", "support", "review"))
            & Domain("type_id.skips_planning", "=", False)
            & Domain("plan_ids", "not any", [("state", "=", "agreed")]),
            _("deadline missed"): Domain("next_deadline", "<", today.isoformat()),
            _("review overdue"): Domain("next_review", "<", (today - timedelta(days=14)).isoformat()),
        }

    @api.depends("state", "last_contact_at", "next_deadline", "next_review", "opened_on", "company_id")
    @api.depends_context("lang", "tz")
    def _compute_stale(self):
        found = {case.id: [] for case in self}
        for company, cases in self.grouped("company_id").items():
            running = Domain("id", "in", cases.ids) & Domain("is_active", "=", True)
            for why, domain in self._stale_reasons(company).items():
                for case in self.search(running & domain):
                    found[case.id].append(why)
        for case in self:
            case.stale_reason = ", ".join(found[case.id])
            case.is_stale = bool(found[case.id])

    def _search_is_stale(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id) & Domain("is_active", "=", True) & Domain.OR(self._stale_reasons(company).values())
            for company in self.env.companies
        )
