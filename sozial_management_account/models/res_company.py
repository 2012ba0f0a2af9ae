from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sozial_deposit_account_id = fields.Many2one(
        "account.account",
        "Account for room deposits",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('account_type', 'in', ('liability_current', 'liability_payable', 'asset_current'))]",
        help="Deposits are no income: they are booked to this account, without tax, until they are paid back or kept.",
    )
