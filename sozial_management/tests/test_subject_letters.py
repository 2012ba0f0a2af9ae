from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .subject_common import PdfMixin, SubjectCommon


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
