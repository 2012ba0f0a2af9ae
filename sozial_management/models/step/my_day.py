from datetime import timedelta

from odoo import api, fields, models

from ..case.my_day import ROWS

AHEAD_DAYS = 7


class SozialMyDay(models.AbstractModel):
    """Own steps of the week on the screen of the morning."""

    _inherit = "sozial.my.day"

    @api.model
    def get_my_day(self):
        """With the section ``steps``, as the others."""
        return {**super().get_my_day(), "steps": self._steps()}

    @api.model
    def _steps(self):
        today = fields.Date.context_today(self)
        until = fields.Date.to_string(today + timedelta(days=AHEAD_DAYS))
        domain = [("state", "=", "open"), ("due", "<=", until), ("user_id", "=", self.env.uid)]
        steps = self.env["sozial.case.step"]
        rows = [
            {
                "id": one.id,
                "case_id": one.case_id.id,
                "case_name": one.case_id.name,
                "client": one.client_id.name or "",
                "name": one.name,
                "icon": one.activity_type_id.icon or "fa-check",
                "due": fields.Date.to_string(one.due),
                "overdue": one.due < today,
                "today": one.due == today,
            }
            for one in steps.search(domain, order="due, id", limit=ROWS)
        ]
        return {"count": steps.search_count(domain), "rows": rows, "domain": domain}
