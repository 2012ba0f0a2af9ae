import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .subject_common import BAR, OTHERS, THEIRS, SubjectCommon


@tagged("post_install", "-at_install")
class TestPassages(SubjectCommon):
    def _passages(self):
        self.note.action_passages()
        return self.env["sozial.passage"].with_user(self.worker).search([("case_id", "=", self.case.id)])

    def test_a_paragraph_is_proposed_as_the_clients_only_if_nothing_speaks_against_it(self):
        about = {passage.text: passage.partner_ids for passage in self._passages()}
        self.assertEqual(about[THEIRS], self.tenant)
        self.assertFalse(about[OTHERS], "a sister is named: unsure")

    def test_a_talk_with_others_or_without_names_is_unsure(self):
        self._join_husband()
        both = self._write_note("Rate vereinbart.", self.tenant | self.husband)
        nobody = self._write_note("Brief geschrieben.")
        nobody.partner_ids = False
        about = {passage.text: passage.partner_ids for passage in self._passages()}
        self.assertFalse(about[both.text])
        self.assertFalse(about[nobody.text])

    def test_tags_survive_new_lines_and_end_with_a_change(self):
        theirs = self._passages().filtered(lambda one: one.text == THEIRS)
        self._passages().filtered(lambda one: one.text == OTHERS).partner_ids = self.tenant
        self.note.text = f"Zuerst.\n{THEIRS}\n{OTHERS}\n"
        found = self._passages()
        self.assertEqual(found.filtered(lambda one: one.text == THEIRS), theirs, "the same row at another place")
        self.assertEqual(found.filtered(lambda one: one.text == OTHERS).partner_ids, self.tenant)
        self.note.text = f"Zuerst.\n{THEIRS}\n{OTHERS} Anders."
        self.assertFalse(self._passages().filtered(lambda one: one.text.endswith("Anders.")).partner_ids)

    def test_a_changed_paragraph_is_no_longer_shown_by_its_old_tag(self):
        theirs = self._passages().filtered(lambda one: one.text == THEIRS)
        self.note.text = f"Ganz etwas anderes.\n{OTHERS}"
        self.env.invalidate_all()
        self.assertEqual(theirs.text, "")

    def test_a_fixed_note_is_tagged_and_not_touched(self):
        self._passages()
        self.env.cr.execute("UPDATE sozial_contact SET create_date = create_date - interval '3 days' WHERE id = %s", [self.note.id])
        self.note.invalidate_recordset()
        self.assertTrue(self.note.is_locked)
        before = self.note.write_date, self.note.text
        passage = self._passages().filtered(lambda one: one.text == OTHERS)
        passage.partner_ids = self.tenant
        self.assertEqual(passage.partner_ids, self.tenant)
        self.assertEqual((self.note.write_date, self.note.text), before)

    def test_addenda_concern_and_hand_over_have_paragraphs_too(self):
        self.env.cr.execute("UPDATE sozial_contact SET create_date = create_date - interval '3 days' WHERE id = %s", [self.note.id])
        self.note.invalidate_recordset()
        self.note._add_addendum("Nachtrag zum Bescheid.")
        self.case.concern = "Hilfe beim Antrag."
        self.assertLessEqual({"Nachtrag zum Bescheid.", "Hilfe beim Antrag."}, set(self._passages().mapped("text")))
        handover = self.env["sozial.handover"].with_user(self.frontdesk).create(
            {"topic_id": self.topic.id, "summary": "Bitte anrufen.", "partner_id": self.tenant.id, "tenant_knows": "yes"}
        )
        taken = self.env["sozial.case"].with_user(self.worker).browse(handover.with_user(self.worker).action_take()["res_id"])
        self.assertIn(("sozial.handover", "Bitte anrufen."), [(one.res_model, one.text) for one in taken._sync_passages()])

    def test_only_participants_and_only_persons_are_written(self):
        passage = self._passages()[0]
        with self.assertRaises(ValidationError):
            passage.partner_ids = self.husband
        for values in ({"position": 9}, {"digest": "x"}, {"res_id": 1}, {"field_name": "name"}):
            with self.assertRaises(UserError):
                passage.write(values)

    def test_nobody_without_a_grant(self):
        passage = self._passages()[0]
        for user in (self.colleague, self.frontdesk, self.privacy, self.config, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(passage, user).read(["text"])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.note, user).action_passages()
        self.assertTrue(self._as(passage, self.lead).text)


