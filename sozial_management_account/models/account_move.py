from odoo import fields, models


class AccountMove(models.Model):
    """An invoice that came from a room booking: at most one that counts for each."""

    _inherit = "account.move"

    sozial_booking_id = fields.Many2one(
        "sozial.room.booking",
        "Room booking",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        groups="sozial_management_room.group_sozial_room_user",
    )

    _one_a_booking = models.UniqueIndex(
        "(sozial_booking_id) WHERE sozial_booking_id IS NOT NULL AND state <> 'cancel'",
        "This booking has an invoice already.",
    )
