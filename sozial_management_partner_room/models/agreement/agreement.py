from dataclasses import replace

from odoo import api, fields, models

# Fixed from the day the agreement is offered, like the rest of what is signed.
CONTENT = frozenset({"room_ids"})


class SozialAgreement(models.Model):
    """Rooms that the organisation books itself, as part of what both sides sign."""

    _inherit = "sozial.agreement"

    room_ids = fields.Many2many(
        "sozial.room", "sozial_agreement_room_rel", "agreement_id", "room_id", "Rooms to book", check_company=True,
        groups="sozial_management_partner.group_sozial_procurement",
        help="While the agreement is active, the people of the organisation book these rooms in the portal without asking. Stands in "
        "the text that both sides sign.",
    )  # fmt: skip

    def write(self, vals):
        if CONTENT & vals.keys():
            self._require_draft()
        return super().write(vals)

    @api.depends("room_ids.name", "room_ids.centre_id.name")
    def _compute_preview(self):
        super()._compute_preview()

    def _facts(self):
        facts = super()._facts()
        return replace(facts, rooms="\n".join(filter(None, (facts.rooms.strip(), *self._room_lines()))))

    def _room_lines(self):
        """What the text says of rooms, line by line; whoever reads the agreement reads these."""
        self.ensure_one()
        rooms = self.sudo().room_ids
        if not rooms:
            return []
        return ["Diese Räume bucht der Partner während der Laufzeit selbst im Portal:", *(f"– {room.display_name}" for room in rooms)]
