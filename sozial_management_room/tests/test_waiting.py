import re
from datetime import datetime, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import MONDAY, RoomCommon

NOW = datetime(2027, 2, 15, 8)
START, STOP = datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 10)


class WaitingCommon(RoomCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.env["res.partner"].create(
            [
                {"name": name, "email": f"{name}@example.com", "is_company": True, "lang": "en_US", "company_id": cls.company.id}
                for name in ("skat", "yoga")
            ]
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(fields.Datetime, "now", lambda: NOW))
        self.startPatcher(patch.object(fields.Date, "context_today", lambda *args, **kwargs: NOW.date()))

    def _wish(self, partner=None, **values):
        waiting = self.env["sozial.room.waiting"].with_user(self.room_user).with_context(allowed_company_ids=self.company.ids)
        return waiting.create(
            {
                "kind": "slot", "partner_id": (partner or self.first).id, "room_id": self.kitchen.id, "name": "Skatabend",
                "start": START, "stop": STOP, "terms_accepted": True, **values,
            }
        )  # fmt: skip

    def _mails(self):
        return self.env["mail.mail"].search([])

    def _cron(self, now):
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 0)
        with patch("odoo.fields.Datetime.now", lambda *_args: now), progress:
            self.env["sozial.room.waiting"]._cron_offers()


