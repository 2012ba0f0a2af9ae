from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Merging two contacts must not stumble over the tenant number, which is unique."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """Take the numbers off the contacts that go, and keep one on the contact that stays."""
        sources, target = src_partners.sudo(), dst_partner.sudo()
        number = target.tenant_number or sources.filtered("tenant_number")[:1].tenant_number
        sources.tenant_number = False
        sources.flush_recordset()
        result = super()._update_values(src_partners, dst_partner)
        target.tenant_number = number
        return result
