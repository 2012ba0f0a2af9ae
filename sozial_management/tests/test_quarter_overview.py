from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import SozialCommon

PINNED_OPEN = 8  # the overview of two years on the screen
PINNED_PUBLISH = 95  # twelve tables, computed one after the other

LEFT = {"moved_out": "yes", "german": False, "alone_old": False, "arrears": False, "children": False}


@tagged("post_install", "-at_install")
class TestQuarterOverview(SozialCommon):
    """The trends of a Quartier: from stored facts, published and suppressed."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2027-03-01 10:00"))
        super().setUpClass()
        cls.facts = cls.env["sozial.quarter.fact"]
        cls.south, cls.west = cls.env["sozial.quarter"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Süd", "West")]
        )

    def _let(self, quarter, number, year=2026, **values):
        self.facts.create(
            [
                {
                    "company_id": self.company.id, "month": f"{year}-12-01", "contributor": f"{quarter.name}{year}{values}{n}",
                    "quarter_id": quarter.id, "german": "yes", "moved_in": "no", "alone_old": "no", "arrears": "no", "children": "no",
                    **values,
                }
                for n in range(number)
            ]
        )  # fmt: skip

    def _overview(self, user=None):
        user = user or self.report
        overviews = self.env["sozial.quarter.overview"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return overviews.create({"year": "2026"})

    def _shown(self, overview, quarter, code):
        trends = overview._trends()
        label = next(trend["label"] for trend in trends if trend["code"] == code)
        lines = next(one["lines"] for one in overview._quarters(trends) if one["label"] == quarter)
        return [figure["text"].replace("\xa0", " ") for figure in next(line for line in lines if line["label"] == label)["figures"]]

    def test_what_a_tenancy_tells(self):
        self.tenant.write({"birth_date": "1950-05-01", "language_ids": self.env["sozial.language"].search([("code", "=", "ar")], limit=1)})
        self.tenancy.write({"arrears": 900, "arrears_date": "2026-12-31"})
        last = date(2026, 12, 31)
        told = self.tenancy._figure_let(last)
        self.assertEqual(
            {name: told[name] for name in ("german", "moved_in", "alone_old", "arrears", "children", "age_group")},
            {"german": "no", "moved_in": "no", "alone_old": "yes", "arrears": "yes", "children": "no", "age_group": "65-79"},
        )
        child = self.env["res.partner"].create({"name": "Kind", "company_id": self.company.id, "birth_date": "2015-01-01"})
        self.env["sozial.tenancy.occupant"].create({"tenancy_id": self.tenancy.id, "partner_id": child.id, "date_start": "2020-01-01"})
        self.tenancy.arrears_date = "2026-11-30"
        told = self.tenancy._figure_let(last)
        self.assertEqual((told["alone_old"], told["children"], told["arrears"]), ("no", "yes", False), "an older count is not stated")
        self.tenant.write({"birth_date": False, "language_ids": False})
        child.write({"birth_date": False})
        told = self.tenancy._figure_let(last)
        self.assertEqual([told[name] for name in ("german", "age_group", "children")], [False, False, False])

    def test_a_year_is_counted_once_and_only_when_it_is_over(self):
        self.facts._figure_update(self.company, date(2026, 1, 1), date(2026, 10, 1))
        mine = [("company_id", "=", self.company.id)]
        self.assertFalse(self.facts.search_count(mine), "the year is not over")
        for _again in range(2):
            self.facts._figure_update(self.company, date(2026, 1, 1), date(2027, 1, 1))
            facts = self.facts.search(mine)
            self.assertEqual((len(facts), facts.quarter_id, facts.month), (1, self.quarter, date(2026, 12, 1)))
        links = {field.comodel_name for field in facts._fields.values() if field.relational}
        self.assertEqual(links, {"res.company", "sozial.quarter"})

    def test_a_company_that_fails_does_not_stop_the_others(self):
        count = type(self.facts)._count

        def broken(facts, company, year):
            if company == self.other_company:
                raise ValueError("broken")
            return count(facts, company, year)

        quiet = mute_logger("odoo.addons.sozial_management.models.figure.quarter_fact")
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        both = patch.object(type(self.env["res.company"]), "search", lambda *_args, **_kw: self.other_company | self.company)
        with freeze_time("2027-01-20 10:00"), progress, both, quiet, patch.object(type(self.facts), "_count", broken):
            self.facts._cron_count()
        self.assertEqual(self.facts.search_count([("company_id", "=", self.company.id)]), 1)

    def test_who_left_stands_beside_who_came(self):
        """Of the tenancies that ran when the year began. Who came and left within it is counted nowhere."""
        self.tenancy.date_start = "2020-01-01"
        for start, end in (("2019-05-01", "2026-03-31"), ("2026-04-15", "2026-12-30"), ("2026-12-31", False)):
            super()._let(self.other_dwelling, date_start=start, date_end=end)
        self.facts._figure_update(self.company, date(2026, 1, 1), date(2027, 1, 1))
        facts = self.facts.search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(facts.mapped(lambda one: (one.moved_in, one.moved_out))), [("no", "no"), ("no", "yes"), ("yes", "no")])
        gone = facts.filtered(lambda one: one.moved_out == "yes")
        self.assertEqual(gone.quarter_id, self.quarter)
        self.assertFalse(any(gone[name] for name in ("german", "age_group", "alone_old", "arrears", "children")))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._let(self.south, 1, moved_out="yes")

    def test_shares_of_who_came_and_who_left(self):
        """Who came: of those let at the end of the year. Who left: of those let when it began."""
        for quarter, stay, gone, came in ((self.south, 30, 10, 20), (self.west, 20, 20, 60)):
            self._let(quarter, stay)
            self._let(quarter, gone, **LEFT)
            self._let(quarter, came, moved_in="yes", german="no")
        overview = self._overview()
        overview.action_publish()
        told = {
            (quarter, code): self._shown(overview, quarter, code)[1]
            for quarter in ("Süd", "West") for code in ("moved_in", "moved_out", "no_german")
        }  # fmt: skip
        self.assertEqual(told, {
            ("Süd", "moved_in"): "40 %", ("Süd", "moved_out"): "25 %", ("Süd", "no_german"): "40 %",
            ("West", "moved_in"): "75 %", ("West", "moved_out"): "50 %", ("West", "no_german"): "75 %",
        })  # fmt: skip

    def test_few_who_left_cannot_be_worked_out_from_two_years(self):
        """Let a year ago, less those let now, plus those who came, are those who left."""
        self._let(self.south, 40, 2025)
        self._let(self.west, 40, 2025)
        for quarter, gone, came in ((self.south, 2, 8), (self.west, 12, 9)):
            self._let(quarter, 40 - gone)
            self._let(quarter, gone, **LEFT)
            self._let(quarter, came, moved_in="yes")
        releases = self.env["sozial.figure.release"].with_user(self.report).with_context(allowed_company_ids=self.company.ids)

        def told(measure, year, labels=("Süd", "West", "Total")):
            table = releases._publish("sozial.quarter.fact", measure, "quarter_id", "", year, "")
            found = {row["label"]: row["values"][0] for row in table.cells["body"]}
            return [found[label] for label in labels]

        before, now = told("let", 2025), told("let", 2026)
        self.assertEqual(before, [40, 40, 80], "the positive control")
        came, gone = told("moved_in", 2026), told("moved_out", 2026)
        self.assertIsNone(gone[0], "two have left")
        known = [None not in figures for figures in zip(before, now, came, strict=True)]
        self.assertFalse(known[0], "else 40 - 46 + 8 are the two")
        self.assertLess(sum(known[1:]) + (gone[1] is not None), 3, "nor by the total")

    def test_the_cron_counts_in_january_only(self):
        mine = [("company_id", "=", self.company.id)]
        self.facts._cron_count()
        self.assertFalse(self.facts.search_count(mine))
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        with freeze_time("2027-01-20 10:00"), progress:
            self.facts._cron_count()
            self.facts._cron_count()
        self.assertEqual(self.facts.search_count(mine), 1)

    def test_a_year_stands_beside_the_one_before(self):
        for year, others in ((2025, 10), (2026, 20)):
            self._let(self.south, 40 - others, year)
            self._let(self.south, others, year, german="no")
            self._let(self.west, 30, year)
            self._let(self.west, 10, year, german="no")
        overview = self._overview()
        self.assertFalse(overview.overview, "nothing is computed before it is published")
        overview.action_publish()
        overview = self._overview(self.lead)
        self.assertTrue(overview.complete)
        self.assertEqual(self._shown(overview, "Süd", "no_german"), ["25 %", "50 %"])
        self.assertEqual(self._shown(overview, "West", "no_german"), ["25 %", "25 %"])
        self.assertIn("50", overview.overview)
        pdf_html = self.env["ir.qweb"]._render("sozial_management.quarter_trends", {"overview": overview, "on_screen": False})
        self.assertNotIn("/odoo/figures/", pdf_html)

    def test_few_are_hidden_and_cannot_be_subtracted(self):
        self._let(self.south, 37)
        self._let(self.south, 3, alone_old="yes")
        self._let(self.west, 20)
        self._let(self.west, 20, alone_old="yes")
        overview = self._overview()
        overview.action_publish()
        south, west, total = (self._shown(overview, label, "alone_old")[1] for label in ("Süd", "West", "Total"))
        self.assertEqual(south, "•", "three people alone")
        self.assertIn("•", (west, total), "else total minus West gives the three")

    def _asked(self, step):
        self.env.invalidate_all()
        begin = self.cr.sql_log_count
        step()
        return self.cr.sql_log_count - begin

    def _publish_and_open(self, quarters, people):
        for year in (2025, 2026):
            for quarter in quarters:
                self._let(quarter, people, year)
                self._let(quarter, people, year, german="no", alone_old="yes")
        self.env.flush_all()
        published = self._asked(self._overview().action_publish)
        fields = {name: {} for name in ("display_name", "year", "overview", "complete")}
        overview = self._overview(self.lead)
        return published, [self._asked(lambda: overview.web_read(fields)) for _turn in range(2)][-1]

    def test_more_quartiere_ask_no_more_often(self):
        few = self._publish_and_open(self.south, 6)
        many = self.env["sozial.quarter"].create([{"name": f"Q{n}", "company_id": self.other_company.id} for n in range(6)])
        self.company, self.report, self.lead = self._other_house()
        self.assertEqual(self._publish_and_open(many, 12), few, "more Quartiere, not more queries")
        self.assertEqual(few, (PINNED_PUBLISH, PINNED_OPEN))

    def _other_house(self):
        """The same roles in the other company."""
        groups = ("sozial_management.group_sozial_report", "sozial_management.group_sozial_lead")
        users = [self._user(f"t_overview_{n}", groups=group, company=self.other_company) for n, group in enumerate(groups)]
        return self.other_company, *users

    def test_the_first_year_stands_alone(self):
        self._let(self.south, 40)
        self.tenancy.date_start = "2026-02-01"
        overview = self._overview()
        overview.action_publish()
        self.assertEqual(self._shown(overview, "Süd", "children"), ["–", "0 %"])

    def test_nobody_reads_facts(self):
        self._let(self.south, 1)
        facts = self.facts.search([("company_id", "=", self.company.id)])
        for user in (self.worker, self.lead, self.report, self.system, self.privacy, self.config, self.frontdesk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(facts, user).read(["month"])
        for call in (lambda: facts.write({"german": "no"}), facts.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                call()
        self.env["ir.model.access"].create(
            {
                "name": "x", "model_id": self.env["ir.model"]._get_id("sozial.quarter.fact"), "perm_read": True,
                "group_id": self.env.ref("base.group_user").id,
            }
        )  # fmt: skip
        self.assertEqual(self._as(self.facts, self.lead).search_count([]), 0)

    def test_other_roles_have_no_overview_and_dialogs_are_ones_own(self):
        for user in (self.worker, self.frontdesk, self.privacy, self.config, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._overview(user)
        overview = self._overview()
        with self.assertRaises(AccessError):
            self._as(overview, self.lead).action_publish()

    def test_who_may_not_read_tables_publishes_none(self):
        self._let(self.south, 40)
        overview = self._overview()
        lines = self.env["ir.model.access"].search([("model_id.model", "=", "sozial.figure.release")])
        lines.active = False
        for step in (overview.action_publish, lambda: overview.overview):
            with self.assertRaises(AccessError):
                step()
        self.assertFalse(self.env["sozial.figure.release"].sudo().search_count([("company_id", "=", self.company.id)]))

    def test_a_fact_names_a_december(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.facts.create({"company_id": self.company.id, "month": "2026-11-01", "contributor": "x"})
