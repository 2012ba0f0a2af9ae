from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_fitting_offers(self):
        """Offers for this person's quarter and languages; the topics are chosen in the dialog."""
        self.ensure_one()
        tenancies = self.tenancy_ids.filtered(lambda tenancy: tenancy.state == "running")
        return self.env["sozial.offer"].action_fitting_offers(
            quarter=tenancies.quarter_id[:1], languages=self.language_ids,
        )
