import base64
from datetime import datetime
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import RoomCommon

WORD = "zaunkoenig7319"
OVER = "2024-03-04 "


@tagged("post_install", "-at_install")
class TestRoomRetention(RoomCommon):
    """Who used a room, had its key or waited for it is forgotten by rule; the hours stay for the figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("sozial_management_room.retention_rule_room_booking")
        cls.person = cls.env["res.partner"].create({"name": WORD, "company_id": cls.company.id})

    def _full(self, partner, room=None):
        """A booking that is over, with a word wherever one can stand."""
        booking = self._book(room, day=OVER, partner_id=partner.id, name=WORD, note=WORD)
        photo = self.env["ir.attachment"].create(
            {"name": WORD, "datas": base64.b64encode(WORD.encode()), "res_model": "sozial.room.protocol", "res_id": 0}
        )
        damage = {"damage": True, "damage_note": WORD, "photo_ids": [Command.set(photo.ids)]}
        for kind, hour, values in (("out", 8, {}), ("back", 11, damage)):
            self.env["sozial.room.protocol"].create(
                {"booking_id": booking.id, "kind": kind, "person": WORD, "done_at": datetime(2024, 3, 4, hour), **values}
            )
        days = {"paid_on": "2024-03-01", "settled_on": "2024-03-05"}
        self.env["sozial.room.deposit"].create({"booking_id": booking.id, "amount": 50, "kept_amount": 10, "kept_reason": WORD, **days})
        return booking

    def _due(self, today="2026-11-22"):
        return self.rule._due_rows(self.company, fields.Date.to_date(today))

    def _found(self):
        """Where the word still stands, in all tables of this addon and among the files."""
        found = []
        for model in self.env.registry.values():
            if model._auto and not model._abstract and model._original_module == "sozial_management_room":
                self.env.flush_all()
                rows = SQL("SELECT count(*) FROM %s t WHERE t::text LIKE %s", SQL.identifier(model._table), f"%{WORD}%")
                if self.env.execute_query(rows)[0][0]:
                    found.append(model._name)
        return found + self.env["ir.attachment"].search([("name", "=", WORD)]).mapped("name")

    def test_the_person_goes_the_hours_stay(self):
        booking = self._full(self.person)
        self.assertGreaterEqual(set(self._found()), {"sozial.room.booking", "sozial.room.protocol", "sozial.room.deposit", WORD})
        self.assertIn(booking, self._due())
        gone = self.rule._erase_rows(booking)
        self.assertEqual(self._found(), [])
        self.assertFalse(booking.partner_id)
        self.assertEqual((booking.customer_group, booking.room_id, booking.state), ("tenant", self.kitchen, "confirmed"))
        self.assertEqual((booking.start, booking.stop), (datetime(2024, 3, 4, 9), datetime(2024, 3, 4, 10)))
        self.assertEqual(booking.deposit_ids.kept_amount, 10)
        self.assertEqual((gone["sozial.room.protocol"], gone["sozial.room.booking"]), (2, 1))
        self.assertNotIn(booking, self._due(), "done once")

    def test_an_organisation_stays_named_who_took_its_key_does_not(self):
        singer = self.env["res.partner"].create({"name": "Frau Noll", "parent_id": self.club.id, "company_id": self.company.id})
        booking = self._full(singer)
        booking.name = "Chorprobe"
        self.rule._erase_rows(booking)
        self.assertEqual((booking.partner_id, booking.name), (self.club, "Chorprobe"))
        self.assertEqual(self._found(), [])

    def test_not_before_its_time_nor_while_something_is_open(self):
        booking = self._full(self.person)
        self.assertNotIn(booking, self._due("2025-12-31"), "a year after the end of the year")
        self.assertIn(booking, self._due("2026-01-01"))
        booking.deposit_ids.with_user(self.room_manager).action_correct()
        self.assertNotIn(booking, self._due(), "the deposit is still here")
        booking.deposit_ids.settled_on = "2024-03-06"
        booking.protocol_ids.filtered(lambda one: one.kind == "back").sudo().unlink()
        self.assertNotIn(booking, self._due(), "the key is out")

    def test_a_series_is_anonymised_with_its_last_date(self):
        days = {"date_start": "2024-03-04", "date_until": "2024-03-11"}
        series = self.env["sozial.room.series"].create({"name": WORD, "room_id": self.kitchen.id, "partner_id": self.person.id, **days})
        series.action_book()
        first, last = series.booking_ids.sorted("start")
        self.rule._erase_rows(first)
        self.assertEqual(series.partner_id, self.person, "a date still names it")
        self.rule._erase_rows(last)
        self.assertFalse(series.partner_id)
        self.assertEqual(self._found(), [])

    def test_settled_entries_of_the_waiting_list_are_deleted(self):
        rule = self.env.ref("sozial_management_room.retention_rule_room_waiting")
        waiting = self.env["sozial.room.waiting"].create({"partner_id": self.person.id, "room_id": self.kitchen.id, "note": WORD})
        later = fields.Date.to_date("2031-01-01")
        self.assertNotIn(waiting, rule._due_rows(self.company, later), "still waits")
        waiting.action_withdraw()
        self.assertIn(waiting, rule._due_rows(self.company, later))
        self.assertNotIn(waiting, rule._due_rows(self.company, self._today()))
        rule._erase_rows(waiting)
        self.assertFalse(waiting.exists())

    def test_proposed_and_executed_like_everything_else(self):
        booking = self._full(self.person)
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 1000)
        with progress:
            self.env["sozial.retention.proposal"]._cron_propose()
        proposal = self.env["sozial.retention.proposal"].search([("company_id", "=", self.company.id), ("subject", "=", "room_booking")])
        self.assertEqual(proposal.number, 1)
        proposal.with_user(self.privacy).action_approve()
        proposal.with_user(self.privacy).action_execute()
        self.assertEqual((proposal.state, bool(booking.anonymised_on)), ("done", True))
        record = self.env["sozial.retention.protocol"].search([("subject", "=", "room_booking"), ("company_id", "=", self.company.id)])
        self.assertNotIn(WORD, str(record.read()))

    def test_only_what_makes_sense(self):
        for rule, action in ((self.rule, "delete"), (self.env.ref("sozial_management_room.retention_rule_room_waiting"), "anonymise")):
            with self.assertRaises(ValidationError):
                rule.action = action
