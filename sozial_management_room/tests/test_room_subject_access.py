import json
from datetime import date

from odoo.tests import tagged

from .activity_common import ActivityCommon

KEYS = ("volunteer", "registrations", "attendance", "bookings")


@tagged("post_install", "-at_install")
class TestRoomSubjectAccess(ActivityCommon):
    """A copy of one's data (Art. 15 GDPR) tells what the centres hold, and of nobody else."""

    def setUp(self):
        super().setUp()
        contact = {"name": "Renate Wiegand", "email": "renate_w@example.com"}
        self.person = self.env["res.partner"].create({**contact, "company_id": self.company.id})
        self.course = self._activity("Nähkurs", registration="session", seats=9)
        self.session = self._session(self.course)

    def _letter(self, partner=None):
        """``{key: section}``, and the whole as text."""
        partner = partner or self.person
        request = self.env["sozial.subject.request"].with_user(self.privacy).create(
            {"name": partner.name, "partner_id": partner.id, "identified": "known"}
        )
        request.action_start()
        answer = request._answer()
        return {section["key"]: section for section in answer["sections"]}, json.dumps(answer, ensure_ascii=False)

    def _attended(self, activity, **values):
        """A session that was held, with somebody on its list."""
        held = self.env["sozial.activity.session"].create(
            {"activity_id": activity.id, "start": "2026-01-05 09:00:00", "stop": "2026-01-05 10:00:00"}
        )
        return self.env["sozial.activity.attendance"].create({"session_id": held.id, "name": "Renate Wiegand", **values})

    def test_who_is_unknown_to_the_centres_reads_nothing_of_them(self):
        sections, _text = self._letter()
        self.assertFalse(set(KEYS) & set(sections))

    def test_volunteering_with_hours_and_allowance(self):
        helper = self.env["sozial.volunteer"].create(
            {"partner_id": self.person.id, "company_id": self.company.id, "active_from": "2020-01-01", "active": False}
        )
        self.env["sozial.volunteer.hour"].create(
            {"volunteer_id": helper.id, "company_id": self.company.id, "day": date(2026, 1, 6), "minutes": 95, "task": "Kaffee gekocht"}
        )
        self.env["sozial.volunteer.allowance"].create({"volunteer_id": helper.id, "day": date(2026, 2, 1), "amount": 321})
        sections, text = self._letter()
        rows = [row for entry in sections["volunteer"]["entries"] for row in entry["rows"]]
        self.assertIn(95, [row["value"] for row in rows if row["key"] == "minutes"])
        self.assertIn(321, [row["value"]["amount"] for row in rows if row["key"] == "amount"])
        self.assertIn("Kaffee gekocht", text)

    def test_registrations_by_contact_and_by_name_with_mail_address(self):
        self._register(self.course, "Enkel Wiegand", self.session, partner_id=self.person.id, email=False)
        self._register(self.course, "renate wiegand", self.session, email="Renate_W@Example.com")
        self._register(self.course, "Kind Zaunkönig", self.session, email="renate_w@example.com")  # the address is the family's
        self._register(self.course, "Renate Wiegand", self.session, email="andere@example.com")  # another of this name
        self._register(self.course, "Renate Wiegand", self.session, email="renate-w@example.com")  # as SQL patterns read it, the same
        sections, text = self._letter()
        self.assertEqual(
            [entry["title"] for entry in sections["registrations"]["entries"]], ["Nähkurs: Enkel Wiegand", "Nähkurs: renate wiegand"]
        )
        self.assertNotIn("Zaunkönig", text)
        self.assertNotIn("andere@", text)
        self.assertNotIn("renate-w@", text)

    def test_attendance_lists_and_bookings(self):
        self._attended(self.course, partner_id=self.person.id, age_group="older")
        self._book(self.left, partner_id=self.person.id, name="Goldene Hochzeit")
        self._book(self.right, partner_id=self.club.id, name="Chorprobe")
        sections, text = self._letter()
        self.assertEqual([row["value"] for row in sections["attendance"]["entries"][0]["rows"]], ["Renate Wiegand", "participant", "older"])
        self.assertEqual([entry["title"] for entry in sections["bookings"]["entries"]], ["Goldene Hochzeit"])
        self.assertNotIn("Chorprobe", text)

    def test_consultation_hours_are_in_no_letter(self):
        """Data protection handles the letter, and must not learn from it who was advised."""
        _sections, before = self._letter()
        hour = self._activity("Schuldnerberatung", kind="consultation", registration="session", slot_minutes=30)
        session = self._session(hour, room_id=self.left.id)
        self._register(hour, self.person.name, session, partner_id=self.person.id, email=self.person.email)
        self._attended(hour, partner_id=self.person.id)
        sections, after = self._letter()
        self.assertEqual(after, before)
        self.assertIn("consultation", sections, "the same sentence for everybody")

    def test_another_company_is_another_letter(self):
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        shared = self.env["res.partner"].create({"name": "Ohne Firma"})
        room = self.env["sozial.room"].create({"name": "Fern", "centre_id": away.id})
        self.env["sozial.room.booking"].create(
            {"name": "Fernes Fest", "room_id": room.id, "start": "2027-03-01 09:00", "stop": "2027-03-01 10:00", "partner_id": shared.id}
        )
        self._book(self.left, partner_id=shared.id, name="Nahes Fest")
        sections, text = self._letter(shared)
        self.assertIn("Nahes Fest", text)
        self.assertNotIn("Fernes Fest", text)
