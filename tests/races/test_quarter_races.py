"""Attendance is saved while its calendar quarter is being locked: counted or refused, never lost."""

import threading
import uuid
from datetime import datetime, timedelta

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from sozial_support.races import RaceCase

SAVERS, BASE, MORE = 8, 50, 10
BEGIN = datetime(2024, 2, 5, 9)


@tagged("post_install", "-at_install")
class TestQuarterRaces(RaceCase):
    """Rows are committed here, so each test works in a company of its own."""

    def setUp(self):
        super().setUp()
        key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": f"Quarter {key}"}).id
            env = self._env(cr)
            centre = env["sozial.centre"].create({"name": f"Centre {key}", "company_id": self.company_id})
            activity = env["sozial.activity"].create({"name": f"Breakfast {key}", "centre_id": centre.id})
            sessions = env["sozial.activity.session"].create(
                [
                    {"activity_id": activity.id, "start": start, "stop": start + timedelta(hours=1)}
                    for start in (BEGIN + timedelta(days=number) for number in range(SAVERS))
                ]
            )
            self.session_ids = sessions.ids
            for session in sessions:
                self._add(session, BASE)
        self.enterContext(mute_logger("odoo.sql_db"))

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id], "lang": "en_US"})

    def _begin(self):
        """A cursor whose transaction has begun: from here on it sees the database as it is now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SET LOCAL lock_timeout = '20s'")  # a wait for ever would be no failure
        cr.execute("SELECT count(*) FROM sozial_activity_quarter")
        return cr

    def _add(self, session, number):
        session.env["sozial.activity.count"].create({"session_id": session.id, "number": number})

    def _save(self, cr, number=0):
        env = self._env(cr)
        self._add(env["sozial.activity.session"].browse(self.session_ids[number]), MORE)
        env.flush_all()

    def _publish(self, cr):
        """The total that is published: locks the quarter."""
        env = self._env(cr)
        release = env["sozial.figure.release"]._publish("sozial.activity.fact", "visits", "paid", "", 2024, "1")
        env.flush_all()
        return release.cells["body"][-1]["values"][-1]

    def _counted(self):
        with self.registry.cursor() as cr:
            return sum(self._env(cr)["sozial.activity.session"].browse(self.session_ids).mapped("participants"))

    def test_saved_since_the_snapshot_it_is_counted(self):
        saver, publisher = self._begin(), self._begin()
        self._save(saver)
        saver.commit()
        with self.assertRaises(ConcurrencyError):
            self._publish(publisher)
        publisher.rollback()
        self.assertEqual(self._publish(publisher), SAVERS * BASE + MORE)
        publisher.commit()
        self.assertEqual(self._counted(), SAVERS * BASE + MORE)

    def test_saved_after_the_lock_it_is_refused(self):
        saver, publisher = self._begin(), self._begin()
        self.assertEqual(self._publish(publisher), SAVERS * BASE)
        publisher.commit()
        with self.assertRaises(psycopg2.errors.SerializationFailure):
            self._save(saver)
        saver.rollback()
        with self.assertRaisesRegex(UserError, "locked"):
            self._save(saver)
        saver.rollback()
        self.assertEqual(self._counted(), SAVERS * BASE)

    def test_the_lock_waits_for_who_is_saving(self):
        saver, publisher = self._begin(), self._begin()
        self._save(saver)
        outcome = []

        def publish():
            try:
                outcome.append(self._publish(publisher))
            except (ConcurrencyError, psycopg2.Error) as error:
                outcome.append(type(error))

        other = threading.Thread(target=publish)
        other.start()
        other.join(1)
        self.assertTrue(other.is_alive(), "it waits")
        saver.commit()
        other.join(30)
        self.assertEqual(outcome, [ConcurrencyError])
        publisher.rollback()
        self.assertEqual(self._publish(publisher), SAVERS * BASE + MORE)

    def test_savers_do_not_wait_for_each_other(self):
        first, second = self._begin(), self._begin()
        self._save(first, 0)
        self._save(second, 1)
        second.commit()
        first.commit()
        self.assertEqual(self._counted(), SAVERS * BASE + 2 * MORE)

    def test_many_at_once(self):
        published = []

        def saving(number):
            return lambda env: self._save(env.cr, number)

        def publish(env):
            published.append(self._publish(env.cr))

        results = self.race(SUPERUSER_ID, self.company_id, [*(saving(number) for number in range(SAVERS)), publish])
        self.assertIsNone(results[-1])
        self.assertFalse([error for error in results[:-1] if error and not isinstance(error, UserError)])
        saved = SAVERS * BASE + MORE * results[:-1].count(None)
        self.assertEqual(self._counted(), saved)
        self.assertEqual(published[-1], saved, "what was saved is counted, what was not counted was refused")
