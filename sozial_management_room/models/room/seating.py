from odoo import fields, models


class SozialRoomSeating(models.Model):
    """A way to set up a room, with the number of people it then holds."""

    _name = "sozial.room.seating"
    _inherit = ["sozial.room.named"]
    _description = "Seating of a room"
    _order = "room_id, capacity desc, id"
    _check_company_auto = True

    name = fields.Char("Seating", required=True, translate=True, help="For example rows, tables, circle of chairs.")
    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    capacity = fields.Integer("Persons", required=True)

    _capacity_positive = models.Constraint(
        "CHECK (capacity BETWEEN 1 AND 10000)", "Persons: enter how many fit in this seating."
    )
    _name_unique = models.Constraint("UNIQUE (room_id, name)", "This room has a seating of this name already.")
