import base64
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import RoomCommon

PIXEL = base64.b64encode(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")


@tagged("post_install", "-at_install")
class TestKeys(RoomCommon):
    def setUp(self):
        super().setUp()
        self.booking = self._book(partner_id=self.club.id)

    @contextmanager
    def _told(self, error, words):
        """What is within is refused with these words, and leaves nothing behind."""
        with self.assertRaises(error) as caught:
            yield
        self.assertIn(words, str(caught.exception))

    def _dialog(self, action):
        """The form that a button opens, as the browser does."""
        records = self.env[action["res_model"]].with_user(self.room_user).with_context(
            **action["context"], allowed_company_ids=self.company.ids
        )
        return Form(records.browse(action["res_id"]) if action["res_id"] else records)

    def _protocol(self, kind, booking=None, user=None, **values):
        protocols = self.env["sozial.room.protocol"].with_user(user or self.room_user)
        return protocols.create({"booking_id": (booking or self.booking).id, "kind": kind, "person": "Frau Beispiel", **values})

    def _refused_by_constraint(self, model, **values):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env[model].create({"booking_id": self.booking.id, **values})
            self.env.flush_all()

    def test_out_and_back_by_the_buttons(self):
        self.assertEqual(self.booking.key_state, "here")
        dialog = self._dialog(self.booking.action_key_out())
        self.assertEqual((dialog.kind, dialog.person), ("out", self.club.name))
        dialog.keys = "Haustür 1"
        out = dialog.save()
        self.assertEqual(self.booking.key_state, "out")
        self.assertEqual(out.user_id, self.room_user)
        dialog = self._dialog(out.action_back())
        self.assertEqual((dialog.kind, dialog.keys), ("back", "Haustür 1"))
        back = dialog.save()
        self.assertEqual(self.booking.key_state, "back")
        self.assertEqual(out.back_at, back.done_at)

    def test_overdue_first(self):
        later = self._book(day="2027-03-02 ")
        self._protocol("out", later)
        early = self._protocol("out")
        returned = self._book(day="2027-03-03 ")
        self._protocol("out", returned)
        self._protocol("back", returned)
        with patch.object(fields.Datetime, "now", lambda *_args: datetime(2027, 3, 1, 12)):
            out = self.env["sozial.room.protocol"].with_user(self.room_user).search(
                [("kind", "=", "out"), ("back_at", "=", False), ("company_id", "=", self.company.id)], order="due_at, id"
            )
            self.assertEqual(out.booking_id, self.booking | later)
            self.assertEqual(out[0], early)
            self.assertEqual(out.mapped("overdue"), [True, False])
        later.action_cancel()
        self.assertIn(later, self.env["sozial.room.protocol"].search([("back_at", "=", False), ("kind", "=", "out")]).booking_id)

    def test_a_moved_booking_moves_the_time(self):
        out = self._protocol("out")
        self.booking.stop = "2027-03-01 13:00:00"
        self.assertEqual(out.due_at, datetime(2027, 3, 1, 13))

    def test_keys_go_and_come_in_order(self):
        with self._told(UserError, "handed out"):
            self._protocol("back")
        with self._told(UserError, "not confirmed"):
            self._protocol("out", self._book(state="draft", day="2027-03-05 "))
        with self._told(ValidationError, "still to come"):
            self._protocol("out", done_at=fields.Datetime.now() + timedelta(hours=1))
        out = self._protocol("out")
        with self._told(ValidationError, "before it is handed out"):
            self._protocol("back", done_at=out.done_at - timedelta(hours=1))
        self._refused_by_constraint("sozial.room.protocol", kind="out", person="X")

    def test_what_must_never_be_in_a_protocol(self):
        self._refused_by_constraint("sozial.room.protocol", kind="out", person="X", damage=True)
        self._refused_by_constraint("sozial.room.protocol", kind="out", person="X", damage=True, damage_note=" ")
        self._refused_by_constraint("sozial.room.protocol", kind="out", person=" ")
        self._refused_by_constraint("sozial.room.protocol", kind="out", person="X", meter=-1)
        self.assertTrue(self._protocol("out", damage=True, damage_note="Fenster gesprungen", meter=12.5))

    def test_a_protocol_stays_what_it_is(self):
        out = self._protocol("out", user_id=self.room_manager.id)
        self.assertEqual(out.user_id, self.room_user, "nobody writes in the name of another")
        for name, value in (("kind", "back"), ("booking_id", self._book(day="2027-03-06 ").id), ("user_id", self.room_manager.id)):
            with self.subTest(name=name), self.assertRaises(UserError):
                out.write({name: value})
        back = self._protocol("back")
        with self.assertRaises(AccessError):
            back.unlink()
        with self.assertRaises(UserError):
            out.with_user(self.room_manager).unlink()
        back.with_user(self.room_manager).unlink()
        self.assertEqual(self.booking.key_state, "out")
        self.assertFalse(out.back_at)

    def test_photographs_belong_to_the_protocol(self):
        photo = self.env["ir.attachment"].with_user(self.room_user).create(
            {"name": "Fenster.gif", "datas": PIXEL, "res_model": "sozial.room.protocol", "res_id": 0}
        )
        out = self._protocol("out", photo_ids=[Command.set(photo.ids)])
        self.assertEqual(photo.res_id, out.id)
        self.assertTrue(photo.with_user(self.room_manager).read(["datas"]))
        for user in (self.worker, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                photo.with_user(user).read(["datas"])

    def test_the_deposit_of_the_fee_list(self):
        fee = {"name": "Kaution", "kind": "deposit", "customer_group": "partner"}
        self.kitchen.fee_ids = [
            Command.create({**fee, "amount": 50}),
            Command.create({**fee, "amount": 10, "unit": "hour"}),
            Command.create({**fee, "amount": 5, "unit": "day"}),
            Command.create({**fee, "amount": 900, "customer_group": "outside"}),
            Command.create({**fee, "amount": 70, "kind": "fee"}),
        ]
        self.assertEqual(self.booking._deposit_due(), 65)
        dialog = self._dialog(self.booking.action_deposit())
        self.assertEqual(dialog.amount, 65)
        deposit = dialog.save()
        self.kitchen.fee_ids.filtered(lambda row: row.amount == 50).amount = 80
        self.assertEqual(deposit.amount, 65, "what was paid does not change with the list")
        dialog = self._dialog(self.booking.action_deposit())
        dialog.settled_on = deposit.paid_on
        dialog.kept_amount = 20
        dialog.kept_reason = "Fenster gesprungen"
        self.assertEqual(dialog.save(), deposit)
        self.assertEqual(deposit.returned_amount, 45)

    def test_what_must_never_be_in_a_deposit(self):
        today = self._today()
        self._refused_by_constraint("sozial.room.deposit")  # the fee list asks for none
        kept = {"amount": 50, "kept_amount": 50, "kept_reason": "Scherben", "settled_on": today}
        self._refused_by_constraint("sozial.room.deposit", **{**kept, "kept_amount": 51})
        self._refused_by_constraint("sozial.room.deposit", **{**kept, "kept_reason": " "})
        self._refused_by_constraint("sozial.room.deposit", **{**kept, "settled_on": False})
        self._refused_by_constraint("sozial.room.deposit", **{**kept, "settled_on": today - timedelta(days=1)})
        with self._told(ValidationError, "still to come"):
            self.env["sozial.room.deposit"].create({"booking_id": self.booking.id, **kept, "settled_on": today + timedelta(days=2)})
        self.env["sozial.room.deposit"].with_user(self.room_user).create({"booking_id": self.booking.id, **kept})
        self._refused_by_constraint("sozial.room.deposit", amount=50)

    def test_a_settled_deposit_stays_what_it_is(self):
        today = self._today()
        deposit = self.env["sozial.room.deposit"].with_user(self.room_user).create({"booking_id": self.booking.id, "amount": 50})
        deposit.amount = 60  # a slip of the pen, before it is settled
        deposit.write({"settled_on": today, "kept_amount": 20, "kept_reason": "Scherben"})
        self.assertTrue(deposit.locked)
        for user in (self.room_user, self.room_manager):
            mine = deposit.with_user(user)
            for name, value in (
                ("amount", 10), ("paid_on", today), ("settled_on", False), ("kept_amount", 0), ("kept_reason", "x"), ("corrections", "x"),
            ):  # fmt: skip
                with self.subTest(name=name, user=user.login), self.assertRaises(UserError):
                    mine.write({name: value})
        with self.assertRaises(UserError):
            deposit.with_user(self.room_manager).unlink()
        self.assertEqual((deposit.amount, deposit.kept_amount, deposit.returned_amount), (60, 20, 40))

    def test_the_centre_management_corrects_a_settlement_and_the_old_one_is_kept(self):
        deposit = self.env["sozial.room.deposit"].create({"booking_id": self.booking.id, "amount": 50, "corrections": "x"})
        self.assertFalse(deposit.corrections)
        with self._told(UserError, "not settled"):
            deposit.with_user(self.room_manager).action_correct()
        deposit.write({"settled_on": self._today(), "kept_amount": 20, "kept_reason": "Scherben"})
        with self.assertRaises(AccessError):
            deposit.with_user(self.room_user).action_correct()
        deposit.with_user(self.room_manager).action_correct()
        self.assertFalse(deposit.settled_on or deposit.kept_amount)
        for word in (self.room_manager.name, "20", "30", "Scherben"):
            self.assertIn(word, deposit.corrections)
        deposit.with_user(self.room_user).settled_on = self._today()
        self.assertEqual(deposit.returned_amount, 50)

    def test_another_company_sees_neither(self):
        out = self._protocol("out")
        deposit = self.env["sozial.room.deposit"].create({"booking_id": self.booking.id, "amount": 50})
        stranger = self._user("t_key_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        for record in (out, deposit):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.room_user).search([("id", "=", record.id)]), "the positive control")
                self.assertFalse(self._as(record, stranger).search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    self._as(record, stranger).read(["display_name"])

    def test_customers_read_neither_in_the_portal(self):
        self._protocol("out")
        member = new_test_user(self.env, "t_key_club", groups="base.group_portal", company_id=self.company.id, company_ids=self.company.ids)
        member.partner_id.parent_id = self.club
        booking = self.booking.with_user(member)
        self.assertTrue(booking.read(["name"]), "the positive control")
        for name in ("protocol_ids", "deposit_ids", "key_state", "reminded_at"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                booking.read([name])
