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

    def _portal_hours(self):
        """What the organisation reads of its consultation hours, line by line."""
        self.check_access("read")
        return [hour._reader_line() for hour in self.sudo().hour_ids.with_context(lang=self.env.lang)]

    def _follow(self, before):
        """What was booked under the version before stays where this one grants it, too; agreed hours get their dates."""
        super()._follow(before)
        own, old = self.sudo(), before.sudo()
        own.hour_ids._follow(old.hour_ids)
        coming = old._coming_bookings()
        of_hours = coming.filtered(lambda one: one.series_id in old.hour_ids.series_ids)
        kept = of_hours.filtered(lambda one: one.series_id in own.hour_ids.series_ids)
        kept |= (coming - of_hours).filtered(lambda one: one.room_id in own.room_ids)
        kept = kept.filtered(lambda one: one.stop <= own.holds_until)
        kept._write_kept({"agreement_id": self.id})
        self._give_back(coming - kept)
        if lost := own.hour_ids._occupy():
            own._tell_responsible(lambda env: env._("Dates of consultation hours without a room: %s", lost))

    def _activity_in(self, centre):
        """The activity whose sessions are the consultation hours of this agreement in a centre."""
        self.ensure_one()
        found = self._versions().hour_ids.activity_id.filtered(lambda one: one.centre_id == centre)[:1]
        if not found:
            found = self.env["sozial.activity"].create(
                {
                    "name": self.title, "kind": "consultation", "centre_id": centre.id, "leader_id": self.partner_id.id,
                    "partner_ids": [fields.Command.set(self.partner_id.filtered("is_company").ids)],
                }
            )  # fmt: skip
        if found.state != "running":
            found._set_state("running")
        return found

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
