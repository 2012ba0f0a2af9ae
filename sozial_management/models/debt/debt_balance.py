from odoo import api, fields, models

from ..money import exact
from .debt_claim import AMOUNTS


class SozialDebtBalance(models.Model):
    """What was owed to a creditor on a day. Written with the claim, never by hand."""

    _name = "sozial.debt.balance"
    _description = "Balance of a claim"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _order = "day desc, id desc"

    claim_id = fields.Many2one("sozial.debt.claim", "Claim", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="claim_id.case_id", store=True, precompute=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    principal = fields.Monetary(readonly=True)
    interest = fields.Monetary(readonly=True)
    costs = fields.Monetary(readonly=True)
    total = fields.Monetary(compute="_compute_total", store=True, precompute=True)

    _once_a_day = models.Constraint("UNIQUE (claim_id, day)", "A balance of this day is there already.")

    @api.depends(*AMOUNTS)
    def _compute_total(self):
        for balance in self:
            balance.total = sum(exact(balance[name]) for name in AMOUNTS)
