from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import formatLang

from .attendance_common import AttendanceCommon

# more than two digits: found in a text, they are these and no page number
ADULTS, CHILDREN, OLDER, FORMER = 811, 622, 3, 417


@tagged("post_install", "-at_install")
class TestActivityReport(AttendanceCommon):
    """What a funder gets: one PDF, one spreadsheet, both suppressed; who may make it."""

    def setUp(self):
        super().setUp()
        self.paid = self._activity("Yoga", cost=5)
        self.yoga = self._session(self.paid, datetime(2027, 3, 3, 9), datetime(2027, 3, 3, 10))
        former = self._session(self.activity, datetime(2026, 2, 3, 9), datetime(2026, 2, 3, 10))
        self.now = datetime(2027, 3, 3, 10)
        self._sheet(former, counts={"participant": {"adults": FORMER}})
        self._sheet(counts={"participant": {"adults": ADULTS, "children": CHILDREN}, "volunteer": {"adults": 7}}, expense=2866)
        self._sheet(self.yoga, counts={"participant": {"adults": 9, "older": OLDER}})
        self.now = datetime(2027, 5, 1, 10)

    def _report(self, user=None, **values):
        reports = self._as(self.env["sozial.activity.report"], user or self.report)
        return reports.create({"centre": str(self.centre.id), "year": "2027", "quarter": "1", **values})

    def _published(self, **values):
        report = self._report(**values)
        report.action_publish()
        return report

    def _pdf(self, report):
        reports = report.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("sozial_management_room.report_activity_report", report.ids)
        self.assertEqual(kind, "pdf")
        return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())

    def _sheet_of(self, report):
        """``{title: {label: values}}`` as another program reads the spreadsheet."""
        tables, title = {}, None
        for row in load_workbook(BytesIO(report._xlsx())).active.iter_rows(values_only=True):
            cells = [cell for cell in row if cell is not None]
            if len(cells) == 1:
                title = cells[0]
            elif cells:
                tables.setdefault(title, {})[cells[0]] = cells[1:]
        return tables

    def test_everything_a_funder_asks_for_is_there(self):
        tables = self._sheet_of(self._published())
        by_activity = tables["Participation by activity (visits)"]
        self.assertEqual(by_activity["Frühstück"], [ADULTS + CHILDREN, FORMER, ADULTS + CHILDREN - FORMER])
        self.assertEqual(tables["Participation by Quartier (visits)"][self.quarter.name][0], ADULTS + CHILDREN + 9 + OLDER)
        self.assertEqual(tables["Free and paid use (visits)"]["Free use"][0], ADULTS + CHILDREN)
        self.assertEqual(tables["Hours of volunteers"][self.quarter.name][0], 14, "seven people, two hours")
        cost = next(values for title, values in tables.items() if title.startswith("Cost per participant"))
        self.assertEqual({row[0] for row in cost.values()} - {"Q1 2027"}, {"•"}, "one person was paid: nobody learns how much")

    def test_the_cost_is_told_where_three_were_paid(self):
        for day in (8, 15, 22):
            leader = self.env["res.partner"].create({"name": f"Leitung {day}", "company_id": self.company.id})
            session = self._session(self.activity, datetime(2027, 3, day, 9), datetime(2027, 3, day, 10), leader_id=leader.id)
            self.now = datetime(2027, 3, day, 10)
            self._sheet(session, counts={"participant": {"adults": 100}}, expense=1000)
        self.now = datetime(2027, 5, 1, 10)
        tables = self._sheet_of(self._published())
        cost = next(values for title, values in tables.items() if title.startswith("Cost per participant"))
        self.assertEqual(round(cost[self.quarter.name][0], 2), round((3000 + 2866) / (300 + 1433 + 12), 2))

    def test_a_small_figure_and_its_complement_are_hidden(self):
        """Three older people: neither they nor what the others and the total would give away."""
        for values in ({}, {"centre": False}):
            by_age = self._sheet_of(self._published(**values))["Participation by age group (visits)"]
            now = {label: row[0] for label, row in by_age.items() if label != "Age"}
            with self.subTest(values=values):
                self.assertEqual(now["Older people (65 and older)"], "•")
                total = now.pop("Total")
                self.assertGreater([*now.values(), total].count("•"), 1, "else it is computed from the rest")
                self.assertNotIn(OLDER, now.values())

    def test_the_print_hides_what_the_spreadsheet_hides(self):
        report = self._published()
        text = self._pdf(report)
        for word in (self.centre.name, "Frühstück", "Older people", formatLang(report.env, ADULTS + CHILDREN, digits=0), str(FORMER), "•"):
            self.assertIn(word, text)
        older = text.split("Older people (65 and older)")[1].split()[0]
        self.assertEqual(older, "•")
        adults, children = (row.split()[0] for row in (text.split("Adults (27 to 64)")[1], text.split("Children (under 14)")[1]))
        self.assertIn("•", (adults, children, text.split("Age")[1].split("Total ")[-1].split()[0]))
        shown = {
            value
            for table in self._sheet_of(report).values() for row in table.values() for value in row if isinstance(value, int | float)
        }  # fmt: skip
        self.assertNotIn(OLDER, shown)

    def test_a_change_is_told_between_shown_figures_only(self):
        for table in self._published()._tables():
            for line in table["lines"]:
                *_rest, now, before, change = line["values"]
                if None in (now, before):
                    self.assertIsNone(change)

    def test_one_centre_is_not_another(self):
        other = self.env["sozial.centre"].create({"name": "Nordtreff", "quarter_id": self.quarter.id})
        self.env["sozial.room"].create({"name": "Stube", "centre_id": other.id})
        visit = self._session(self._activity("Schach", centre=other), datetime(2027, 3, 4, 9), datetime(2027, 3, 4, 10))
        self.now = datetime(2027, 3, 4, 10)
        self._sheet(visit, counts={"participant": {"adults": 55}})
        self.now = datetime(2027, 5, 1, 10)
        tables = self._sheet_of(self._published(centre=str(other.id)))
        self.assertEqual(tables["Participation by activity (visits)"]["Total"], [55, "–", "–"])
        self.assertNotIn("Frühstück", tables["Participation by activity (visits)"])

    def test_a_whole_year_stands_by_calendar_quarter(self):
        self.now = datetime(2028, 2, 1, 10)
        report = self._published(quarter=False)
        heads = report._tables()[0]["heads"]
        self.assertEqual(heads, ["Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027", "Total", "2026", "Change to the year before"])

    def test_reading_publishes_nothing(self):
        report = self._report()
        before = self.env["sozial.figure.release"].sudo().search_count([("company_id", "=", self.company.id)])
        self.assertFalse(report.published)
        self.assertFalse(report.sheet)
        for step in (report.action_print, report.action_xlsx):
            with self._told("publish"):
                step()
        self.assertEqual(self.env["sozial.figure.release"].sudo().search_count([("company_id", "=", self.company.id)]), before)

    def test_asked_again_it_is_the_same(self):
        first = self._sheet_of(self._published())
        self.assertEqual(self._sheet_of(self._published(user=self.lead)), first)

    def test_what_cannot_be_reported_is_named(self):
        with self._told("can be published from"):
            self._report(quarter="2").action_publish()
        with self._told("nobody was counted"):
            self._report(year="2025").action_publish()
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        for values in ({"centre": "0"}, {"centre": str(away.id)}, {"year": "1999"}):
            with self._told("choose one from the list"):
                self._report(**values)

    def test_who_reports(self):
        for user in (self.report, self.lead):
            self.assertTrue(self._published(user=user).published)
        for user in (self.room_user, self.room_manager, self.worker, self.frontdesk, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._report(user=user)

    def test_a_dialog_is_its_authors(self):
        report = self._published()
        self.assertTrue(self._as(report, self.report).read(["result"]), "the positive control")
        with self.assertRaises(AccessError):
            self._as(report, self.lead).read(["result"])

    def test_other_companies_offer_no_centre(self):
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        offered = dict(self._as(self.env["sozial.activity.report"], self.report)._selection_centre())
        self.assertIn(str(self.centre.id), offered)
        self.assertNotIn(str(away.id), offered)
