from datetime import datetime, time

from odoo import models
from odoo.fields import Domain


class SozialRetentionRule(models.Model):
    """What is due by a rule that is about no case."""

    _inherit = "sozial.retention.rule"

    def _due_rows(self, company, today, limit=None):
        """Rows of `company` that nobody needs any more.

        What belongs to a case under legal hold stays, and so does what is not settled.
        """
        self.ensure_one()
        return getattr(self, f"_due_{self.subject}")(company, datetime.combine(self._ended_before(today), time.min), limit)

    def _due_handover(self, company, limit_day, limit, source="backoffice"):
        return self._due_of(
            "sozial.handover",
            Domain("company_id", "=", company.id)
            & Domain("source", "=", source)
            & Domain("state", "!=", "new")
            & Domain("anonymised_on", "=", False)
            & Domain("taken_at", "<", limit_day)
            & Domain("id", "not in", self._held("handover_id") + self._held("joined_handover_ids")),
            limit,
        )

    def _due_callback(self, company, limit_day, limit):
        return self._due_handover(company, limit_day, limit, source="callback")

    def _due_emergency(self, company, limit_day, limit):
        held = self.env["sozial.case"].sudo().search([("legal_hold", "=", True), ("company_id", "=", company.id)], limit=None)
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("reviewed_at", "!=", False)
            & Domain("asked_at", "<", limit_day)
            & Domain("case_number", "not in", held.mapped("name"))
        )
        if self.action == "anonymise":
            domain &= Domain("anonymised_on", "=", False)
        return self._due_of("sozial.emergency", domain, limit)

    def _due_signal(self, company, limit_day, limit):
        held = self.env["sozial.case"].sudo().search([("legal_hold", "=", True), ("company_id", "=", company.id)], limit=None)
        return self._due_of(
            "sozial.tenancy.signal",
            Domain("company_id", "=", company.id)
            & (Domain("ended_at", "<", limit_day) | Domain("date_until", "<", limit_day.date()))
            & Domain("id", "not in", held.signal_ids.signal_id.ids),
            limit,
        )

    def _due_of(self, model, domain, limit):
        return self.env[model].sudo().search(domain, order="id", limit=limit)

    def _held(self, field):
        """Ids that cases under legal hold refer to."""
        return self.env["sozial.case"].sudo().search([("legal_hold", "=", True), (field, "!=", False)], limit=None).mapped(field).ids

    def _erase_rows(self, rows):
        """Anonymise or delete rows that are due.

        :return: what went, as numbers by model name
        """
        erasure = self.env["sozial.erasure"]
        number = {rows._name: len(rows)}
        if self.action == "delete":
            if rows._name == "sozial.tenancy.signal":
                erasure._delete_rows(self.env["sozial.case.signal"].sudo().search([("signal_id", "in", rows.ids)], limit=None))
            gone = erasure._delete_rows(rows)
        else:
            gone = rows._take_person_out()
        return {**{name: count for name, count in gone.items() if count}, **number}
