"""Many people at once, with real cursors in real threads."""

import random
import threading
import time
from unittest.mock import patch

import psycopg2

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

PATIENCE = 60


class RaceCase(BaseCase):
    """What is done here is committed: work in a company of your own, and clean up what others would count.

    Every step runs as a request does: in a transaction of its own, under Odoo's `retrying`, which
    tries again after a conflict of serialisation and turns a violated constraint into its message.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        sleep = time.sleep
        # a request waits up to two seconds before it tries again; here a moment must do
        patcher = patch("odoo.service.model.time.sleep", lambda seconds: sleep(random.uniform(0, 0.02)))
        patcher.start()
        self.addCleanup(patcher.stop)

    def race(self, user_id, company_id, steps):
        """Start all ``step(env)`` together.

        :return: list with None for each that was committed, else the exception that its user gets
        """
        barrier, results = threading.Barrier(len(steps)), [None] * len(steps)

        def run(position, step):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, user_id, {"allowed_company_ids": [company_id]})
                    self.assertTrue(env.user.name)  # opens the transaction and its snapshot before the start
                    barrier.wait(timeout=PATIENCE)
                    retrying(lambda: step(env), env)
            except (UserError, psycopg2.Error) as error:
                results[position] = error

        threads = [threading.Thread(target=run, args=item) for item in enumerate(steps)]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=PATIENCE)
        self.assertFalse(any(thread.is_alive() for thread in threads), "nobody waits for ever")
        return results
