"""Somebody writes into a case while it is anonymised: two transactions, in each order. No word stays behind."""

import uuid

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

REFUSED = (UserError, psycopg2.errors.SerializationFailure)


@tagged("post_install", "-at_install")
class TestErasureRaces(BaseCase):
    """Rows are committed here, so each test works in a company of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.word = f"zaunkoenig{uuid.uuid4().hex[:10]}"
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
                "group_ids": [Command.set(env.ref("sozial_management.group_sozial_worker").ids)],
            }
        )
        partner = env["res.partner"].create({"name": "Race", "company_id": company.id})
        self.company_id, self.user_id, self.partner_id = company.id, user.id, partner.id
        mine = self._env(env.cr)
        case = mine["sozial.case"].create(
            {
                "type_id": env.ref("sozial_management.case_type_single").id,
                "participant_ids": [Command.create({"partner_id": partner.id, "role": "client"})],
            }
        )
        note = mine["sozial.contact"].create({"case_id": case.id, "text": "x"})
        case.write({"close_reason": "solved", "outcome": "reached"})
        case.action_close()
        self.case_id, self.note_id = case.id, note.id

    def _env(self, cr, user_id=None):
        return api.Environment(cr, user_id or self.user_id, {"allowed_company_ids": [self.company_id]})

    # what somebody may still do in a closed case

    def _edit_note(self, env):
        env["sozial.contact"].browse(self.note_id).write({"text": self.word})

    def _add_consent(self, env):
        env["sozial.consent"].create({"case_id": self.case_id, "subject_id": self.partner_id, "authority_proof": self.word})

    def _add_file(self, env):
        env["ir.attachment"].create({"name": self.word, "res_model": "sozial.case", "res_id": self.case_id, "raw": b"x"})

    def _writings(self):
        return (self._edit_note, self._add_consent, self._add_file)

    def _erase(self, env):
        env["sozial.case"].sudo().browse(self.case_id)._erase("anonymise")

    def _left(self):
        """Whether the word stands anywhere below the case, or on a file of it."""
        with self.registry.cursor() as cr:
            env = self._env(cr, SUPERUSER_ID)
            return (
                env["sozial.contact"].search_count([("case_id", "=", self.case_id), ("text", "=", self.word)])
                + env["sozial.consent"].search_count([("case_id", "=", self.case_id)])
                + env["ir.attachment"].search_count([("res_model", "=", "sozial.case"), ("res_id", "=", self.case_id)])
            )

    def _begin(self):
        """A cursor whose transaction has begun: from here on it sees the database as it is now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SET LOCAL lock_timeout = '10s'")  # a wait for ever would be no failure
        cr.execute("SELECT count(*) FROM sozial_case")
        return cr

    def _does(self, cr, step):
        """Do a step and commit it.

        :return: whether it went through
        """
        try:
            env = self._env(cr)
            step(env)
            env.flush_all()
            cr.commit()
        except REFUSED:
            cr.rollback()
            return False
        return True

    def _again(self):
        """A case and a note as at the start."""
        with self.registry.cursor() as cr:
            self._prepare(self._env(cr, SUPERUSER_ID))

    def test_written_while_the_eraser_has_begun(self):
        """It does not see the new row, so it must notice and start again."""
        for write in self._writings():
            with self.subTest(write=write.__name__):
                eraser = self._begin()
                self.assertTrue(self._does(self._begin(), write), "the positive control")
                self.assertTrue(self._left())
                self.assertFalse(self._does(eraser, self._erase))
                self.assertTrue(self._does(self._begin(), self._erase), "the second try sees it")
                self.assertFalse(self._left())
            self._again()

    def test_written_by_somebody_who_began_before_the_erasure(self):
        for write in self._writings():
            with self.subTest(write=write.__name__):
                writer = self._begin()
                self.assertTrue(self._does(self._begin(), self._erase))
                self.assertFalse(self._does(writer, write))
                self.assertFalse(self._does(writer, write), "the second try is told that the case is anonymised")
                self.assertFalse(self._left())
            self._again()

    def test_erased_while_somebody_writes(self):
        """The eraser does not wait; it comes back later."""
        for write in self._writings():
            with self.subTest(write=write.__name__):
                writer = self._begin()
                env = self._env(writer)
                write(env)
                env.flush_all()
                with self.assertRaisesRegex(UserError, "working on this case"):
                    self._erase(self._env(self._begin()))
                writer.commit()
                self.assertTrue(self._does(self._begin(), self._erase))
                self.assertFalse(self._left())
            self._again()

    def test_a_hold_set_at_the_same_moment_wins_or_fails(self):
        def hold(env):
            env["sozial.case"].browse(self.case_id).action_set_hold("Lawsuit", "2099-01-01")

        eraser = self._begin()
        self.assertTrue(self._does(self._begin(), hold))
        for _try in range(2):
            self.assertFalse(self._does(eraser, self._erase), "the hold came first")
        self._again()
        holder = self._begin()
        self.assertTrue(self._does(self._begin(), self._erase))
        for _try in range(2):
            self.assertFalse(self._does(holder, hold), "the erasure came first: whoever sets the hold is told")
