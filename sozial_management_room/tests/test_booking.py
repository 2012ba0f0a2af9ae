from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import MONDAY, RoomCommon

NOW = "2027-02-01 08:00:00"


@tagged("post_install", "-at_install")
class TestBooking(RoomCommon):
    def test_the_way_of_a_booking(self):
        booking = self._book(state="draft")
        booking.action_request()
        self.assertEqual(booking.state, "requested")
        booking.action_confirm()
        self.assertEqual((booking.state, booking.hold_until), ("confirmed", False))
        for step in (booking.action_request, booking.action_confirm):
            with self.assertRaises(UserError):
                step()
        for step in (booking.action_done, booking.action_no_show):
            with self.assertRaises(UserError):  # it has not begun
                step()
        with freeze_time("2027-03-01 09:10:00"):
            booking.action_done()
        self.assertTrue(self._occupancy(booking), "what took place keeps its slot")
        with self.assertRaises(UserError):
            booking.action_cancel()

    def test_nobody_came(self):
        booking = self._book()
        with freeze_time("2027-03-01 09:30:00"):
            booking.action_no_show()
        self.assertFalse(self._occupancy(booking))

    def test_state_moves_by_the_buttons_only(self):
        booking = self._book(state="draft")
        for values in ({"state": "confirmed"}, {"state": "cancelled"}, {"decline_reason": "x"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                booking.with_context(sozial=True, tracking_disable=True).write(values)
        for state in ("suspended", "cancelled", "no_show", "done"):
            with self.subTest(state=state), self.assertRaises(UserError):
                self._book(state=state)

    def test_what_is_over_stays(self):
        booking = self._book()
        booking.action_cancel()
        with self.assertRaises(UserError):
            booking.write({"start": MONDAY + "08:00:00"})
        confirmed = self._book()
        with self.assertRaises(UserError):
            confirmed.with_user(self.room_manager).unlink()
        booking.with_user(self.room_manager).unlink()

    def test_a_copy_is_a_draft(self):
        booking = self._book()
        self.assertEqual(booking.copy().state, "draft")

    def test_bad_input_names_the_field(self):
        message = self._refused_check(start="10:00:00", stop="10:00:00")
        self.assertIn("Until", message)
        message = self._refused_check(setup_minutes=2000)
        self.assertIn("Set-up", message)
        message = self._refused_check(persons=-1)
        self.assertIn("Persons", message)
        with self.assertRaises(ValidationError):
            self._book(seating_id=self.env["sozial.room.seating"].create({"name": "x", "room_id": self.hall.id, "capacity": 5}).id)

    def _refused_check(self, **values):
        with self.assertRaises(IntegrityError) as caught:
            self._book(**values)
        return self.env["sozial.room.booking"]._sql_error_to_message(caught.exception)

    def test_across_midnight(self):
        booking = self._book(start="22:00:00", stop="2027-03-02 02:00:00")
        self.assertEqual(
            self._occupancy(booking), {(self.kitchen.atom_ids, datetime(2027, 3, 1, 22), datetime(2027, 3, 2, 2))}
        )
        message = self._refused(self._book, start="2027-03-02 01:00:00", stop="2027-03-02 03:00:00")
        self.assertIn("2027", message)

    def test_an_archived_room_is_not_booked(self):
        self.kitchen.active = False
        with self.assertRaises(UserError):
            self._book()

    def test_a_room_of_its_own_has_its_own_part(self):
        self.assertEqual(self.kitchen.atom_ids.name, "Küche")
        copy = self.kitchen.copy()
        self.assertEqual(copy.name, "Küche (copy)")
        self.assertFalse(copy.atom_ids & self.kitchen.atom_ids)
        parts = self.kitchen.atom_ids
        self.kitchen.write({"atom_ids": [Command.clear()]})
        self.assertEqual(self.kitchen.atom_ids, parts)
        self.hall.write({"atom_ids": [Command.clear()]})
        self.assertEqual(self.hall.atom_ids.name, "Saal")
        self.assertEqual(self.centre._free_atom("Saal").name, "Saal 2")

    def test_buffers_come_from_the_room_and_may_differ(self):
        self.kitchen.write({"setup_minutes": 20, "teardown_minutes": 10})
        booking = self._book()
        self.assertEqual((booking.setup_minutes, booking.teardown_minutes), (20, 10))
        self.assertEqual(self._book(self.left, setup_minutes=5).setup_minutes, 5)
        self.kitchen.setup_minutes = 0
        self.assertEqual(booking.setup_minutes, 20, "what is booked stays as it was agreed")

    def test_customer_group_follows_the_contact(self):
        self.assertEqual(self._book().customer_group, "own")
        self.assertEqual(self._book(self.left, partner_id=self.club.id).customer_group, "partner")
        self.assertEqual(self._book(self.right, partner_id=self.tenant.id).customer_group, "tenant")
        said = self._book(self.hall, state="draft", partner_id=self.tenant.id, customer_group="outside")
        self.assertEqual(said.customer_group, "outside")


@tagged("post_install", "-at_install")
class TestRequests(RoomCommon):
    @freeze_time(NOW)
    def test_a_request_holds_its_slot_until_its_day(self):
        self.centre.hold_days = 5
        booking = self._book(state="requested")
        self.assertEqual(booking.hold_until, date(2027, 2, 6))
        self._refused(self._book)
        with freeze_time("2027-02-06 20:00:00"):
            self._release()
            self.assertEqual(booking.state, "requested")
        with freeze_time("2027-02-07 06:00:00"):
            self._release()
        self.assertEqual(booking.state, "cancelled")
        self._book()

    def _release(self):
        """Run the cron as Odoo does, without a commit."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0):
            self.env["sozial.room.booking"]._cron_release_requests()

    @freeze_time(NOW)
    def test_no_request_is_held_beyond_its_own_day(self):
        self.assertEqual(self._book(state="requested", day="2027-02-03 ").hold_until, date(2027, 2, 3))

    def test_declined_with_a_reason(self):
        booking = self._book(state="requested", partner_id=self.club.id)
        with self.assertRaises(UserError):
            booking._decline("  ")
        dialog = Form(self.env["sozial.room.booking.decline"].with_user(self.room_user).with_context(active_ids=booking.ids))
        dialog.reason = "Der Saal wird gestrichen."
        dialog.save().action_decline()
        self.assertEqual((booking.state, booking.decline_reason), ("cancelled", "Der Saal wird gestrichen."))
        mail = self.env["mail.mail"].search([("email_to", "ilike", "chor@example.com")], order="id desc", limit=1)
        self.assertIn("gestrichen", mail.body_html)

    def test_on_request_the_management_confirms(self):
        self.kitchen.condition_ids = [Command.create({"customer_group": "partner", "mode": "request"})]
        with self.assertRaises(AccessError):
            self._book(partner_id=self.club.id)
        booking = self._book(partner_id=self.club.id, state="requested")
        with self.assertRaises(AccessError):
            booking.action_confirm()
        booking.with_user(self.room_manager).action_confirm()
        self.assertEqual(booking.state, "confirmed")


@tagged("post_install", "-at_install")
class TestConditions(RoomCommon):
    """Staff is warned, others are refused: the same sentences for both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hours = [
            Command.create({"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 22, "day_period": "full_day"})
            for day in range(7)
        ]
        cls.centre.write(
            {
                "calendar_id": cls.env["resource.calendar"].create(
                    {"name": "x", "tz": "Europe/Berlin", "company_id": cls.company.id, "attendance_ids": [Command.clear(), *hours]}
                ).id,
                "holiday_state": "TH",
                "quiet_from": 13,
                "quiet_until": 15,
            }
        )
        cls.kitchen.condition_ids = [
            Command.create(
                {
                    "customer_group": "tenant", "mode": "direct", "lead_hours": 24, "earliest_days": 60, "longest_hours": 4, "quota": 2,
                }
            )
        ]  # fmt: skip
        cls.terms = {"partner_id": cls.tenant.id, "terms_accepted": True}

    def _as_tenant(self, **values):
        """What the portal does after its own access check: as superuser, but as that person."""
        return (
            self.env["sozial.room.booking"]
            .with_user(self.portal)
            .sudo()
            .create({"room_id": self.kitchen.id, "state": "confirmed", **self.terms, **values})
        )

    @freeze_time(NOW)
    def test_each_condition(self):
        at = lambda start, stop, day="2027-02-10 ": {"start": day + start, "stop": day + stop}  # noqa: E731
        cases = {
            "not open": at("05:00:00", "08:00:00"),
            "public holiday": at("08:00:00", "09:00:00", "2027-03-26 "),
            "quiet hours": at("11:00:00", "13:00:00"),
            "hours ahead": at("06:00:00", "07:00:00", "2027-02-02 "),
            "days ahead": at("08:00:00", "09:00:00", "2027-04-20 "),
            "at most 4 hours": at("07:00:00", "11:30:00"),
            "in the past": at("08:00:00", "09:00:00", "2027-01-20 "),
            "20 persons": {**at("08:00:00", "09:00:00"), "persons": 21},
        }
        for words, values in cases.items():
            with self.subTest(words=words):
                with self.assertRaises(UserError) as caught:
                    self._as_tenant(**values)
                self.assertIn(words, str(caught.exception))
                warned = self._book(**{**self.terms, **values})
                self.assertIn(words, warned.warning)
                warned.action_cancel()
        fits = self._as_tenant(**at("08:00:00", "11:00:00"))
        self.assertFalse(fits.warning)

    @freeze_time(NOW)
    def test_all_reasons_at_once(self):
        with self.assertRaises(UserError) as caught:
            self._as_tenant(start="2027-02-10 03:00:00", stop="2027-02-10 12:30:00", persons=99)
        self.assertEqual(str(caught.exception).count("\n"), 3)

    @freeze_time(NOW)
    def test_terms_are_accepted(self):
        self.centre.terms = "<p>Besenrein.</p>"
        with self.assertRaises(UserError) as caught:
            self._as_tenant(start="2027-02-10 08:00:00", stop="2027-02-10 09:00:00", terms_accepted=False)
        self.assertIn("terms of use", str(caught.exception))
        self._as_tenant(start="2027-02-10 08:00:00", stop="2027-02-10 09:00:00")

    @freeze_time(NOW)
    def test_quota_of_a_month(self):
        for day in (10, 11):
            self._as_tenant(start=f"2027-02-{day} 08:00:00", stop=f"2027-02-{day} 09:00:00")
        with self.assertRaises(UserError) as caught:
            self._as_tenant(start="2027-02-12 08:00:00", stop="2027-02-12 09:00:00")
        self.assertIn("2 times a month", str(caught.exception))
        self._as_tenant(start="2027-03-12 08:00:00", stop="2027-03-12 09:00:00")

    @freeze_time(NOW)
    def test_who_only_sees_does_not_book(self):
        self.kitchen.condition_ids.mode = "view"
        with self.assertRaises(AccessError):
            self._as_tenant(start="2027-02-10 08:00:00", stop="2027-02-10 09:00:00", state="requested")
        self.kitchen.condition_ids.mode = "request"
        with self.assertRaises(AccessError):
            self._as_tenant(start="2027-02-10 08:00:00", stop="2027-02-10 09:00:00")
        self._as_tenant(start="2027-02-10 08:00:00", stop="2027-02-10 09:00:00", state="requested")

    @freeze_time(NOW)
    def test_open_round_the_clock_across_midnight(self):
        self.centre.calendar_id.attendance_ids.write({"hour_from": 0, "hour_to": 24})
        self.centre.quiet_until = self.centre.quiet_from
        booking = self._book(start="2027-02-10 21:00:00", stop="2027-02-11 02:00:00")
        self.assertFalse(booking.warning)

    def test_the_form_warns_before_saving(self):
        form = Form(self.env["sozial.room.booking"].with_user(self.room_user).with_context(allowed_company_ids=self.company.ids))
        form.room_id = self.kitchen
        form.start = datetime(2027, 3, 26, 8)
        form.stop = datetime(2027, 3, 26, 9)
        self.assertIn("public holiday", form.warning)
