from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .submission_common import PDF, SECRET, SubmissionCommon


@tagged("post_install", "-at_install")
class TestCallRetention(SubmissionCommon):
    """Drafts are forgotten by themselves; people in calls that are over by the rules of retention."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("sozial_management_partner.retention_rule_call")

    def _files_of(self, rows):
        files = [("res_model", "=", rows._name), ("res_id", "in", rows.ids), ("res_field", "=", "file")]
        return self.env["ir.attachment"].sudo().search(files)

    def _forget_drafts(self):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", lambda *_args, **_values: 0):
            self.env["sozial.submission"]._cron_forget_drafts()

    def test_drafts_go_thirty_days_after_the_deadline(self):
        draft = self._draft()
        draft._portal_attach("Konzept.pdf", PDF)
        handed_in = self._hand_in(self.other_bidder)
        files = self._files_of(draft.sudo().content_ids)
        self.assertTrue(files)
        self._pass_deadline(self.call, seconds=29 * 86400)
        self._forget_drafts()
        self.assertTrue(draft.sudo().exists())
        self._pass_deadline(self.call, seconds=31 * 86400)
        self._forget_drafts()
        self.assertFalse(draft.sudo().exists())
        self.assertFalse(files.exists(), "with its files")
        self.assertTrue(handed_in.sudo().exists(), "the control")

    def test_drafts_of_a_cancelled_call_go_at_once(self):
        draft = self._draft()
        self.call.with_user(self.procurement)._cancel("Kein Geld")
        self._forget_drafts()
        self.assertFalse(draft.sudo().exists())

    def test_a_draft_thrown_away_takes_its_files_along(self):
        draft = self._draft()
        draft._portal_attach("Konzept.pdf", PDF)
        files = self._files_of(draft.sudo().content_ids)
        draft._portal_withdraw()
        self.assertTrue(files)
        self.assertFalse(files.exists())

    def _over(self, years=5):
        self._open()
        self.call.with_user(self.procurement)._cancel("Kein Geld")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sozial_call SET ended_at = %s WHERE id = %s", [fields.Datetime.now() - timedelta(days=365 * years), self.call.id]
        )
        self.call.invalidate_recordset()

    def _due(self):
        return self.rule._due_rows(self.company, self._today())

    def _found(self, word):
        """Where a word still stands, in all tables of this addon and among the files."""
        self.env.flush_all()
        found = []
        for model in self.env.registry.values():
            if model._auto and not model._abstract and not model._transient and model._original_module == "sozial_management_partner":
                rows = SQL("SELECT count(*) FROM %s t WHERE t::text LIKE %s", SQL.identifier(model._table), f"%{word}%")
                if self.env.execute_query(rows)[0][0]:
                    found.append(model._name)
        return found

    def test_people_go_decisions_stay(self):
        one = self._hand_in().sudo()
        one._write_guarded({"joint_members": SECRET})
        self._draft(self.other_bidder)
        self.call.with_user(self.bidder)._portal_ask(SECRET)
        files = self._files_of(one.content_ids)
        self._over()
        self.assertGreaterEqual(set(self._found(SECRET)), {"sozial.submission", "sozial.submission.content", "sozial.call.question"})
        self.assertIn(self.call, self._due())
        self.rule._erase_rows(self.call)
        self.env.invalidate_all()
        # the protocol of the opening keeps the name of a joint bid: it is an organisation
        self.assertEqual(self._found(SECRET), ["sozial.call.opening"])
        self.assertFalse(files.exists())
        self.assertFalse(one.user_id)
        self.assertEqual((one.partner_id, one.state), (self.caritas, "submitted"))
        self.assertTrue(one.sha256)
        self.assertTrue(self.call.opening_ids.is_intact, "no alarm about what was erased by rule")
        self.assertFalse(self.call._verify_record(), "the file is whole")
        self.assertNotIn(self.call, self._due(), "done once")

    def test_not_before_its_time(self):
        self._over(years=3)
        self.assertNotIn(self.call, self._due(), "three years after the end of the year")
        self.assertNotIn(self._published(), self.rule._due_rows(self.company, self._today() + timedelta(days=9999)), "still runs")

    def test_calls_are_not_deleted_by_a_rule(self):
        with self.assertRaises(ValidationError):
            self.rule.action = "delete"

    def test_the_day_is_not_set_by_hand(self):
        for name in ("ended_at", "anonymised_on"):
            with self.subTest(field=name), self.assertRaises(UserError):
                self.call.with_user(self.procurement).write({name: "2020-01-01"})
