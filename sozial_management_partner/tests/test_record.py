import io
import json
from datetime import datetime, timezone
from unittest.mock import patch

from psycopg2.errors import RestrictViolation, UniqueViolation

from odoo.cli.command import find_command
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sozial_management_partner.models.call.call_clock import SozialCall as Clock

from .common import PartnerCommon

TABLES = ("sozial_call_record", "sozial_call_record_waiting")


class RecordCommon(PartnerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._published()

    def _events(self, call=None):
        return self.env["sozial.call.record"].search([("call_id", "=", (call or self.call).id)], order="position").mapped("event")

    def _forge(self, query, *parameters):
        """What somebody does who owns the database: switch the trigger off and write."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE sozial_call_record DISABLE TRIGGER USER")
        self.env.cr.execute(query, parameters)
        self.env.cr.execute("ALTER TABLE sozial_call_record ENABLE TRIGGER USER")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestRecord(RecordCommon):
    def test_steps_enter_by_themselves_with_who_and_what(self):
        self.assertEqual(self._events(), ["checked", "published", "version"])
        checked, published, version = self.call.record_ids.sorted("position")
        self.assertEqual((checked.actor, published.actor), (self.second_procurement.name, self.procurement.name))
        self.assertIn("Verfahrensart und Texte geprüft", checked.details_text)
        self.assertEqual(version.details, {"version": 1, "sha256": self.call.current_version_id.sha256})
        self.assertEqual(self.call._verify_record(), [])

    def test_entries_follow_each_other(self):
        first, second, third = self.call.record_ids.sorted("position")
        self.assertEqual([first.position, second.position, third.position], [1, 2, 3])
        self.assertEqual((second.previous, third.previous), (first.hash, second.hash))
        self.assertEqual(self.call._record_head(), (3, third.hash))

    def test_steps_of_a_new_call_enter(self):
        self.assertEqual(self._events(self._published()), ["checked", "published", "version"])

    def test_nobody_writes_changes_or_deletes_through_the_orm(self):
        record = self.call.record_ids[:1]
        values = {name: record[name] for name in ("at", "moment", "event", "actor", "details", "previous", "hash")}
        steps = {
            "write": lambda row: row.write({"actor": "x"}),
            "unlink": lambda row: row.unlink(),
            "create": lambda row: row.create({**values, "call_id": self.call.id, "company_id": self.company.id, "position": 9}),
        }
        for name, step in steps.items():
            for user in (self.procurement, self.lead, self.system, self.env.user):
                with self.subTest(step=name, user=user.login), self.assertRaises(UserError):
                    step(self._as(record, user))
                    self.env.flush_all()
        with self.assertRaisesRegex(UserError, "by the system alone"):
            steps["create"](record.sudo())
        with self.assertRaises(AccessError):
            self._as(record, self.reviewer).read(["actor"])
        self.assertTrue(self._as(record, self.lead).read(["actor", "details_text"]), "the positive control")

    def test_sql_neither_changes_nor_deletes(self):
        self.call._record("submitted", {"number": "A-1"}, sealed=True)
        for table in TABLES:
            for query in (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with self.subTest(query=query), self.assertRaises(RestrictViolation), mute_logger("odoo.sql_db"):
                    with self.env.cr.savepoint():
                        self.env.cr.execute(query)

    def test_a_changed_entry_is_found_and_named(self):
        self._forge("UPDATE sozial_call_record SET details = %s WHERE call_id = %s AND position = 2", '{"deadline": "x"}', self.call.id)
        self.assertEqual([tuple(one) for one in self.call._verify_record()], [(2, "content")])
        with self.assertRaisesRegex(UserError, "2"):
            self.call.with_user(self.procurement).action_verify_record()

    def test_a_dropped_entry_is_found(self):
        self._forge("DELETE FROM sozial_call_record WHERE call_id = %s AND position = 2", self.call.id)
        self.assertEqual([tuple(one) for one in self.call._verify_record()], [(3, "gap")])

    def test_a_tail_cut_off_is_found_with_the_printed_hash(self):
        position, head = self.call._record_head()
        self._forge("DELETE FROM sozial_call_record WHERE call_id = %s AND position = 3", self.call.id)
        self.assertEqual(self.call._verify_record(), [])
        self.assertEqual([tuple(one) for one in self.call._verify_record({position: head})], [(3, "cut")])

    def test_a_file_is_not_passed_off_as_that_of_another_call(self):
        other = self._call()
        self._forge("UPDATE sozial_call_record SET call_id = %s WHERE call_id = %s", other.id, self.call.id)
        self.assertEqual(other._verify_record()[0].code, "previous")

    def test_the_button_says_how_many_entries_hold(self):
        result = self.call.with_user(self.procurement).action_verify_record()
        self.assertIn(self.call._record_head()[1], result["params"]["message"])
        with self.assertRaises(AccessError):
            self.call.with_user(self.reviewer).action_verify_record()

    def test_two_at_once_are_repeated_not_lost(self):
        records = self.env["sozial.call.record"].sudo()
        before = records._entries(self.call)[:-1]
        with patch.object(type(records), "_entries", lambda *args, **kwargs: before[-1:]), self.assertRaises(ConcurrencyError):
            self.call._record("notified")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._forge("INSERT INTO sozial_call_record SELECT (r).* FROM (SELECT r FROM sozial_call_record r LIMIT 1) x")

    def test_time_does_not_run_back(self):
        head = self.call.record_ids.sorted("position")[-1]
        with patch.object(Clock, "_now", lambda self: datetime(2020, 1, 1, tzinfo=timezone.utc)):
            self.call._record("notified")
        self.assertEqual(self.call.record_ids.sorted("position")[-1].at, head.at)
        self.assertEqual(self.call._verify_record(), [])

    def test_any_text_holds_and_records_have_no_place(self):
        files = [{"number": 1, "material": True}]
        self.call._record("notified", {"note": "„ü“ \0 \ud7ff 😀", "files": files, "until": datetime(2026, 1, 2)})
        self.env.invalidate_all()
        self.assertEqual(self.call._verify_record(), [])
        for value in (1.5, self.call, object()):
            with self.assertRaises(TypeError):
                self.call._record("notified", {"note": value})

    def test_a_visitor_is_not_named(self):
        self.call.with_user(self.bidder)._record("question")
        record = self.call.record_ids.sorted("position")[-1]
        self.assertEqual((record.actor, record.user_id.id), ("Portal", False))

    def test_two_companies(self):
        self.assertFalse(self._as(self.call.record_ids, self.stranger).search([("call_id", "=", self.call.id)]))


@tagged("post_install", "-at_install")
class TestSealedRecord(RecordCommon):
    """What would tell the number of submissions is not in the file before the opening."""

    def _submitted(self, number, organisation="Caritas"):
        self.call.with_user(self.bidder)._record("submitted", {"number": number, "organisation": organisation}, sealed=True)

    def test_before_the_opening_the_file_shows_nothing(self):
        self.call._record("notified")
        self._submitted("A-1")
        self._submitted("A-2")
        self.assertEqual(self._events(), ["checked", "published", "version", "notified"])
        self.call._record("notified")
        before, after = self.call.record_ids.sorted("id").ids[-2:]
        self.assertEqual(after, before + 1, "no gap that could be counted")
        for user in (self.procurement, self.lead, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sozial.call.record.waiting"].with_user(user).search_count([])
        self.assertEqual(self.env["sozial.call.record.waiting"].search_count([("call_id", "=", self.call.id)]), 2, "the positive control")

    def test_at_the_opening_it_joins_with_its_own_time(self):
        self._submitted("A-1")
        self._submitted("A-2")
        self._pass_deadline(self.call)
        self.call._move("opened", opened_at=self.call._stored(self.call._now()))
        self.assertEqual(self._events()[-3:], ["opened", "submitted", "submitted"])
        last = self.call.record_ids.sorted("position")[-1]
        self.assertEqual((last.details["number"], last.actor), ("A-2", self.bidder.name))
        self.assertLess(last.details["happened_at"], last.at)
        self.assertEqual(self.call._verify_record(), [])
        self._submitted("paper")
        self.assertEqual(self._events()[-1], "submitted", "nothing waits any more")


@tagged("post_install", "-at_install")
class TestVerifyCommand(RecordCommon):
    def _verify(self, **kwargs):
        out = io.StringIO()
        return find_command("verify_calls").run.__globals__["verify"](self.env, out=out, **kwargs), out.getvalue()

    def test_whole_and_broken(self):
        status, text = self._verify(number=self.call.number)
        self.assertEqual(status, 0)
        self.assertIn(self.call._record_head()[1], text)
        self._forge("UPDATE sozial_call_record SET actor = 'Eve' WHERE call_id = %s AND position = 1", self.call.id)
        status, text = self._verify()
        self.assertEqual(status, 1)
        self.assertIn(f"{self.call.number}: 1 problems\n  Entry 1", text)
        self.assertEqual(self._verify(number="IBV-1999-0001")[0], 2)

    def test_a_printed_hash_is_compared(self):
        position, head = self.call._record_head()
        one = {"number": self.call.number, "company": self.company.name}
        self.assertEqual(self._verify(**one, anchors={position: head})[0], 0)
        self.assertEqual(self._verify(**one, anchors={position: "0" * 64})[0], 1)

    def test_a_printed_hash_is_of_one_call(self):
        self.call.sudo().copy()
        status, text = self._verify(company=self.company.name, anchors={1: "0" * 64})
        self.assertEqual(status, 2)
        self.assertIn("--company", text)

    def test_details_are_stored_as_they_are_hashed(self):
        self.env.cr.execute("SELECT details::text FROM sozial_call_record WHERE call_id = %s AND position = 1", [self.call.id])
        self.assertEqual(json.loads(self.env.cr.fetchone()[0]), self.call.record_ids.sorted("position")[0].details)
