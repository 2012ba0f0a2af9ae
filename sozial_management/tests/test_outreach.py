import io
import time

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .casework_common import CaseworkCommon


class OutreachCommon(CaseworkCommon):
    """A campaign of a quarter with one building."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quarter.mietenstufe = "4"
        cls.company.phone = "03631 1"
        cls.campaign = cls.env["sozial.outreach"].with_user(cls.lead).create(
            {
                "name": "Heizkosten", "company_id": cls.company.id, "quarter_id": cls.quarter.id, "date": "2026-11-22",
                "template_id": cls.env.ref("sozial_management.letter_benefit_invitation").id,
                "place": "Treff", "appointment": f"{cls._today().year + 1}-12-10 13:00:00",  # in winter, whatever day it is
            }
        )  # fmt: skip

    def _tenants(self, number, rent=600, building=None):
        """More tenancies of one building, each with its tenant."""
        building = building or self.building
        dwellings = self.env["sozial.dwelling"].create(
            [{"building_id": building.id, "number": f"X{building.id}-{rent}-{index}"} for index in range(number)]
        )
        return self.env["sozial.tenancy"].create(
            [
                {
                    "external_ref": dwelling.number, "dwelling_id": dwelling.id, "date_start": "2020-01-01", "rent_net": rent,
                    "company_id": self.company.id,
                    "partner_id": self.env["res.partner"].create({"name": f"Person {dwelling.number}", "company_id": self.company.id}).id,
                }
                for dwelling in dwellings
            ]
        )  # fmt: skip

    def _print(self):
        self.campaign.action_print()
        for _batch in range(5):
            _done, remaining = self.campaign.sudo().with_context(force_report_rendering=True)._print_batch()
            if not remaining:
                break
        self.campaign._put_together()


@tagged("post_install", "-at_install")
class TestOutreach(OutreachCommon):
    """Every dwelling of a building is invited; who needs it, and who came, is told of nobody."""

    def test_every_dwelling_gets_its_row_once(self):
        self.campaign.action_begin()
        visits = self.campaign.visit_ids
        self.assertEqual(visits.dwelling_id, self.dwelling | self.other_dwelling)
        self.assertEqual(set(visits.mapped("state")), {"planned"})
        new = self._tenants(1).dwelling_id
        self.campaign.action_begin()
        self.assertEqual(self.campaign.visit_ids.dwelling_id, self.dwelling | self.other_dwelling | new)
        self._refused_by_the_database(lambda: visits[0].sudo().copy())
        for values in ({"quarter_id": self.quarter.copy({"name": "Z"}).id}, {"kind": "benefit_check"}):
            with self.assertRaisesRegex(UserError, "fixed since it began"):
                self.campaign.write(values)
        with self.assertRaisesRegex(UserError, "not set directly"):
            self.campaign.state = "draft"
        values = {"name": "x", "company_id": self.company.id, "quarter_id": self.quarter.id}
        with self.assertRaisesRegex(UserError, "not set directly"):
            self.campaign.create({**values, "state": "running"})
        self.assertEqual(self.campaign.with_context(default_state="running").create(values).state, "draft")
        with self.assertRaisesRegex(UserError, "not deleted"):
            self.campaign.unlink()
        self.campaign.action_done()
        with self.assertRaisesRegex(UserError, "does not fit"):
            self.campaign.action_begin()

    def test_ten_thousand_dwellings_in_seconds(self):
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO sozial_dwelling (building_id, number, company_id, quarter_id, active) "
            "SELECT %s, 'N' || n, %s, %s, TRUE FROM generate_series(1, 10000) n",
            [self.building.id, self.company.id, self.quarter.id],
        )
        begun, queries = time.monotonic(), self.env.cr.sql_log_count
        self.assertEqual(self.campaign._add_dwellings(), 10002)
        self.assertLess(time.monotonic() - begun, 20)
        self.assertLess(self.env.cr.sql_log_count - queries, 30)

    def test_who_answered_is_noted_nowhere(self):
        self.campaign.action_begin()
        visit = self._as(self.campaign.visit_ids[0], self.worker)
        for step in (visit.action_met, visit.action_declined, visit.action_tried, lambda: visit.write({"state": "met"})):
            with self.assertRaisesRegex(UserError, "not noted at a dwelling"):
                step()
        for values in ({"letter": "printed"}, {"dwelling_id": self.other_dwelling.id}):
            with self.assertRaisesRegex(UserError, "are made by it"):
                visit.write(values)
        self.campaign.write({"came": 12, "checks": 9, "applications": 4})
        self._refused_by_the_database(lambda: self.campaign.write({"came": -1}))

    def test_numbers_by_building_hide_small_ones(self):
        self._tenants(7)
        self._tenants(6, rent=100)
        self.other_building = self.building.copy({"house_number": "14"})
        self._tenants(2, building=self.other_building)
        self.campaign.action_begin()
        hints = self.campaign.hints
        self.assertNotIn("Person", str(hints))
        shown = dict(hints["rows"])
        self.assertEqual(shown[self.other_building.name], "·")
        self.assertFalse(shown[self.building.name].isdigit() and hints["total"].isdigit(), "one of two hidden is not derived")
        self.assertIn(self.building.name, self.campaign.hint_table)

    def test_all_numbers_are_right_where_many_are(self):
        self._tenants(7)
        self._tenants(6, rent=100)
        self.campaign.action_begin()
        self.assertEqual(self.campaign.hints, {"rows": [[self.building.name, "8"]], "total": "8"})

    def test_the_company_chooses_from_where_on_a_check_is_worthwhile(self):
        tenancies = self._tenants(7, rent=100)
        level, on = int(self.quarter.mietenstufe), self.campaign.date

        def counted():
            return sum(len(found) for found, _running in self.campaign._worthwhile(level, on).values())

        before = counted()
        self.company.write({"sozial_campaign_share": 10, "sozial_campaign_share_few": 10})
        self.assertGreaterEqual(counted(), before + 7, tenancies)
        self.company.write({"sozial_campaign_share": 200, "sozial_campaign_share_few": 200})
        self.assertEqual(counted(), 0)
        self.company.write({"sozial_campaign_share_few": 10, "sozial_campaign_household": 1})
        self.assertGreaterEqual(counted(), 7)
        self._refused_by_the_database(lambda: self.company.write({"sozial_campaign_age": 5}))

    def _campaign(self, *buildings):
        """Another campaign of the same day, begun; its numbers by building and in all."""
        other = self.campaign.copy({"building_ids": [Command.set([building.id for building in buildings])]})
        other.action_begin()
        return dict(other.hints["rows"]), other.hints["total"]

    def test_a_number_that_is_all_of_a_building_is_hidden(self):
        """It would tell of everybody in it."""
        whole, other, third = (self.building.copy({"house_number": number}) for number in ("14", "16", "18"))
        self._tenants(8, building=whole)
        for building in (other, third):
            self._tenants(9, building=building)
            self._tenants(1, rent=100, building=building)
        rows, total = self._campaign(whole, other, third)
        self.assertEqual(rows[whole.name], "·")
        self.assertIn("9", rows.values(), "what tells of nobody is shown")
        self.assertGreaterEqual([*rows.values(), total].count("·"), 2, "the total less the others would tell it")
        self.assertEqual(self._campaign(whole), ({whole.name: "·"}, "·"))

    def test_two_campaigns_do_not_tell_who_was_added(self):
        self._tenants(7)
        self._tenants(6, rent=100)
        self.assertEqual(self._campaign(self.building), ({self.building.name: "8"}, "8"))
        self.assertEqual(self._campaign(self.building), ({self.building.name: "8"}, "8"), "asking again tells nothing new")
        self._tenants(1, rent=601)
        self.assertEqual(self._campaign(self.building), ({self.building.name: "·"}, "·"), "9 less 8 would be the new tenant")
        self._tenants(5, rent=602)
        self.assertEqual(self._campaign(self.building)[1], "14")

    def test_what_stood_behind_a_number_is_read_by_nobody(self):
        self._tenants(7)
        self._tenants(6, rent=100)
        self.campaign.action_begin()
        for user in (self.lead, self.worker, self.system):
            with self.assertRaises(AccessError):
                self._as(self.campaign, user).read(["hints_ledger"])
        stored = str(self.campaign.sudo().hints_ledger)
        self.assertGreater(len(stored), 100)
        for tenancy in self.building.dwelling_ids.tenancy_ids:
            self.assertNotRegex(stored, rf"\b{tenancy.id}\b.{{0,3}}None")

    def test_nobody_there_is_a_zero(self):
        self.tenancy.rent_net = 50
        self.campaign.action_begin()
        self.assertEqual(self.campaign.hints, {"rows": [[self.building.name, "0"]], "total": "0"})

    def test_without_a_rent_level_or_a_table_it_says_so(self):
        self.quarter.mietenstufe = False
        with self.assertRaisesRegex(UserError, "Mietenstufe"):
            self.campaign.action_begin()
        self.quarter.mietenstufe = "4"
        self.campaign.date = "1999-01-01"
        with self.assertRaisesRegex(UserError, "no Wohngeld table"):
            self.campaign.action_begin()

    def test_one_pdf_for_all_and_who_is_left_out_is_listed(self):
        self.tenant.language_ids = self.env.ref("sozial_management.language_en")
        self._tenants(1, rent=50)
        self.campaign.action_begin()
        self._print()
        visits = {visit.dwelling_id: visit.letter for visit in self.campaign.visit_ids}
        self.assertEqual(visits[self.other_dwelling], "vacant")
        self.assertEqual((self.campaign.printed_count, self.campaign.skipped_count), (2, 1))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(self.campaign.letters_id.raw)).pages]
        self.assertEqual(len(pages), 2)
        text = " ".join(" ".join(pages).split())
        self.assertIn("Erika Sorgenfrei", text)
        self.assertIn("We invite all households", text)
        self.assertIn("Wir laden alle Haushalte in Ihrem Haus ein", text)
        self.assertIn("14:00", text)
        with self.assertRaisesRegex(UserError, "printed already"):
            self.campaign.action_print()
        self._tenants(1, rent=60)
        self.campaign.action_begin()
        self._print()
        self.assertEqual(len(PdfReader(io.BytesIO(self.campaign.letters_id.raw)).pages), 3, "only the new one is added")

    def test_the_letter_needs_day_and_place(self):
        self.campaign.action_begin()
        self.campaign.write({"place": False, "appointment": False})
        with self.assertRaisesRegex(UserError, "(?s)Day and time.*Place|Place.*Day and time"):
            self.campaign.action_print()
        self.campaign.template_id = False
        with self.assertRaisesRegex(UserError, "choose the letter"):
            self.campaign.action_print()

    def test_what_an_invitation_cannot_fill_is_not_printed(self):
        self.campaign.action_begin()
        self.campaign.template_id = self.env.ref("sozial_management.letter_fund_refused")
        with self.assertRaisesRegex(UserError, r"\{decision\}: an invitation cannot fill"):
            self.campaign.action_print()
        self.campaign.template_id = self.env.ref("sozial_management.letter_benefit_invitation")
        self.company.phone = False
        with self.assertRaisesRegex(UserError, "Enter it on the company"):
            self.campaign.action_print()
        self.assertFalse(self.campaign.letters_state)

    def test_others_read_or_nothing(self):
        self.campaign.action_begin()
        with self.assertRaises(AccessError):
            self._as(self.campaign, self.worker).write({"came": 3})
        with self.assertRaises(AccessError):
            self._as(self.campaign, self.worker).action_print()
        for user in (self.frontdesk, self.system, self.report, self.privacy):
            with self.assertRaises(AccessError):
                self._as(self.campaign, user).read(["name"])
