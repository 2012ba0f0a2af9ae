from odoo import fields, models


class SozialRoomFee(models.Model):
    _inherit = "sozial.room.fee"

    product_id = fields.Many2one(
        "product.product",
        "Product of the invoice",
        check_company=True,
        index="btree_not_null",
        domain="[('type', '=', 'service')]",
        groups="account.group_account_invoice,sozial_management_room.group_sozial_room_manager",
        help="Decides about account and tax of the line. Empty: the account of the sales journal, without tax.",
    )
