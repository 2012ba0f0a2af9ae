import csv
import io

import openpyxl
import pypdf

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from ..suppression import Release, audit
from .common import SozialCommon

NOW = "2026-11-22 09:00:00"


class FigureCommon(SozialCommon):
    """Facts of two years; users who may publish and who may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = cls.env["sozial.case.type"].search([], limit=3)
        cls._facts(2025, {0: 21, 1: 9, 2: 2})
        cls.startClassPatcher(freeze_time(NOW))

    @classmethod
    def _facts(cls, year, numbers, company=None, kind="opened", **values):
        """So many facts of each kind of case, one person each, over all months."""
        return cls.env["sozial.case.fact"].create(
            [
                {
                    "company_id": (company or cls.company).id,
                    "kind": kind,
                    "month": f"{year}-{1 + n % 12:02}-01",
                    "contributor": f"{index}-{n}-{year}",
                    "type_id": cls.kinds[index].id,
                    "age_group": ("27-44", "45-64")[n % 2],
                    **values,
                }
                for index, number in numbers.items()
                for n in range(number)
            ]
        )

    def _ask(self, measure="opened", rows="type_id", columns=False, year="2025", quarter=False, user=None):
        user = user or self.report
        requests = self.env["sozial.figure.request"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        action = requests.create(
            {"measure": f"sozial.case.fact:{measure}", "rows": rows, "columns": columns, "year": year, "quarter": quarter}
        ).action_publish()
        self.assertEqual(action["res_model"], "sozial.figure.release")
        return requests.env["sozial.figure.release"].browse(action["res_id"])

    def _body(self, release):
        return {row["label"]: row["values"] for row in release.cells["body"]}


@tagged("post_install", "-at_install")
class TestFigures(FigureCommon):
    # invariant 10

    def test_a_small_figure_is_hidden_and_so_is_what_gives_it_away(self):
        body = self._body(self._ask())
        names = self.kinds.mapped("name")
        self.assertEqual(body["Total"], [32])
        self.assertEqual(body[names[2]], [None])
        self.assertEqual([body[name] for name in names].count([None]), 2, "32 - 21 - 9 would tell")

    def test_no_way_around_by_filters_years_and_other_tables(self):
        """Whatever is asked after each other: no number under 5, and nothing that follows from all."""
        self._facts(2024, {0: 8, 1: 9, 2: 6})
        self._facts(2025, {0: 30, 1: 20, 2: 3}, kind="contact", medium="phone", reached="yes", minutes=20)
        asked = [
            {}, {"columns": "age_group"}, {"quarter": "1"}, {"quarter": "2"}, {"quarter": "3"}, {"quarter": "4"},
            {"rows": "period"}, {"rows": "age_group"}, {"rows": "type_id", "columns": "period"}, {"year": "2024"},
            {"measure": "contacts"}, {"measure": "minutes", "columns": "period"}, {"measure": "reached"},
            {"measure": "minutes", "quarter": "3"},
        ]  # fmt: skip
        releases = [self._ask(**one) for one in asked]
        seen = [value for release in releases if release.shows == "count" for values in self._body(release).values() for value in values]
        self.assertFalse([value for value in seen if value is not None and 0 < value < 5])
        self.assertTrue([value for value in seen if value])
        self.assertIn(None, seen)
        stored = self.env["sozial.figure.release"].search([("company_id", "=", self.company.id)]).sorted("id")
        self.assertEqual(len(stored), len(asked))
        self.assertEqual(audit([Release.from_json(one) for one in stored.mapped("ledger")]), [])

    def test_the_second_table_takes_account_of_the_first(self):
        """Who is added later is not told by the difference: one more of a kind that was shown."""
        first = self._ask(rows="type_id", columns="age_group")
        self._facts(2025, {0: 1})
        second = self._ask(rows="type_id")
        self.assertEqual(self._body(first)["Total"][-1], 32)
        self.assertNotIn(33, [values[0] for values in self._body(second).values()])

    def test_the_same_request_gives_the_stored_table(self):
        first = self._ask()
        self._facts(2025, {0: 40, 1: 40, 2: 40})
        again = self._ask(user=self.lead)
        self.assertEqual(again, first)
        self.assertEqual(again.user_id, self.report)
        self.assertEqual(self._body(again)["Total"], [32])

    def test_minutes_are_hidden_with_their_count(self):
        self._facts(2025, {0: 9, 1: 12, 2: 4}, kind="contact", medium="visit", reached="yes", minutes=30)
        body = self._body(self._ask("minutes"))
        names = self.kinds.mapped("name")
        self.assertEqual(body["Total"], [25 * 30])
        self.assertIsNone(body[names[2]][0])
        self.assertEqual([body[name] for name in names].count([None]), 2)

    def test_persons_count_and_not_their_contacts(self):
        for n in range(30):
            self._facts(2025, {0: 3}, kind="contact", medium="visit", reached="yes", minutes=n)
        self._facts(2025, {1: 12}, kind="contact", medium="visit", reached="yes", minutes=30)
        body = self._body(self._ask("contacts"))
        self.assertIsNone(body[self.kinds[0].name][0], "90 contacts of three persons")

    def test_a_dominating_amount_is_hidden(self):
        self._facts(2025, {0: 9, 1: 12}, kind="contact", medium="visit", reached="yes", minutes=1)
        self._facts(2025, {0: 1}, kind="contact", medium="visit", reached="yes", minutes=1400, contributor="much")
        self.assertIsNone(self._body(self._ask("minutes"))[self.kinds[0].name][0])

    def test_share_and_average(self):
        self._facts(2025, {0: 12}, kind="contact", medium="visit", reached="yes")
        self._facts(2025, {0: 6}, kind="contact", medium="visit", reached="no")
        share = self._ask("reached")
        self.assertAlmostEqual(self._body(share)["Total"][0], 12 / 18)
        self.assertEqual(share._text(12 / 18), "67 %")
        self._facts(2025, {0: 10}, kind="first_contact", days=4)
        self._facts(2025, {0: 10}, kind="first_contact", days=7)
        average = self._ask("days")
        self.assertEqual(average._text(self._body(average)["Total"][0]).replace(",", "."), "5.5")

    def test_what_cannot_be_shown_is_said(self):
        self._facts(2023, {0: 3})
        release = self._ask(year="2023")
        self.assertEqual(release.hidden, "all")
        self.assertEqual({value for values in self._body(release).values() for value in values}, {None})

    def test_a_second_look_withholds(self):
        """If the decision were wrong, the audit would keep the table in the house."""
        from unittest.mock import patch

        from ..suppression import Exposure
        with patch(
            "odoo.addons.sozial_management.models.figure.release.audit", return_value=[Exposure(frozenset(), True)]
        ):
            self.assertEqual(self._ask().hidden, "all")

    # requests that do not fit

    def test_wrong_requests_are_answered_in_words(self):
        for values, words in (
            ({"year": "2026"}, "can be published from"),
            ({"year": "2026", "quarter": "4"}, "can be published from"),
            ({"year": "2022"}, "nothing was counted"),
            ({"year": "1066"}, "Year: choose one from the list"),
            ({"measure": "login"}, "Figure: choose one from the list"),
            ({"rows": "contributor"}, "By: choose one from the list"),
            ({"rows": "medium"}, "cannot be divided by it"),
            ({"columns": "outcome"}, "cannot be divided by it"),
            ({"columns": "type_id"}, "And by"),
            ({"rows": "period", "quarter": "1"}, "one quarter cannot be divided"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, words):
                self._ask(**values)
        self.assertFalse(self.env["sozial.figure.release"].search([("company_id", "=", self.company.id)]))

    def test_a_quarter_that_is_over_is_published_some_days_later(self):
        self._facts(2026, {0: 60})
        with freeze_time("2026-10-10 12:00:00"), self.assertRaises(UserError):
            self._ask(year="2026", quarter="3")
        with freeze_time("2026-10-11 12:00:00"):
            self.assertEqual(self._body(self._ask(year="2026", quarter="3"))["Total"], [15])

    def test_the_year_proposed_can_be_published(self):
        requests = self.env["sozial.figure.request"].with_user(self.report)
        for day, year in (("2027-01-10 12:00:00", "2025"), ("2027-01-11 12:00:00", "2026")):
            with freeze_time(day):
                self.assertEqual(requests.default_get(["year"])["year"], year)

    def test_the_year_so_far(self):
        """Up to the last quarter that is over: from facts counted month by month, and frozen like every other table."""
        self._facts(2026, {0: 60, 1: 30, 2: 3})
        with self.assertRaisesRegex(UserError, "can be published from"):
            self._ask(year="2026")
        with freeze_time("2026-10-10 12:00:00"), self.assertRaisesRegex(UserError, "Q1–3 2026 can be published from"):
            self._ask(year="2026", quarter="1-3")
        so_far = self._ask(year="2026", quarter="1-3", columns="period")
        self.assertEqual(so_far.period, "Q1–3 2026")
        self.assertEqual(so_far.cells["heads"], ["Q1 2026", "Q2 2026", "Q3 2026", "Total"])
        half = self._ask(year="2026", quarter="1-2")
        third = self._ask(year="2026", quarter="3")
        self.assertEqual(self._body(half)["Total"], [51])
        for release in (so_far, half, third):
            seen = [value for values in self._body(release).values() for value in values]
            self.assertFalse([value for value in seen if value is not None and 0 < value < 5])
        before = so_far.cells
        self._facts(2026, {0: 24})  # what came in late
        self.assertEqual(self._ask(year="2026", quarter="1-3", columns="period").cells, before, "frozen")
        with freeze_time("2027-01-15 12:00:00"):
            self._ask(year="2026", columns="period")
        stored = self.env["sozial.figure.release"].search([("company_id", "=", self.company.id)]).sorted("id")
        self.assertEqual(audit([Release.from_json(one) for one in stored.mapped("ledger")]), [])

    def test_changing_the_figure_takes_away_what_does_not_fit(self):
        request = self.env["sozial.figure.request"].with_user(self.report).new({"measure": "sozial.case.fact:contacts", "rows": "medium"})
        request.columns = "reached"
        request.measure = "sozial.case.fact:opened"
        request._onchange_measure()
        self.assertEqual((request.rows, request.columns), ("period", False))
        self.assertNotIn("How", request.possible)

    def test_what_is_due_is_counted_before(self):
        case = self._open_case(opened_on="2025-05-01")
        self.env.cr.execute("UPDATE sozial_case SET create_date = '2025-05-01' WHERE id = %s", [case.id])
        case.invalidate_recordset()
        self._ask()
        self.assertTrue(case.sudo().opened_counted)

    # who

    def test_who_publishes(self):
        for user in (self.report, self.lead):
            self.assertEqual(self._ask(user=user).year, 2025)
        for user in (self.worker, self.frontdesk, self.privacy, self.config, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._ask(user=user)

    def test_the_report_role_reads_nothing_else(self):
        self._open_case()
        readable = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("sozial.") and not model._abstract and self.env[name].with_user(self.report).has_access("read")
        }
        readable.discard("sozial.activity.report")  # of the addon of rooms: a dialog that shows published figures
        self.assertEqual(
            readable,
            {
                "sozial.figure.release", "sozial.figure.request", "sozial.quarter.overview",
                "sozial.topic", "sozial.target.group", "sozial.case.type",
            },
        )
        with self.assertRaises(AccessError):
            self.env["sozial.case"].with_user(self.report).search_count([])

    def test_what_stands_behind_a_table_is_for_nobody(self):
        release = self._ask()
        for user in (self.report, self.lead, self.system):
            for name in ("ledger", "request"):
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError):
                        self._as(release, user).read([name])
                    with self.assertRaises(AccessError):
                        self._as(release, user).search([(name, "ilike", "x")])
            if user != self.system:
                self.assertNotIn("ledger", self._as(release, user).fields_get())
                self.assertNotIn("ledger", self._as(release, user).read()[0])

    def test_a_published_table_stays(self):
        release = self._ask()
        by_role = [(self._as(release, user), AccessError) for user in (self.report, self.lead, self.system)]
        for record, error in [(release.sudo(), UserError), *by_role]:
            for call in (lambda record=record: record.write({"name": "x"}), record.unlink):
                with self.assertRaises(error):
                    call()
        with self.assertRaises(AccessError):
            self._as(release, self.report).create({"name": "x"})

    def test_companies_are_apart(self):
        stranger = self._user("t_report_there", "report", company=self.other_company)
        mine = self._ask()
        self._facts(2025, {0: 50}, company=self.other_company)
        theirs = self._ask(user=stranger)
        self.assertEqual(self._body(theirs)["Total"], [50])
        self.assertEqual(self._body(mine)["Total"], [32])
        self.assertNotEqual(mine, theirs)
        self.assertFalse(self._as(mine, stranger).has_access("read"))
        self.assertFalse(self._as(theirs, self.report).search([("id", "=", theirs.id)]))

    def test_two_at_a_time_collide(self):
        """Asking touches the row of the company, so that a second one in another transaction starts again."""
        self._ask()
        self.assertEqual(self.company.sudo().figure_tables, 1)
        self._ask()
        self.assertEqual(self.company.sudo().figure_tables, 1, "the stored table is just read")


@tagged("post_install", "-at_install")
class TestFigureFiles(FigureCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds[1].name = "=1+1"
        new_test_user(
            cls.env, "t_figures", "base.group_user,sozial_management.group_sozial_report", password="t_figures_pw",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
        )  # fmt: skip
        new_test_user(
            cls.env, "t_no_figures", "base.group_user,sozial_management.group_sozial_worker", password="t_no_figures_pw",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
        )  # fmt: skip

    def _get(self, release, kind, login="t_figures"):
        self.authenticate(login, f"{login}_pw")
        return self.url_open(f"/sozial/kennzahlen/{release.id}.{kind}")

    def test_files_say_what_the_screen_says(self):
        release = self._ask()
        answer = self._get(release, "csv")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(rows[0], [release.name])
        self.assertEqual(rows[-1], ["Total", "32"])
        self.assertIn([self.kinds[2].name, "•"], rows)
        self.assertIn("'=1+1", [row[0] for row in rows if row])
        sheet = openpyxl.load_workbook(io.BytesIO(self._get(release, "xlsx").content)).active
        cells = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
        self.assertEqual(cells["Total"], (32,))
        self.assertEqual(cells[self.kinds[2].name], ("•",))
        self.assertIn("=1+1", cells)

    def test_the_paper_says_what_the_screen_says(self):
        release = self._ask()
        pdf, kind = self.env["ir.actions.report"].with_user(self.report).with_context(force_report_rendering=True)._render_qweb_pdf(
            "sozial_management.report_figure_release", release.ids
        )
        self.assertEqual(kind, "pdf")
        text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
        for words in (release.name, "32", "•", self.company.name):
            self.assertIn(words, text)

    def test_files_are_for_those_who_may_read_the_table(self):
        release = self._ask()
        self.assertEqual(self._get(release, "csv", "t_no_figures").status_code, 404)
        self.assertEqual(self._get(release, "txt").status_code, 404)
        self._facts(2025, {0: 50}, company=self.other_company)
        theirs = self._ask(user=self._user("t_report_there", "report", company=self.other_company))
        self.assertEqual(self._get(theirs, "csv").status_code, 404)
        self.assertEqual(self._get(release, "csv").status_code, 200)
