import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon

SECRET = "Kennwort-Zaunkönig"
# Public methods of a case or its children that hand out something of it, and run on a read-only cursor in Odoo.
READS = (
    "read", "web_read", "search", "search_count", "search_fetch", "search_read", "web_search_read", "name_search",
    "web_name_search", "read_group", "web_read_group", "formatted_read_group", "formatted_read_grouping_sets",
    "read_progress_bar",
)  # fmt: skip


class AccessLogCommon(SozialCommon):
    def setUp(self):
        super().setUp()
        self.case = self._open_case(concern=SECRET)
        self.worker.group_ids += self.env.ref("base.group_allow_export")
        self.note = self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "text": SECRET})
        self._logged()

    def _logged(self, kind=None):
        """What was logged since the last call."""
        self.env.cr.flush()
        last = getattr(self, "last_id", 0)
        rows = self.env["sozial.access.log"].sudo().search([("id", ">", last)], order="id")
        self.last_id = max(rows.ids, default=last)
        return rows.filtered(lambda row: row.kind == kind) if kind else rows


@tagged("post_install", "-at_install")
class TestAccessLog(AccessLogCommon):
    """Invariant 5: what somebody reads of a case leaves a row, and the row holds no content."""

    def test_opening_is_one_row_with_the_grant_that_held(self):
        for user, reason in ((self.worker, "lead"), (self.lead, "head")):
            with self.subTest(user=user.login):
                specification = {
                    "concern": {},
                    "contact_ids": {"fields": {"text": {}}},
                    "participant_ids": {"fields": {"partner_id": {"fields": {"display_name": {}}}}},
                }
                self._as(self.case, user).web_read(specification)
                row = self._logged()
                self.assertEqual(len(row), 1)
                self.assertEqual(
                    (row.kind, row.user_id, row.case_id, row.case_number, row.reason, row.company_id, row.res_model),
                    ("opening", user, self.case.id, self.case.name, reason, self.company, "sozial.case"),
                )
                self.assertTrue(row.at)

    def test_every_way_to_read_a_record_is_logged(self):
        case, note = self._as(self.case, self.worker), self._as(self.note, self.worker)
        fresh = {"case_id": case.id}
        for name, call in {
            "read": lambda: case.read(["concern"]),
            "read all": lambda: case.read(),
            "web_save": lambda: case.web_save({"urgency": "1"}, {"concern": {}}),
            "onchange": lambda: case.onchange({}, [], {"concern": {}}),
            "child": lambda: note.read(["text"]),
            "child web_read": lambda: note.web_read({"text": {}}),
            "form of a new child": lambda: note.browse().onchange(fresh, [], {"case_id": {}, "case_partner_ids": {}}),
            "copy_data": lambda: note.copy_data(),
            "by a link": lambda: note.web_read({"case_id": {"fields": {"concern": {}}}}),
            "by another model": lambda: case.access_ids[0].web_read({"case_id": {"fields": {"concern": {}}}}),
        }.items():
            with self.subTest(name):
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertTrue(call())
                self.assertEqual(self._logged("opening").mapped("case_id"), [case.id])

    def test_a_dialog_that_shows_the_client_is_an_opening(self):
        """Made and read by calls, case after case, it would be a list of clients without a trace."""
        for model, name, more in (
            ("sozial.access.receipt", "partner_id", {}),
            ("sozial.signal.set", "subject_id", {"subject_id": self.tenant.id}),
        ):
            dialogs = self._as(self.env[model], self.worker)
            shown = {name: {"fields": {"display_name": {}}}, "case_id": {}}
            for way, call in (
                ("read", lambda dialogs=dialogs, more=more, name=name: dialogs.create({"case_id": self.case.id, **more}).read([name])),
                ("onchange", lambda dialogs=dialogs, shown=shown: dialogs.onchange({"case_id": self.case.id}, ["case_id"], shown)),
                ("default", lambda dialogs=dialogs, shown=shown: (
                    dialogs.with_context(default_case_id=self.case.id).onchange({}, [], shown))),
            ):  # fmt: skip
                with self.subTest(model=model, way=way):
                    call()
                    rows = self._logged("opening")
                    self.assertEqual((rows.case_id, rows.user_id), (self.case.id, self.worker))

    def test_the_number_alone_is_no_opening(self):
        self._as(self.case, self.worker).web_read({"display_name": {}})
        self.assertFalse(self._logged())

    def test_server_code_is_not_logged(self):
        case = self._as(self.case, self.worker)
        self.assertTrue(case.concern)
        self.assertTrue(case.search([], limit=1))
        self.assertTrue(case.sudo().read(["concern"]))
        self.assertFalse(self._logged())

    def test_several_cases_opened_by_id_are_a_row_each(self):
        other = self._open_case()
        (self._as(self.case, self.worker) + other).read(["concern"])
        self.assertEqual(sorted(self._logged().mapped("case_id")), [self.case.id, other.id])

    def test_every_list_is_one_row_with_count_and_hash(self):
        other = self._open_case(concern=SECRET)
        cases, notes = self.env["sozial.case"].with_user(self.worker), self.env["sozial.contact"].with_user(self.worker)
        self.env["sozial.contact"].with_user(self.worker).create({"case_id": other.id, "text": SECRET})
        domain = [("id", "in", (self.case + other).ids)]
        of_notes = [("text", "ilike", SECRET)]
        for name, call in {
            "search_read": lambda: cases.search_read(domain, ["concern"]),
            "web_search_read": lambda: cases.web_search_read(domain, {"concern": {}}),
            "nested": lambda: cases.web_search_read(domain, {"contact_ids": {"fields": {"text": {}}}}),
            "name_search": lambda: cases.name_search("SM-", domain),
            "web_name_search": lambda: cases.web_name_search("SM-", {"concern": {}}, domain),
            "notes": lambda: notes.web_search_read(of_notes, {"text": {}, "case_id": {"fields": {"concern": {}}}}),
            "web_read_group": lambda: cases.web_read_group(domain, ["state"], ["__count"]),
            "board": lambda: cases.web_read_group(
                domain, ["state"], ["__count"], auto_unfold=True, unfold_read_specification={"concern": {}}
            ),
        }.items():
            with self.subTest(name):
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertTrue(call())
                row = self._logged()
                self.assertEqual(len(row), 1)
                self.assertEqual((row.kind, row.row_count, row.company_id), ("list", 2, self.company))
                self.assertFalse(row.case_id or row.case_number or row.reason)
                self.assertRegex(row.domain_hash, "^[0-9a-f]{16}$")

    def test_sums_are_lists(self):
        cases = self.env["sozial.case"].with_user(self.worker)
        for name, call in {
            "formatted_read_group": lambda: cases.formatted_read_group([], ["type_id"], ["__count"]),
            "grouping sets": lambda: cases.formatted_read_grouping_sets([], [["type_id"], []], ["__count"]),
            "read_group": lambda: cases.read_group([], ["__count"], ["type_id"]),
            "progress": lambda: cases.read_progress_bar([], "state", {"field": "urgency", "colors": {"0": "x"}}),
            "panel": lambda: cases.search_panel_select_range("type_id"),
            "panel with filters": lambda: cases.search_panel_select_multi_range("type_id"),
        }.items():
            with self.subTest(name), mute_logger("py.warnings"):
                call()
                self.assertEqual(self._logged().mapped("kind"), ["list"])

    def test_a_list_of_one_case_names_it(self):
        cases, notes = self.env["sozial.case"].with_user(self.worker), self.env["sozial.contact"].with_user(self.worker)
        for call in (
            lambda: cases.search_read([("id", "=", self.case.id)], ["concern"]),
            lambda: notes.web_search_read([("case_id", "=", self.case.id)], {"text": {}}),
        ):
            self.assertTrue(call())
            row = self._logged()
            self.assertEqual((row.kind, row.case_id, row.reason), ("list", self.case.id, "lead"))

    def test_the_same_question_has_the_same_sign(self):
        cases = self.env["sozial.case"].with_user(self.worker)
        signs = []
        for domain in ([("concern", "ilike", SECRET)], [("concern", "ilike", SECRET)], [("concern", "ilike", "x")]):
            cases.search_read(domain, ["state"])
            signs += self._logged().mapped("domain_hash")
        self.assertEqual(signs[0], signs[1])
        self.assertNotEqual(signs[0], signs[2])

    def test_an_export_is_a_row_a_case(self):
        other = self._open_case()
        for records in (self.case + other, self.note, self.case.participant_ids + other.participant_ids):
            with self.subTest(model=records._name):
                self._as(records, self.worker).export_data(["id", "case_id/name" if "case_id" in records else "concern"])
                rows = self._logged("export")
                self.assertEqual(len(rows), len(set(rows.mapped("case_id"))))
                self.assertEqual(set(rows.mapped("case_id")), set(records._logged_case_ids()))

    def test_the_log_holds_no_content(self):
        cases = self.env["sozial.case"].with_user(self.worker)
        cases.search_read([("concern", "ilike", SECRET)], ["concern"])
        cases.browse(self.case.id).read(["concern"])
        cases.browse(self.case.id).export_data(["concern"])
        rows = self._logged()
        self.assertEqual(len(rows), 3)
        self.env.cr.execute("SELECT string_agg(log::text, ' ') FROM sozial_access_log log WHERE id IN %s", [tuple(rows.ids)])
        text = self.env.cr.fetchone()[0]
        self.assertIn(self.case.name, text)
        for word in (SECRET, "Zaunkönig", "concern", self.tenant.name):
            self.assertNotIn(word, text)

    def test_a_refused_read_logs_nothing_and_gives_nothing(self):
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).read(["concern"])
        self.assertFalse(self._logged())

    def test_reads_run_on_a_writable_cursor(self):
        models = [
            model for model in self.env.registry.values()
            if issubclass(model, self.env.registry["sozial.access.logged"]) and not model._abstract
        ]  # fmt: skip
        self.assertGreaterEqual(len(models), 6)
        for model in models:
            for name in READS:
                with self.subTest(model=model._name, method=name):
                    # as Odoo's own routes look it up
                    modes = [
                        getattr(cls, name)._readonly
                        for cls in model.mro() if hasattr(getattr(cls, name, None), "_readonly")
                    ]  # fmt: skip
                    self.assertIs(modes[0], False)

    def test_every_public_read_is_known(self):
        """A read-only method that Odoo adds later has to be looked at."""
        public = {
            name
            for name in dir(self.env.registry["sozial.case"])
            if not name.startswith("_") and any(
                getattr(getattr(cls, name, None), "_readonly", False) for cls in self.env.registry["sozial.case"].mro()
            )
        }  # fmt: skip
        harmless = {"get_formview_action", "get_formview_id", "get_views", "message_get_followers"}
        self.assertEqual(public - harmless, set(READS))


