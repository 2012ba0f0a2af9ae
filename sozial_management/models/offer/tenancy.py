from odoo import models


class SozialTenancy(models.Model):
    _inherit = "sozial.tenancy"

    def action_fitting_offers(self):
        """Offers for the quarter of the dwelling and the tenant's languages."""
        self.ensure_one()
        return self.env["sozial.offer"].action_fitting_offers(
            quarter=self.quarter_id, languages=self.partner_id.language_ids,
        )
