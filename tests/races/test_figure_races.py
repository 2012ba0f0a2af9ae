"""Two publish figures at the same moment: neither table may be computed unaware of the other."""

import threading
import uuid

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from odoo.addons.sozial_management.suppression import Release, audit

FACTS = "sozial.case.fact"


@tagged("post_install", "-at_install")
class TestFigureRaces(BaseCase):
    """Rows are committed here, so each test works in a company of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))
        self.enterContext(mute_logger("odoo.sql_db"))

    def _prepare(self, env):
        key = uuid.uuid4().hex[:8]
        company = env["res.company"].create({"name": f"Race {key}"})
        user = env["res.users"].create(
            {
                "name": "Race",
                "login": f"race.{key}",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(env.ref("sozial_management.group_sozial_report").ids)],
            }
        )
        self.company_id, self.user_id = company.id, user.id
        kinds = env["sozial.case.type"].search([], limit=3)
        env[FACTS].create(
            [
                {
                    "company_id": company.id, "kind": "opened", "month": f"2024-{1 + n % 12:02}-01", "contributor": f"{index}-{n}",
                    "type_id": kinds[index].id, "age_group": ("27-44", "45-64")[n % 2],
                }
                for index, number in enumerate((21, 9, 2))
                for n in range(number)
            ]
        )  # fmt: skip

    def _env(self, cr, user_id=None):
        return api.Environment(cr, user_id or self.user_id, {"allowed_company_ids": [self.company_id], "lang": "en_US"})

    def _begin(self):
        """A cursor whose transaction has begun: from here on it sees the database as it is now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SET LOCAL lock_timeout = '20s'")  # a wait for ever would be no failure
        cr.execute("SELECT count(*) FROM sozial_figure_release")
        return cr

    def _publish(self, env, rows, columns=""):
        env["sozial.figure.release"]._publish(FACTS, "opened", rows, columns, 2024, "")
        env.flush_all()

    def _stored(self):
        with self.registry.cursor() as cr:
            stored = self._env(cr, SUPERUSER_ID)["sozial.figure.release"].search([("company_id", "=", self.company_id)], order="id")
            return [Release.from_json(one) for one in stored.mapped("ledger")], stored.mapped("cells")

    def test_who_comes_second_starts_again_and_sees_the_first(self):
        first, second = self._begin(), self._begin()
        self._publish(self._env(first), "type_id")
        outcome = []

        def publish():
            try:
                self._publish(self._env(second), "age_group")
                second.commit()
                outcome.append("published unaware")
            except psycopg2.errors.SerializationFailure:
                second.rollback()
                outcome.append("refused")

        other = threading.Thread(target=publish)
        other.start()
        other.join(1)
        self.assertTrue(other.is_alive(), "it waits for the first one")
        first.commit()
        other.join(30)
        self.assertEqual(outcome, ["refused"])
        self._publish(self._env(second), "age_group")
        second.commit()
        releases, _cells = self._stored()
        self.assertEqual(len(releases), 2)
        self.assertEqual(audit(releases), [])

    def test_the_same_table_is_stored_once(self):
        first, second = self._begin(), self._begin()
        self._publish(self._env(first), "type_id", "age_group")
        first.commit()
        with self.assertRaises(psycopg2.errors.SerializationFailure):
            self._publish(self._env(second), "type_id", "age_group")
        second.rollback()
        self._publish(self._env(second), "type_id", "age_group")
        second.commit()
        self.assertEqual(len(self._stored()[0]), 1)

    def test_many_at_once(self):
        """Eight people, each with a table of their own, started together; each tries until it is through."""
        tables = [("type_id", ""), ("age_group", ""), ("period", ""), ("type_id", "age_group"), ("type_id", "period"),
                  ("age_group", "period"), ("age_group", "type_id"), ("period", "type_id")]  # fmt: skip
        start, trouble = threading.Barrier(len(tables)), []

        def publish(rows, columns):
            try:
                start.wait(30)
                for _try in range(40):
                    with self.registry.cursor() as cr:
                        try:
                            self._publish(self._env(cr), rows, columns)
                            cr.commit()
                            return
                        except (psycopg2.errors.SerializationFailure, psycopg2.errors.LockNotAvailable):
                            cr.rollback()
                trouble.append((rows, columns))
            except Exception as error:  # noqa: BLE001  a thread tells nobody else
                trouble.append(error)

        threads = [threading.Thread(target=publish, args=table) for table in tables]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        self.assertEqual(trouble, [])
        releases, cells = self._stored()
        self.assertEqual(len(releases), len(tables))
        self.assertEqual(audit(releases), [])
        shown = [value for table in cells for row in table["body"] for value in row["values"]]
        self.assertFalse([value for value in shown if value is not None and 0 < value < 5])
        self.assertTrue([value for value in shown if value])
