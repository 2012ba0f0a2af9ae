from odoo import api, models


class SozialEmergency(models.Model):
    """An emergency access stands in the access log too, also one that found nothing."""

    _inherit = "sozial.emergency"

    @api.model
    def _record(self, case, reason):
        super()._record(case, reason)
        log = self.env["sozial.access.log"]
        if case:
            log._log_cases("emergency", case.ids, self._name)
        else:
            log._log_nothing_found("emergency", self._name)
