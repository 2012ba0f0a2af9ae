from odoo import fields, models

RESULTS = [
    ("suspended", "Suspended"),
    ("cancelled", "Cancelled"),
    ("restored", "Restored"),
    ("open", "Could not be restored"),
    ("other", "Closed by another closure"),
    ("over", "Did not take place"),
]


class SozialRoomClosureHit(models.Model):
    """What a closure did to one booking, and what became of it."""

    _name = "sozial.room.closure.hit"
    _description = "Booking hit by a closure"
    _order = "start, id"
    _rec_name = "booking_id"
    _check_company_auto = True

    closure_id = fields.Many2one("sozial.room.closure", "Closure", required=True, index=True, ondelete="cascade", readonly=True)
    booking_id = fields.Many2one(
        "sozial.room.booking", "Booking", required=True, index=True, ondelete="cascade", readonly=True, check_company=True
    )
    company_id = fields.Many2one(related="closure_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one("res.partner", "For", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
    room_id = fields.Many2one(related="booking_id.room_id")
    start = fields.Datetime("From", readonly=True, required=True)
    stop = fields.Datetime("Until", readonly=True, required=True)
    previous_state = fields.Selection([("requested", "Requested"), ("confirmed", "Confirmed")], "Was before", required=True, readonly=True)
    result = fields.Selection(RESULTS, required=True, default="suspended", readonly=True, index=True)
    finding = fields.Char("What stands against it", readonly=True, help="Why the booking could not be restored.")
    informed_by = fields.Selection(
        [("mail", "Mail"), ("letter", "Letter to print"), ("printed", "Letter printed"), ("none", "Own department")],
        "Informed by",
        readonly=True,
    )
    handled = fields.Boolean("Settled", help="Somebody has talked to the group and found another date, or there is none.")

    _booking_unique = models.Constraint("UNIQUE (closure_id, booking_id)", "This closure has hit the booking already.")

    def action_restore(self):
        """Try once more to restore; says what is in the way.

        :raise UserError: if the slot is still taken or closed
        """
        for hit in self:
            hit.closure_id.check_access("write")
        return self.closure_id._restore_hits(self.filtered(lambda hit: hit.result in ("open", "suspended")), strict=True)
