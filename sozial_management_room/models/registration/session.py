from datetime import timedelta

from odoo import api, fields, models

from .registration import TOLD

MOST_CALLS = 40


class SozialActivitySession(models.Model):
    """Seats and slots of a session, and who is told what happens to it."""

    _inherit = "sozial.activity.session"

    registration_ids = fields.One2many("sozial.activity.registration", "session_id", "Registrations")
    seats_text = fields.Char("Seats", compute="_compute_seats_text", help="Taken of how many; then who waits.")
    slots_text = fields.Text("Slots", compute="_compute_slots_text")

    def _slots(self):
        """Slots of a consultation hour by their number, from 1: begin and end on the clock of the centre."""
        self.ensure_one()
        activity = self.activity_id
        length, pause = timedelta(minutes=activity.slot_minutes), timedelta(minutes=activity.pause_minutes)
        slots, start = {}, self.start
        while length and start + length <= self.stop:
            slots[len(slots) + 1] = (self.centre_id._local(start), self.centre_id._local(start + length))
            start += length + pause
        return slots

    def _slot_of(self, seat):
        """Begin and end of a slot; of one that a shorter session has lost: the session."""
        return self._slots().get(seat) or self._local_slot()

    def _seat_count(self):
        self.ensure_one()
        return len(self._slots()) if self.activity_id.kind == "consultation" else self.activity_id.seats

    def _taken_seats(self):
        """``{session id: {number, …}}`` of these sessions, in one query."""
        rows = self.env["sozial.activity.registration"].sudo()._read_group(
            [("session_id", "in", self.ids), ("seat", ">", 0)], ["session_id"], ["seat:array_agg"]
        )
        return {session.id: set(seats) for session, seats in rows}

    @api.depends("registration_ids.state", "activity_id.seats")
    def _compute_seats_text(self):
        taken = self._taken_seats()
        rows = self.env["sozial.activity.registration"].sudo()._read_group(
            [("session_id", "in", self.ids), ("state", "=", "waiting")], ["session_id"], ["__count"]
        )
        waiting = {session.id: count for session, count in rows}
        for session in self:
            if session.activity_id.registration != "session":
                session.seats_text = False
                continue
            words = f"{len(taken.get(session.id, ()))} / {session._seat_count()}"
            session.seats_text = f"{words} (+{waiting[session.id]})" if session.id in waiting else words

    @api.depends("registration_ids.state", "start", "stop", "activity_id.slot_minutes")
    def _compute_slots_text(self):
        taken = self._taken_seats()
        for session in self:
            free = session._free_slots(taken.get(session.id, ())) if session.activity_id.kind == "consultation" and session.start else {}
            session.slots_text = "\n".join(f"{number}: {start:%H:%M} – {stop:%H:%M}" for number, (start, stop) in free.items())

    def _free_slots(self, taken):
        return {number: slot for number, slot in self._slots().items() if number not in taken}

    def _tell(self, event):
        """One mail for each person, however many sessions it is about; sessions that are over are no news."""
        now = fields.Datetime.now()
        coming = self.sudo().filtered(lambda session: session.stop > now)
        if not coming:
            return
        told = self.env["sozial.activity.registration"].sudo().search(
            [
                ("state", "in", TOLD),
                ("email", "!=", False),
                "|",
                ("session_id", "in", coming.ids),
                "&",
                ("session_id", "=", False),
                ("activity_id", "in", coming.activity_id.ids),
            ],
            limit=None,
        )
        for one in told:
            one._queue_mail(event, one.session_id or coming.filtered(lambda session, one=one: session.activity_id == one.activity_id))

    def _people_to_call(self):
        """Those registered without a mail address, as far as the user may read them: they have to be told on the phone."""
        registered = self.env["sozial.activity.registration"]
        return registered.search(
            [
                ("state", "in", TOLD),
                ("email", "=", False),
                "|",
                ("session_id", "in", self.ids),
                "&",
                ("session_id", "=", False),
                ("activity_id", "in", self.activity_id.ids),
            ],
            order="name, id",
            limit=MOST_CALLS,
        )

    def _ask_to_call(self):
        """After a cancellation: a message that stays and says whom no mail reaches.

        :return: an action, or True where the mails reach everybody
        """
        people = self._people_to_call()
        if not people:
            return True
        names = ", ".join(f"{one.name} ({one.phone})" if one.phone else one.name for one in people)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Please call"),
                "message": self.env._("No mail address, so no mail about it: %s", names),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_cancel(self):
        """Cancel, and say who has to be called because no mail reaches them."""
        super().action_cancel()
        return self._ask_to_call()

    def _slot_lost(self):
        super()._slot_lost()
        suspended = self.filtered(lambda session: session.state == "suspended")
        suspended._tell("suspended")
        (self - suspended)._tell("cancelled")

    def _slot_moved(self):
        super()._slot_moved()
        self.filtered(lambda session: session.state in ("planned", "requested"))._tell("moved")

    def _slot_back(self):
        super()._slot_back()
        self._tell("back")

    def action_view_registrations(self):
        """Open who is registered for the session."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_activity_registration")
        context = {"default_activity_id": self.activity_id.id, "default_session_id": self.id}
        return {**action, "domain": [("session_id", "=", self.id)], "context": context}
