"""Two people at once, with real cursors in real threads: one wins, the other gets a message."""

import threading
import uuid

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestRaces(BaseCase):
    """Rows are committed here, so each test works in a company of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._prepare(env)

    def _prepare(self, env):
        company = env["res.company"].create({"name": f"Race {self.key}"})
        group = env.ref("sozial_management.group_sozial_worker")
        users = env["res.users"].create(
            [
                {
                    "name": f"Race {number} {self.key}",
                    "login": f"race{number}.{self.key}",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(group.ids)],
                }
                for number in (1, 2)
            ]
        )
        building = env["sozial.building"].create(
            {"street": self.key, "house_number": "1", "zip": "1", "city": "X", "company_id": company.id}
        )
        dwelling = env["sozial.dwelling"].create({"building_id": building.id, "number": "1"})
        partner = env["res.partner"].create({"name": f"Race {self.key}", "company_id": company.id})
        handover = env["sozial.handover"].create(
            {
                "topic_id": env["sozial.topic"].search([], limit=1).id,
                "summary": "x",
                "partner_id": partner.id,
                "tenant_knows": "yes",
                "company_id": company.id,
            }
        )
        self.company_id, self.user_ids = company.id, users.ids
        self.dwelling_id, self.partner_id, self.handover_id = dwelling.id, partner.id, handover.id

    def _race(self, *steps):
        """Run each ``step(env)`` in its own thread and transaction, started together.

        :return: list with ``None`` for each that committed, else its exception
        """
        barrier, results = threading.Barrier(len(steps)), [None] * len(steps)

        def run(position, step):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, self.user_ids[position], {"allowed_company_ids": [self.company_id]})
                    self.assertTrue(env.user.name)  # opens the transaction before the start
                    barrier.wait(timeout=20)
                    step(env)
                    env.flush_all()
            except (UserError, psycopg2.Error) as error:
                results[position] = error

        threads = [threading.Thread(target=run, args=item) for item in enumerate(steps)]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=60)
        self.assertFalse(any(thread.is_alive() for thread in threads), "nobody waits for ever")
        return results

    def test_a_handover_is_taken_once(self):
        def take(env):
            env["sozial.handover"].browse(self.handover_id).action_take()

        results = self._race(take, take)
        self.assertEqual(sum(result is None for result in results), 1, results)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cases = env["sozial.case"].search([("handover_id", "=", self.handover_id)])
            handover = env["sozial.handover"].browse(self.handover_id)
            self.assertEqual(len(cases), 1, "one case, not two")
            self.assertEqual(cases.worker_id, handover.worker_id)

    def test_a_dwelling_gets_one_running_tenancy(self):
        def let(number):
            def step(env):
                env["sozial.tenancy"].sudo().create(
                    {
                        "external_ref": f"{self.key}-{number}",
                        "dwelling_id": self.dwelling_id,
                        "partner_id": self.partner_id,
                        "date_start": "2026-01-01",
                        "company_id": self.company_id,
                    }
                )

            return step

        results = self._race(let(1), let(2))
        self.assertEqual(sum(result is None for result in results), 1, results)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(env["sozial.tenancy"].search_count([("dwelling_id", "=", self.dwelling_id)]), 1)

    def test_numbers_of_cases_are_not_given_twice(self):
        def open_case(env):
            env["sozial.case"].create({"type_id": env["sozial.case.type"].search([], limit=1).id})

        with self.registry.cursor() as cr:  # the sequence of the company exists before the race
            open_case(api.Environment(cr, self.user_ids[0], {"allowed_company_ids": [self.company_id]}))
        self._race(open_case, open_case)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            names = env["sozial.case"].search([("company_id", "=", self.company_id)]).mapped("name")
            self.assertEqual(len(names), len(set(names)))
            self.assertGreaterEqual(len(names), 2)

    def test_an_opening_is_logged_while_its_reader_is_changed(self):
        """The row of the log refers to user and company: a change of them meanwhile must not fail the reading.

        (Only of a login or a company's name it does, which are keys; then Odoo runs the request again.)
        """
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user_ids[0], {"allowed_company_ids": [self.company_id]})
            case_id = env["sozial.case"].create({"type_id": env["sozial.case.type"].search([], limit=1).id}).id
        with self.registry.cursor() as reading, mute_logger("odoo.sql_db"):
            env = api.Environment(reading, self.user_ids[0], {"allowed_company_ids": [self.company_id]})
            self.assertTrue(env.user.name)  # the transaction has begun
            with self.registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["res.users"].browse(self.user_ids[0]).signature = "x"
                api.Environment(cr, SUPERUSER_ID, {})["res.company"].browse(self.company_id).sequence = 7
            env["sozial.case"].browse(case_id).read(["concern"])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rows = env["sozial.access.log"].search([("case_id", "=", case_id), ("kind", "=", "opening")])
            self.assertEqual(rows.user_id.ids, self.user_ids[:1])
