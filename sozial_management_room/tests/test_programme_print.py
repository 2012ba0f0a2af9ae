from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attendance_common import AttendanceCommon

# paper in points
SIZES = {"poster": (842, 1191), "booklet": (420, 595), "large": (595, 842), "plain": (595, 842)}


@tagged("post_install", "-at_install")
class TestProgrammePrint(AttendanceCommon):
    """The programme on paper: the same dates as on the page, four layouts, translated."""

    def setUp(self):
        super().setUp()
        self.activity.write(
            {"published": True, "summary": "Kaffee und mehr", "plain_text": "Wir essen zusammen.", "leader_id": self.tenant.id}
        )
        self.activity.action_run()
        self._session(self._activity("Geheim"), datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 10))

    def _wizard(self, user=None, **values):
        prints = self._as(self.env["sozial.programme.print"], user or self.room_user)
        return prints.create({"date_from": "2027-03-01", "date_until": "2027-03-07", "lang": "de_DE", **values})

    def _pdf(self, layout, **values):
        wizard = self._wizard(layout=layout, **values)
        action = wizard.action_print()
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True).with_user(self.room_user)
        content, kind = reports._render_qweb_pdf(action["report_name"], wizard.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(BytesIO(content)).pages
        return pages[0], " ".join("".join(page.extract_text() for page in pages).split())

    def test_four_layouts(self):
        for layout, (width, height) in SIZES.items():
            with self.subTest(layout=layout):
                page, text = self._pdf(layout)
                self.assertAlmostEqual(float(page.mediabox.width), width, delta=3)
                self.assertAlmostEqual(float(page.mediabox.height), height, delta=3)
                for word in ("Programm ", "Frühstück", "Montag, 1. März", "10:00–12:00", "kostenlos"):
                    self.assertIn(word, text)
                self.assertIn("Wir essen zusammen" if layout == "plain" else "Kaffee und mehr", text)
                for word in ("Geheim", "Sorgenfrei"):
                    self.assertNotIn(word, text)

    def test_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.activity.with_context(lang="fr_FR").name = "Petit déjeuner"
        _page, text = self._pdf("poster", lang="fr_FR")
        self.assertIn("Petit déjeuner", text)
        self.assertNotIn("Frühstück", text)

    def test_what_falls_out_and_closures_stand_on_paper(self):
        self.now = datetime(2027, 2, 20, 8)
        self.session._cancel("Leitung erkrankt")
        closure = {"name": "Wasserschaden", "centre_id": self.centre.id, "room_ids": [(6, 0, self.kitchen.ids)]}
        self.env["sozial.room.closure"].with_user(self.room_manager).create(
            {**closure, "start": "2027-03-02 23:00:00", "stop": "2027-03-03 23:00:00"}
        ).action_activate()
        text = self._pdf("poster")[1]
        for word in ("fällt aus", "Geschlossen: Treff, Küche"):
            self.assertIn(word, text)
        self.assertNotIn("Wasserschaden", text)

    def test_bad_periods_and_empty_ones_are_named(self):
        for values, words in (
            ({"date_until": "2027-02-01"}, "Until"),
            ({"date_until": "2029-02-01"}, "Until"),
            ({"date_from": "2027-03-02"}, "Nothing is published"),
        ):
            with self.subTest(values=values), self._told(words):
                self._wizard(**values).action_print()

    def test_dialogs_are_their_authors(self):
        wizard = self._wizard()
        for user in (self.room_manager, self.worker):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(wizard, user).action_print()
