from odoo import fields, models

CUSTOMER_GROUPS = [
    ("own", "Own department"),
    ("partner", "Partner organisation"),
    ("tenant", "Tenants"),
    ("outside", "Others"),
]


class SozialRoomCondition(models.Model):
    """How one group of customers books one room.

    Without a line of its own, a group books through the staff or on request.
    """

    _name = "sozial.room.condition"
    _inherit = ["sozial.room.named"]
    _description = "Conditions of a room"
    _order = "room_id, customer_group, id"
    _check_company_auto = True

    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    customer_group = fields.Selection(CUSTOMER_GROUPS, "For", required=True)
    mode = fields.Selection(
        [("direct", "Books directly"), ("request", "On request"), ("view", "Sees only")],
        "Booking",
        required=True,
        default="request",
        help="Directly: confirmed at once. On request: the centre management decides. Sees only: may look at free times.",
    )
    lead_hours = fields.Integer("At least (hours ahead)", help="0: until the last moment.")
    earliest_days = fields.Integer("At most (days ahead)", help="0: any time ahead.")
    longest_hours = fields.Float("Longest (hours)", help="0: any length.")
    quota = fields.Integer(
        "Bookings a month",
        help="How often one organisation or person may take this room in a calendar month; 0: without limit.",
    )

    _room_group_unique = models.Constraint(
        "UNIQUE (room_id, customer_group)", "There are conditions for this group already."
    )
    _not_negative = models.Constraint(
        "CHECK (COALESCE(lead_hours, 0) >= 0 AND COALESCE(earliest_days, 0) >= 0 "
        "AND COALESCE(longest_hours, 0) >= 0 AND COALESCE(quota, 0) >= 0)",
        "Conditions: enter 0 or more.",
    )
