from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import UserError

from ..series.occupancy import Slot

# how many of the queue are looked at when slots get free, and a turn of the nightly run
QUEUE, BATCH = 100, 50
# with less time than this nobody is asked any more
SHORTEST = timedelta(hours=1)


class SozialRoomWaiting(models.Model):
    """Moving up: a slot that gets free is held for the first who waits for it, and offered by mail.

    The slot is taken again in the transaction that gives it free, so nobody else gets in between.
    The link in the mail shows a page; only its button, a POST, answers.
    """

    _name = "sozial.room.waiting"
    _inherit = ["sozial.room.waiting", "sozial.answer.link"]

    def _move_up(self, bookings):
        """Offer what these bookings gave free, in the order of asking.

        :return: the entries that got an offer
        """
        if not bookings:
            return self.browse()
        return self._move_up_in(self._domain_in_the_way(bookings))

    def _move_up_in(self, domain):
        return self.sudo().search(domain, order="create_date, id", limit=QUEUE)._offer_slots()

    def _offer_slots(self):
        """Offer their slots to those of `self` whose slot is free; of two in each other's way, to the first."""
        offered = self.browse()
        for wish in self._free_ones():
            # somebody else may be offering this very entry: then it is theirs
            if wish.try_lock_for_update() and wish._offer_slot():
                offered |= wish
        return offered

    def _free_ones(self):
        """Those whose whole slot is free now, buffers included, in one query."""
        wishes = self.filtered(lambda wish: wish.start - fields.Datetime.now() > SHORTEST)
        slots = [Slot(wish.room_id.id, wish.start, wish.stop) for wish in wishes]
        taken = self.env["sozial.room.occupancy"].sudo()._hits(slots)
        return self.browse([wish.id for number, wish in enumerate(wishes) if number not in taken])

    def _offer_slot(self):
        """Hold the slot and ask by mail.

        :return: whether it could be held
        """
        bookings = self.env["sozial.room.booking"].sudo()
        if self._as_booking()._problems():
            return False  # the quota is used up, or the centre has changed its hours
        until = min(fields.Datetime.now().replace(microsecond=0) + timedelta(hours=self.centre_id.offer_hours), self.start)
        try:
            with self.env.cr.savepoint():
                booking = bookings.create({**self._booking_values(), "state": "draft"})
                # the deadline is the offer's; the day after, the request would end with it
                booking._set_state("requested", hold_until=until.date() + timedelta(days=1))
                self.env.flush_all()
        except IntegrityError:
            return False  # an earlier one of the queue has got a part of it
        self._write_guarded(
            {
                "state": "offered",
                "offered_at": fields.Datetime.now(),
                "answer_until": until,
                "booking_id": booking.id,
                "token": self._new_token(),
            }
        )
        if self.partner_id.email:
            self.env["mail.mail"].sudo().create(self._slot_mail())
        return True

    def _booking_values(self):
        return {
            "name": self.name,
            "room_id": self.room_id.id,
            "start": self.start,
            "stop": self.stop,
            "partner_id": self.partner_id.id,
            "persons": self.persons,
            "terms_accepted": self.terms_accepted,
        }

    def _slot_mail(self):
        mine = self.with_context(lang=self.partner_id.lang or self.env.lang).sudo()
        return mine._mail_values(
            mine.env._("Free now: %s", mine.room_id.name),
            "sozial_management_room.mail_waiting_slot",
            {"line": mine.booking_id._mail_line(), "until": mine._answer_until_text(), "url": mine._offer_url()},
        )

    def _answer_until_text(self):
        local = self.centre_id._local(self.answer_until)
        return f"{local:%d.%m.%Y, %H:%M}"

    def _offer_url(self):
        return f"{self.get_base_url()}/sozial/warteliste/{self.id}/{self.sudo().token}"

    def _may_answer(self):
        return self.state == "offered" and self.answer_until > fields.Datetime.now() and self.booking_id.state == "requested"

    def _answer(self, takes_it):
        """What whoever waits answers by the link or in the portal. Callers have checked who asks.

        :raise UserError: if it is answered already, or too late
        """
        self.ensure_one()
        wish = self.sudo()
        locked = wish.try_lock_for_update()
        wish.invalidate_recordset()
        if not locked or not wish._may_answer():
            raise UserError(self.env._("This offer has been answered already, or the time to answer is over."))
        if not takes_it:
            return wish._withdraw("declined")
        booking = wish.booking_id
        wish._write_guarded({"state": "done"})
        if booking._mode() == "direct":
            booking._set_state("confirmed", hold_until=False)
        else:
            booking._write_kept({"hold_until": False})
            booking._hold()
        booking._notify()
        return True

    def _withdraw(self, state):
        """End entries; what was held for them goes to the next in line."""
        for wish in self.sudo():
            wish._require_state("waiting", "offered")
            held = wish.booking_id if wish.state == "offered" else wish.booking_id.browse()
            wish._write_guarded({"state": state})
            held.filtered(lambda booking: booking.state == "requested")._give_back()
        return True

    def _cron_offers(self):
        """End offers that were not answered, and offer what got free in other ways (moved, reopened)."""
        now = fields.Datetime.now()
        while late := self.search(
            [("kind", "=", "slot"), ("state", "=", "offered"), ("answer_until", "<=", now)], order="answer_until, id", limit=BATCH
        ).try_lock_for_update():
            late._withdraw("expired")
            self.env["ir.cron"]._commit_progress(len(late))
        over = self.search([("kind", "=", "slot"), ("state", "=", "waiting"), ("start", "<=", now)], limit=1000)
        over._write_guarded({"state": "expired"})
        last = 0
        while queue := self.search([("kind", "=", "slot"), ("state", "=", "waiting"), ("id", ">", last)], order="id", limit=BATCH):
            last = queue[-1].id
            queue._offer_slots()
            self.env["ir.cron"]._commit_progress(len(queue))
