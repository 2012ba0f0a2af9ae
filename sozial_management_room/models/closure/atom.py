from odoo import api, models


class SozialRoomAtom(models.Model):
    """A part that is added to a closed centre is closed as well."""

    _inherit = "sozial.room.atom"

    @api.model_create_multi
    def create(self, vals_list):
        atoms = super().create(vals_list)
        closures = (
            self.env["sozial.room.closure"]
            .sudo()
            .search(
                [("state", "=", "active"), ("centre_id", "in", atoms.centre_id.ids), ("room_ids", "=", False), ("atom_ids", "=", False)],
                limit=None,
            )
        )
        for closure in closures:
            closure._close_parts(atoms.filtered(lambda atom, centre=closure.centre_id: atom.centre_id == centre))
        return atoms
