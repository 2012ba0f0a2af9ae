"""Many requests of one sender at the same moment: the limit holds, and nobody meets an error."""

import uuid

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.sozial_management.models.offer.callback_attempt import PER_HOUR

from sozial_support.races import RaceCase

TOGETHER = 16


@tagged("post_install", "-at_install")
class TestCallbackRaces(RaceCase):
    def _at_once(self, address, outcomes):
        def ask(env):
            outcomes.append(env["sozial.callback.attempt"]._may_send(address))

        with self.registry.cursor() as cr:
            company = api.Environment(cr, SUPERUSER_ID, {}).company.id
        errors = self.race(SUPERUSER_ID, company, [ask] * TOGETHER)
        self.assertFalse([error for error in errors if isinstance(error, psycopg2.Error)])

    def test_sixteen_at_once(self):
        address = f"192.0.2.7 {uuid.uuid4().hex}"
        outcomes = []
        self._at_once(address, outcomes)
        self.assertEqual((len(outcomes), sum(outcomes)), (TOGETHER, PER_HOUR))
        # an hour later the same places are given anew, and again once
        with self.registry.cursor() as cr:
            cr.execute("UPDATE sozial_callback_attempt SET at = at - interval '61 minutes'")
        again = []
        self._at_once(address, again)
        self.assertEqual((len(again), sum(again)), (TOGETHER, PER_HOUR))
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM sozial_callback_attempt")
