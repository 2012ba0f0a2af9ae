import io

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_project import ProjectCommon


@tagged("post_install", "-at_install")
class TestProjectReport(ProjectCommon):
    """The report tells what was done, hides small figures, and shows pictures with consent alone."""

    def _pages(self, user):
        report = self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True, lang="de_DE")
        pdf, _kind = report._render_qweb_pdf("sozial_management.project_form", self.project.ids)
        return PdfReader(io.BytesIO(pdf)).pages

    def _text(self, user=None):
        return " ".join(" ".join(page.extract_text() for page in self._pages(user or self.worker)).split())

    def test_what_stands_in_it(self):
        text = self._text()
        for words in ("Zwischenbericht", "Hochbeete", self.quarter.name, "Alt und Jung", "Grundschule", "Zwei Klassen", "Bauen", "Material",
                      "120,30", "Stadt"):  # fmt: skip
            with self.subTest(words=words):
                self.assertIn(words, text)
        self._finish()
        self.assertIn("Die Beete bleiben.", self._text())
        for user in (self.frontdesk, self.report, self.system):
            with self.assertRaises(AccessError):
                self._pages(user)

    def test_small_figures_are_hidden_together(self):
        harvest = self.project.activity_line_ids[1]
        by_activity, by_age, total = self.project._reach_to_tell()
        self.assertEqual((total, by_activity[harvest.id], by_age["children"]), ("88", "54", "39"))
        harvest.write({"older": 0, "adults": 0, "children": 2})
        by_activity, by_age, total = self.project._reach_to_tell()
        self.assertEqual(by_activity[harvest.id], "•")
        shown = [text for text in (*by_activity.values(), total) if text != "•"]
        self.assertLess(len(shown), 2, "the sum and the other activity would tell the hidden one")

    def test_pictures_need_consent(self):
        before = sum(len(page.images) for page in self._pages(self.worker))
        hidden = self._picture(shown="minors", image=self._other_picture())
        self.assertEqual(sum(len(page.images) for page in self._pages(self.worker)), before)
        hidden.write({"consent": True, "consent_note": "Ordner 3"})
        self.assertEqual(sum(len(page.images) for page in self._pages(self.worker)), before + 1)
        hidden.in_report = False
        self.assertEqual(sum(len(page.images) for page in self._pages(self.worker)), before)