@tagged("post_install", "-at_install")
class TestAppendOnly(AccessLogCommon):
    """Nobody writes, changes or deletes a row, and only data protection reads them."""

    def setUp(self):
        super().setUp()
        self._as(self.case, self.worker).read(["concern"])
        self.row = self._logged()

    def test_nobody_writes_through_the_orm(self):
        values = {"user_id": self.worker.id, "kind": "opening", "at": "2026-01-01"}
        for user in (self.system, self.privacy, self.lead, self.env.user):
            with self.subTest(user=user.login):
                rows = self.row.with_user(user)
                for env in {rows, rows.sudo()}:
                    with self.assertRaises(UserError):
                        env.create(values)
                    with self.assertRaises(UserError):
                        env.write({"user_id": user.id})
                    with self.assertRaises(UserError):
                        env.unlink()
                    with self.assertRaises(UserError):
                        env.copy()

    def test_the_table_refuses_changes_by_sql(self):
        for statement in (
            "UPDATE sozial_access_log SET user_id = 1",
            "DELETE FROM sozial_access_log",
            "TRUNCATE sozial_access_log CASCADE",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_only_data_protection_reads_it(self):
        logs = self.env["sozial.access.log"]
        self.assertEqual(logs.with_user(self.privacy).search([("id", "=", self.row.id)]), self.row)
        for user in (self.system, self.lead, self.worker, self.config, self.report, self.frontdesk, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                logs.with_user(user).search([("id", "=", self.row.id)])

    def test_each_company_reads_its_own(self):
        foreign = self._user("t_privacy_other", "privacy", company=self.other_company)
        row = self._as(self.row, foreign)
        self.assertFalse(row.search([("id", "=", row.id)]))
        self.assertFalse(row.has_access("read"))

    def test_data_protection_reads_the_log_and_no_case(self):
        self.assertEqual(self._as(self.row, self.privacy).case_number, self.case.name)
        with self.assertRaises(AccessError):
            self._as(self.case, self.privacy).read(["name"])

    def test_the_log_outlives_the_case(self):
        number = self.case.name
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM sozial_case WHERE id = %s", [self.case.id])
        self.env.invalidate_all()
        self.assertEqual(self._as(self.row, self.privacy).case_number, number)

    def test_constraints_and_triggers_stand(self):
        self.env.cr.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'sozial_access_log'::regclass AND contype = 'c'")
        self.assertEqual(
            {name for (name,) in self.env.cr.fetchall()},
            {f"sozial_access_log_{name}" for name in ("kind_known", "case_whole", "change_named", "one_thing")},
        )
        self.env.cr.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'sozial_access_log'::regclass AND tgname ~ '^sozial'")
        self.assertEqual(self.env.cr.fetchone()[0], 2)
        self.env.cr.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'sozial_access_log'")
        self.assertGreaterEqual(
            {name for (name,) in self.env.cr.fetchall()},
            {f"sozial_access_log_{name}" for name in ("of_case", "of_number", "of_user", "by_time")},
        )