@tagged("post_install", "-at_install")
class TestWaiting(WaitingCommon):
    """Waiting for one slot: who is first gets it, and nobody gets in between."""

    def test_who_is_first_moves_up_and_the_slot_is_held(self):
        booking = self._book(partner_id=self.club.id)
        first, second = self._wish(), self._wish(self.second)
        before = self._mails()
        booking.action_cancel()
        self.assertEqual((first.state, second.state), ("offered", "waiting"))
        held = first.booking_id
        self.assertEqual((held.state, held.partner_id, held.name), ("requested", self.first, "Skatabend"))
        self.assertEqual(first.answer_until, NOW + timedelta(hours=24))
        self.assertIn("already taken", self._refused(self._book))
        offer = (self._mails() - before).filtered(lambda mail: "skat@" in mail.email_to)
        self.assertEqual(len(offer), 1, "no second mail about a request")
        self.assertIn(f"/sozial/warteliste/{first.id}/", offer.body_html)
        self.assertNotIn("Chor", offer.body_html, "who cancelled is nobody's business")

    def test_taking_it_confirms_or_asks_by_the_conditions(self):
        for mode, state in (("direct", "confirmed"), ("request", "requested")):
            with self.subTest(mode=mode):
                self.kitchen.condition_ids = [(5,), (0, 0, {"customer_group": "partner", "mode": mode})]
                booking = self._book()
                wish = self._wish()
                booking.action_cancel()
                wish._answer(True)
                self.assertEqual((wish.state, wish.booking_id.state), ("done", state))
                self.assertEqual(bool(wish.booking_id.hold_until), state == "requested")
                with self.assertRaises(UserError):
                    wish._answer(False)
                wish.booking_id.action_cancel()

    def test_leaving_it_lets_the_next_move_up(self):
        booking = self._book()
        first, second = self._wish(), self._wish(self.second)
        booking.action_cancel()
        first._answer(False)
        self.assertEqual((first.state, second.state), ("declined", "offered"))
        self.assertEqual((first.booking_id.state, second.booking_id.state), ("cancelled", "requested"))

    def test_no_answer_lets_the_next_move_up(self):
        booking = self._book()
        first, second = self._wish(), self._wish(self.second)
        booking.action_cancel()
        self._cron(NOW + timedelta(hours=23))
        self.assertEqual(first.state, "offered", "the time to answer is not over")
        self._cron(NOW + timedelta(hours=25))
        self.assertEqual((first.state, second.state), ("expired", "offered"))
        with self.assertRaises(UserError):
            first._answer(True)

    def test_the_request_does_not_end_before_the_offer(self):
        booking = self._book()
        wish = self._wish()
        booking.action_cancel()
        self.assertGreater(wish.booking_id.hold_until, wish.answer_until.date())

    def test_every_way_to_get_free(self):
        """Declined, given back in the portal, not used, moved away, request that ended."""
        steps = {
            "declined": lambda booking: booking._decline("x"),
            "cancelled by code": lambda booking: booking._cancel(),
            "moved": lambda booking: booking.write({"start": START + timedelta(days=1), "stop": STOP + timedelta(days=1)}),
            "another room": lambda booking: booking.write({"room_id": self.left.id}),
        }
        for name, step in steps.items():
            with self.subTest(name):
                booking = self._book(state="requested")
                wish = self._wish()
                step(booking)
                self.assertEqual(wish.state, "offered")
                wish.action_withdraw()
                self.assertEqual(wish.booking_id.state, "cancelled")
                booking.filtered(lambda one: one.state == "requested").action_cancel()

    def test_the_run_finds_what_got_free_otherwise(self):
        booking = self._book()
        wish = self._wish()
        booking._set_state("cancelled")  # a path that does not ask the list
        self.assertEqual(wish.state, "waiting")
        self._cron(NOW)
        self.assertEqual(wish.state, "offered")

    def test_only_a_whole_free_slot_is_offered(self):
        half, other_half = self._book(start="09:00:00", stop="09:30:00"), self._book(start="09:30:00", stop="10:00:00")
        wish = self._wish()
        half.action_cancel()
        self.assertEqual(wish.state, "waiting")
        other_half.action_cancel()
        self.assertEqual(wish.state, "offered")

    def test_a_hall_gets_free_with_its_half(self):
        half = self._book(self.left)
        wish = self._wish(room_id=self.hall.id)
        half.action_cancel()
        self.assertEqual(wish.state, "offered")
        self.assertIn("already taken", self._refused(self._book, self.right))

    def test_two_who_do_not_disturb_each_other_both_move_up(self):
        booking = self._book(start="09:00:00", stop="12:00:00")
        first, second = self._wish(), self._wish(self.second, start=STOP, stop=STOP + timedelta(hours=1))
        booking.action_cancel()
        self.assertEqual((first.state, second.state), ("offered", "offered"))

    def test_nothing_is_offered_into_a_closure(self):
        booking = self._book()
        wish = self._wish()
        closures = self.env["sozial.room.closure"].with_user(self.room_manager)
        month = {"start": "2027-02-20 00:00:00", "stop": "2027-03-20 00:00:00"}
        closures.create({"name": "Wasser", "centre_id": self.centre.id, "effect": "cancel", **month}).action_activate()
        self.assertEqual((booking.state, wish.state), ("cancelled", "waiting"))
        self._cron(NOW)
        self.assertEqual(wish.state, "waiting")

    def test_what_could_not_be_booked_is_not_offered(self):
        self.kitchen.condition_ids = [(0, 0, {"customer_group": "partner", "mode": "direct", "longest_hours": 0.5})]
        booking = self._book()
        wish = self._wish()
        self.assertIn("0.5", wish.hurdle)
        booking.action_cancel()
        self.assertEqual(wish.state, "waiting")

    def test_the_staff_decides_over_an_offer(self):
        booking = self._book()
        wish = self._wish()
        booking.action_cancel()
        requests = self.env.ref("sozial_management_room.action_sozial_room_request").domain
        self.assertIn("waiting_ids", requests)
        wish.booking_id.with_user(self.room_manager).action_confirm()
        self.assertEqual((wish.state, wish.booking_id.state), ("done", "confirmed"))

    def test_nobody_waits_twice_for_the_past_or_without_a_word(self):
        self._wish()
        with self.assertRaises(UserError):
            self._wish(start=START + timedelta(minutes=30), stop=STOP + timedelta(hours=1))
        with self.assertRaises(UserError):
            self._wish(start=NOW - timedelta(hours=2), stop=NOW - timedelta(hours=1))
        self.assertIn("What for", self._message(name=" "))
        self.assertIn("Slot", self._message(stop=START))

    def _message(self, **values):
        with self.assertRaises(IntegrityError) as caught, self.env.cr.savepoint():
            self._wish(self.second, **values)
            self.env.flush_all()
        return self.env["sozial.room.waiting"]._sql_error_to_message(caught.exception)

    def test_offers_are_not_written_by_hand(self):
        wish = self._wish(state="offered", booking_id=self._book().id)
        self.assertEqual((wish.state, wish.booking_id.id), ("waiting", False))
        for values in ({"state": "done"}, {"booking_id": self._book(self.left).id}, {"answer_until": NOW}):
            with self.subTest(values=values), self.assertRaises(UserError):
                wish.write(values)
        with self.assertRaises(AccessError):
            wish.with_user(self.room_manager).read(["token"])
        self.env["sozial.room.booking"].search([("room_id", "=", self.kitchen.id)]).action_cancel()
        self.assertEqual(wish.state, "offered")
        for step in (lambda: wish.write({"stop": STOP + timedelta(hours=1)}), wish.with_user(self.room_manager).unlink):
            with self.assertRaises(UserError):
                step()


