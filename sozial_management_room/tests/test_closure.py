from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MONDAY
from .series_common import SeriesCommon

LAST_DAY = datetime(2027, 3, 31)


class ClosureCommon(SeriesCommon):
    def _closure(self, **values):
        closures = self.env["sozial.room.closure"].with_user(self.room_manager).with_context(allowed_company_ids=self.company.ids)
        return closures.create(
            {
                "name": "Wasserschaden",
                "centre_id": self.centre.id,
                "start": "2027-02-01 00:00:00",
                "stop": LAST_DAY,
                **values,
            }
        )

    def _results(self, closure):
        return dict(closure.hit_ids._read_group([("closure_id", "=", closure.id)], ["result"], ["__count"]))


@tagged("post_install", "-at_install")
class TestClosure(ClosureCommon):
    """Invariant 22."""

    def test_a_closure_suspends_and_its_end_restores(self):
        inside, outside = self._book(), self._book(day="2027-04-05 ")
        requested = self._book(start="12:00:00", stop="13:00:00", state="requested")
        closure = self._closure(stop=False)
        self.assertEqual(closure.preview, "3 bookings")
        closure.action_activate()
        self.assertEqual((inside | outside | requested).mapped("state"), ["suspended"] * 3)
        self.assertEqual(closure._period_words(), "from 2/1/27, 1:00\u202fAM until further notice")
        self.assertIn("closed", self._refused_words())
        closure.action_end()
        self.assertEqual((inside | outside).mapped("state"), ["confirmed"] * 2)
        self.assertEqual(requested.state, "requested", "a request comes back as a request")
        self.assertTrue(requested.hold_until)
        self.assertEqual(self._results(closure), {"restored": 3})
        self.assertEqual(len(self._occupancy(inside | outside | requested)), 3)
        self.assertEqual(closure.state, "withdrawn", "it had not begun")

    def _refused_words(self):
        series = self._series(date_start="2027-03-02", date_until="2027-03-02")
        return "; ".join(finding.text for finding in series._findings(series._wishes()).values())

    def test_nobody_books_into_a_closure_but_who_is_spared(self):
        self._closure().action_activate()
        self.assertIn("already taken", self._refused(self._book))
        spared = self._book(exempt=True)
        self.assertEqual(spared.state, "confirmed")

    def test_what_is_spared_takes_place(self):
        spared, usual = self._book(exempt=True), self._book(start="11:00:00", stop="12:00:00")
        self._closure().action_activate()
        self.assertEqual((spared.state, usual.state), ("confirmed", "suspended"))

    def test_only_what_touches_is_hit(self):
        before = self._book(day="2027-01-31 ", start="22:00:00", stop="23:00:00")
        touching = self._book(start="2027-01-31 23:00:00", stop="2027-02-01 00:00:00", day="")
        elsewhere = self._book(room=self.left)
        hit = self._book()
        closure = self._closure(room_ids=[Command.set(self.kitchen.ids)])
        closure.action_activate()
        self.assertEqual((before | touching | elsewhere).mapped("state"), ["confirmed"] * 3)
        self.assertEqual(hit.state, "suspended")
        self.assertEqual(closure.scope, "Küche")

    def test_buffers_are_hit_too(self):
        self.kitchen.teardown_minutes = 30
        touching = self._book(start="2027-01-31 22:00:00", stop="2027-01-31 23:45:00", day="")
        self._closure().action_activate()
        self.assertEqual(touching.state, "suspended")

    def test_a_part_closes_every_room_that_needs_it(self):
        left, right = self._book(room=self.left), self._book(room=self.right)
        closure = self._closure(atom_ids=[Command.set(self.left.atom_ids.ids)])
        closure.action_activate()
        self.assertEqual((left.state, right.state), ("suspended", "confirmed"))
        self.assertIn("Links", self._refused(self._book, room=self.hall, start="15:00:00", stop="16:00:00"))

    def test_the_list_says_what_planned_closures_would_hit(self):
        """In one query for all of them, and the same as the closure itself finds."""
        self._book()
        self._book(self.hall, start="12:00:00", stop="13:00:00")
        self._book(self.left, day="2027-04-05 ")
        closures = (
            self._closure()
            | self._closure(stop=False)
            | self._closure(room_ids=[Command.set(self.kitchen.ids)])
            | self._closure(atom_ids=[Command.set(self.left.atom_ids.ids)])
            | self._closure(start="2027-05-01 00:00:00", stop="2027-05-02 00:00:00")
            | self._closure(start="2020-01-01 00:00:00", stop="2020-01-02 00:00:00")
        )
        found = closures._count_expected()
        self.assertEqual([found.get(closure.id, 0) for closure in closures], [2, 3, 1, 1, 0, 0])
        self.assertEqual([found.get(closure.id, 0) for closure in closures], [len(closure._bookings_hit()) for closure in closures])
        self.assertEqual(closures[0].hit_words, "expected: 2")
        closures[2].action_activate()
        self.assertEqual(closures[2].hit_words, "1")

    def test_what_does_not_fit_any_more_is_listed_with_the_reason(self):
        first, second = self._book(name="Erste"), self._book(name="Zweite", start="12:00:00", stop="13:00:00")
        closure = self._closure()
        closure.action_activate()
        self._book(name="Notdienst", exempt=True, start="09:30:00", stop="10:30:00")
        action = closure.action_end()
        self.assertEqual((first.state, second.state), ("suspended", "confirmed"))
        lost = self.env["sozial.room.closure.hit"].search(action["domain"])
        self.assertEqual(lost.booking_id, first)
        self.assertIn("Notdienst", lost.finding)
        self.assertEqual(closure.open_count, 1)
        with self.assertRaises(UserError) as caught:
            lost.with_user(self.room_manager).action_restore()
        self.assertIn("Notdienst", str(caught.exception))
        self.env["sozial.room.booking"].search([("name", "=", "Notdienst")]).action_cancel()
        lost.with_user(self.room_manager).action_restore()
        self.assertEqual((first.state, lost.result), ("confirmed", "restored"))

    def test_of_two_in_each_others_way_the_first_comes_back(self):
        first, second = self._book(name="Erste"), self._book(name="Zweite", start="12:00:00", stop="13:00:00")
        closure = self._closure()
        closure.action_activate()
        second.write({"start": first.start, "stop": first.stop})
        closure.action_end()
        self.assertEqual((first.state, second.state), ("confirmed", "suspended"))
        self.assertIn("Erste", closure.hit_ids.filtered(lambda hit: hit.booking_id == second).finding)

    def test_closures_overlap_and_the_last_one_restores(self):
        booking = self._book()
        water, works = self._closure(), self._closure(name="Bauarbeiten", start="2027-02-15 00:00:00")
        water.action_activate()
        works.action_activate()
        self.assertFalse(works.hit_ids, "suspended already")
        water.action_end()
        self.assertEqual(booking.state, "suspended")
        self.assertEqual(self._results(water), {"other": 1})
        self.assertEqual(self._results(works), {"suspended": 1})
        works.action_end()
        self.assertEqual(booking.state, "confirmed")
        self.assertEqual(self._results(works), {"restored": 1})

    def test_the_end_moves(self):
        early, late = self._book(), self._book(day="2027-03-29 ")
        closure = self._closure(stop="2027-03-15 00:00:00")
        closure.action_activate()
        self.assertEqual((early.state, late.state), ("suspended", "confirmed"))
        closure._change_end(LAST_DAY)
        self.assertEqual((early.state, late.state), ("suspended", "suspended"))
        closure._change_end(datetime(2027, 3, 15))
        self.assertEqual((early.state, late.state), ("suspended", "confirmed"))
        for end in (datetime(2027, 1, 15), datetime(2026, 1, 1)):
            with self.subTest(end=end), self.assertRaises(UserError):
                closure._change_end(end)

    def test_cancel_for_good(self):
        booking = self._book()
        closure = self._closure(effect="cancel")
        closure.action_activate()
        self.assertEqual((booking.state, booking.decline_reason), ("cancelled", "Wasserschaden"))
        closure.action_end()
        self.assertEqual(booking.state, "cancelled")

    def test_a_new_part_of_a_closed_centre_is_closed(self):
        self._closure().action_activate()
        studio = self.env["sozial.room"].create({"name": "Studio", "centre_id": self.centre.id})
        self.assertIn("Studio", self._refused(self._book, room=studio))

    def test_what_is_past_is_over(self):
        past, coming = self._book(), self._book(day="2027-03-22 ")
        closure = self._closure()
        closure.action_activate()
        with patch("odoo.fields.Datetime.now", lambda *_args: datetime(2027, 3, 10)):
            closure.action_end()
        self.assertEqual((past.state, coming.state), ("suspended", "confirmed"))
        self.assertEqual(self._results(closure), {"over": 1, "restored": 1})
        self.assertEqual(closure.state, "ended")

    def test_a_closure_whose_time_is_over_gets_its_status(self):
        self._book()
        closure = self._closure()
        closure.action_activate()
        with patch("odoo.fields.Datetime.now", lambda *_args: datetime(2027, 4, 1)):
            self.env["sozial.room.closure"]._cron_end()
        self.assertEqual(closure.state, "ended")
        self.assertEqual(self._results(closure), {"over": 1})

    # --- those who booked ---

    def test_one_mail_a_group_and_a_letter_to_who_has_no_address(self):
        paper = self.env["res.partner"].create({"name": "Skatrunde", "company_id": self.company.id, "street": "Markt 1"})
        for day in range(1, 5):
            self._book(day=f"2027-03-0{day} ", partner_id=self.club.id)
            self._book(day=f"2027-03-0{day} ", start="12:00:00", stop="13:00:00", partner_id=paper.id)
        self._book(start="15:00:00", stop="16:00:00")
        closure = self._closure(message="Wir melden uns.")
        before = self.env["mail.mail"].search([], limit=10000)
        closure.action_activate()
        mail = self.env["mail.mail"].search([], limit=10000) - before
        self.assertEqual(len(mail), 1)
        self.assertIn("chor@example.com", mail.email_to)
        for words in ("Wasserschaden", "Wir melden uns.", "Treff"):
            self.assertIn(words, mail.body_html)
        self.assertEqual(mail.body_html.count("Küche"), 4)
        self.assertEqual(closure.letter_count, 4)
        report = closure.action_print_letters()
        self.assertEqual(report["report_name"], "sozial_management_room.report_closure_letter_document")
        self.assertEqual(closure.letter_count, 0)
        html = self.env["ir.actions.report"]._render_qweb_html(report["report_name"], closure.ids)[0].decode()
        self.assertIn("Skatrunde", html)
        self.assertIn("Markt 1", html)
        self.assertNotIn("Chor Nord", html)
        with self.assertRaises(UserError):
            self._closure(name="x", start="2028-01-01 00:00:00", stop="2028-01-02 00:00:00").action_print_letters()

    # --- bad input, roles, companies ---

    def test_bad_input_is_named(self):
        away = self.env["sozial.centre"].create({"name": "Anderer Treff", "company_id": self.company.id})
        room = self.env["sozial.room"].create({"name": "Anderswo", "centre_id": away.id})
        with self.assertRaises(ValidationError) as caught:
            self._closure(room_ids=[Command.set(room.ids)])
        self.assertIn("Anderer Treff", str(caught.exception))
        with self.assertRaises(UserError) as caught:
            self._closure(start="2026-01-01 00:00:00", stop="2026-02-01 00:00:00").action_activate()
        self.assertIn("Until", str(caught.exception))

    def test_in_force_it_changes_by_its_buttons_only(self):
        closure = self._closure()
        with self.assertRaises(UserError):
            closure.state = "active"
        closure.action_activate()
        for values in ({"stop": False}, {"start": "2027-02-02 00:00:00"}, {"room_ids": [Command.set(self.kitchen.ids)]}):
            with self.subTest(values=values), self.assertRaises(UserError):
                closure.write(values)
        with self.assertRaises(UserError):
            closure.action_activate()
        with self.assertRaises(UserError):
            closure.unlink()

    def test_only_the_centre_management_closes(self):
        closure = self._closure()
        for step in (closure.action_activate, closure.action_end, closure.action_change_end, closure.action_print_letters):
            with self.subTest(step=step.__name__), self.assertRaises(AccessError):
                getattr(self._as(closure, self.room_user), step.__name__)()

    # --- the pandemic of the seeds ---

    def test_two_thousand_bookings_close_and_reopen(self):
        rooms = self.env["sozial.room"].create(
            [{"name": f"Raum {number}", "centre_id": self.centre.id, "capacity": 20} for number in range(10)]
        )
        clubs = self.env["res.partner"].create(
            [
                {"name": f"Verein {number}", "is_company": True, "email": f"v{number}@example.com", "company_id": self.company.id}
                for number in range(40)
            ]
        )
        first = datetime.fromisoformat(MONDAY.strip())
        values = [
            {
                "name": f"Belegung {day}-{hour}",
                "room_id": room.id,
                "partner_id": clubs[(number * 20 + day + hour) % 40].id,
                "start": first + timedelta(days=day, hours=hour),
                "stop": first + timedelta(days=day, hours=hour + 1),
                "state": "confirmed",
            }
            for number, room in enumerate(rooms)
            for day in range(20)
            for hour in range(8, 18)
        ]
        bookings = self.env["sozial.room.booking"].with_user(self.room_manager).create(values)
        self.assertEqual(len(bookings), 2000)
        closure = self._closure(name="Schließung wegen Pandemie", stop=False)
        mails = self.env["mail.mail"].search_count([])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        closure.action_activate()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertLess(queries, 400, "set by set, not booking by booking")
        self.assertEqual(set(bookings.mapped("state")), {"suspended"})
        self.assertEqual(self.env["mail.mail"].search_count([]) - mails, 40, "one mail a group")
        taken = (
            self.env["sozial.room.booking"]
            .with_user(self.room_manager)
            .create([{**values[position], "name": "Impfstelle", "exempt": True} for position in range(0, 2000, 20)])
        )
        before = self.env.cr.sql_log_count
        action = closure.action_end()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 400)
        lost = self.env["sozial.room.closure.hit"].search(action["domain"])
        self.assertEqual((len(taken), len(lost)), (100, 100))
        self.assertEqual(len(bookings.filtered(lambda booking: booking.state == "confirmed")), 1900)
        self.assertTrue(all("Impfstelle" in finding for finding in lost.mapped("finding")))
        self.env.cr.execute(
            "SELECT count(*) FROM sozial_room_occupancy a JOIN sozial_room_occupancy b ON a.id < b.id AND a.atom_id = b.atom_id "
            "AND a.start_at < b.stop_at AND b.start_at < a.stop_at AND a.blocking AND b.blocking AND a.kind <> 1 AND b.kind <> 1 "
            "WHERE a.atom_id = ANY(%s)",
            [rooms.atom_ids.ids],
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
