from datetime import datetime, timedelta, timezone

import icalendar
import recurring_ical_events
import vobject

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestCalendarFeed(RoomCommon, HttpCase):
    """Calendars as a phone subscribes to them: without a login, read back by three libraries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre.feed_published = True
        cls.first = (fields.Datetime.now() + timedelta(days=8)).date()
        cls.series = cls.env["sozial.room.series"].create(
            {
                "name": "Chor von Erika Sorgenfrei",
                "public_title": "Chorprobe, für alle",
                "room_id": cls.kitchen.id,
                "partner_id": cls.tenant.id,
                "customer_group": "own",
                "date_start": cls.first,
                "date_until": cls.first + timedelta(weeks=51),
                "time_start": 18.0,
                "time_end": 20.0,
            }
        )
        cls.series.action_book()

    def _feed(self, kind="zentrum", record=None, status=200):
        self.env.flush_all()
        response = self.url_open(f"/sozial/kalender/{kind}/{self.env['ir.http']._slug(record or self.centre)}.ics")
        self.assertEqual(response.status_code, status)
        if status == 200:
            self.assertEqual(response.headers["Content-Type"], "text/calendar; charset=utf-8")
        return response.content.decode()

    def _events(self, text):
        return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).events}

    def test_every_date_at_18_in_every_reader(self):
        text = self._feed()
        starts = [event.start for event in icalendar.Calendar.from_ical(text).events]
        self.assertEqual(len(starts), 52)
        self.assertEqual({(start.hour, start.minute) for start in starts}, {(18, 0)})
        self.assertEqual(len({start.utcoffset() for start in starts}), 2, "a year has both times")
        others = [event.dtstart.value for event in vobject.readOne(text).vevent_list]
        # wall clocks: vobject keeps the first definition of a time zone it ever read
        self.assertEqual([other.replace(tzinfo=None) for other in others], [start.replace(tzinfo=None) for start in starts])
        span = (datetime.combine(self.first, datetime.min.time()), datetime.combine(self.first, datetime.min.time()) + timedelta(weeks=53))
        expanded = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(*span)
        self.assertEqual(sorted(event.start for event in expanded), starts)
        stored = self.series.booking_ids.sorted("start").mapped("start")
        self.assertEqual([start.astimezone(timezone.utc).replace(tzinfo=None) for start in starts], stored)

    def test_no_personal_names_nothing_unpublished(self):
        self._book(name="Trauergruppe Sorgenfrei", start="12:00:00", stop="13:00:00", partner_id=self.tenant.id)
        draft = self._book(state="draft")
        draft.public_title = "Entwurf"
        text = self._feed().replace("\r\n ", "")
        self.assertIn("Chorprobe\\, für alle", text, "the positive control")
        for word in ("Sorgenfrei", "Trauergruppe", "Entwurf", "ORGANIZER", "ATTENDEE"):
            self.assertNotIn(word, text)

    def test_uid_stays_sequence_grows_cancelled_is_marked(self):
        before = self._events(self._feed())
        booking = self.series.booking_ids.sorted("start")[3]
        uid = self.env["sozial.room.feed"]._uid(booking)
        self.assertIn(uid, before)
        # changes of one transaction have one time stamp: make it an hour later
        booking.write({"start": booking.start + timedelta(hours=1), "stop": booking.stop + timedelta(hours=1)})
        booking.flush_recordset()
        self.env.cr.execute("UPDATE sozial_room_booking SET write_date = write_date + interval '1 hour' WHERE id = %s", [booking.id])
        booking.invalidate_recordset()
        moved = self._events(self._feed())
        self.assertEqual(set(moved), set(before))
        self.assertGreater(int(moved[uid]["SEQUENCE"]), int(before[uid]["SEQUENCE"]))
        self.assertEqual(moved[uid].start.hour, 19)
        booking.action_cancel()
        cancelled = self._events(self._feed())[uid]
        self.assertEqual(str(cancelled["STATUS"]), "CANCELLED")
        self.assertEqual(str(before[uid]["STATUS"]), "CONFIRMED")

    def test_a_closure_marks_what_it_suspends(self):
        closure = self.env["sozial.room.closure"].create(
            {"name": "Wasser", "centre_id": self.centre.id, "start": fields.Datetime.now()}
        )
        closure.action_activate()
        self.assertEqual({str(event["STATUS"]) for event in self._events(self._feed()).values()}, {"CANCELLED"})
        closure.action_end()
        self.assertEqual({str(event["STATUS"]) for event in self._events(self._feed()).values()}, {"CONFIRMED"})

    def test_rooms_have_their_own(self):
        self.assertEqual(len(self._events(self._feed("raum", self.kitchen))), 52)
        self.assertEqual(self._events(self._feed("raum", self.left)), {})

    def test_only_what_is_published_and_in_use(self):
        self.centre.feed_published = False
        self._feed(status=404)
        self._feed("raum", self.kitchen, status=404)
        self.centre.feed_published = True
        self._feed()
        self.centre.active = False
        self._feed(status=404)
        self._feed("raum", self.kitchen, status=404)
        for address in ("zentrum/0.ics", "zentrum/x.ics", "raum/99999999.ics", "zentrum/-1.ics"):
            self.assertEqual(self.url_open(f"/sozial/kalender/{address}").status_code, 404, address)
        posted = self.url_open(f"/sozial/kalender/zentrum/{self.centre.id}.ics", data={"x": "1"})
        self.assertEqual(posted.status_code, 405, "reading only")

    def test_the_address_is_shown_where_it_is_published(self):
        self.assertTrue(self.centre.feed_url.endswith(f"-{self.centre.id}.ics"))
        self.assertFalse(self.env["sozial.centre"].new({"name": "x"}).feed_url)