@tagged("post_install", "-at_install")
class TestWaitingPages(WaitingCommon, HttpCase):
    """The link of the mail, and the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member, cls.stranger = (cls._portal_user(f"t_{one.name}", one) for one in (cls.first, cls.second))

    @classmethod
    def _portal_user(cls, login, organisation):
        company = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        user = new_test_user(cls.env, login, groups="base.group_portal", email="skat@example.com", **company)
        user.partner_id.write({"parent_id": organisation.id, "company_id": cls.company.id})
        return user

    def _token(self, page):
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)

    def _post(self, url, **values):
        return self.url_open(url, data={**values, "csrf_token": self._token(self.url_open(f"/my/rooms/{self.kitchen.id}"))})

    def _form(self, **values):
        return {"day": MONDAY.strip(), "start": "10:00", "stop": "11:00", "name": "Skatabend", "persons": "8", **values}

    def test_a_taken_slot_is_waited_for_and_taken(self):
        booking = self._book(partner_id=self.club.id)
        self.authenticate(self.member.login, self.member.login)
        answer = self._post(f"/my/rooms/{self.kitchen.id}/book", **self._form())
        self.assertIn("o_room_wait", answer.text)
        answer = self._post(f"/my/rooms/{self.kitchen.id}/wait", **self._form())
        wish = self.env["sozial.room.waiting"].search([("partner_id", "=", self.member.partner_id.id)])
        self.assertEqual((wish.state, wish.start, wish.persons), ("waiting", START, 8))
        self.assertIn("Skatabend", answer.text)
        self.url_open(f"/my/waiting/{wish.id}/withdraw")
        self.env.invalidate_all()
        self.assertEqual(wish.state, "waiting", "a GET changes nothing")
        booking.action_cancel()
        self.assertIn(f"/my/waiting/{wish.id}/take", self.url_open("/my/bookings").text)
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertNotIn("Skatabend", self.url_open("/my/bookings").text)
        self._post(f"/my/waiting/{wish.id}/leave")
        self.env.invalidate_all()
        self.assertEqual(wish.state, "offered", "nobody answers for another")
        self.authenticate(self.member.login, self.member.login)
        self._post(f"/my/waiting/{wish.id}/take")
        self.env.invalidate_all()
        self.assertEqual((wish.state, wish.booking_id.state), ("done", "requested"))

    def test_a_free_slot_is_booked_not_waited_for(self):
        self.authenticate(self.member.login, self.member.login)
        answer = self._post(f"/my/rooms/{self.kitchen.id}/wait", **self._form())
        self.assertIn("alert-danger", answer.text)
        self.assertFalse(self.env["sozial.room.waiting"].search([("partner_id", "=", self.member.partner_id.id)]))

    def test_nobody_waits_for_a_slot_of_the_own_organisation(self):
        self._book(partner_id=self.first.id)
        self.authenticate(self.member.login, self.member.login)
        answer = self._post(f"/my/rooms/{self.kitchen.id}/wait", **self._form())
        self.assertIn("alert-danger", answer.text)
        self.assertFalse(self.env["sozial.room.waiting"].search([("partner_id", "=", self.member.partner_id.id)]))

    def test_customers_write_nothing_themselves_and_read_no_remarks(self):
        mine = self._wish(note="zahlt nie").with_user(self.member)
        self.assertEqual(mine.read(["name"])[0]["name"], "Skatabend", "the positive control")
        for step in (
            lambda: mine.write({"name": "x"}), mine.unlink, mine.action_withdraw, lambda: mine.read(["note"]), lambda: mine.read(["token"]),
            lambda: mine.with_user(self.stranger).read(["name"]), lambda: mine.with_user(self.stranger)._portal_withdraw(),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                step()

    def test_the_link_only_shows_the_button_answers(self):
        booking = self._book()
        wish = self._wish()
        booking.action_cancel()
        self.env.flush_all()
        path = f"/sozial/warteliste/{wish.id}/{wish.sudo().token}"
        page = self.url_open(path)
        self.assertIn("Skatabend", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.env.invalidate_all()
        self.assertEqual(wish.state, "offered", "looking changes nothing")
        self.assertEqual(self.url_open(path, data={"answer": "yes"}).status_code, 400, "without the token of the form")
        self.url_open(path, data={"csrf_token": self._token(page), "answer": "maybe"})
        self.env.invalidate_all()
        self.assertEqual(wish.state, "offered")
        self.url_open(path, data={"csrf_token": self._token(page), "answer": "yes"})
        self.env.invalidate_all()
        self.assertEqual(wish.state, "done")
        for wrong in (f"{path}x", f"/sozial/warteliste/{wish.id}/x", f"/sozial/warteliste/0/{wish.sudo().token}"):
            self.assertEqual(self.url_open(wrong).status_code, 404, wrong)
