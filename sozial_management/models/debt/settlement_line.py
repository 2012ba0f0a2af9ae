from odoo import api, fields, models

from .settlement import WAYS


class SozialSettlementLine(models.Model):
    """What one creditor gets by one way to settle. Made by the computation."""

    _name = "sozial.settlement.line"
    _description = "Share of a creditor in a settlement"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _kept_under_hold = False  # computed anew while its plan is a draft; people delete none
    _order = "kind, after, id"

    settlement_id = fields.Many2one("sozial.settlement", "Settlement", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="settlement_id.case_id", store=True, precompute=True, readonly=True)
    kind = fields.Selection(WAYS, "Way", required=True)
    claim_id = fields.Many2one(
        "sozial.debt.claim", "Claim", index="btree_not_null", ondelete="cascade", help="Empty: the authority that took over rent debt."
    )
    owed = fields.Monetary()
    taken_over = fields.Monetary("Taken over", help="Paid by an authority at once.")
    total = fields.Monetary("Gets in all")
    monthly = fields.Monetary("A month")
    months = fields.Integer("Number of instalments", aggregator=None)
    after = fields.Integer("Begins after months", aggregator=None)
    quota = fields.Float("Percent of the claim", compute="_compute_quota", digits=(5, 1))

    _not_more_than_owed = models.Constraint(
        "CHECK (COALESCE(total, 0) + COALESCE(taken_over, 0) <= owed AND COALESCE(total, 0) >= 0 AND COALESCE(monthly, 0) >= 0)",
        "Nobody gets more than is owed.",
    )

    @api.depends("total", "owed")
    def _compute_quota(self):
        for line in self:
            line.quota = 100 * line.total / line.owed if line.owed else 0
