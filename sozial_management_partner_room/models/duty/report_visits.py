import json

from odoo import api, fields, models

from odoo.addons.sozial_management_partner.models.duty.report_figures import HIDDEN


class SozialAgreementReport(models.Model):
    """Who came to the consultation hours, in numbers."""

    _inherit = "sozial.agreement.report"

    @api.model
    def _visit_tables(self, agreement, hours, period):
        """Visits by age group, suppressed together with everything published before."""
        releases = self.env["sozial.figure.release"].sudo().with_company(agreement.company_id).with_context(lang="de_DE")
        facts = releases.env["sozial.activity.fact"]
        measure = facts._figure_measures()["visits"]
        end = fields.Date.add(period.end, days=1)
        domain = [("company_id", "=", agreement.company_id.id), ("day", ">=", period.start), ("day", "<", end), *measure.domain]
        # where nothing was counted there is no table: publishing one is refused
        counted = hours.activity_id.filtered(lambda one: facts.search_count([*domain, ("activity_id", "=", one.id)], limit=1))
        if not counted:
            return []
        releases._one_at_a_time(agreement.company_id)
        return [self._visit_table(releases, facts, agreement, activity, period, end) for activity in counted]

    @api.model
    def _visit_table(self, releases, facts, agreement, activity, period, end):
        company, start = agreement.company_id, period.start
        label = f"{period.start:%d.%m.%Y} – {period.end:%d.%m.%Y}"
        request = json.dumps(["sozial.agreement.report", agreement.number, "visits", activity.id, start.isoformat(), end.isoformat()])
        found = releases.search([("company_id", "=", company.id), ("request", "=", request)], limit=1)
        if not found:
            values = releases._values(facts, "visits", ["age_group"], company, start, end, label, ("activity_id", activity.id))
            found = releases.create({**values, "request": request, "user_id": self.env.uid})
        rows = [
            {"label": row["label"], "value": HIDDEN if row["values"][0] is None else str(row["values"][0])} for row in found.cells["body"]
        ]
        return {"title": f"{found.measure}, {found.cells['rows']} ({activity.centre_id.name})", "rows": rows}
