from odoo import models
from odoo.fields import Domain


class CalendarEvent(models.Model):
    """Appointments of a case stay in the house: even a neutral title tells when and how often."""

    _inherit = "calendar.event"

    def _get_sync_domain(self):
        """Events that may be sent: none of a case."""
        return Domain(super()._get_sync_domain()) & Domain("res_model", "!=", "sozial.case")

    def _google_insert(self, google_service, values, **kwargs):
        """Send a new event, unless it belongs to a case."""
        if self.res_model == "sozial.case":
            return None
        return super()._google_insert(google_service, values, **kwargs)

    def _google_patch(self, google_service, google_id, values, **kwargs):
        """Send a change, unless the event belongs to a case."""
        if self.res_model == "sozial.case":
            return None
        return super()._google_patch(google_service, google_id, values, **kwargs)
