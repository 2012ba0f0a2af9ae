from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _sender_line(self):
        """The company's address in one line and without its name, for letterheads that say the name before."""
        self.ensure_one()
        lines = (self.partner_id._display_address(without_company=True) or "").splitlines()
        return ", ".join(line.strip() for line in lines if line.strip())
