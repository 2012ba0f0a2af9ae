from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PartnerCommon


@tagged("post_install", "-at_install")
class TestCall(PartnerCommon):
    """From draft to published: complete, checked by two, frozen."""

    # the draft

    def test_numbers_count_by_company_and_year(self):
        first, second = self._call(), self._call()
        self.assertRegex(first.number, r"^IBV-\d{4}-0001$")
        self.assertEqual(second.number[:-1] + "1", first.number)
        self.assertNotEqual(first.token, second.token)
        away = self.env["sozial.call"].with_user(self.stranger).with_context(allowed_company_ids=self.other_company.ids)
        self.assertRegex(away.create({"name": "Anderswo"}).number, r"-0001$")

    def test_a_new_call_has_eighteen_sections(self):
        call = self._call()
        self.assertEqual(call.section_ids.mapped("number"), list(range(1, 19)))
        self.assertFalse(any(call.section_ids.mapped("text")))

    def test_the_notice_is_written_from_the_data(self):
        call = self._call()
        call.action_write_notice()
        self.assertEqual(call._section_problems(), [])
        texts = {section.number: section.text for section in call.section_ids}
        self.assertIn(call.deadline_text, texts[11])
        self.assertIn("Los 2: Gruppen", texts[4])
        call.standstill_days = 14
        call.action_write_notice()
        self.assertIn("14 Kalendertage", call.section_ids[13].text)

    def test_what_was_written_by_hand_stays(self):
        call = self._call()
        call.action_write_notice()
        section = call.section_ids.filtered(lambda section: section.number == 2)
        section.text = "<p>Von Hand.</p>"
        self.assertTrue(section.is_own)
        call.action_write_notice()
        self.assertIn("Von Hand.", section.text)
        section.is_own = False
        call.action_write_notice()
        self.assertNotIn("Von Hand.", section.text)

    def test_a_placeholder_or_an_empty_section_stops_the_check(self):
        for text in ("<p>[Name eintragen]</p>", "<p>Betrag: ____</p>", "<p>  </p>", "<p>Bitte ergänzen</p>"):
            call = self._call()
            call.section_ids.filtered(lambda section: section.number == 5).text = text
            with self.subTest(text=text), self.assertRaisesRegex(UserError, "Laufzeit"):
                self._check(call)

    def test_everything_that_is_missing_is_named_at_once(self):
        call = self.env["sozial.call"].with_user(self.procurement).create({"name": "Leer"})
        with self.assertRaises(UserError) as caught:
            self._check(call)
        for word in ("Deadline", "Lots", "Occasion", "Target groups", "Questions until", "Cooperation from"):
            self.assertIn(word, str(caught.exception))

    def test_weights_are_a_hundred_in_each_lot(self):
        call = self._call()
        lot = call.lot_ids[1]
        call.criterion_ids = [Command.create({"name": "Nur für Gruppen", "weight": 10, "lot_id": lot.id})]
        with self.assertRaisesRegex(UserError, "Los 2: Gruppen.*110"):
            self._check(call)
        call.criterion_ids = [
            Command.update(call.criterion_ids.filtered(lambda one: one.name == "Konzept").id, {"lot_id": call.lot_ids[0].id}),
            Command.update(call.criterion_ids.filtered(lambda one: one.name == "Nur für Gruppen").id, {"weight": 60}),
        ]
        self._check(call)
        self.assertEqual(call.state, "checked")

    def test_invited_calls_name_the_invited(self):
        with self.assertRaisesRegex(UserError, "Invited organisations"):
            self._check(self._call(access="invited"))

    def test_a_public_contract_above_the_threshold_names_the_review_body_and_waits(self):
        with self.assertRaisesRegex(UserError, "Review body"):
            self._check(self._call(procedure="vgv"))
        with self.assertRaisesRegex(UserError, "134 GWB"):
            self._check(self._call(procedure="vgv", review_body="Vergabekammer", standstill_days=9))
        self._check(self._call(procedure="vgv", review_body="Vergabekammer", standstill_days=10))

    # the second person

    def test_the_check_needs_a_second_person(self):
        call = self._call()
        with self.assertRaisesRegex(UserError, "second person"):
            self._check(call, self.procurement)
        call.user_id = self.second_procurement
        for user in (self.procurement, self.second_procurement):  # who entered it, and who runs it
            with self.assertRaisesRegex(UserError, "second person"):
                self._check(call, user)
        with self.assertRaisesRegex(UserError, "Result of the legal check"):
            call.with_user(self.approver).action_check("  ")
        self._check(call, self.approver)
        self.assertEqual((call.state, call.checker_id), ("checked", self.approver))
        self.assertTrue(call.checked_at and call.check_note)
        self.assertTrue(all(call.section_ids.mapped("is_reviewed")))

    def test_who_reads_only_checks_nothing(self):
        call = self._call()
        for user in (self.reviewer, self.lead, self.bidder):
            with self.assertRaises(AccessError):
                self._check(call, user)

    def test_a_change_after_the_check_needs_a_new_one(self):
        changes = (
            lambda call: call.write({"standstill_days": 12}),
            lambda call: call.lot_ids[0].write({"capacity": "mehr"}),
            lambda call: call.criterion_ids[0].write({"name": "anders"}),
            lambda call: call.section_ids[0].write({"text": "<p>Ganz anders geschrieben.</p>"}),
            lambda call: call.lot_ids.create({"call_id": call.id, "name": "Los 3"}),
            lambda call: call.criterion_ids[0].unlink(),
        )
        for number, change in enumerate(changes):
            call = self._call()
            self._check(call)
            change(call)
            with self.subTest(change=number):
                self.assertEqual(call.state, "draft")
                with self.assertRaisesRegex(UserError, "second person"):
                    call.action_publish()
        call.note = "nur für uns"

    def test_no_publication_without_the_check(self):
        call = self._call()
        with self.assertRaisesRegex(UserError, "second person"):
            call.action_publish()

    # guarded and frozen

    def test_guarded_fields_are_set_by_nobody(self):
        call = self._call()
        for name, value in (("state", "published"), ("checked_at", fields.Datetime.now()), ("opened_at", fields.Datetime.now()),
                            ("checker_id", self.approver.id), ("published_at", fields.Datetime.now()), ("token", "x"),
                            ("number", "IBV-1"), ("company_id", self.other_company.id), ("intake_closed_at", fields.Datetime.now()),
                            ("review_closed_at", fields.Datetime.now()), ("cancel_reason", "x")):  # fmt: skip
            with self.subTest(field=name), self.assertRaises(UserError):
                call.with_context(force=True, install_mode=True).write({name: value})
        with self.assertRaises(UserError):
            call.create({"name": "x", "state": "published"})
        sly = self.env["sozial.call"].with_user(self.procurement).with_context(default_state="published")
        self.assertEqual(sly.create({"name": "x"}).state, "draft")

    def test_sections_are_checked_with_the_whole_call(self):
        section = self._call().section_ids[0]
        for step in (lambda: section.write({"is_reviewed": True}), lambda: section.create({**section.copy_data()[0], "is_reviewed": True})):
            with self.assertRaisesRegex(UserError, "Legally checked"):
                step()

    def test_a_notice_is_printed_by_who_may_read_the_call(self):
        """A report hands over records that nobody has checked; a draft is nobody's business outside the house."""
        call = self._call()
        reports = self.env["ir.actions.report"]
        name = "sozial_management_partner.report_call_notice"
        printed, _kind = reports.with_user(self.procurement)._render_qweb_html(name, call.ids)
        self.assertIn(call.name, str(printed, "utf-8"))
        for user in (self.frontdesk, self.worker, self.stranger, self.bidder, self.config):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                reports.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)._render_qweb_html(name, call.ids)

    def test_published_content_is_frozen(self):
        call = self._published()
        for name, value in (("name", "x"), ("deadline", fields.Datetime.now() + timedelta(days=40)), ("tie_rule", "lot"),
                            ("procedure", "market"), ("standstill_days", 1), ("lot_ids", [Command.clear()]), ("access", "invited"),
                            ("criterion_ids", [Command.create({"name": "neu", "weight": 1})])):  # fmt: skip
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "frozen"):
                call.write({name: value})
        for part in (call.lot_ids[0], call.criterion_ids[1], call.section_ids[0]):
            with self.subTest(part=part._name):
                with self.assertRaisesRegex(UserError, "frozen"):
                    part.name = "anders"
                with self.assertRaisesRegex(UserError, "frozen"):
                    part.unlink()
                with self.assertRaisesRegex(UserError, "frozen"):
                    part.copy({"call_id": call.id} if part._name != "sozial.call.section" else {"call_id": call.id, "number": 1})
        with self.assertRaisesRegex(UserError, "frozen"):
            self._call().lot_ids[0].call_id = call
        with self.assertRaises(UserError):
            call.unlink()
        call.note = "darf sein"

    def test_a_version_holds_everything_and_does_not_change(self):
        call = self._published()
        version = call.current_version_id
        self.assertEqual((version.number, version.is_material), (1, False))
        self.assertTrue(version._is_intact())
        content = version.content
        self.assertEqual(len(content["sections"]), 18)
        self.assertEqual([one["weight"] for one in content["criteria"]], [0, 60, 40])
        self.assertEqual(len(content["criteria"][1]["levels"]), 6)
        for record in (version, version.sudo()):
            with self.assertRaises(UserError):
                record.reason = "x"
            with self.assertRaises(UserError):
                record.unlink()
        self.env.cr.execute(
            "UPDATE sozial_call_version SET content = jsonb_set(content, '{name}', '\"x\"') WHERE id = %s", [version.id]
        )
        version.invalidate_recordset()
        self.assertFalse(version._is_intact())

    def test_dates_in_order(self):
        now = fields.Datetime.now()
        with self.assertRaises(ValidationError):
            self._call(date_from=now.date())
        with self.assertRaisesRegex(UserError, "future"):
            self._check(self._call(deadline=now - timedelta(days=1), questions_until=now - timedelta(days=2)))

    def test_a_copy_is_a_draft_without_dates(self):
        call = self._published()
        copied = call.copy()
        self.assertEqual((copied.state, copied.deadline, copied.published_at, copied.checked_at), ("draft", False, False, False))
        self.assertNotEqual((copied.number, copied.token), (call.number, call.token))
        self.assertEqual(len(copied.section_ids), 18)
        self.assertEqual(copied.lot_ids.mapped("name"), call.lot_ids.mapped("name"))
        self.assertFalse(any(copied.section_ids.mapped("is_reviewed")))
