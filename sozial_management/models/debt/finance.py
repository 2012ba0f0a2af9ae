from odoo import api, fields, models

from ..money import euro


class SozialFinance(models.AbstractModel):
    """Something about the money in a case: as secret as the case, and as it was once the case has ended."""

    _name = "sozial.finance"
    _description = "Finances in a case"
    _inherit = "sozial.ongoing"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)

    @api.depends("company_id.currency_id")
    def _compute_currency_id(self):
        for row in self:
            row.currency_id = row.company_id.currency_id or self.env.company.currency_id

    def _euro(self, amount):
        return euro(self.env, amount, self.currency_id)
