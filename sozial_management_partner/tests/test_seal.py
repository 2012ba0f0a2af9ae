"""Ways to a sealed submission through the ORM. Each with its control: its organisation gets it by the same call."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.submission.sealed import is_sealed
from .submission_common import SECRET, SealedCase

# without access lines for anybody
NOBODY = ("sozial.call.record.waiting", "sozial.call.news")


@tagged("post_install", "-at_install")
class TestQuestions(SealedCase):
    """Searching, counting, grouping, sorting, exporting: what is asked of rows one does not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the right to export at all is Odoo's own; here only what may be exported matters
        cls.env.ref("base.group_allow_export").user_ids = [
            Command.link(user.id) for user in cls.outsiders if user._is_internal()
        ]

    def _questions(self):
        this, row = [("id", "=", self.submission.id)], [("id", "=", self.answer.id)]
        number, plain = self.submission.sudo().number, {"number": {}}
        return {
            "search": lambda s, c, late: s.search(this).ids,
            "everything": lambda s, c, late: s.search([]).ids,
            "count": lambda s, c, late: s.search_count([]),
            "count of content": lambda s, c, late: c.search_count([]),
            "count of late ones": lambda s, c, late: late.search_count([]),
            "content": lambda s, c, late: c.search([("answer", "ilike", SECRET)]).ids,
            "dotted": lambda s, c, late: s.search([("content_ids.answer", "ilike", SECRET)]).ids,
            "upwards": lambda s, c, late: c.search([("submission_id.number", "=", number)]).ids,
            "any": lambda s, c, late: s.search([("content_ids", "any", [("answer", "ilike", SECRET)])]).ids,
            "organisation": lambda s, c, late: s.search([("partner_id", "=", self.caritas.id)]).ids,
            "names": lambda s, c, late: s.name_search(number),
            "web names": lambda s, c, late: s.web_name_search(number, {"display_name": {}}),
            "read": lambda s, c, late: s.browse(self.submission.id).read(["number"]),
            "web read": lambda s, c, late: s.browse(self.submission.id).web_read(plain),
            "list": lambda s, c, late: s.web_search_read(this, plain)["records"],
            "search and read": lambda s, c, late: s.search_read(this, ["number"]),
            "display name": lambda s, c, late: s.browse(self.submission.id).display_name,
            "one field": lambda s, c, late: c.browse(self.answer.id).answer,
            "group": lambda s, c, late: s.formatted_read_group(this, ["lot_id"], ["__count"]),
            "group of all": lambda s, c, late: s.formatted_read_group([], ["call_id"], ["__count"]),
            "web group": lambda s, c, late: s.web_read_group(this, ["lot_id"], ["__count"])["groups"],
            "sums": lambda s, c, late: [n for (n,) in c._read_group([("kind", "=", "file")], [], ["size:sum"]) if n],
            "grouping sets": lambda s, c, late: s.formatted_read_grouping_sets(this, [["lot_id"]], ["__count"])[0],
            "sorted": lambda s, c, late: s.search([], order="submitted_at_us desc", limit=1).ids,
            "export": lambda s, c, late: s.browse(self.submission.id).export_data(["number", "content_ids/answer"])["datas"],
            "export of content": lambda s, c, late: c.browse(self.answer.id).export_data(["answer"])["datas"],
            "metadata": lambda s, c, late: s.browse(self.submission.id).get_metadata(),
            "row": lambda s, c, late: c.search(row).ids,
        }  # fmt: skip

    def _answer(self, user, question):
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            return question(*(self._mine(model, user) for model in self.rows))
        except (AccessError, UserError) as error:
            self.assert_silent(error, str(self.submission.id))
            return None

    # what a portal user may not ask at all, though the row is theirs: the control is then the office after the opening
    STAFF_ONLY = {"export", "export of content", "metadata", "sums"}

    def test_every_way_to_ask(self):
        questions = self._questions()
        for name, question in questions.items():
            with self.subTest(question=name):
                if name not in self.STAFF_ONLY:
                    self.assertTrue(self._answer(self.bidder, question), "the control: the bidder gets it")
                for user in self.outsiders:
                    told = self._answer(user, question)
                    if user == self.other_bidder and name in ("everything", "count", "count of content", "group of all", "sorted", "sums"):
                        self.assert_silent(told)  # their own ones
                    else:
                        self.assertFalse(told, user.login)
        self._open()
        for name, question in questions.items():
            with self.subTest(question=name, when="opened"):
                self.assertTrue(self._answer(self.procurement, question), "the control: after the opening the office gets it")

    def test_a_rival_counts_only_their_own(self):
        submissions = self._mine("sozial.submission", self.other_bidder)
        self.assertEqual(submissions.search([]), (self.rival + self.withdrawn).with_env(submissions.env))
        self.assertFalse(submissions.search([("id", "in", (self.submission + self.draft).ids)]))

    def test_after_the_opening_a_rival_still_reads_only_their_own(self):
        self._open()
        for model, record in self.rows.items():
            with self.subTest(model=model):
                self.assertTrue(self._mine(model, self.procurement).search([("id", "=", record.id)]), "the control")
                self.assertFalse(self._mine(model, self.other_bidder).search([("id", "=", record.id)]))

    def test_drafts_withdrawn_and_replaced_stay_closed_for_ever(self):
        draft = self.submission._portal_change()
        draft._portal_hand_in()
        never = self.submission + self.draft + self.withdrawn
        self.assertEqual(set(never.sudo().mapped("state")), {"replaced", "draft", "withdrawn"})
        self._open()
        for user in self.intruders:
            with self.subTest(user=user.login):
                submissions, content = (self._mine(model, user) for model in ("sozial.submission", "sozial.submission.content"))
                self.assertEqual(submissions.search([("call_id", "=", self.call.id)]), (draft + self.rival).with_env(submissions.env))
                for one in never:
                    with self.assertRaises(AccessError):
                        one.with_user(user).read(["number"])
                self.assertFalse(content.search([("submission_id", "in", never.ids)]))
        for one, user in ((self.draft, self.bidder), (self.withdrawn, self.other_bidder)):
            self.assertTrue(one.with_user(user).has_access("read"), "the control")

    def test_what_exists_and_what_does_not_are_refused_alike(self):
        """Else somebody could count submissions by trying ids."""
        for user in (*self.intruders, self.other_bidder):
            for record in self.rows.values():
                told = set()
                for one in (record, record.browse(10**8)):
                    for step in (
                        lambda r: r.read(["create_date"]) if r.env.user._is_internal() else r.read(["display_name"]),
                        lambda r: r.web_read({"display_name": {}}),
                        lambda r: r.display_name,
                        lambda r: r.check_access("read"),
                        lambda r: r.get_external_id(),
                        lambda r: r.get_metadata() if r.env.user._is_internal() else r.check_access("read"),
                        lambda r: r.export_data(["display_name"]) if r.env.user._is_internal() else r.check_access("read"),
                    ):
                        with self.subTest(user=user.login, model=record._name), self.assertRaises(AccessError) as caught:
                            step(one.with_user(user).with_context(allowed_company_ids=user.company_ids.ids))
                        told.add(str(caught.exception))
                self.assertEqual(len(told), 1)

    def test_writing_is_refused_alike_too(self):
        for record in (self.submission, self.answer):
            told = set()
            for one in (record, record.browse(10**8)):
                for step in (lambda r: r.write({"sequence": 1}), lambda r: r.unlink(), lambda r: r.write({})):
                    with self.assertRaises(AccessError) as caught:
                        step(one.with_user(self.system))
                    told.add(str(caught.exception).partition("\n")[0])
            self.assertLessEqual(len(told), 2, "one sentence a kind of operation")

    def test_no_model_of_the_house_leads_there(self):
        """No field that others read points at what is sealed."""
        sealed = {name for name in self.env.registry if is_sealed(self.env, name)}
        self.assertTrue({*self.rows, "sozial.submission.envelope"} <= sealed)
        many = [
            f"{model}.{name}"
            for model, cls in self.env.registry.items()
            if model not in sealed and not cls._abstract
            for name, field in cls._fields.items()
            if field.type in ("one2many", "many2many") and field.comodel_name in sealed
        ]
        self.assertFalse(many, "a list or a count of submissions on something that can be read before the opening")
        for cls in self.env.registry.values():
            for field in cls._fields.values():
                if field.relational and field.comodel_name in sealed:
                    self.assertFalse(getattr(field, "bypass_search_access", False), str(field))
        for model in sealed:
            self.assertFalse([name for name, field in self.env[model]._fields.items() if getattr(field, "tracking", None)])

    def test_every_sealed_model_has_the_rule(self):
        for name in self.env.registry:
            if not is_sealed(self.env, name) or self.env[name]._abstract or name in NOBODY:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
            with self.subTest(model=name):
                seal = rules.filtered(lambda rule: "opened_at" in rule.domain_force)
                self.assertEqual(len(seal), 1)
                self.assertTrue(seal.perm_read and seal.perm_write and seal.perm_create and seal.perm_unlink)
        waiting = [("model_id.model", "in", NOBODY), ("perm_read", "=", True)]
        self.assertFalse(self.env["ir.model.access"].search(waiting))

    def test_administrators_do_not_count_rows(self):
        """Odoo shows administrators the number of rows of every table."""
        models = self.env["ir.model"].with_user(self.system)
        for name in (*self.rows, "sozial.submission.envelope", "sozial.call.record.waiting"):
            with self.subTest(model=name):
                self.assertEqual(models._get(name).count, 0)
                self.assertGreaterEqual(self.env[name].sudo().search_count([]), name != "sozial.submission.envelope", "the control")
        self.assertGreater(models._get("sozial.call").count, 0, "the control")

    def test_an_employee_made_a_contact_of_the_organisation_reads_nothing(self):
        self.procurement.partner_id.parent_id = self.caritas
        self.assertEqual(self.procurement.commercial_partner_id, self.caritas)
        self.assertFalse(self._mine("sozial.submission", self.procurement).search([]))
        colleague = self._bidder(self.caritas, "t_caritas_2")
        self.assertTrue(self._mine("sozial.submission", colleague).search([]), "the control: a colleague of the bidder")

    def test_who_leaves_the_organisation_loses_it_at_once(self):
        self.assertTrue(self.submission.has_access("read"), "the control")
        self.bidder.partner_id.parent_id = self.verein
        self.assertFalse(self.submission.has_access("read"))

    def test_a_forged_opening_time_is_refused(self):
        for values in ({"opened_at": "2026-01-01 00:00:00"}, {"state": "opened"}, {"intake_closed_at": "2026-01-01 00:00:00"}):
            for user in self.intruders:
                with self.subTest(values=values, user=user.login), self.assertRaises(UserError):
                    self.call.with_user(user).write(values)
        with self.assertRaises(UserError):
            self.call.with_user(self.procurement).action_begin_opening()
        self.assertFalse(self._mine("sozial.submission", self.procurement).search([]))

    def test_two_companies_see_nothing_of_each_other(self):
        self._open()
        self.assertTrue(self._mine("sozial.submission", self.procurement).search([]), "the control")
        for model in self.rows:
            self.assertFalse(self._mine(model, self.stranger).search([]))

    def test_portal_users_read_listed_fields_only(self):
        for name in ("reminded_at", "receipt_sent_at", "member_ids", "user_id", "create_uid"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.submission.read([name])
        self.assertTrue(self.submission.read(["number", "sha256"]), "the control")


@tagged("post_install", "-at_install")
class TestEnvelope(SealedCase):
    def _log(self, user=None, **values):
        return self._mine("sozial.submission.envelope", user or self.procurement).create(
            {"call_id": self.call.id, "sender": SECRET, "kept_at": "Tresor", **values}
        )

    def test_only_its_receiver_reads_it_before_the_opening(self):
        envelope = self._log(user_id=self.system.id, number="1")
        self.assertEqual((envelope.user_id, envelope.sender), (self.procurement, SECRET))
        self.assertNotEqual(envelope.number, "1", "numbers are drawn")
        for user in (self.second_procurement, self.system, self.other_bidder):
            with self.subTest(user=user.login):
                if user._is_internal():
                    self.assertFalse(self._mine("sozial.submission.envelope", user).search([]))
                    self.assertFalse(self._mine("sozial.submission.envelope", user).search_count([]))
                with self.assertRaises(AccessError):
                    envelope.with_user(user).read(["sender"])
        self._open()
        self.assertTrue(self._mine("sozial.submission.envelope", self.second_procurement).search([]), "after the opening")

    def test_the_log_does_not_change(self):
        envelope = self._log()
        as_superuser = envelope.sudo()
        for step in (lambda: envelope.write({"sender": "x"}), lambda: as_superuser.write({"sender": "x"}), as_superuser.unlink):
            with self.assertRaises(UserError):
                step()

    def test_what_is_damaged_or_in_the_future_is_asked_about(self):
        with self.assertRaisesRegex(UserError, "Remark"):
            self._log(is_closed=False)
        with self.assertRaisesRegex(UserError, "Received"):
            self._log(received_at="2050-01-01 00:00:00")
        self.assertTrue(self._log(is_closed=False, note="eingerissen"))


@tagged("post_install", "-at_install")
class TestTraces(SealedCase):
    """What a submission leaves outside its own tables."""

    def test_files(self):
        stored = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "sozial.submission.content"), ("res_id", "=", self.file.id), ("res_field", "=", "file")]
        )
        self.assertIn(SECRET.encode("ascii", "ignore"), stored.raw, "the control")
        self.assertTrue(stored.with_user(self.bidder).raw, "the control: the bidder reads it")
        for user in self.outsiders:
            files = self._mine("ir.attachment", user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    files.browse(stored.id).read(["name", "raw", "res_id"])
                content = [("res_model", "=", "sozial.submission.content"), ("res_field", "=", "file")]
                self.assertNotIn(stored.id, self._told(lambda f=files, d=content: f.search(d).ids))
                self.assertNotIn(stored.id, self._told(lambda f=files: f.search([("id", ">=", stored.id), ("res_field", "!=", False)]).ids))
                counted = self._told(lambda f=files, d=content: [n for (n,) in f._read_group(d, [], ["__count"]) if n])
                if user != self.other_bidder:  # who may count their own
                    self.assertFalse(counted)
                with self.assertRaises(AccessError):
                    self._mine("sozial.submission.content", user).browse(self.file.id).read(["file"])

    def _told(self, question):
        """What is answered; nothing where the question is refused."""
        try:
            return question()
        except AccessError as error:
            self.assert_silent(error)
            return []

    def test_no_link_for_people_without_a_login(self):
        stored = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "sozial.submission.content"), ("res_id", "=", self.file.id), ("res_field", "=", "file")]
        )
        for step in (lambda: stored.write({"public": True}), lambda: stored.generate_access_token()):
            with self.assertRaises(UserError):
                step()
        with self.assertRaises(UserError):
            self.env["ir.attachment"].create(
                {"name": "x", "public": True, "res_model": "sozial.submission", "res_id": self.submission.id}
            )

    def test_no_messages_and_no_activities(self):
        place = {"model": "sozial.submission", "res_id": self.submission.id}
        for user in (self.procurement, self.system, self.bidder):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self._mine("mail.message", user).create({**place, "body": SECRET})
        with self.assertRaises(UserError):
            self.env["mail.mail"].sudo().create({**place, "body_html": SECRET})
        note = self.env["mail.message"].sudo().create({"body": "x"})
        with self.assertRaises(UserError):
            note.write(place)
        with self.assertRaises(UserError):
            link = {"res_model_id": self.env["ir.model"]._get_id("sozial.submission"), "res_id": self.submission.id}
            self.env["mail.activity"].sudo().create({**link, "user_id": self.procurement.id})
        task = self.call.sudo().activity_schedule("mail.mail_activity_data_todo", user_id=self.procurement.id)
        with self.assertRaises(UserError):
            task.write(link)
        self.assertFalse(self.env["mail.message"].sudo().search([("model", "=like", "sozial.submission%")]))
        self.assertNotIn("mail.thread", self.env.registry["sozial.submission"]._inherit_module)

    def test_nothing_on_the_bus_in_the_mail_queue_or_on_the_call(self):
        """Everything an organisation can do, and what anybody can see of it afterwards."""
        self.env.flush_all()
        self.env.cr.precommit.run()  # what the making of the call left
        watched = ("bus.bus", "mail.mail", "mail.message", "mail.tracking.value", "ir.cron.trigger")
        before = {model: self.env[model].sudo().search([], order="id desc", limit=1).id or 0 for model in watched}
        stamp = self.call.write_date
        progress = patch.object(self.env.registry["ir.cron"], "_commit_progress", lambda *_args, **_values: 0)
        with progress, mute_logger("odoo.addons.sozial_management_partner.models.submission.letters"):
            one = self._hand_in(lot=self.lot_two)
            one._portal_change()._portal_hand_in()
            one.search([("state", "=", "submitted"), ("lot_id", "=", self.lot_two.id)])._portal_withdraw()
            with self._at(self._deadline(seconds=1)):
                self._draft_late()
            self.env["sozial.submission"]._cron_letters()
        self.env.flush_all()
        self.env.cr.precommit.run()
        for model, last in before.items():
            with self.subTest(model=model):
                self.assertFalse(self.env[model].sudo().search([("id", ">", last)]))
        self.call.invalidate_recordset()
        self.assertEqual(self.call.write_date, stamp, "the call itself does not show that something came in")
        sent = self.env["sozial.submission"].sudo().search([("state", "=", "submitted"), ("receipt_sent_at", "!=", False)])
        self.assertTrue(sent, "the control")

    def _draft_late(self):
        draft = self.env["sozial.submission"].sudo().search([("state", "=", "draft"), ("partner_id", "=", self.caritas.id)], limit=1)
        if draft:
            self.assertTrue(draft.with_user(self.bidder)._portal_hand_in().refused)

    def test_the_file_of_the_call_says_nothing_before_the_opening(self):
        records = self.env["sozial.call.record"].sudo().search([("call_id", "=", self.call.id)])
        self.assertNotIn("submitted", records.mapped("event"))
        self._open()
        events = self.env["sozial.call.record"].sudo().search([("call_id", "=", self.call.id)]).mapped("event")
        self.assertEqual(events.count("submitted"), 3)
        self.assertEqual(events.count("withdrawn"), 1)

    def test_no_error_names_anything_in_debug_mode(self):
        has_group = type(self.env["res.users"]).has_group
        self.patch(type(self.env["res.users"]), "has_group", lambda user, name: name == "base.group_no_one" or has_group(user, name))
        for record in self.rows.values():
            for user in self.intruders:
                with self.subTest(model=record._name, user=user.login), self.assertRaises(AccessError) as caught:
                    self._mine(record._name, user).browse(record.id).read(["create_date"])
                self.assert_silent(caught.exception, f": {record.id}", "company=")
                self.assertFalse(getattr(caught.exception, "context", None))
