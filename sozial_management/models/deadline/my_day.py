from odoo import api, models

AHEAD_DAYS = 14


class SozialMyDay(models.AbstractModel):
    """Deadlines on the screen of the morning: own ones, and those one stands in for."""

    _inherit = "sozial.my.day"

    @api.model
    def get_my_day(self):
        """With the section ``deadlines``, as the others."""
        day = super().get_my_day()
        mine = ["|", ("user_id", "=", self.env.uid), ("standin_id", "=", self.env.uid)]
        day["deadlines"] = self._open_until("sozial.deadline", AHEAD_DAYS, mine, lambda deadline: {"hard": deadline.hard})
        return day
