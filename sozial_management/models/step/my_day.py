from odoo import api, models

AHEAD_DAYS = 7


class SozialMyDay(models.AbstractModel):
    """Own steps of the week on the screen of the morning."""

    _inherit = "sozial.my.day"

    @api.model
    def get_my_day(self):
        """With the section ``steps``, as the others."""
        day = super().get_my_day()
        mine = [("user_id", "=", self.env.uid)]
        day["steps"] = self._open_until("sozial.case.step", AHEAD_DAYS, mine, self._step_icon)
        return day

    @api.model
    def _step_icon(self, step):
        return {"icon": step.activity_type_id.icon or "fa-check"}
