from odoo import api, models


class CalendarEvent(models.Model):
    """Nothing is planned for an anonymised case."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        ids = [event.res_id for event in events.sudo() if event.res_model == "sozial.case"]
        self.env["sozial.case"].browse(ids)._admit_writing()
        return events
