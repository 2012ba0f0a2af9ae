from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_outreach import OutreachCommon

WELCOME = "odoo.addons.sozial_management.models.outreach.welcome"


@tagged("post_install", "-at_install")
class TestWelcome(OutreachCommon):
    """Who moves in is visited, and the building invited: once, however often the job runs."""

    def _night(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60):
            self.env["sozial.outreach"]._cron_welcome()

    def _move_in(self, number, days_ago=3, partner=None, building=None):
        """New tenancies of new dwellings."""
        today, building = self._today(), building or self.building
        refs = [f"W{building.id}-{days_ago}-{partner.id if partner else 0}-{index}" for index in range(number)]
        return self.env["sozial.tenancy"].create(
            [
                {
                    "external_ref": ref, "company_id": self.company.id, "date_start": fields.Date.subtract(today, days=days_ago),
                    "dwelling_id": self.env["sozial.dwelling"].create({"building_id": building.id, "number": ref}).id,
                    "partner_id": (partner or self.env["res.partner"].create({"name": ref, "company_id": self.company.id})).id,
                }
                for ref in refs
            ]
        )  # fmt: skip

    def _talks(self, tenancies):
        return self.env["sozial.outreach"].search([("tenancy_id", "in", tenancies.ids)], limit=100)

    def test_exactly_one_talk_each_after_three_nights(self):
        self.quarter.manager_id = self.worker
        new = self._move_in(5)
        for _night in range(3):
            self._night()
        talks = self._talks(new)
        self.assertEqual(len(talks), 5)
        self.assertEqual(talks.tenancy_id, new)
        for talk in talks:
            self.assertEqual((talk.kind, talk.state, talk.building_ids), ("welcome", "running", self.building))
            self.assertEqual(talk.visit_ids.dwelling_id, self.building.dwelling_ids, "every dwelling of the building has its row")
            newcomer = talk.visit_ids.filtered("newcomer")
            self.assertEqual((newcomer.dwelling_id, newcomer.user_id), (talk.tenancy_id.dwelling_id, self.worker))
            self.assertTrue(newcomer.next_try)
            self.assertEqual(talk.template_id, self.env.ref("sozial_management.letter_welcome"))
            self.assertNotIn(talk.tenancy_id.partner_id.name, talk.name)
        self._refused_by_the_database(lambda: talks[0]._write_guarded({"tenancy_id": talks[1].tenancy_id.id}))

    def test_who_is_no_newcomer(self):
        ended, long_ago, tomorrow = self._move_in(1, 5), self._move_in(1, 90), self._move_in(1, -1)
        ended.date_end = fields.Date.subtract(self._today(), days=1)
        contract = self._move_in(1, 4, partner=self.tenant)  # has lived in the building since 2020
        unwanted = self.building.copy(
            {"house_number": "77", "quarter_id": self.quarter.copy({"name": "Ohne", "welcome_talks": False}).id}
        )
        nowhere = self.building.copy({"house_number": "78", "quarter_id": False})
        others = self._move_in(1, building=unwanted) | self._move_in(1, building=nowhere)
        new = self._move_in(1)
        self._night()
        self.assertEqual(self._talks(new | ended | long_ago | tomorrow | contract | others).tenancy_id, new)

    def test_one_that_fails_stops_no_other(self):
        bad, good = self._move_in(2)
        outreach = type(self.env["sozial.outreach"])
        welcome = outreach._welcome

        def fails(model, tenancy):
            if tenancy == bad:
                raise ValueError("no")
            return welcome(model, tenancy)

        with patch.object(outreach, "_welcome", fails), mute_logger(WELCOME):
            self._night()
        self.assertEqual(self._talks(bad | good).tenancy_id, good)
        self._night()
        self.assertEqual(len(self._talks(bad | good)), 2)

    def test_what_is_in_use_is_welcomed_in_a_moment(self):
        """Somebody writes the same rows: no error, nothing half-made, and the next run comes soon."""
        new = self._move_in(2)
        outreach = type(self.env["sozial.outreach"])
        welcome = outreach._welcome

        def in_use(model, tenancy):
            welcome(model, tenancy)
            if tenancy == new[0]:
                model.env.cr.execute("DO $$ BEGIN RAISE serialization_failure; END $$")

        cron = self.env.ref("sozial_management.ir_cron_outreach_welcome")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)], limit=100)
        with patch.object(outreach, "_welcome", in_use), mute_logger("odoo.sql_db"), self.assertNoLogs(WELCOME, "ERROR"):
            self._night()
        self.assertEqual(self._talks(new).tenancy_id, new[1])
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)], limit=100), before + 1)
        self._night()
        self.assertEqual(self._talks(new).tenancy_id, new)

    def test_the_new_tenancy_is_not_entered_by_hand(self):
        new = self._move_in(1)
        talks = self.env["sozial.outreach"].with_user(self.lead)
        values = {"name": "x", "kind": "welcome", "company_id": self.company.id, "quarter_id": self.quarter.id}
        with self.assertRaisesRegex(UserError, "not set directly"):
            talks.create({**values, "tenancy_id": new.id})
        self.assertFalse(talks.with_context(default_tenancy_id=new.id).create(values).tenancy_id)

    def test_at_the_door(self):
        """Met, a card left, declined; short results only; what somebody needs is handed over."""
        new = self._move_in(1)
        self._night()
        talk = self._talks(new)
        one = self._as(talk.visit_ids[0], self.worker)
        one.action_card()
        self.assertEqual((one.state, one.result, one.tries), ("tried", "card", 1))
        self.assertTrue(one.next_try)
        one.action_met()
        one.result = "comes"
        self.assertEqual((one.state, one.next_try), ("met", False))
        home = self._as(talk.visit_ids.filtered(lambda visit: visit.dwelling_id == self.dwelling), self.worker)
        self.assertEqual(home.tenant_id, self.tenant)
        self.assertEqual(home.action_handover()["context"]["default_tenancy_id"], self.tenancy.id)
        with self.assertRaisesRegex(UserError, "are made by it"):
            home.newcomer = True
        for user in (self.frontdesk, self.report, self.system):
            for step in ("action_card", "action_handover"):
                with self.assertRaises(AccessError):
                    getattr(self._as(home, user), step)()

    def test_the_invitation_is_printed(self):
        self.campaign.write({"kind": "welcome", "template_id": self.env.ref("sozial_management.letter_welcome").id})
        self.campaign.building_ids = [Command.set(self.building.ids)]
        self.campaign.action_begin()
        self._print()
        self.assertEqual((self.campaign.letters_state, self.campaign.printed_count), ("running", 1))
        self.assertFalse(self.campaign.hints)
