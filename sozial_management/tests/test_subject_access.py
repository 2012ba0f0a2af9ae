import io
import json
import unittest
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from pypdf import PdfReader

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .consent_common import ConsentCommon

THEIRS = "Wohngeld bewilligt, Bescheid Rotkehlchen."
OTHERS = "Die Schwester leiht Geld, Kennwort Zaunkönig."
BAR = "blacked out: concerns another person"


class SubjectCommon(ConsentCommon):
    """A case with a client and her husband, a note of two paragraphs, and a tenant who is no client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.husband, cls.other_tenant = cls.env["res.partner"].create(
            [{"name": "Horst Sorgenfrei", "company_id": cls.company.id}, {"name": "Erika Sorgenfrei", "company_id": cls.company.id}]
        )
        cls.note = cls._write_note(f"{THEIRS}\n{OTHERS}")

    @classmethod
    def _write_note(cls, text, partners=None, case=None):
        return cls.env["sozial.contact"].with_user(cls.worker).create(
            {"case_id": (case or cls.case).id, "text": text, "partner_ids": [Command.set((partners or cls.tenant).ids)]}
        )

    @classmethod
    def _part(cls, partner=None, case=None):
        """The copy of the case for somebody, in review."""
        part = cls.env["sozial.subject.part"].with_user(cls.worker).with_context(allowed_company_ids=cls.company.ids).create(
            {"case_id": (case or cls.case).id, "partner_id": (partner or cls.tenant).id}
        )
        part.action_collect()
        return part

    def _line(self, part, text):
        return part.line_ids.filtered(lambda line: line.text == text)

    def _join_husband(self):
        self.case.participant_ids = [Command.create({"partner_id": self.husband.id, "role": "household"})]

    def _request(self, partner=None, start=True, **values):
        request = self.env["sozial.subject.request"].with_user(self.privacy).create(
            {"name": (partner or self.tenant).name, "partner_id": (partner or self.tenant).id, "identified": "known", **values}
        )
        if start:
            request.action_start()
        return request

    def _parts(self):
        return self.env["sozial.subject.part"].sudo().search([("company_id", "=", self.company.id)])


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


@tagged("post_install", "-at_install")
class TestSubjectRequest(SubjectCommon):
    """What data protection handles, and what it must not learn from it."""

    def test_one_month_and_two_more_with_a_reason_in_time(self):
        request = self._request(received_on="2026-01-31", start=False)
        self.assertEqual(str(request.due_on), "2026-02-28")
        self.assertTrue(request.is_overdue)
        request.extension_reason = "Viele Akten"
        with self.assertRaisesRegex(UserError, "first month is over"):
            request.action_extend()
        request = self._request()
        self.assertEqual(request.due_on, fields.Date.context_today(request) + relativedelta(months=1))
        with self.assertRaisesRegex(UserError, "Reason of the extension"):
            request.action_extend()
        request.extension_reason = "Viele Akten"
        request.action_extend()
        self.assertEqual(request.due_on, fields.Date.context_today(request) + relativedelta(months=3))
        self.assertEqual(self._parts().due_on, request.due_on, "the department has as long")
        with self.assertRaisesRegex(UserError, "already"):
            request.action_extend()

    def test_overdue_is_found(self):
        late = self._request(received_on=fields.Date.today() - timedelta(days=60))
        timely = self._request()
        found = self.env["sozial.subject.request"].with_user(self.privacy).search([("is_overdue", "=", True)])
        self.assertIn(late, found)
        self.assertNotIn(timely, found)

    def test_first_identified_then_in_order(self):
        request = self._request(start=False, identified=False)
        with self.assertRaisesRegex(UserError, "identified"):
            request.action_start()
        request.identified = "id_seen"
        with self.assertRaises(UserError):
            request.action_ready()
        request.action_start()
        with self.assertRaises(UserError):
            request.partner_id = self.husband
        request.action_ready()
        request.action_delivered_by_letter()
        self.assertEqual((request.state, request.delivered_how, request.handled_by_id), ("delivered", "letter", self.privacy))

    def test_refused_with_a_reason_that_stands_in_the_letter(self):
        request = self._request()
        with self.assertRaisesRegex(UserError, "Reason of the refusal"):
            request.action_refuse()
        request.refusal_reason = "Zum vierten Mal in diesem Monat."
        request.action_refuse()
        self.assertIn("vierten Mal", json.dumps(request._answer()))
        self.assertEqual(request._answer()["sections"], [])
        self.assertEqual(self._parts().state, "cancelled")

    def test_guarded_and_bad_values(self):
        request = self._request(start=False)
        guarded = {"state": "delivered", "due_on": "2030-01-01", "delivered_on": "2026-01-01", "company_id": self.other_company.id}
        for values in ({name: value} for name, value in guarded.items()):
            with self.subTest(values=values), self.assertRaises(UserError):
                request.write(values)
        with self.assertRaises(UserError):
            self._request(start=False, state="delivered")
        self.assertEqual(
            self.env["sozial.subject.request"].with_user(self.privacy).with_context(default_state="delivered").create({"name": "X"}).state,
            "received",
        )
        with self.assertRaisesRegex(ValidationError, "yet to come"):
            self._request(start=False, received_on=fields.Date.today() + timedelta(days=3))
        for call in (request.unlink, request.copy):
            with self.assertRaises(UserError):
                call()

    def _everything(self, record, user):
        """All that a user can read of a record, without what is its own anyway."""
        own = {"id", "create_date", "write_date", "__last_update", "display_name", "partner_id"}
        record = self._as(record, user)
        names = [name for name in record.fields_get() if name not in own]
        return record.read(names)[0]

    def test_a_client_and_somebody_else_look_the_same_to_data_protection(self):
        """Two people of one name: one is a client, in a strict case even, the other is not."""
        client, nobody = self._request(self.tenant), self._request(self.other_tenant)
        self.tenancy.partner_id = self.husband  # or the contract would tell the two apart
        self.tenancy.occupant_ids.filtered(lambda one: one.partner_id == self.tenant).unlink()
        self.tenant.tenant_number = False
        self.assertEqual(len(self._parts()), 1, "the positive control: there is a part of the client's case")
        for step in (lambda: None, self._review_everything, client.action_ready, nobody.action_ready):
            step()
        rows = [self._everything(one, self.privacy) for one in (client, nobody)]
        for row in rows:
            row.pop("id", None)
        self.assertEqual(*rows)
        self.assertEqual(*(self._as(one, self.privacy)._answer() for one in (client, nobody)))

    def _review_everything(self):
        parts = self._as(self._parts(), self.worker)
        parts.action_collect()
        parts.action_release()
        parts.action_delivered_by_letter()

    def test_data_protection_finds_no_trace_of_the_parts(self):
        self._request()
        part = self._parts()
        self.assertTrue(part)
        for user in (self.privacy, self.colleague, self.frontdesk, self.system, self.report, self.config):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._as(part, user).read(["state"])
                activities = self.env["mail.activity"].with_user(user).search([("res_model", "=", "sozial.case")])
                self.assertFalse(activities)
        self.assertNotEqual(part.create_uid, self.privacy)
        self.assertNotEqual(part.create_uid, self.privacy)
        made = self.env["mail.activity"].sudo().search([("res_model", "=", "sozial.case"), ("res_id", "=", self.case.id)])
        self.assertEqual(made.user_id, self.worker, "the worker in charge is reminded")
        self.assertNotIn(self.privacy, made.create_uid)
        self.assertFalse(self.env["mail.message"].sudo().search([("model", "=", "sozial.case"), ("res_id", "=", self.case.id)]))
        self.assertEqual(self._as(part, self.worker).state, "open")

    def test_who_works_on_the_case_does_not_see_the_request(self):
        request = self._request()
        part = self._as(self._parts(), self.worker)
        for user in (self.worker, self.lead, self.frontdesk, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(request, user).read(["state"])
        with self.assertRaises(AccessError):
            part.read(["request_id"])

    def test_every_case_of_the_person_in_this_company_gets_a_part(self):
        second = self._open_case(user=self.colleague, level="strict")
        closed = self._open_case()
        self.env["sozial.case.close"].with_user(self.worker).create(
            {"case_id": closed.id, "close_reason": "solved", "outcome": closed._fields["outcome"].get_values(self.env)[0]}
        ).action_confirm()
        self._request()
        self.assertEqual(self._parts().case_id, (self.case | second | closed).sudo())
        self.assertEqual(self.env["sozial.subject.part"].with_user(self.worker).search([]).case_id, self.case | closed)

    def test_the_letter_of_the_company(self):
        self.tenant.write({"birth_date": "1980-05-17", "phone": "0531 4711"})
        request = self._request(other_data="Videoaufnahmen der Tiefgarage, 48 Stunden")
        answer = json.dumps(request._answer(), ensure_ascii=False)
        for part in ("V-1", "1980-05-17", "0531 4711", "Tiefgarage", "§ 203", "900.0"):
            self.assertIn(part, answer)
        for secret in (self.case.name, "Rotkehlchen", "Zaunkönig"):
            self.assertNotIn(secret, answer)

    def test_a_member_of_the_household_is_not_told_the_rent(self):
        self.env["sozial.tenancy.occupant"].create({"tenancy_id": self.tenancy.id, "partner_id": self.husband.id})
        answer = json.dumps(self._request(self.husband)._answer())
        self.assertIn("V-1", answer)
        self.assertNotIn('"rent_net"', answer)
        self.assertNotIn('"arrears"', answer)

    def test_old_requests_go_by_themselves(self):
        old, young = self._request(), self._request()
        for request in (old, young):
            request.action_ready()
            request.action_delivered_by_letter()
        long_ago = fields.Date.today().replace(month=12, day=31) - relativedelta(years=4)
        self.env.cr.execute("UPDATE sozial_subject_request SET received_on = %s WHERE id = %s", [long_ago, old.id])
        self.env.invalidate_all()
        self.env["sozial.subject.request"]._gc_answered()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_other_companies_see_nothing(self):
        request = self._request()
        stranger = self._user("t_privacy_two", "privacy", company=self.other_company)
        with self.assertRaises(AccessError):
            self._as(request, stranger).read(["state"])


class PdfMixin:
    """Reads the text of the printed PDF. A PDF tool that does not work is a failure, not a skip."""

    def _pdf_text(self, report, records, user):
        reports = self.env["ir.actions.report"].with_user(user).with_context(
            force_report_rendering=True, allowed_company_ids=self.company.ids
        )
        if reports.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.fail(f"wkhtmltopdf does not work: {reports.get_wkhtmltopdf_state()}")
        try:
            pdf, kind = reports._render_qweb_pdf(f"sozial_management.{report}", records.ids)
        except unittest.SkipTest as skipped:  # Odoo's way to let a broken PDF tool look green
            self.fail(f"wkhtmltopdf failed: {skipped}")
        self.assertEqual(kind, "pdf")
        self.raw = pdf
        return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@tagged("post_install", "-at_install")
class TestSubjectLetters(PdfMixin, SubjectCommon, HttpCase):
    def _german(self):
        if "de_DE" not in dict(self.env["res.lang"].get_installed()):
            self.fail("The letters are German: install the language German in the test database.")

    def test_the_departments_letter_on_paper(self):
        self._german()
        part = self._part()
        part.action_release()
        text = self._pdf_text("report_subject_part", part, self.worker)
        for wanted in (
            "Wohnungsgesellschaft Musterstadt", "Erika Sorgenfrei", "Ihre Daten beim Sozialen Management", "Rotkehlchen",
            "geschwärzt: betrifft eine andere Person", self.case.name, "Ihre Rechte", "Art. 20", "Art. 9", "§ 203",
        ):  # fmt: skip
            self.assertIn(wanted, text)
        self.assertNotIn("Zaunkönig", text)
        self.assertNotIn("Zaunkönig".encode(), self.raw)

    def test_the_companys_letter_on_paper(self):
        self._german()
        self.company.write(
            {"sozial_privacy_contact": "Dr. Ina Schütz", "sozial_supervisory_authority": "Landesbeauftragte, Prinzenstraße 5"}
        )
        text = self._pdf_text("report_subject_request", self._request(), self.privacy)
        for wanted in ("Stammdaten", "V-1", "Soziales Management", "§ 203", "Dr. Ina Schütz", "Prinzenstraße 5", "Ihre Rechte"):
            self.assertIn(wanted, text)
        self.assertNotIn(self.case.name, text)

    def test_no_letter_for_others(self):
        part = self._part()
        part.action_release()
        request = self._request(self.other_tenant)
        for user in (self.colleague, self.privacy, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["report.sozial_management.subject_part_letter"].with_user(user)._get_report_values(part.ids)
        for user in (self.worker, self.lead, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["report.sozial_management.subject_request_letter"].with_user(user)._get_report_values(request.ids)

    def test_json_by_address_for_those_who_may(self):
        part = self._part()
        part.action_release()
        self.env.flush_all()
        for login in ("t_colleague", "t_privacy", "t_system"):
            self.authenticate(login, login)
            answer = self.url_open(f"/sozial/subject-part/{part.id}.json")
            self.assertEqual(answer.status_code, 404, login)
            self.assertEqual(self.url_open("/sozial/subject-part/999999.json").status_code, 404)
        self.authenticate("t_worker", "t_worker")
        answer = self.url_open(f"/sozial/subject-part/{part.id}.json")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.json()["person"], self.tenant.name)
        self.assertIn("Rotkehlchen", answer.text)
        self.assertNotIn("Zaunk", answer.text)
        self.authenticate(None, None)
        self.assertNotIn("Rotkehlchen", self.url_open(f"/sozial/subject-part/{part.id}.json").text)

    def test_json_before_the_release_is_refused(self):
        part = self._part()
        self.env.flush_all()
        self.authenticate("t_worker", "t_worker")
        answer = self.url_open(f"/sozial/subject-part/{part.id}.json")
        self.assertNotEqual(answer.status_code, 200)
        self.assertNotIn("Rotkehlchen", answer.text)
