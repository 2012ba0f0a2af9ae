import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_outreach import OutreachCommon


@tagged("post_install", "-at_install")
class TestOutreachPaper(OutreachCommon):
    """The field day on paper: whole buildings in the order of the bells, and nothing on it but what stands at the bell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.building.copy({"house_number": "99"})
        cls.env["sozial.dwelling"].create(
            [
                {"building_id": cls.second.id, "number": number, "position": position, "floor": floor}
                for number, position, floor in (("P1", "Dach", 4), ("P2", "Erdgeschoss", 0), ("P3", "Mitte", 2))
            ]
        )
        cls.campaign.write({"kind": "welcome", "building_ids": [Command.set([cls.building.id, cls.second.id])]})
        cls.campaign.action_begin()
        cls.visits = cls.env["sozial.outreach.visit"].with_user(cls.worker)

    def _pages(self, visits, user=None):
        """The text of each page."""
        report = self.env["ir.actions.report"].with_user(user or self.worker).with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf("sozial_management.outreach_paper_form", visits.ids)
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]

    def _row(self, number):
        return self._as(self.campaign.visit_ids.filtered(lambda one: one.dwelling_id.number == number), self.worker)

    def test_a_page_for_each_building_in_the_order_of_the_bells(self):
        action = self._as(self.campaign, self.worker).action_paper_list()
        pages = self._pages(self.visits.browse(action["context"]["active_ids"]))
        self.assertEqual(len(pages), 2)
        first, second = sorted(pages, key=lambda page: self.second.name in page)
        self.assertIn(self.tenant.name, first)
        self.assertNotIn(self.second.name, first)
        self.assertLess(second.index("Erdgeschoss"), second.index("Mitte"))
        self.assertLess(second.index("Mitte"), second.index("Dach"))
        for word in ("Met", "Not reached", "Declined", "In short", "Next try on"):
            self.assertIn(word, second)

    def test_a_large_building_takes_several_sheets(self):
        with patch("odoo.addons.sozial_management.models.outreach.outreach_paper.ROWS_OF_A_SHEET", 2):
            pages = self._pages(self._row("P2"))
        self.assertEqual(len(pages), 2)
        self.assertTrue(all(self.second.name in page and "3 dwellings" in page for page in pages))
        self.assertEqual([page.count("Declined") for page in pages], [2, 1])

    def test_one_row_prints_its_whole_building(self):
        action = self._row("P2").action_paper_list()
        pages = self._pages(self.visits.browse(action["context"]["active_ids"]))
        self.assertEqual(len(pages), 1)
        self.assertIn("Dach", pages[0])

    def test_what_is_listed_is_printed_when_nothing_is_chosen(self):
        listed = self.visits.with_context(active_domain=[("building_id", "=", self.second.id), ("outreach_id", "=", self.campaign.id)])
        action = listed.action_paper_list()
        self.assertEqual(self.visits.browse(action["context"]["active_ids"]).building_id, self.second)

    def test_nothing_of_what_came_of_a_visit(self):
        """Neither case nor result: a sheet that is lost tells what the bells tell."""
        case = self.env["sozial.case"].search([("client_id", "=", self.tenant.id)], limit=1)
        home = self._as(self.campaign.visit_ids.filtered(lambda one: one.dwelling_id == self.dwelling), self.worker)
        home.action_declined()
        self._row("P1").action_card()
        bells = self._pages(home)[0].replace(self.campaign.name, "")
        rows = bells[bells.index("Next try on") : bells.index("Short results only")]
        self.assertIn("Done, nothing to do", rows)
        self.assertEqual(rows.count("Declined"), rows.count("Not needed"), "the word stands at the boxes of the others alone")
        self.assertNotIn(case.name or "SM-", bells)
        attic = self._pages(self._row("P1"))[0]
        attic = attic[attic.index("Dach") : attic.index("Short results only")]
        self.assertNotIn("card", attic)

    def test_answers_that_are_counted_have_no_list(self):
        other = self.campaign.copy({"kind": "benefit_check"})
        other.action_begin()
        with self.assertRaisesRegex(UserError, "no list to tick"):
            self._as(other, self.worker).action_paper_list()
        with self.assertRaisesRegex(UserError, "no list to tick"):
            self._pages(self._as(other.visit_ids[:1], self.worker))

    def test_nothing_and_too_much(self):
        with self.assertRaisesRegex(UserError, "nothing to print"):
            self._as(self.campaign.copy(), self.worker).action_paper_list()
        for number in range(41):
            house = self.building.copy({"house_number": f"P{number}"})
            self.env["sozial.dwelling"].create({"building_id": house.id, "number": f"M{number}"})
        much = self.campaign.copy({"building_ids": [Command.clear()]})
        much.action_begin()
        with self.assertRaisesRegex(UserError, "too much for one list"):
            self._as(much, self.worker).action_paper_list()

    def test_who_may_not_print(self):
        for user in (self.frontdesk, self.report, self.system):
            with self.assertRaises(AccessError):
                self._pages(self.campaign.visit_ids[:1], user)
            with self.assertRaises(AccessError):
                self._as(self.campaign, user).action_paper_list()
            with self.assertRaises(AccessError):
                self.env["sozial.outreach.visit"].with_user(user).action_paper_list()
