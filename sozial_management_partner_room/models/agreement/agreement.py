from dataclasses import replace

from odoo import api, fields, models

# Fixed from the day the agreement is offered, like the rest of what is signed.
CONTENT = frozenset({"room_ids", "hour_ids"})


class SozialAgreement(models.Model):
    """Rooms that the organisation books itself, as part of what both sides sign."""

    _inherit = "sozial.agreement"

    room_ids = fields.Many2many(
        "sozial.room", "sozial_agreement_room_rel", "agreement_id", "room_id", "Rooms to book", check_company=True,
        groups="sozial_management_partner.group_sozial_procurement",
        help="While the agreement is active, the people of the organisation book these rooms in the portal without asking. Stands in "
        "the text that both sides sign.",
    )  # fmt: skip

    hour_ids = fields.One2many(
        "sozial.agreement.hour", "agreement_id", "Consultation hours in our rooms", copy=True,
        groups="sozial_management_partner.group_sozial_procurement",
        help="Hold their room from the first day of the agreement to its last. Holidays and closures are left out.",
    )  # fmt: skip

    def write(self, vals):
        if CONTENT & vals.keys():
            self._require_draft()
        return super().write(vals)

    @api.depends("room_ids.name", "room_ids.centre_id.name", "hour_ids.room_id", "hour_ids.weekday", "hour_ids.hour_from",
        "hour_ids.hour_to")  # fmt: skip
    def _compute_preview(self):
        super()._compute_preview()

    def _facts(self):
        facts = super()._facts()
        return replace(facts, rooms="\n".join(filter(None, (facts.rooms.strip(), *self._room_lines()))))

    def _room_lines(self):
        """What the text says of rooms, line by line; whoever reads the agreement reads these."""
        self.ensure_one()
        rooms, hours = self.sudo().room_ids, self.sudo().hour_ids.filtered("room_id")
        lines = []
        if rooms:
            lines += ["Diese Räume bucht der Partner während der Laufzeit selbst im Portal:"]
            lines += [f"– {room.display_name}" for room in rooms]
        if hours:
            lines += ["Sprechstunden des Partners in unseren Räumen, außer an Feiertagen und bei Schließungen:"]
            lines += [hour._german_line() for hour in hours]
        return lines
