from datetime import timedelta

from odoo import api, fields, models

from ..case.my_day import ROWS

AHEAD_DAYS = 14


class SozialMyDay(models.AbstractModel):
    """Deadlines on the screen of the morning: own ones, and those one stands in for."""

    _inherit = "sozial.my.day"

    @api.model
    def get_my_day(self):
        """With the section ``deadlines``, as the others."""
        return {**super().get_my_day(), "deadlines": self._deadlines()}

    @api.model
    def _deadlines(self):
        today = fields.Date.context_today(self)
        until = fields.Date.to_string(today + timedelta(days=AHEAD_DAYS))
        domain = [("state", "=", "open"), ("due", "<=", until), "|", ("user_id", "=", self.env.uid), ("standin_id", "=", self.env.uid)]
        deadlines = self.env["sozial.deadline"]
        rows = [
            {
                "id": one.id,
                "case_id": one.case_id.id,
                "case_name": one.case_id.name,
                "client": one.client_id.name or "",
                "name": one.name,
                "due": fields.Date.to_string(one.due),
                "overdue": one.due < today,
                "today": one.due == today,
                "hard": one.hard,
            }
            for one in deadlines.search(domain, order="due, id", limit=ROWS)
        ]
        return {"count": deadlines.search_count(domain), "rows": rows, "domain": domain}