@tagged("post_install", "-at_install")
class TestSubjectPart(SubjectCommon):
    def _answer_text(self, part):
        return json.dumps(part._answer(), ensure_ascii=False)

    def test_what_is_unsure_is_blacked_out_and_leaves_no_trace(self):
        part = self._part()
        part.action_release()
        answer = self._answer_text(part)
        self.assertIn("Rotkehlchen", answer)
        self.assertNotIn("Zaunkönig", answer)
        self.assertEqual(answer.count('"redacted": true'), 1)
        for passage in part.line_ids.passage_id:
            self.assertNotIn(passage.digest, answer)

    def test_released_by_hand_and_blacked_out_by_hand(self):
        part = self._part()
        self._line(part, OTHERS).action_release()
        self._line(part, THEIRS).action_redact()
        part.action_release()
        answer = self._answer_text(part)
        self.assertIn("Zaunkönig", answer)
        self.assertNotIn("Rotkehlchen", answer)

    def test_about_this_person_alone(self):
        part = self._part()
        self._line(part, OTHERS).action_about_person()
        self.assertEqual((part.released_count, part.redacted_count), (2, 0))
        self._join_husband()
        self._line(part, OTHERS).partner_ids = self.tenant | self.husband
        self.assertEqual((part.released_count, part.redacted_count), (1, 1))

    def test_nothing_is_printed_before_the_release(self):
        part = self._part()
        for call in (part.action_print, part.action_download, part._answer):
            with self.assertRaisesRegex(UserError, "Release"):
                call()

    def test_what_was_written_since_is_looked_at_first(self):
        part = self._part()
        self._write_note("Neu: Zaunkönig.")
        with self.assertRaisesRegex(UserError, "since"):
            part.action_release()
        part.action_collect()
        self.assertEqual(len(part.line_ids), 3)
        part.action_release()
        self.assertEqual(part.reviewed_by_id, self.worker)

    def test_a_paragraph_tagged_elsewhere_since_is_looked_at_too(self):
        part = self._part()
        self._write_note("Neu: Zaunkönig.")
        self.case._sync_passages()
        with self.assertRaisesRegex(UserError, "since"):
            part.action_release()

    def test_released_is_fixed_whatever_is_tagged_later(self):
        part = self._part()
        part.action_release()
        line = self._line(part, OTHERS)
        line.passage_id.partner_ids = self.tenant
        self.assertNotIn("Zaunkönig", self._answer_text(part))
        change = {"partner_id": self.tenant.id}
        for call in (line.action_release, line.action_about_person, part.action_collect, lambda: part.write(change)):
            with self.assertRaises(UserError):
                call()
        self.note.text = f"Zaunkönig ist jetzt hier.\n{OTHERS}"
        self.assertNotIn("Zaunkönig", self._answer_text(part), "the text behind a released tag has changed")

    def test_a_husband_gets_his_paragraphs_and_nothing_that_is_hers(self):
        self._join_husband()
        his = self._write_note("Horst arbeitet wieder, Kennwort Amsel.", self.tenant | self.husband)
        self.case.concern = "Schulden, Kennwort Star."
        self._given(recipient_ids=[Command.set(self.caritas.ids)])
        part = self._part(self.husband)
        self.assertFalse(part.is_client)
        self.assertEqual(part.released_count, 0)
        self._line(part, his.text).action_about_person()
        part.action_release()
        answer = self._answer_text(part)
        self.assertIn("Amsel", answer)
        for secret in ("Zaunkönig", "Rotkehlchen", "Star", "Caritas", "Erika", self.case.name, BAR):
            self.assertNotIn(secret, answer)

    def test_the_client_reads_case_consents_and_own_part(self):
        self._given()
        part = self._part()
        part.action_release()
        answer = part._answer()
        sections = {section["key"]: section for section in answer["sections"]}
        self.assertLessEqual({"case", "participation", "consents", "notes"}, set(sections))
        self.assertEqual({row["key"]: row["value"] for row in sections["case"]["rows"]}["name"], self.case.name)
        self.assertEqual(
            [point["key"] for point in answer["information"]],
            ["purposes", "categories", "recipients", "storage", "source", "rights", "automation"],
        )
        self.assertIn("Caritas", json.dumps(answer))

    def test_not_answered_only_with_reason_and_never_to_the_client(self):
        self._join_husband()
        with self.assertRaisesRegex(UserError, "client gets an answer"):
            self._part().action_withhold()
        part = self._part(self.husband)
        with self.assertRaisesRegex(UserError, "reason"):
            part.action_withhold()
        part.withhold_reason = "Schutz der Klientin"
        part.action_withhold()
        with self.assertRaises(UserError):
            part._answer()

    def test_states_dates_and_proof_are_not_set_by_hand(self):
        part = self._part()
        guarded = {"state": "released", "due_on": "2030-01-01", "reviewed_by_id": self.lead.id, "delivered_on": "2026-01-01"}
        for name, value in guarded.items():
            with self.subTest(field=name), self.assertRaises(UserError):
                part.write({name: value})
            with self.subTest(field=name), self.assertRaises(UserError):
                part.with_context(active_test=False).create({"case_id": self.case.id, "partner_id": self.tenant.id, name: value})
        with self.assertRaises(UserError):
            part.with_user(self.worker).unlink()
        part.action_release()
        part.action_delivered_in_person()
        self.assertEqual((part.state, part.delivered_how), ("delivered", "person"))
        with self.assertRaises(UserError):
            part.action_review_again()

    def test_only_for_participants(self):
        with self.assertRaises(ValidationError):
            self._part(self.husband)

    def test_handing_out_is_in_the_log_as_the_case_itself(self):
        self.env.ref("base.group_allow_export").user_ids = [Command.link(self.worker.id)]
        part = self._part()
        part.action_release()
        self.env["report.sozial_management.subject_part_letter"].with_user(self.worker)._get_report_values(part.ids)
        self.env["sozial.access.log"].with_user(self.worker)._write_book()
        part.web_read({"state": {}, "line_ids": {"fields": {"text": {}}}})
        self.env["sozial.subject.part"].with_user(self.worker).web_search_read([], {"state": {}})
        part.export_data(["state"])
        self.env["sozial.access.log"]._write_book()
        rows = self.env["sozial.access.log"].sudo().search([("user_id", "=", self.worker.id)])
        self.assertLessEqual({"print", "opening", "list", "export"}, set(rows.mapped("kind")))
        self.assertFalse([row.res_model for row in rows if "subject" in row.res_model or "passage" in row.res_model])

    def test_how_it_began_tells_all_hand_overs_and_nothing_of_who_else_complained(self):
        handovers = self.env["sozial.handover"].sudo()
        for partner, name in ((self.tenant, "Anruf Amsel"), (self.husband, "Anruf Star")):
            handover = handovers.create(
                {"topic_id": self.topic.id, "summary": "x", "partner_id": partner.id, "source": "callback", "contact_name": name,
                 "contact_phone": f"0361 {name}", "company_id": self.company.id}
            )  # fmt: skip
            handover.with_user(self.worker)._join(self.case, "household")
        part = self._part()
        part.action_release()
        began = next(section for section in part._answer()["sections"] if section["key"] == "handover")
        keys = [{row["key"] for row in entry["rows"]} for entry in began["entries"]]
        self.assertLessEqual({"contact_name", "contact_phone", "source"}, keys[0])
        self.assertEqual(keys[1:], [{"handed_on", "topic_id"}])
        self.assertIn("Amsel", json.dumps(began))
        self.assertNotIn("Star", json.dumps(began))
