from odoo import fields, models


class SozialRoomAtom(models.Model):
    """The smallest part of a building that can be taken: what no wall divides any further.

    A hall with a movable wall is three rooms over two atoms: the hall and its two halves.
    """

    _name = "sozial.room.atom"
    _inherit = ["sozial.room.named"]
    _description = "Part of a room"
    _order = "centre_id, name, id"
    _check_company_auto = True

    name = fields.Char("Part", required=True)
    centre_id = fields.Many2one(
        "sozial.centre", "Centre", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="centre_id.company_id", store=True, precompute=True, index=True)
    room_ids = fields.Many2many(
        "sozial.room", "sozial_room_atom_rel", "atom_id", "room_id", "Rooms", readonly=True, check_company=True
    )

    _name_unique = models.Constraint("UNIQUE (centre_id, name)", "This centre has a part of this name already.")
