from odoo import api, models


class SozialMyDay(models.AbstractModel):
    """The screen names several cases with their clients: one list."""

    _inherit = "sozial.my.day"

    @api.model
    def get_my_day(self):
        day = super().get_my_day()
        shown = [
            row
            for name, section in day.items()
            if isinstance(section, dict) and name != "handovers"  # the inbox is no case yet
            for row in section["rows"]
        ]
        if shown:
            with self.env["sozial.case"]._logging_list(self._name) as count:
                count(len(shown))
        return day
