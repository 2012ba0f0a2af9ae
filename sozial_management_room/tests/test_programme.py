from datetime import date, datetime, timedelta

import feedparser
import icalendar
from lxml import html

from odoo.tests import HttpCase, tagged

from .attendance_common import AttendanceCommon

# activities with what filters and lines show of them, sessions, rooms, centres, closures
MOST_QUERIES = 20


@tagged("post_install", "-at_install")
class TestProgramme(AttendanceCommon, HttpCase):
    """One source for page, feeds and door: what is published, with what falls out, and nobody's name."""

    def setUp(self):
        super().setUp()
        self.activity.write(
            {"published": True, "summary": "Kaffee & Brötchen", "leader_id": self.tenant.id, "plain_text": "Wir essen.", "step_free": True}
        )
        self.activity.action_run()
        self.choir = self._activity("Chor", kind="course", cost=5, published=True)
        self.choir.action_run()
        self.song = self._session(self.choir, datetime(2027, 3, 3, 17), datetime(2027, 3, 3, 19), room_id=self.hall.id)
        self.secret = self._session(self._activity("Geheim"), datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 10))
        self.base = f"/sozial/{self.env['ir.http']._slug((self.company.id, self.company.name))}/programm"

    def _get(self, path="", **params):
        self.env.flush_all()
        query = "&".join(f"{name}={value}" for name, value in params.items())
        answer = self.url_open(f"{self.base}{path}?{query}")
        self.assertEqual(answer.status_code, 200)
        return answer

    def _names(self, **params):
        """``{name: line}`` of the list on the page."""
        tree = html.fromstring(self._get(**params).text)
        return {line.find(".//h3").text_content().strip(): line for line in tree.find_class("o_sozial_line")}

    def _lines(self):
        return self.env["sozial.programme"]._lines(self.company, date(2027, 3, 1), date(2027, 3, 7))

    def test_published_only_and_without_names(self):
        lines = self._names()
        self.assertEqual(set(lines), {"Frühstück", "Chor"})
        self.assertIn("10:00–12:00", lines["Frühstück"].text_content())
        self.assertIn("Saal", lines["Chor"].text_content())
        for path in ("", ".json", ".ics", ".rss", "/fragment"):
            text = self._get(path).text
            self.assertIn("Frühstück", text.replace("\\u00fc", "ü").replace("\r\n ", ""), path)
            for word in ("Geheim", "Sorgenfrei", self.room_user.name):
                self.assertNotIn(word, text, path)
        self.activity.published = False
        self.choir.active = False
        self.env.flush_all()
        other = self.url_open(self.base)
        self.assertEqual(other.status_code, 404, "a company without published activities has no page of its own")

    def test_filters(self):
        slug = self.env["ir.http"]._slug
        away = self.env["sozial.centre"].create({"name": "Fern", "company_id": self.company.id})
        walk = self._activity("Spaziergang", centre=away, kind="excursion", published=True)
        walk.action_run()
        self._session(walk, datetime(2027, 3, 4, 9), datetime(2027, 3, 4, 10), place="Am Tor")
        self.choir.target_group_ids = self.env["sozial.target.group"].create({"name": "Ältere"})
        self.choir.language_ids = self.env["sozial.language"].create({"name": "Dari", "code": "prs-x"})
        self.assertEqual(set(self._names()), {"Frühstück", "Chor", "Spaziergang"})
        for params, expected in (
            ({"zentrum": slug((away.id, away.name))}, {"Spaziergang"}),
            ({"zentrum": f"x-{away.id}"}, {"Spaziergang"}),
            ({"art": "kurs"}, {"Chor"}),
            ({"zielgruppe": slug((self.choir.target_group_ids.id, "Ältere"))}, {"Chor"}),
            ({"sprache": slug((self.choir.language_ids.id, "Dari"))}, {"Chor"}),
            ({"art": "kurs", "zentrum": slug((away.id, away.name))}, set()),
            ({"woche": "2027-W10"}, set()),
            ({"woche": "2027-W09"}, {"Frühstück", "Chor", "Spaziergang"}),
            ({"woche": "quatsch", "art": "quatsch"}, {"Frühstück", "Chor", "Spaziergang"}),
        ):
            with self.subTest(params=params):
                self.assertEqual(set(self._names(**params)), expected)
        self.assertIn("alert-warning", self._get(art="quatsch").text)

    def test_what_falls_out_is_shown(self):
        self.song._cancel("Leitung erkrankt")
        line = self._names()["Chor"]
        self.assertIn("o_sozial_cancelled", line.get("class"))
        self.assertIn("Leitung erkrankt", line.text_content())
        event = {str(one["SUMMARY"]): one for one in icalendar.Calendar.from_ical(self._get(".ics").text).events}["Chor"]
        self.assertEqual(str(event["STATUS"]), "CANCELLED")

    def test_a_reason_stands_by_what_falls_out_only(self):
        self.song._cancel("Leitung erkrankt")
        self.song.booking_id._set_state("confirmed")
        self.assertEqual(self.song.cancel_reason, "Leitung erkrankt")
        for path in ("", ".json", ".rss"):
            self.assertNotIn("erkrankt", self._get(path).text)

    def test_a_closure_and_the_reopening_are_seen(self):
        closure = self.env["sozial.room.closure"].with_user(self.room_manager).create(
            {"name": "Erikas Krankheit", "centre_id": self.centre.id, "start": "2027-03-02 00:00:00", "stop": "2027-03-05 00:00:00"}
        )
        closure.action_activate()
        page = self._get().text
        self.assertNotIn("Erika", page)
        self.assertEqual(self.song.state, "suspended")
        self.assertIn("o_sozial_suspended", self._names()["Chor"].get("class"))
        self.assertEqual(len(self.env["sozial.programme"]._closures(self.company, date(2027, 3, 1), date(2027, 3, 7))), 1)
        closures = lambda: self.env["sozial.programme"]._closures(self.company, date(2027, 3, 1), date(2027, 3, 7))  # noqa: E731
        (self.activity | self.choir).published = False
        self.assertFalse(closures(), "of a centre that the programme does not know")
        (self.activity | self.choir).published = True
        self.centre.active = False
        self.assertFalse(closures(), "of a centre that is given up")
        self.centre.active = True
        closure.action_end()
        self.assertEqual(self.song.state, "planned")
        self.assertIn("o_sozial_planned", self._names()["Chor"].get("class"))
        self.assertFalse(self.env["sozial.programme"]._closures(self.company, date(2027, 3, 1), date(2027, 3, 7)))

    def test_the_calendar_is_read_by_others(self):
        events = icalendar.Calendar.from_ical(self._get(".ics").text).events
        self.assertEqual(
            sorted((str(one["SUMMARY"]), one.start.isoformat()) for one in events),
            [("Chor", "2027-03-03T18:00:00+01:00"), ("Frühstück", "2027-03-01T10:00:00+01:00")],
        )
        uids = {str(one["UID"]) for one in events}
        self.assertEqual(uids, {str(one["UID"]) for one in icalendar.Calendar.from_ical(self._get(".ics").text).events}, "for good")

    def test_the_news_feed_is_read_by_others(self):
        self.activity.summary = "Kaffee \x0b<b>& mehr</b>"
        feed = feedparser.parse(self._get(".rss").content)
        self.assertFalse(feed.bozo, feed.get("bozo_exception"))
        self.assertEqual((feed.version, len(feed.entries)), ("rss20", 2))
        self.assertIn("Frühstück", feed.entries[0].title)
        self.assertEqual(len({entry.id for entry in feed.entries}), 2)
        self.assertTrue(all(entry.published_parsed for entry in feed.entries))

    def test_json(self):
        answer = self._get(".json", art="kurs").json()
        found = [(one["name"], one["start"], one["state"]) for one in answer["sessions"]]
        self.assertEqual(found, [("Chor", "2027-03-03T18:00:00", "planned")])
        self.assertFalse({"id", "leader", "note"} & answer["sessions"][0].keys())
        self.assertEqual(self.url_open(f"{self.base}.exe").status_code, 404)

    def test_the_calendar_of_a_week(self):
        tree = html.fromstring(self._get(ansicht="kalender", woche="2027-W09").text)
        self.assertEqual([len(day.find_class("o_sozial_box")) for day in tree.find_class("o_sozial_column")], [1, 0, 1, 0, 0, 0, 0])

    def test_a_door_says_what_falls_out_today(self):
        self.hall.with_user(self.room_manager).action_door_renew()
        self.now = datetime(2027, 3, 3, 8)
        self.assertFalse(self.hall.sudo()._door_sign()["cancelled"])
        self.song._cancel("Leitung erkrankt")
        self.assertEqual(self.hall.sudo()._door_sign()["cancelled"], [{"title": "Chor", "time": "18:00"}])
        self.env.flush_all()
        self.assertIn("Chor", self.url_open("/" + self.hall.with_user(self.room_manager).door_url.split("/", 3)[3]).text)

    def test_another_company_is_another_programme(self):
        far = self.env["sozial.centre"].create({"name": "Fern", "company_id": self.other_company.id})
        theirs = self._activity("Fremdes", centre=far, published=True)
        theirs.action_run()
        self._session(theirs, datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 10))
        self.assertEqual(set(self._names()), {"Frühstück", "Chor"})
        self.assertEqual([line["name"] for line in self._lines()], ["Frühstück", "Chor"])
        lines = self.env["sozial.programme"]._lines(self.other_company, date(2027, 3, 1), date(2027, 3, 7))
        self.assertEqual([line["name"] for line in lines], ["Fremdes"])

    def test_two_thousand_sessions(self):
        """The page costs as many queries as with a handful, and stays within its time."""
        programme = self.env["sozial.programme"].with_context(lang="de_DE")

        def page():
            self.env.flush_all()
            self.env.invalidate_all()
            before, begin = self.cr.sql_log_count, datetime.now()
            activities = programme._activities(self.company)
            _chosen, domain, _dropped = programme._chosen(programme._options(activities), {})
            lines = programme._lines(self.company, date(2027, 3, 1), date(2027, 3, 14), domain, limit=300)
            programme._closures(self.company, date(2027, 3, 1), date(2027, 3, 14))
            return self.cr.sql_log_count - before, (datetime.now() - begin).total_seconds(), len(lines)

        page()
        few, _seconds, _lines = page()
        begin = datetime(2027, 3, 1, 8)
        self.env["sozial.activity.session"].create(
            [
                {"activity_id": self.activity.id, "start": begin + timedelta(hours=4 * n), "stop": begin + timedelta(hours=4 * n + 1)}
                for n in range(2000)
            ]
        )
        queries, seconds, lines = min((page() for _round in range(3)), key=lambda one: one[1])
        self.assertGreater(lines, 75)
        self.assertEqual(queries, few)
        self.assertLessEqual(queries, MOST_QUERIES)
        self.assertLess(seconds, 0.15)
