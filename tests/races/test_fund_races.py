"""Two approvals at once for the last money of a fund, with real cursors: the budget is never exceeded."""

import threading
import uuid

import psycopg2
import psycopg2.errors

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestFundRaces(BaseCase):
    """Rows are committed here, so each test works in a company of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    def _prepare(self, env):
        company = env["res.company"].create({"name": f"Race {self.key}"})
        group = env.ref("sozial_management.group_sozial_lead")
        users = env["res.users"].create(
            [
                {
                    "name": f"Race {number} {self.key}", "login": f"race{number}.{self.key}", "company_id": company.id,
                    "company_ids": [Command.set(company.ids)], "group_ids": [Command.set(group.ids)],
                }
                for number in (1, 2, 3)
            ]
        )  # fmt: skip
        self.company_id, self.user_ids = company.id, users.ids
        fund = env["sozial.fund"].create(
            {
                "name": "x", "company_id": company.id, "year": fields.Date.context_today(users).year,
                "plan_ids": [Command.create({"calendar_quarter": "1", "planned": 100})],
            }
        )  # fmt: skip
        self.fund_id, self.request_ids = fund.id, []
        asking = api.Environment(env.cr, users[2].id, {"allowed_company_ids": company.ids})
        for number in (0, 1):
            case = asking["sozial.case"].create({"type_id": env.ref("sozial_management.case_type_single").id})
            case._grant(users[number], "co", "x")
            request = asking["sozial.fund.request"].create(
                {"case_id": case.id, "fund_id": fund.id, "amount": 60, "reason": "x", "other_help": "x", "payee": "x"}
            )
            request.action_ask()
            self.request_ids.append(request.id)

    def _approve(self, env, number):
        env["sozial.fund.request"].browse(self.request_ids[number]).action_approve()

    def _race(self):
        """Both approve at once; a transaction that came too late starts again, as Odoo's requests do.

        :return: what each ended with, and how often one started again
        """
        barrier, ends, again = threading.Barrier(2), [None, None], []

        def run(number):
            for attempt in range(5):
                try:
                    with self.registry.cursor() as cr:
                        env = api.Environment(cr, self.user_ids[number], {"allowed_company_ids": [self.company_id]})
                        self.assertTrue(env.user.name)  # opens the transaction before the start
                        if not attempt:
                            barrier.wait(timeout=20)
                        self._approve(env, number)
                        env.flush_all()
                    return
                except UserError as refused:
                    ends[number] = refused
                    return
                except psycopg2.errors.SerializationFailure:
                    again.append(number)

        threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1)]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=60)
        self.assertFalse(any(thread.is_alive() for thread in threads), "nobody waits for ever")
        return ends, again

    def test_the_last_money_is_given_once(self):
        ends, again = self._race()
        refused = [end for end in ends if end]
        self.assertEqual(len(refused), 1, ends)
        self.assertIn("does not hold as much", str(refused[0]))
        self.assertEqual(len(again), 1, "both had begun before either was done: the later one started again")
        with self.registry.cursor() as cr:
            cr.execute("SELECT SUM(amount) FROM sozial_fund_entry WHERE fund_id = %s", [self.fund_id])
            self.assertEqual(cr.fetchone()[0], 60)

    def test_a_plan_is_not_lowered_below_an_approval_that_runs(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            lowering = api.Environment(two, self.user_ids[1], {"allowed_company_ids": [self.company_id]})
            line = lowering["sozial.fund"].browse(self.fund_id).plan_ids
            self.assertEqual(line.planned, 100)
            env = api.Environment(one, self.user_ids[0], {"allowed_company_ids": [self.company_id]})
            self._approve(env, 0)
            env.flush_all()
            one.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.SerializationFailure):
                line.planned = 10
            two.rollback()
