from odoo import api, fields, models

from .condition import CUSTOMER_GROUPS


class SozialRoomFee(models.Model):
    """An amount that one group of customers pays for a room: use, cleaning, deposit."""

    _name = "sozial.room.fee"
    _inherit = ["sozial.room.named"]
    _description = "Fee of a room"
    _order = "room_id, customer_group, kind desc, id"
    _check_company_auto = True

    name = fields.Char("For what", required=True, translate=True, help="For example use, cleaning, deposit.")
    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)
    customer_group = fields.Selection(CUSTOMER_GROUPS, "Paid by", required=True)
    kind = fields.Selection(
        [("fee", "Fee"), ("deposit", "Deposit")],
        required=True,
        default="fee",
        help="A deposit is paid back when the room is returned in order.",
    )
    unit = fields.Selection(
        [("booking", "a booking"), ("hour", "an hour"), ("day", "a day")], "Per", required=True, default="booking"
    )
    amount = fields.Monetary(required=True)

    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "Amount: a fee cannot be negative.")

    @api.depends("company_id.currency_id")
    def _compute_currency_id(self):
        for fee in self:
            fee.currency_id = fee.company_id.currency_id
