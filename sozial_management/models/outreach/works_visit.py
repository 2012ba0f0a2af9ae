from odoo import models


class SozialOutreachVisit(models.Model):
    """From the row of a dwelling to the sheet of its tenant."""

    _inherit = "sozial.outreach.visit"

    def action_open_sheet(self):
        """Open the sheet of the tenant of today; who moved in lately gets one.

        :raise AccessError: for whoever does not work on the outreach, whether or not anything is noted
        """
        self.ensure_one()
        self.check_access("read")
        self.outreach_id._require_along("sozial.works.sheet")
        self.outreach_id._add_sheets()
        return self._open_private("sozial.works.sheet")
