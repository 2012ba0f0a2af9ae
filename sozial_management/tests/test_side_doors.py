"""Ways into a case other than opening it, through the ORM. Each with its control: who may, gets it."""

from odoo import Command, fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sozial_management.models.case.secrecy import is_confidential

from .rights.matrix import OF_A_CASE
from .rights.rows import ROWS
from .side_doors import CLIENT, SECRET, ButtonCase, SideDoorCase


@tagged("post_install", "-at_install")
class TestQuestions(SideDoorCase):
    """Searching, counting, grouping, summing, sorting: what is asked of rows one does not see."""

    def _answers(self, user, call):
        """What a call gives a user; nothing if it is refused."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            return call(self._mine("sozial.case", user), self._mine("sozial.contact", user))
        except AccessError as error:
            self.assert_silent(error)
            return None

    def test_every_way_to_ask(self):
        case, note = self.case.id, self.note.id
        this, this_note = [("id", "=", case)], [("id", "=", note)]
        questions = {
            "search": lambda cases, notes: cases.search(this).ids,
            "content": lambda cases, notes: notes.search([("text", "ilike", SECRET)]).ids,
            "client": lambda cases, notes: cases.search([("client_id.name", "=", CLIENT)]).ids,
            "dotted": lambda cases, notes: notes.search([("case_id.concern", "ilike", SECRET)]).ids,
            "any": lambda cases, notes: notes.search([("case_id", "any", [("concern", "ilike", SECRET)])]).ids,
            "child": lambda cases, notes: cases.search([("contact_ids.text", "ilike", SECRET)]).ids,
            "names": lambda cases, notes: cases.name_search(self.case.name),
            "web names": lambda cases, notes: cases.web_name_search(self.case.name, {"display_name": {}}),
            "list": lambda cases, notes: cases.web_search_read(this, {"concern": {}})["records"],
            "read": lambda cases, notes: cases.browse(case).read(["concern"]),
            "metadata": lambda cases, notes: cases.browse(case).get_metadata(),
            "group": lambda cases, notes: cases.formatted_read_group(this, ["client_id"], ["__count"]),
            "web group": lambda cases, notes: cases.web_read_group(this, ["client_id"], ["__count"])["groups"],
            "sums": lambda cases, notes: [n for (n,) in notes._read_group(this_note, [], ["minutes:sum", "__count"][1:]) if n],
            "grouping sets": lambda cases, notes: cases.formatted_read_grouping_sets(this, [["worker_id"]], ["__count"])[0],
            "progress bar": lambda cases, notes: cases.read_progress_bar(
                this, "type_id", {"field": "state", "colors": {"intake": "success"}}),
            "panel": lambda cases, notes: [
                one for one in cases.search_panel_select_multi_range("worker_id", search_domain=this, enable_counters=True)["values"]
                if one["__count"]],
            "activities": lambda cases, notes: self.env["mail.activity"].with_env(cases.env).get_activity_data(
                "sozial.case", this)["activity_res_ids"],
        }  # fmt: skip
        self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        for name, question in questions.items():
            with self.subTest(question=name):
                self.assertTrue(self._answers(self.worker, question), "the control: who may, gets it")
                for user in self.intruders:
                    self.assertFalse(self._answers(user, question), user.login)

    def test_sorting_does_not_order_by_what_is_not_seen(self):
        """A case taken up again shows nothing of the earlier one, its place in a sorted list neither."""
        early = self._open_case(level="strict", urgency="0", concern=SECRET)
        late = self._open_case(level="strict", urgency="2", concern=SECRET)
        mine = [self._open_case(self.colleague, level="strict") for _each in range(2)]
        for (first, second) in ((early, late), (late, early)):
            mine[0].sudo()._write_guarded({"reopened_from_id": first.id})
            mine[1].sudo()._write_guarded({"reopened_from_id": second.id})
            self.env.flush_all()
            ids = [case.id for case in mine]
            by_id = [case.id for case in sorted(mine, key=lambda case: case.sudo().reopened_from_id.id)]
            cases = self._mine("sozial.case", self.colleague)
            with self.subTest(first=first.urgency):
                self.assertEqual(cases.search([("id", "in", ids)], order="reopened_from_id, id").ids, by_id)
                self.assertFalse(cases.search([("reopened_from_id.concern", "ilike", SECRET)]))
                self.assertFalse(cases.search([("reopened_from_id.urgency", "=", "2")]))
                for read in (
                    lambda: mine[0].reopened_from_id.concern,
                    lambda: mine[0].web_read({"reopened_from_id": {"fields": {"concern": {}}}}),
                ):
                    with self.assertRaises(AccessError):
                        read()
                [answer] = mine[0].web_read({"reopened_from_id": {"fields": {"display_name": {}}}})
                self.assertEqual(answer["reopened_from_id"], {"id": first.id, "display_name": first.name})

    def test_sorting_by_hand_over(self):
        """A hand-over a colleague took is not seen, and does not sort the case that came of it either."""
        handovers = self.env["sozial.handover"].sudo().create(
            [
                {"topic_id": self.topic.id, "summary": "x", "tenant_knows": "yes", "partner_id": self.tenant.id, "urgency": urgency}
                for urgency in ("0", "2")
            ]
        )  # fmt: skip
        mine = [self._open_case(self.colleague, level="strict") for _each in range(2)]
        for case, handover in zip(mine, handovers, strict=True):
            case.sudo()._write_guarded({"handover_id": handover.id})
        ids = [case.id for case in mine]
        self.env.flush_all()
        found = self._mine("sozial.case", self.colleague).search([("id", "in", ids)], order="handover_id")
        self.assertEqual(found.ids, ids)

    def test_models_of_the_house_do_not_lead_into_a_case(self):
        """No field of a model that others read points at what belongs to a case."""
        leading = {
            f"{model}.{name}"
            for model, cls in self.env.registry.items()
            if model not in OF_A_CASE and not cls._abstract and not is_confidential(self.env, model)
            for name, field in cls._fields.items()
            if field.relational and field.comodel_name in OF_A_CASE and field.groups != fields.NO_ACCESS
        }
        # lists, read and searched under the rules of what they show, and in the order of nothing
        under_rules = {"sozial.case.transfer.line_ids", "sozial.case.transfer.ask.case_ids", "sozial.standin.ask.case_ids"}
        under_rules.add("sozial.handover.join.to_case_id")  # own dialogs, and none names a foreign case (test_handover_join)
        self.assertEqual(leading, under_rules)
        pointing = {
            name for name in OF_A_CASE for field in self.env[name]._fields.values()
            if field.relational and field.comodel_name in OF_A_CASE
        }
        self.assertIn("sozial.contact", pointing, "the positive control")

    def test_nothing_is_skipped_by_a_link(self):
        """`bypass_search_access` and `any!` would look past the rules of a case."""
        for cls in self.env.registry.values():
            for field in cls._fields.values():
                if field.relational and field.comodel_name in OF_A_CASE:
                    with self.subTest(field=str(field)):
                        self.assertFalse(getattr(field, "bypass_search_access", False))
        for rule in self.env["ir.rule"].search([("model_id.model", "=like", "sozial.%")]):
            self.assertNotIn("any!", rule.domain_force)


@tagged("post_install", "-at_install")
class TestErrors(SideDoorCase):
    """A refusal does not tell what it refuses, in debug mode neither."""

    def setUp(self):
        super().setUp()
        # debug mode: Odoo gives this group to whoever asks for it by the address
        has_group = type(self.env["res.users"]).has_group
        self.patch(
            type(self.env["res.users"]), "has_group",
            lambda user, name: name == "base.group_no_one" or has_group(user, name),
        )  # fmt: skip

    def test_no_error_names_anything(self):
        for model, row in self.rows.items():
            for user in (self.colleague, self.lead, self.system):
                mine = self._as(row, user)
                for call in (
                    lambda mine=mine: mine.read(["create_uid"]),
                    lambda mine=mine: mine.write({"create_uid": self.worker.id}),
                    lambda mine=mine: mine.unlink(),
                    lambda mine=mine: mine.export_data(["create_date"]),
                ):
                    with self.subTest(model=model, user=user.login):
                        with self.assertRaises(UserError) as caught:
                            call()
                        self.assert_silent(caught.exception, f"{row._name}: {row.id}", f"({row.id}", "company=")
                        self.assertFalse(getattr(caught.exception, "context", None), "no hint at another company")

    def test_debug_mode_names_other_records(self):
        """The control: Odoo itself would name them."""
        other = self.env["sozial.quarter"].create({"name": "Süd", "company_id": self.other_company.id})
        with self.assertRaises(AccessError) as caught:
            self._as(other, self.colleague).read(["name"])
        self.assertIn("Süd", str(caught.exception))

    def test_roles_without_cases_cannot_tell_one_that_exists(self):
        missing = self.case.browse(10**8)
        for user in (self.frontdesk, self.system, self.portal, self.config):
            told = set()
            for record in (self.case, missing):
                with self.subTest(user=user.login), self.assertRaises(AccessError) as caught:
                    self._as(record, user).read(["name"])
                told.add(str(caught.exception))
            self.assertEqual(len(told), 1)

    def test_entering_into_a_foreign_case_is_refused_before_the_database_is_asked(self):
        """Otherwise "takes part already" would tell a colleague who is a client."""
        participants = self._mine("sozial.case.participant", self.colleague)
        stranger = self.env["res.partner"].create({"name": "Niemand"})
        told = set()
        for partner in (self.tenant, stranger):
            with self.assertRaises(AccessError) as caught, self.env.cr.savepoint():
                participants.create({"case_id": self.case.id, "partner_id": partner.id, "role": "client"})
            told.add(str(caught.exception))
        self.assertEqual(len(told), 1)
        with self.assertRaises(AccessError):
            participants.with_context(default_case_id=self.case.id).create({"partner_id": self.tenant.id, "role": "client"})

    def test_entering_any_row_into_a_foreign_case(self):
        for model in sorted(set(OF_A_CASE) - {"sozial.case"}):
            with self.subTest(model=model), self.assertRaises(AccessError) as caught, self.env.cr.savepoint():
                self._mine(model, self.colleague).create(ROWS[model](self.place))
            self.assert_silent(caught.exception)


@tagged("post_install", "-at_install")
class TestBulk(SideDoorCase):
    """Import and export."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = [user for user in cls.intruders if user._is_internal()] + [cls.worker]
        cls.env.ref("base.group_allow_export").user_ids = [Command.link(user.id) for user in users]

    def test_export(self):
        paths = ["name", "concern", "client_id/name", "contact_ids/text", "participant_ids/partner_id/name"]
        self.assertIn(SECRET, str(self._as(self.case, self.worker).export_data(paths)), "the control")
        for user in self.intruders:
            with self.subTest(user=user.login), self.assertRaises(UserError) as caught:
                self._as(self.case, user).export_data(paths)
            self.assert_silent(caught.exception)

    def test_export_of_a_tenant_or_tenancy_leads_nowhere(self):
        for record in (self.tenant, self.tenancy):
            for name, field in record._fields.items():
                if field.relational and field.comodel_name in OF_A_CASE:
                    self.fail(f"{record._name}.{name} leads into cases")

    def test_import_over_a_foreign_row(self):
        """By database id and by external id; nothing is changed, and the messages name nothing."""
        self.env["ir.model.data"].create(
            {"module": "__test__", "name": "note", "model": "sozial.contact", "res_id": self.note.id}
        )
        for user in (self.colleague, self.system):
            notes = self._mine("sozial.contact", user)
            for head, key in ((".id", str(self.note.id)), ("id", "__test__.note")):
                with self.subTest(user=user.login, key=head), mute_logger("odoo.models", "odoo.orm.models"):
                    told = self._try(lambda notes=notes, head=head, key=key: notes.load([head, "text"], [[key, "neu"]]))
                    self.assertFalse(isinstance(told, dict) and told.get("ids"))
                    self.assert_silent(told)
                    self.env.invalidate_all()
                    self.assertEqual(self.note.sudo().text, SECRET)
        with mute_logger("odoo.models", "odoo.orm.models"):
            done = self._mine("sozial.contact").load([".id", "text"], [[str(self.note.id), SECRET + " neu"]])
        self.assertEqual(done["ids"], self.note.ids, "the control")

    def test_import_into_a_foreign_case(self):
        notes = self._mine("sozial.contact", self.colleague)
        for head, key in (("case_id/.id", str(self.case.id)), ("case_id", self.case.name)):
            with self.subTest(key=head):
                told = self._try(lambda head=head, key=key: notes.load([head, "text"], [[key, "neu"]]))
                self.assertFalse(isinstance(told, dict) and told.get("ids"))
                # what was typed is repeated, nothing else
                self.assertNotIn(CLIENT, str(told))
        self.assertFalse(self.env["sozial.contact"].sudo().search([("text", "=", "neu")]))

    def _try(self, call):
        savepoint = self.env.cr.savepoint()
        try:
            return call()
        except UserError as error:
            return error
        finally:
            savepoint.close(rollback=True)


