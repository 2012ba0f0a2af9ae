import json

from odoo import api, fields, models

from ...procedure.schedule import weekly_hours

# What a report tells of the referrals of its period: measure and what it is divided by.
TABLES = (("referral", "kind"), ("referral_sent", "topic_id"), ("referral_sent", "quarter_id"))
HIDDEN = "•"


class SozialAgreementReport(models.Model):
    """What is filled in when a report is made."""

    _inherit = "sozial.agreement.report"

    @api.model
    def _prefilled(self, agreement, period):
        """Values of a new report: frozen figures, agreed hours.

        :param period: the span, as `procedure.schedule.Period`
        """
        hours = agreement.service_ids.offer_id.hour_ids
        agreed = weekly_hours([(int(one.weekday), one.hour_to - one.hour_from) for one in hours], period)
        german = agreement.with_context(lang="de_DE")
        texts = [f"{one.offer_id.name}: {one.hours_text}" for one in german.service_ids if one.hours_text]
        return {
            "figures": self._figures(agreement, period), "hours_agreed": agreed, "hours_held": agreed, "hours_text": "\n".join(texts),
        }  # fmt: skip

    @api.model
    def _figures(self, agreement, period):
        """Referrals of the organisation in the period, suppressed together with everything published before."""
        partner = agreement.partner_id
        releases = self.env["sozial.figure.release"].sudo().with_company(agreement.company_id).with_context(lang="de_DE")
        facts = releases.env["sozial.referral.fact"].with_context(sozial_organisation_id=partner.id)
        end = fields.Date.add(period.end, days=1)
        domain = [("company_id", "=", agreement.company_id.id), ("month", ">=", period.start.replace(day=1)), ("month", "<", end)]
        if not facts.search_count([*domain, ("partner_id", "=", partner.id)], limit=1):
            return []
        releases._one_at_a_time(agreement.company_id)
        measures = facts._figure_measures()
        # where nothing was counted there is no table: publishing one is refused
        counted = [(code, name) for code, name in TABLES if facts.search_count([*domain, *measures[code].domain], limit=1)]
        return [self._figure(releases, facts, code, name, agreement, period, end) for code, name in counted]

    @api.model
    def _figure(self, releases, facts, measure, name, agreement, period, end):
        company, start = agreement.company_id, period.start.replace(day=1)
        label = f"{period.start:%d.%m.%Y} – {period.end:%d.%m.%Y}"
        request = json.dumps(["sozial.agreement.report", agreement.number, measure, name, start.isoformat(), end.isoformat()])
        found = releases.search([("company_id", "=", company.id), ("request", "=", request)], limit=1)
        if not found:
            values = releases._values(facts, measure, [name], company, start, end, label)
            found = releases.create({**values, "request": request, "user_id": self.env.uid})
        body = found.cells["body"][:-1] if name == "kind" else found.cells["body"]  # steps of the same referrals are no sum
        rows = [{"label": row["label"], "value": HIDDEN if row["values"][0] is None else str(row["values"][0])} for row in body]
        return {"title": f"{found.measure}, {found.cells['rows']}", "rows": rows}

    def _hides_figures(self):
        """Whether a figure of this report is not shown: only then the legend has something to explain."""
        self.ensure_one()
        return any(row["value"] == HIDDEN for table in self.figures or [] for row in table["rows"])
