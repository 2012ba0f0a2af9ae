"""What reports and the network view tell of referrals: small figures never."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .duty_common import DutyCommon


@tagged("post_install", "-at_install")
class TestReferralFigures(DutyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = fields.Date.start_of(cls.today, "month")

    def _facts(self, number, kind="sent", month=None, partner=None, **values):
        """Facts of as many different people."""
        facts = self.env["sozial.referral.fact"]
        return facts.create(
            [
                {"company_id": self.company.id, "kind": kind, "month": month or self.month, "contributor": f"{kind} {place} {values}",
                 "quarter_id": self.quarter.id, "topic_id": self.topic.id, "partner_id": (partner or self.caritas).id, **values}
                for place in range(number)
            ]
        )  # fmt: skip

    def _kinds(self):
        return [one.kind for one in self.env["sozial.referral.fact"].search([("company_id", "=", self.company.id)], order="id")]

    def test_each_step_is_counted_once(self):
        first = self._sent(offer_id=self.offer.id)
        self._share(first)._portal_write("Wie dringend?")
        first.reply = "Bald."
        first.action_reply()
        self.assertEqual(self._kinds(), ["sent"], "asked and answered: sent once")
        self._share(first)._portal_step("accepted")
        self._share(first)._portal_step("contact")
        self._share(first)._portal_step("completed")
        second = self._sent()
        self._share(second)._portal_decline("Kein Platz")
        third = self._sent()
        third.action_withdraw()
        self.assertEqual(self._kinds(), ["sent", "accepted", "completed", "sent", "declined", "sent", "ended"])
        fact = self.env["sozial.referral.fact"].search([("company_id", "=", self.company.id)], order="id", limit=1)
        self.assertEqual((fact.quarter_id, fact.topic_id, fact.partner_id), (self.quarter, self.offer.topic_ids[:1], self.caritas))

    def test_facts_are_for_nobody_and_stay(self):
        fact = self._facts(1)
        for user in (self.procurement, self.worker, self.lead, self.bidder, self.report):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(fact, user).read(["kind"])
        for change in (lambda: fact.write({"kind": "sent"}), fact.unlink):
            with self.assertRaisesRegex(UserError, "stays"):
                change()

    def test_a_report_shows_no_figure_under_five(self):
        self._facts(12)
        self._facts(3, "declined")
        self._facts(7, "accepted", partner=self.verein)
        report = self._report()
        kinds = {row["label"]: row["value"] for row in report.figures[0]["rows"]}
        declined = dict(report.env["sozial.referral.fact"]._fields["kind"]._description_selection(report.with_context(lang="de_DE").env))
        self.assertEqual(kinds[declined["declined"]], "•")
        self.assertEqual(kinds[declined["sent"]], "•", "the total would give it away")
        self.assertNotIn("3", kinds.values())
        self.assertEqual(kinds[declined["accepted"]], "0", "not those of another organisation")
        self.assertIn("o_figures_legend", report.figure_table)

    def test_large_figures_are_shown(self):
        self._facts(12)
        report = self._report()
        self.assertIn("12", [row["value"] for row in report.figures[0]["rows"]])
        self.assertNotIn("o_figures_legend", report.figure_table, "nothing is hidden: there is nothing to explain")
        self.assertEqual(report.figures[1]["rows"][0], {"label": self.topic.with_context(lang="de_DE").name, "value": "12"})

    def test_a_period_without_anything_sent_has_its_report(self):
        self._facts(1, "accepted")
        report = self._report()
        self.assertTrue(report)
        self.assertEqual(len(report.figures), 1, "nothing was sent: no table by topic or quarter")

    def test_figures_are_frozen(self):
        self._facts(12)
        report = self._report()
        before = report.figures
        self._facts(5, contributor="x")
        self._cron(36)
        self.assertEqual(report.figures, before)

    def test_gaps_go_through_the_published_tables(self):
        year = self.today.year - 1
        self._facts(9, "declined", month=fields.Date.to_date(f"{year}-02-01"))
        self._facts(2, "expired", month=fields.Date.to_date(f"{year}-03-01"), quarter_id=self._quarter("Süd").id)
        network = self._as(self.env["sozial.network"], self.procurement)
        shown = network.get_gaps(year, "1")
        values = {(row["topic"], row["quarter"]): row["value"] for row in shown["rows"]}
        self.assertNotIn("2", values.values())
        self.assertEqual(shown, network.get_gaps(year, "1"), "asking again gives the same")
        self.assertFalse(shown["withheld"])
        before = self._as(network, self.procurement).get_gaps(year - 1, "1")
        self.assertEqual((before["rows"], before["withheld"]), ([], False), "nothing happened")
        self._facts(2, "declined", month=fields.Date.to_date(f"{year - 2}-02-01"))
        few = network.get_gaps(year - 2, "1")
        self.assertEqual(few["withheld"], not few["rows"])
        with self.assertRaisesRegex(UserError, "can be published from"):
            network.get_gaps(self.today.year + 1, "1")
        for user in (self.worker, self.bidder, self.frontdesk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(network, user).get_gaps(year, "1")

    def test_no_published_figure_is_that_of_one_organisation(self):
        year = self.today.year - 1
        month = fields.Date.to_date(f"{year}-02-01")
        other = self.env["sozial.topic"].create({"name": "Lesepatenschaft"})
        third = self.env["sozial.topic"].create({"name": "Umzugshilfe"})
        self._facts(12, month=month)
        for topic in (other, third):
            for partner in (self.caritas, self.verein):
                self._facts(8, month=month, topic_id=topic.id, partner=partner)
        releases = self.env["sozial.figure.release"].with_company(self.company)
        release = releases._publish("sozial.referral.fact", "referral_sent", "topic_id", "", year, "1").sudo()
        shown = {row["label"]: row["values"][0] for row in release.cells["body"]}
        self.assertIsNone(shown[self.topic.display_name], "12 people, but one organisation")
        self.assertEqual([shown[other.display_name], shown[third.display_name]].count(None), 1, "nor as what is left of the total")
        self.assertIn("single organisation", release._legend())
        self.assertNotIn("single organisation", releases.new({"source": "sozial.case.fact"})._legend())
        for measure in self.env["sozial.referral.fact"]._figure_measures().values():
            self.assertNotIn("partner_id", measure.dimensions, "each figure would be one organisation's")

    def _quarter(self, name):
        return self.env["sozial.quarter"].create({"name": name, "company_id": self.company.id})

    def test_the_matrix_shows_who_offers_what_where_and_what_is_missing(self):
        self.caritas.write({"work_field_ids": [Command.set(self.topic.ids)], "work_quarter_ids": [Command.set(self.quarter.ids)]})
        south = self._quarter("Süd")
        away = self.env["sozial.quarter"].create({"name": "Fremd", "company_id": self.other_company.id})
        shown = self._as(self.env["sozial.network"], self.procurement).get_matrix()
        places = [quarter["id"] for quarter in shown["quarters"]]
        cells = {(row["id"], place): cell for row in shown["rows"] for place, cell in zip(places, row["cells"], strict=True)}
        cell = cells[(self.topic.id, self.quarter.id)]
        self.assertIn(self.caritas.name, [one["name"] for one in cell["organisations"]])
        self.assertNotIn(self.caritas.name, [one["name"] for one in cells[(self.topic.id, south.id)]["organisations"]])
        self.assertNotIn(away.id, [quarter["id"] for quarter in shown["quarters"]])
        with self.assertRaises(AccessError):
            self._as(self.env["sozial.network"], self.bidder).get_matrix()

    def test_a_gap_becomes_a_call(self):
        network = self._as(self.env["sozial.network"], self.procurement)
        year = self.today.year - 1
        self._facts(2, "declined", month=fields.Date.to_date(f"{year}-02-01"))
        action = network.action_prepare_call(self.topic.id, self.quarter.id, year, "1")
        call = self.env["sozial.call"].browse(action["res_id"])
        self.assertEqual((call.state, call.lot_ids.quarter_id, call.company_id), ("draft", self.quarter, self.company))
        self.assertIn(self.quarter.name, call.name)
        self.assertIn(self.quarter.name, call.occasion)
        self.assertNotRegex(call.occasion, r"\b2 ", "a small figure is not told")
        with self.assertRaises(AccessError):
            self._as(network, self.lead).action_prepare_call(self.topic.id, self.quarter.id, year, "1")
        with self.assertRaises(UserError):
            network.action_prepare_call(0, self.quarter.id, year, "1")
        away = self.env["sozial.quarter"].create({"name": "Fremd", "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            network.action_prepare_call(self.topic.id, away.id, year, "1")
