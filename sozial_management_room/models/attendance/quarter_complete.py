from odoo import api, fields, models
from odoo.fields import Domain

from .session import NOT_HELD


class SozialActivityQuarter(models.Model):
    """Which centres are ready to be locked, and which are not yet."""

    _inherit = "sozial.activity.quarter"

    @api.model
    def _days_and_locks(self, company, start, end):
        """First days of the calendar quarters of a period, and what of them is locked, as `_settled_by` asks for it."""
        days = [day for number in range(0, 12, 3) if start <= (day := fields.Date.add(start, months=number)) < end]
        rows = self.sudo().search_fetch(
            [("company_id", "=", company.id), ("first_day", "in", days)], ["company_id", "centre_id", "first_day"], limit=None
        )
        return days, {(row.company_id.id, row.centre_id.id, row.first_day) for row in rows}

    @api.model
    def _centres_not_locked(self, company, start, end, centre=None):
        """The centres of a company (or this one) whose attendance of a period still moves. Read without rights: callers have checked.

        A centre that was closed for good counts as long as sessions of the period are its own.
        """
        days, locked = self._days_and_locks(company, start, end)
        if all((company.id, False, day) in locked for day in days):
            return self.env["sozial.centre"]
        held = self.env["sozial.activity.session"].sudo()._read_group(
            [("company_id", "=", company.id), *self._span(start, end)], ["centre_id"]
        )
        alive = Domain("active", "=", True) | Domain("id", "in", [one.id for [one] in held])
        wanted = Domain("company_id", "=", company.id) & (Domain("id", "=", centre.id) if centre else alive)
        centres = self.env["sozial.centre"].sudo().with_context(active_test=False).search(wanted, limit=None)
        return centres.filtered(lambda one: not all(self._settled_by(locked, company.id, one.id, day) for day in days)).sudo(self.env.su)

    @api.model
    def _span(self, start, end):
        """Sessions of a period, with a day of grace on both sides: the quarter is that of the centres' clocks."""
        begin, until = fields.Datetime.to_datetime(start), fields.Datetime.to_datetime(end)
        return [("start", ">=", fields.Datetime.add(begin, days=-1)), ("start", "<", fields.Datetime.add(until, days=1))]

    @api.model
    def _pending_text(self, company, start, end, centre=None):
        """Said to those who are about to publish."""
        centres = self._centres_not_locked(company, start, end, centre).sudo()
        if not centres:
            return ""
        return self.env._(
            "Not locked yet: %s. Publishing locks them: attendance that is still missing could only be entered as a correction.",
            ", ".join(centres.mapped("name")),
        )

    @api.model
    def _uncounted(self, centres, first_day):
        """Sessions of a calendar quarter that were held, as far as anybody knows, and that nobody counted."""
        sessions = self.env["sozial.activity.session"].search(
            [
                ("centre_id", "in", centres.ids), ("state", "not in", NOT_HELD),
                *self._span(first_day, fields.Date.add(first_day, months=3)),
                ("sheet_ids", "not any", [("counted_at", "!=", False)]), ("attendance_ids", "=", False), ("count_ids", "=", False),
            ],
            limit=None,
        )  # fmt: skip
        return sessions.filtered(lambda one: self._quarter_of(one.sudo().centre_id._local(one.start).date()) == first_day)
