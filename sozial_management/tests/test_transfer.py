import datetime as dt

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestTransfer(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case, cls.second = cls._open_case(), cls._open_case(type_id=cls.env.ref("sozial_management.case_type_rent_debt").id)
        cls.strict = cls._open_case(level="strict")
        cls.transfers = cls.env["sozial.case.transfer"]

    def _ask(self, cases=None, user=None, to=None, **values):
        """A request of the worker to the colleague, as the one who was asked sees it."""
        cases = (self.case | self.second | self.strict if cases is None else cases).with_user(user or self.worker)
        transfer = self.transfers.with_user(user or self.worker)._ask(cases, to or self.colleague, "workload", **values)
        return self._as(transfer, to or self.colleague)

    # what is asked ------------------------------------------------------------------------

    def test_the_colleague_sees_a_number_and_no_case(self):
        transfer = self._ask(note="Kennwort-Zaunkönig")
        self.assertEqual(transfer.case_count, 3)
        self.assertFalse(transfer.line_ids)
        self.assertFalse(self.env["sozial.case.transfer.line"].with_user(self.colleague).search([]))
        self.assertFalse(self._as(self.case, self.colleague).search([("id", "=", self.case.id)]))
        shown = str(transfer.read())
        for word in ("Zaunkönig", self.tenant.name, self.case.name):
            self.assertNotIn(word, shown)

    def test_the_notice_names_nobody(self):
        self._ask()
        message = self.env["mail.message"].search([("partner_ids", "in", self.colleague.partner_id.ids)], order="id desc", limit=1)
        self.assertIn("3", message.body)
        for word in (self.tenant.name, self.case.name):
            self.assertNotIn(word, f"{message.subject} {message.body}")

    def test_only_people_concerned_see_the_request(self):
        transfer = self._ask()
        for user in (self.frontdesk, self.privacy, self.system):
            with self.assertRaises(AccessError):
                self._as(transfer, user).read(["case_count"])
        third = self._user("t_third", "worker")
        self.assertFalse(self._as(transfer, third).search([("id", "=", transfer.id)]))
        self.assertTrue(self._as(transfer, self.worker).search([("id", "=", transfer.id)]))

    def test_who_may_ask(self):
        with self.assertRaises(AccessError):
            self._ask(self.case, user=self.colleague, to=self.lead)
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        with self.assertRaisesRegex(AccessError, "worker in charge or the head"):
            self._ask(self.case, user=self.colleague, to=self.lead)
        self._ask(self.case, user=self.lead)

    def test_the_head_cannot_move_a_strict_case(self):
        with self.assertRaises(AccessError):
            self._ask(self.strict, user=self.lead)

    def test_what_cannot_be_asked(self):
        closed = self._open_case(close_reason="not_responsible")
        closed.action_decline()
        foreign = self._user("t_foreign", "worker", company=self.other_company)
        for cases, to, text in (
            (self.case.browse(), self.colleague, "at least one"),
            (closed, self.colleague, "is closed"),
            (self.case, self.worker, "another colleague"),
            (self.case, self.frontdesk, "active social worker"),
            (self.case, foreign, "active social worker"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, text):
                self._ask(cases, to=to)
        self._ask(self.case)
        with self.assertRaisesRegex(UserError, "offered to a colleague already"):
            self._ask(self.case)

    def test_a_conflict_of_interest_blocks(self):
        self.second.action_lock_out(self.colleague.id, "Nachbarin")
        with self.assertRaisesRegex(UserError, self.second.name):
            self._ask()

    # the answer ---------------------------------------------------------------------------

    def test_accepting_moves_access_and_all_that_is_open(self):
        self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        deadline = self.env["sozial.deadline"].with_user(self.worker).create(
            {"case_id": self.case.id, "name": "Unterlagen", "due": "2099-01-01", "standin_id": self.lead.id}
        )
        action = self._ask(note="Tochter hilft").action_accept()
        self.assertEqual(action["domain"], [("id", "in", (self.case | self.second | self.strict).ids)])
        for case in self.case | self.second | self.strict:
            self.assertEqual(case.sudo().worker_id, self.colleague)
            with self.assertRaises(AccessError):
                self._as(case, self.worker).read(["concern"])
        taken = self._as(self.case, self.colleague)
        self.assertEqual(taken.activity_ids.user_id, self.colleague)
        self.assertEqual(deadline.sudo().user_id, self.colleague)
        self.assertEqual(taken.step_ids.user_id, self.colleague)
        self.assertEqual(taken.transfer_line_ids.note, "Tochter hilft")

    def test_the_head_keeps_standing_access_but_not_to_strict_cases(self):
        self._ask().action_accept()
        self.assertIn(self.lead, self.case.sudo()._granted_users())
        self.assertEqual(self.strict.sudo()._granted_users(), self.colleague)

    def test_the_former_worker_may_work_along_for_a_while(self):
        self._ask(self.case, keep_until=self._today() + dt.timedelta(days=7)).action_accept()
        self.assertTrue(self._as(self.case, self.worker).read(["concern"]))
        self.assertEqual(self.case.sudo().access_ids.filtered(lambda grant: grant.kind == "co").user_id, self.worker)

    def test_working_along_ends_with_the_day_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "Europe/Berlin"
        self._ask(self.case, keep_until=dt.date(2031, 7, 1)).action_accept()
        along = self.case.sudo().access_ids.filtered(lambda grant: grant.kind == "co")
        self.assertEqual(along.valid_until, dt.datetime(2031, 7, 1, 22))

    def test_declining_needs_a_reason_and_changes_nothing(self):
        transfer = self._ask()
        with self.assertRaisesRegex(UserError, "Why not"):
            transfer.action_decline()
        transfer.decline_reason = "Im Dezember nicht da"
        transfer.action_decline()
        self.assertEqual(self.case.sudo().worker_id, self.worker)
        self.assertEqual(self._as(transfer, self.worker).decline_reason, "Im Dezember nicht da")
        self._ask()  # may be asked anew

    def test_only_who_was_asked_answers_and_once(self):
        transfer = self._ask()
        for call in ("action_accept", "action_decline"):
            with self.assertRaisesRegex(AccessError, "somebody else"):
                getattr(self._as(transfer, self.worker), call)()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            transfer.action_withdraw()
        self._as(transfer, self.worker).action_withdraw()
        with self.assertRaisesRegex(UserError, "answered already"):
            transfer.action_accept()

    def test_what_came_in_between_stays(self):
        """Closed meanwhile, or a conflict of interest: the rest moves all the same."""
        transfer = self._ask()
        self.second.action_lock_out(self.colleague.id, "Nachbarin")
        self.strict.write({"close_reason": "not_responsible"})
        self.strict.action_decline()
        transfer.action_accept()
        self.assertEqual(transfer.moved_count, 1)
        self.assertEqual(self.second.sudo().worker_id, self.worker)
        self.assertNotIn(self.colleague, self.second.sudo()._granted_users())

    def test_nothing_is_written_past_the_buttons(self):
        transfer = self._ask()
        for values in ({"state": "accepted"}, {"to_user_id": self.worker.id}, {"case_count": 1}):
            with self.assertRaisesRegex(UserError, "by its buttons"):
                transfer.write(values)
        with self.assertRaisesRegex(UserError, "Why not"):
            self._as(transfer, self.worker).write({"decline_reason": "x"})
        line = self._as(self.case, self.worker).transfer_line_ids
        for values in ({"state": "moved"}, {"transfer_id": self._ask(self._open_case()).id}):
            with self.assertRaisesRegex(UserError, "not set directly"):
                line.write(values)
        transfer.action_accept()
        with self.assertRaisesRegex(UserError, "stays as it was"):
            self._as(self.case, self.colleague).transfer_line_ids.write({"note": "x"})

    def test_the_database_keeps_one_request_a_case(self):
        transfer = self._ask(self.case).sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["sozial.case.transfer.line"].sudo().create({"case_id": self.case.id, "transfer_id": transfer.id})
            self.env.flush_all()

    def test_the_dialog_offers_the_whole_caseload(self):
        dialog = self.env["sozial.case.transfer.ask"].with_user(self.worker).create({"to_user_id": self.colleague.id})
        self.assertEqual(dialog.case_ids, (self.case | self.second | self.strict).with_user(self.worker))
        action = dialog.action_confirm()
        self.assertEqual(self.transfers.browse(action["res_id"]).case_count, 3)
        of_worker = self.env["sozial.case.transfer.ask"].with_user(self.lead).with_context(sozial_worker_id=self.worker.id)
        self.assertEqual(set(of_worker.create({}).case_ids.ids), set((self.second | self.case).ids))


@tagged("post_install", "-at_install")
class TestStandin(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case, cls.strict = cls._open_case(), cls._open_case(level="strict")
        year = cls._today().year + 1
        cls.first, cls.last = dt.date(year, 12, 21), dt.date(year + 1, 1, 3)

    def _arrange(self, cases=None, user=None, standin=None, first=None, last=None):
        cases = (self.case | self.strict if cases is None else cases).with_user(user or self.worker)
        return self.env["sozial.standin"].with_user(user or self.worker)._arrange(
            cases, standin or self.colleague, first or self.first, last or self.last
        )

    def _reads(self, user=None):
        mine = self._as(self.case, user or self.colleague)
        return mine.search_count([("id", "in", (self.case | self.strict).ids)])

    def test_access_begins_and_ends_by_its_days(self):
        """The record rules ask the database for the time, so its grants are dated around now."""
        today = self._today()
        self._arrange(self.case, first=today + dt.timedelta(days=1), last=today + dt.timedelta(days=3))
        self.assertEqual(self._reads(), 0)
        self._arrange(first=today, last=today)
        self.assertEqual(self._reads(), 2)
        grants = self.case.sudo().access_ids.filtered("absence_id")
        self.env.cr.execute(
            "UPDATE sozial_case_access SET valid_from = valid_from - interval '9 days', valid_until = valid_until - interval '9 days' "
            "WHERE id IN %s", [tuple(grants.ids)]
        )  # fmt: skip
        self.assertEqual(self._reads(), 1, "over")

    def test_the_days_are_whole_days_where_one_lives(self):
        self._arrange(self.case)
        grant = self.case.sudo().access_ids.filtered("absence_id")
        self.assertEqual((grant.kind, grant.user_id), ("standin", self.colleague))
        self.assertEqual((grant.valid_from, grant.valid_until), (
            dt.datetime.combine(self.first - dt.timedelta(days=1), dt.time(23)), dt.datetime.combine(self.last, dt.time(23)),
        ))

    def test_ending_early_ends_every_grant(self):
        today = self._today()
        absence = self._arrange(first=today, last=today)
        self.assertEqual(self._as(absence, self.colleague).state, "running")
        self._as(absence, self.colleague).action_end()
        self.assertEqual(self._reads(), 0)
        self.assertEqual(absence.state, "over")
        with self.assertRaisesRegex(UserError, "over already"):
            absence.action_end()

    def test_both_are_told_and_no_case_is_named(self):
        today = self._today()
        self._arrange(first=today, last=today, user=self.lead, cases=self.case)
        for user in (self.worker, self.colleague):
            message = self.env["mail.message"].search([("partner_ids", "in", user.partner_id.ids)], order="id desc", limit=1)
            self.assertIn(self.worker.name, message.body)
            self.assertNotIn(self.case.name, message.body)

    def test_who_is_shut_out_is_left_out(self):
        self.case.action_lock_out(self.colleague.id, "Nachbar")
        today = self._today()
        absence = self._arrange(first=today, last=today)
        self.assertEqual((absence.case_count, absence.skipped_count), (1, 1))
        self.assertEqual(self._reads(), 1)
        with self.assertRaisesRegex(UserError, "conflict of interest"):
            self._arrange(self.case, first=today, last=today)

    def test_access_that_ends_before_the_absence_does_not_count(self):
        today = self._today()
        end = dt.datetime.combine(today + dt.timedelta(days=5), dt.time(12))
        self.case.action_grant_access(self.colleague.id, "co", "Tandem", end)
        self.strict.action_grant_access(self.colleague.id, "co", "Tandem")
        absence = self._arrange(first=today, last=today + dt.timedelta(days=5))
        self.assertEqual((absence.case_count, absence.skipped_count), (1, 1))
        self.assertEqual(self.case.sudo().access_ids.filtered("absence_id").user_id, self.colleague)
        self.assertFalse(self.strict.sudo().access_ids.filtered("absence_id"), "works along without an end")

    def test_emergency_access_is_no_stand_in(self):
        self.env["sozial.emergency"].with_user(self.colleague).with_context(allowed_company_ids=self.company.ids).action_open(
            "Hilferufe gehört", case_number=self.case.name
        )
        today = self._today()
        tomorrow = today + dt.timedelta(days=1)  # in the evening it would last for the rest of today
        self.assertEqual(self._arrange(self.case, first=today, last=tomorrow).case_count, 1)

    def test_a_caseload_costs_no_query_a_case(self):
        """Rights, conflicts and grants are each asked once for all cases."""
        many = self.case.browse().union(*(self._open_case() for _number in range(6)))
        counts = []
        for cases, day in ((many[:2], 1), (many[2:], 9)):
            cases = cases.with_user(self.worker)
            cases.mapped("name"), self.env.flush_all()
            absence, start, stop = self.env["sozial.standin"], dt.datetime(2099, 1, day), dt.datetime(2099, 1, day + 1)
            before = self.env.cr.sql_log_count
            self.assertFalse(cases._reading_throughout(self.colleague, start, stop) | cases._shutting_out(self.colleague))
            self.assertIsNone(absence.with_user(self.worker)._problem(cases, self.colleague, self.first, self.last))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_what_cannot_be_arranged(self):
        for values, text in (
            ({"standin": self.worker}, "another colleague"),
            ({"standin": self.frontdesk}, "active social worker"),
            ({"last": self.first - dt.timedelta(days=20)}, "after the first day"),
            ({"first": dt.date(2020, 1, 1), "last": dt.date(2020, 1, 2)}, "in the future"),
            ({"cases": self.case.browse()}, "at least one"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, text):
                self._arrange(**values)
        with self.assertRaises(AccessError):
            self._arrange(self.strict, user=self.lead)
        with self.assertRaises(AccessError):
            self._arrange(self.case, user=self.colleague, standin=self.lead)

    def test_only_people_concerned_see_and_end_it(self):
        absence = self._arrange()
        third = self._user("t_third", "worker")
        self.assertFalse(self._as(absence, third).search([("id", "=", absence.id)]))
        with self.assertRaises(AccessError):
            self._as(absence, third).action_end()
        with self.assertRaises(AccessError):
            absence.with_user(self.worker).write({"date_until": "2099-01-01"})

    def test_the_list_says_for_whom_i_stand_in(self):
        absence = self._arrange()
        mine = [("standin_id", "=", self.colleague.id), ("state", "=", "planned")]
        found = self.env["sozial.standin"].with_user(self.colleague).search(mine)
        self.assertEqual(found, absence)
        self.assertFalse(found.search([("state", "in", ["running", "over"]), ("id", "=", absence.id)]))

    def test_the_dialog_needs_both_days(self):
        dialog = self.env["sozial.standin.ask"].with_user(self.worker).create({"standin_id": self.colleague.id})
        with self.assertRaisesRegex(UserError, "enter both"):
            dialog.action_confirm()
        dialog.date_until = dialog.date_from
        self.assertEqual(self.env["sozial.standin"].browse(dialog.action_confirm()["res_id"]).case_count, 2)
