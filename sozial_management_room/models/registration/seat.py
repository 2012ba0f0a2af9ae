import random

import psycopg2.errors

from odoo import models
from odoo.tools import SQL

from .registration import HOLDING


class SozialActivityRegistration(models.Model):
    """Seats: a number that a unique index gives once, whoever asks at the same moment."""

    _inherit = "sozial.activity.registration"

    def _same_seats(self):
        """Domain of the registrations for the same seats."""
        self.ensure_one()
        return [("activity_id", "=", self.activity_id.id), ("session_id", "=", self.session_id.id)]

    def _seat_count(self):
        self.ensure_one()
        return self.session_id._seat_count() if self.session_id else self.activity_id.seats

    def _free_seats(self):
        """Numbers that are free as far as this transaction sees."""
        taken = self.search_fetch([*self._same_seats(), ("seat", ">", 0)], ["seat"], limit=None).mapped("seat")
        return sorted(set(range(1, self._seat_count() + 1)) - set(taken))

    def _begin(self):
        """A seat, or the end of the queue; by the public page only until the mail is confirmed."""
        self.ensure_one()
        byweb = self.source == "public"
        state = "unconfirmed" if byweb else "confirmed"
        if not self._has_queue() and self._take_seat(state, self.wanted_seat):
            pass
        elif byweb:
            self._write_kept({"state": "unconfirmed"})
        if byweb:
            self._write_kept({"answer_until": self._deadline()})
            self._queue_mail("confirm")
        else:
            self._queue_mail("confirmed" if self.state == "confirmed" else "waiting")

    def _has_queue(self):
        """Whether somebody waits who came earlier."""
        return bool(self.search_count([*self._same_seats(), ("state", "=", "waiting"), ("id", "<", self.id)], limit=1))

    def _take_seat(self, state, wanted=0):
        """Take a seat; who loses a number to somebody else tries the next one.

        In one UPDATE with the state: the unique index waits for whoever is about to take the same
        number, and then says no. Without wish the order is by chance, so that many who come at
        once do not all try the same number.

        :return: whether there was one
        """
        self.ensure_one()
        free = self._free_seats()
        if wanted:
            free = [wanted] if wanted in free else []
        elif self.activity_id.kind != "consultation":
            random.shuffle(free)
        self.flush_recordset()
        for seat in free:
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        SQL("UPDATE sozial_activity_registration SET seat = %s, state = %s WHERE id = %s", seat, state, self.id),
                        log_exceptions=False,  # the loser of a race is no fault of the server
                    )
            except psycopg2.errors.UniqueViolation:
                continue
            self.invalidate_recordset(["seat", "state", "slot_text"])
            self.modified(["seat", "state"])
            return True
        return False

    def _give_back(self, state):
        """End registrations; their seats go to the next in line."""
        held = self.filtered(lambda one: one.state in HOLDING and one.seat)
        self._write_kept({"state": state, "seat": 0, "answer_until": False})
        self.flush_recordset()
        for one in held:
            one._move_up()

    def _move_up(self):
        """Offer free seats to those who wait for the same, in the order of coming.

        Called for any registration of these seats; nobody is asked after the session has begun.
        """
        self.ensure_one()
        activity, session = self.activity_id, self.session_id
        if activity.state == "ended" or (session and session.state not in ("planned", "requested")):
            return
        free = len(self._free_seats())
        if not free:
            return
        for one in self.search([*self._same_seats(), ("state", "=", "waiting")], order="id", limit=free):
            # somebody else may be offering to this very person: then it is theirs
            if one._deadline() <= one.env.cr.now() or not one.try_lock_for_update():
                continue
            if one._take_seat("offered"):
                one._write_kept({"answer_until": one._deadline()})
                one._queue_mail("offered")
