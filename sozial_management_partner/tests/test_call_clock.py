from datetime import datetime, timezone

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PartnerCommon


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@tagged("post_install", "-at_install")
class TestCallClock(PartnerCommon):
    """“10:00” ends at 10:00:00.000000, in winter, in summer and in between."""

    # local deadline 10:00 on: a winter day, the day summer time begins (09:00 UTC -> 08:00 UTC), a summer day, the day it ends
    DEADLINES = (
        ("2027-03-01 09:00:00", "Montag, 01.03.2027, 10:00 Uhr (MEZ)"),
        ("2027-03-27 09:00:00", "Samstag, 27.03.2027, 10:00 Uhr (MEZ)"),
        ("2027-03-28 08:00:00", "Sonntag, 28.03.2027, 10:00 Uhr (MESZ)"),
        ("2027-07-01 08:00:00", "Donnerstag, 01.07.2027, 10:00 Uhr (MESZ)"),
        ("2027-10-30 08:00:00", "Samstag, 30.10.2027, 10:00 Uhr (MESZ)"),
        ("2027-10-31 09:00:00", "Sonntag, 31.10.2027, 10:00 Uhr (MEZ)"),
    )

    def _publish_for(self, deadline, questions_until="2027-02-01 09:00:00", **values):
        with freeze_time("2027-01-10 12:00:00"):
            dates = {"deadline": deadline, "questions_until": questions_until, "date_from": "2028-01-01", "date_until": "2029-01-01"}
            return self._published(**dates, **values)

    def test_to_the_microsecond_on_both_sides(self):
        for stored, text in self.DEADLINES:
            call = self._publish_for(stored)
            self.assertEqual(call.deadline_text, text)
            for offset, is_open in ((".000000", True), (".000001", False)):
                with self.subTest(deadline=stored, offset=offset), freeze_time(stored + offset):
                    now = call._now()
                    self.assertEqual(now.isoformat(), f"{stored.replace(' ', 'T')}{offset if offset != '.000000' else ''}+00:00")
                    self.assertEqual(call._is_open_for_submission(now), is_open)
                    self.assertEqual(call._deadline_is_over(now), not is_open)
                    call.invalidate_recordset(["phase"])
                    self.assertEqual(call.phase, "submission" if is_open else "closed")
            before = utc(stored[:-8] + "00:00:00").replace(hour=utc(stored).hour - 1, minute=59, second=59, microsecond=999999)
            self.assertTrue(call._is_open_for_submission(before))

    def test_not_before_publication(self):
        call = self._publish_for("2027-03-01 09:00:00")
        self.assertFalse(call._is_open_for_submission(utc("2027-01-10 11:59:59.999999")))
        self.assertTrue(call._is_open_for_submission(utc("2027-01-10 12:00:00")))
        self.assertFalse(self._call()._is_open_for_submission(utc("2027-01-10 12:00:00")))

    def test_questions_end_before_submissions(self):
        call = self._publish_for("2027-03-01 09:00:00")
        for moment, phase in (
            ("2027-02-01 09:00:00", "questions"),
            ("2027-02-01 09:00:00.000001", "submission"),
            ("2027-03-01 09:00:00", "submission"),
            ("2027-03-01 09:00:00.000001", "closed"),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                call.invalidate_recordset(["phase"])
                self.assertEqual(call.phase, phase)
                self.assertEqual(call._is_open_for_questions(call._now()), phase == "questions")

    def test_the_phase_is_not_stored(self):
        """“Closed” follows from the clock: nobody has to run anything at ten o'clock."""
        self.assertFalse(self.env["sozial.call"]._fields["phase"].store)
        call = self._publish_for("2027-03-01 09:00:00")
        with freeze_time("2027-03-01 09:00:01"):
            call.invalidate_recordset(["phase"])
            self.assertEqual((call.state, call.phase), ("published", "closed"))

    def test_running_through_both_changes_the_length_is_right(self):
        """From 10:00 local to 10:00 local it is 23 hours in March and 25 in October."""
        for first, second, hours in (
            ("2027-03-27 09:00:00", "2027-03-28 08:00:00", 23),
            ("2027-10-30 08:00:00", "2027-10-31 09:00:00", 25),
        ):
            earlier, later = self._publish_for(first), self._publish_for(second)
            self.assertEqual((later.deadline - earlier.deadline).total_seconds() / 3600, hours)
            self.assertEqual(earlier._local(earlier.deadline).hour, later._local(later.deadline).hour)

    def test_a_time_that_comes_twice_is_no_deadline(self):
        """At 2:30 in the night of October 31 nobody knows which of both is meant."""
        with freeze_time("2027-01-10 12:00:00"):
            for stored in ("2027-10-31 00:30:00", "2027-10-31 01:30:00"):
                call = self._call(
                    deadline=stored, questions_until="2027-02-01 09:00:00", date_from="2028-01-01", date_until="2029-01-01"
                )
                with self.subTest(stored=stored), self.assertRaisesRegex(UserError, "clocks change"):
                    self._check(call)

    def test_other_zones_have_their_own_clock(self):
        call = self._publish_for("2027-03-01 09:00:00", tz="Europe/London")
        self.assertIn("09:00 Uhr (GMT)", call.deadline_text)

    def test_one_moment_a_request(self):
        """Outside a request every call takes a new moment; inside one it stays, also when it is repeated."""
        from unittest.mock import patch

        from odoo.addons.sozial_management_partner.models.call import call_clock

        class Request:
            httprequest = type("HTTPRequest", (), {})()

        calls = self.env["sozial.call"]
        self.assertLessEqual(calls._now(), calls._now())
        with patch.object(call_clock, "request", Request()):
            with freeze_time("2027-03-01 09:00:00.000000"):
                first = calls._now()
            with freeze_time("2027-03-01 09:00:00.500000"):
                self.assertEqual(calls._now(), first, "a repeated transaction works with the same moment")
        with patch.object(call_clock, "request", type("R", (), {"httprequest": type("H", (), {})()})()):
            with freeze_time("2027-03-01 09:00:00.500000"):
                self.assertNotEqual(calls._now(), first)