@tagged("post_install", "-at_install")
class TestForms(SideDoorCase):
    """Forms that are not saved: they may name any record's id, and tell nothing about it."""

    def _form(self, user, model, name, values):
        records = self._mine(model, user)
        spec = {
            field: {"fields": {"display_name": {}}} if records._fields[field].relational else {}
            for field in records._fields
            if records._has_field_access(records._fields[field], "read")
        }
        return records.onchange(values, [name], spec)

    def _links(self):
        """Every field of our models by which a form could point at something of the case."""
        for model, cls in sorted(self.env.registry.items()):
            if not model.startswith("sozial.") or cls._abstract:
                continue
            for name, field in cls._fields.items():
                if field.relational and field.comodel_name in OF_A_CASE and not field.inherited:
                    row = self.rows[field.comodel_name]
                    yield model, name, row.id if field.type == "many2one" else [Command.link(row.id)]

    def test_pointing_at_a_foreign_row(self):
        links = list(self._links())
        self.assertGreater(len(links), 15)
        for model, name, value in links:
            with self.subTest(model=model, field=name):
                for user in (self.colleague, self.system):
                    self.env.flush_all()
                    self.env.invalidate_all()
                    try:
                        told = self._form(user, model, name, {name: value})
                    except (AccessError, UserError, MissingError) as error:
                        told = error
                    for word in (SECRET, CLIENT):
                        self.assertNotIn(word, str(told), user.login)

    def test_stored_sums_do_not_count_foreign_rows(self):
        """Asked for alone, without the link: what is stored is computed without rules."""
        for model, name, value in self._links():
            if not issubclass(self.env.registry[model], self.env.registry["sozial.hidden"]):
                continue
            shapes = [value, {"id": value}] if isinstance(value, int) else [value, [Command.set([value[0][1]])]]
            for shape in shapes:
                with self.subTest(model=model, field=name, shape=shape):
                    with self.assertRaises(AccessError):
                        self._mine(model, self.colleague).onchange({name: shape}, [name], {})
                    with self.assertRaises(AccessError):
                        self._mine(model, self.colleague).with_context(**{f"default_{name}": shape}).onchange({}, [], {})

    def test_lines_in_lines_are_asked_for_too(self):
        share = Command.create({"claim_id": self.rows["sozial.debt.claim"].id})
        plans = self._mine("sozial.instalment.plan", self.colleague)
        with self.assertRaises(AccessError):
            plans.onchange({"share_ids": [share]}, ["share_ids"], {"total": {}})

    def test_the_control(self):
        self.assertIn(CLIENT, str(self._form(self.worker, "sozial.contact", "case_id", {"case_id": self.case.id})))

    def test_dialogs_opened_for_a_foreign_case(self):
        for model in ("sozial.contact", "sozial.consent", "sozial.signal.set", "sozial.case.participant"):
            records = self._mine(model, self.colleague).with_context(default_case_id=self.case.id)
            with self.subTest(model=model):
                try:
                    told = records.default_get(list(records._fields))
                except AccessError as error:
                    told = error
                self.assertNotIn(SECRET, str(told))
                self.assertNotIn(CLIENT, str(told))

    def test_quick_creation(self):
        with self.assertRaises(UserError):
            self._mine("sozial.case", self.colleague).name_create(self.case.name)
        with self.assertRaises(UserError):
            self._as(self.case, self.colleague).copy()
        with self.assertRaises(AccessError):
            self._as(self.note, self.colleague).copy()


@tagged("post_install", "-at_install")
class TestButtons(ButtonCase):
    """Every public method is an API: on a foreign case each is refused, and says nothing."""

    def test_each_is_refused(self):
        tried = 0
        for model, row in self.rows.items():
            for name in self._methods(model):
                method = getattr(type(self.env[model]), name)
                if getattr(method, "_api_private", False) or isinstance(method, type):
                    continue
                arguments = self._arguments(name, method)
                for user in (self.colleague, self.lead, self.system):
                    with self.subTest(model=model, method=name, user=user.login):
                        self._refused(self._as(row, user), name, arguments)
                        tried += 1
        self.assertGreater(tried, 60)

    def _refused(self, row, name, arguments):
        savepoint = self.env.cr.savepoint()
        try:
            with self.assertRaises(UserError) as caught:
                getattr(row, name)(*arguments)
        finally:
            savepoint.close(rollback=True)
        self.assert_silent(caught.exception)
