from odoo import api, fields, models

COMING = ("draft", "requested", "confirmed", "suspended")


class SozialAgreement(models.Model):
    """The right to rooms: from the first day of an active agreement to its last moment."""

    _inherit = "sozial.agreement"

    @api.model
    def _granting(self, organisation, room, stop=None):
        """The active agreement of an organisation that grants this room until `stop` (UTC), or none.

        By the clock: the night's run may come later than the end.
        """
        return self.search(
            [
                ("state", "=", "active"), ("partner_id", "=", organisation.id), ("room_ids", "in", room.ids),
                ("holds_until", ">=", max(filter(None, (stop, fields.Datetime.now())))),
            ],
            limit=1,
        )  # fmt: skip

    def _portal_rooms(self):
        """What the organisation reads of its rooms: pairs of id and name."""
        self.check_access("read")
        return [(room.id, room.display_name) for room in self.sudo().room_ids]

    def _follow(self, before):
        """What was booked under the version before stays where this one grants it, too."""
        super()._follow(before)
        coming = before._coming_bookings()
        kept = coming.filtered(lambda one: one.room_id in self.sudo().room_ids and one.stop <= self.holds_until)
        kept._write_kept({"agreement_id": self.id})
        self._give_back(coming - kept)

    def _end(self, state):
        """The right is gone with the status; what was booked by it is free for others at once."""
        super()._end(state)
        self._give_back(self._coming_bookings())

    def _coming_bookings(self):
        """Bookings by these agreements that have not begun."""
        bookings = self.env["sozial.room.booking"].sudo()
        coming = [("agreement_id", "in", self.ids), ("state", "in", COMING), ("start", ">", fields.Datetime.now())]
        return bookings.search(coming, limit=None) if self else bookings

    def _give_back(self, bookings):
        """Cancel these, with a reason in the language of whoever is told."""
        for partner, theirs in bookings.grouped("partner_id").items():
            told = theirs.with_context(lang=partner.lang or "de_DE")
            told._cancel(reason=told.env._("The agreement that granted the room does not hold any more."))
