from odoo import models
from odoo.exceptions import UserError

from ..booking.occupancy import KIND_CLOSURE
from ..series.occupancy import Slot


class SozialRoom(models.Model):
    """Waiting for a slot of a room that somebody else has."""

    _inherit = "sozial.room"

    def _portal_wait(self, values):
        """Put the current portal user on the waiting list for one slot of this room.

        :param values: as for `_portal_book`
        :return: the entry, with the user's own rights
        :raise UserError: if the slot is free, closed, or could not be booked anyway
        """
        self.ensure_one()
        self.check_access("read")
        centre = self.sudo().centre_id
        wish = {
            **values,
            "kind": "slot",
            "room_id": self.id,
            "partner_id": self.env.user.partner_id.id,
            "start": centre._to_utc(values["start"]),
            "stop": centre._to_utc(values["stop"]),
        }
        waiting = self.env["sozial.room.waiting"].sudo()
        draft = waiting.new(wish)
        if self._portal_mode() == "view":
            raise UserError(self.env._("%s is not booked here. Please call the centre.", self.name))
        if problems := draft._as_booking()._problems():
            raise UserError("\n".join(sentence for sentences in problems.values() for sentence in sentences))
        hits = self.env["sozial.room.occupancy"].sudo()._hits([Slot(self.id, wish["start"], wish["stop"])]).get(0)
        if not hits:
            raise UserError(self.env._("The room is free at that time. Please book it."))
        holders = self.env["sozial.room.booking"].sudo().browse([hit.booking_id for hit in hits if hit.booking_id]).partner_id
        if self.env.user.commercial_partner_id in holders.commercial_partner_id:
            raise UserError(self.env._("You have booked or asked for this time yourself already."))
        if any(hit.kind == KIND_CLOSURE for hit in hits):
            raise UserError(self.env._("The room is closed at that time. Please choose another day."))
        return waiting.create(wish).sudo(False)
