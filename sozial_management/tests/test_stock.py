import psycopg2
from psycopg2 import errors

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestStock(SozialCommon):
    def test_names_come_from_address_and_position(self):
        self.assertEqual(self.building.name, "Stolberger Straße 12")
        self.assertEqual(self.building.house_number_sort, 12)
        self.assertEqual(self.dwelling.name, "Stolberger Straße 12, EG links")
        self.assertEqual(self.dwelling.quarter_id, self.quarter)

    def test_house_numbers_sort_as_people_count(self):
        numbers = ["9", "10", "2a", "2"]
        self.env["sozial.building"].create(
            [
                {"street": "Am Hang", "house_number": number, "zip": "1", "city": "X", "company_id": self.company.id}
                for number in numbers
            ]
        )
        found = self.env["sozial.building"].search([("street", "=", "Am Hang")])
        self.assertEqual(found.mapped("house_number"), ["2", "2a", "9", "10"])

    def test_counts_of_quarter_and_building(self):
        self.assertEqual((self.quarter.building_count, self.quarter.dwelling_count), (1, 2))
        self.assertEqual((self.building.dwelling_count, self.building.tenancy_count), (2, 1))

    def test_vacant_dwellings_are_found(self):
        dwellings = self.env["sozial.dwelling"].search(
            [("building_id", "=", self.building.id), ("current_tenancy_id", "=", False)]
        )
        self.assertEqual(dwellings, self.other_dwelling)
        let = self.env["sozial.dwelling"].search(
            [("building_id", "=", self.building.id), ("current_tenancy_id", "!=", False)]
        )
        self.assertEqual(let, self.dwelling)
        self.assertEqual(self.dwelling.current_tenancy_id, self.tenancy)

    def test_map_link_holds_the_address_only(self):
        url = self.building.action_open_map()["url"]
        self.assertIn("Stolberger+Stra%C3%9Fe+12%2C+99734+Nordhausen", url)
        self.assertNotIn("Sorgenfrei", url)

    def test_front_desk_keeps_the_stock_and_deletes_nothing(self):
        building = self._as(self.building, self.frontdesk)
        building.write({"has_lift": True})
        with self.assertRaises(AccessError):
            building.unlink()

    def test_worker_reads_the_stock_and_changes_nothing(self):
        building = self._as(self.building, self.worker)
        self.assertEqual(building.city, "Nordhausen")
        with self.assertRaises(AccessError):
            building.write({"has_lift": True})

    def test_without_a_role_nothing_of_the_stock_is_read(self):
        for user in (self.system, self.privacy, self.report, self.portal, self.public):
            for model in ("sozial.quarter", "sozial.building", "sozial.dwelling", "sozial.tenancy"):
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([], limit=1)

    def test_other_company_sees_nothing(self):
        stranger = self._user("t_stranger", "worker", company=self.other_company)
        for record in (self.quarter, self.building, self.dwelling, self.tenancy, self.tenancy.occupant_ids):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.worker).has_access("read"), "the positive control")
                self.assertFalse(self._as(record, stranger).has_access("read"))


@tagged("post_install", "-at_install")
class TestTenancy(SozialCommon):
    def _tenancy(self, **values):
        return self.env["sozial.tenancy"].create(
            {
                "external_ref": "V-2",
                "dwelling_id": self.dwelling.id,
                "partner_id": self.tenant.id,
                "date_start": "2026-01-01",
                "company_id": self.company.id,
                **values,
            }
        )

    def test_the_database_holds_the_constraint(self):
        self.env.cr.execute(
            "SELECT contype, convalidated, condeferrable, condeferred FROM pg_constraint WHERE conname = %s",
            ["sozial_tenancy_one_at_a_time"],
        )
        self.assertEqual(self.env.cr.fetchone(), ("x", True, True, False))

    def test_two_running_tenancies_of_a_dwelling_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError) as caught:
            self._tenancy()
        self.assertIsInstance(caught.exception, errors.ExclusionViolation)

    def test_the_next_tenancy_starts_on_the_day_after(self):
        self.tenancy.date_end = "2025-12-31"
        self.env.flush_all()
        following = self._tenancy(date_start="2026-01-01")
        self.assertTrue(following)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._tenancy(external_ref="V-3", date_start="2025-12-31", date_end="2025-12-31")

    def test_end_before_start_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.tenancy.write({"date_end": "2019-12-31"})

    def test_contract_number_is_unique_in_a_company(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._tenancy(external_ref="V-1", dwelling_id=self.other_dwelling.id)

    def test_state_follows_the_calendar(self):
        today = fields.Date.context_today(self.tenancy)
        ended = self._tenancy(
            dwelling_id=self.other_dwelling.id, date_start="2020-01-01", date_end=fields.Date.subtract(today, days=1)
        )
        future = self._tenancy(
            external_ref="V-3", dwelling_id=self.other_dwelling.id, date_start=fields.Date.add(today, days=1)
        )
        self.assertEqual((self.tenancy + ended + future).mapped("state"), ["running", "ended", "future"])
        for tenancy in (self.tenancy, ended, future):
            found = self.env["sozial.tenancy"].search(
                [("state", "=", tenancy.state), ("id", "in", (self.tenancy + ended + future).ids)]
            )
            self.assertEqual(found, tenancy)

    def test_last_day_still_runs(self):
        self.tenancy.date_end = fields.Date.context_today(self.tenancy)
        self.assertEqual(self.tenancy.state, "running")

    def test_arrears_in_months_of_gross_rent(self):
        self.assertEqual(self.tenancy.rent_gross, 600)
        self.assertAlmostEqual(self.tenancy.arrears_months, 1.5)
        self.tenancy.write({"rent_net": 0, "rent_utilities": 0, "rent_heating": 0})
        self.assertEqual(self.tenancy.arrears_months, 0, "no rent, no months")

    def test_arrears_need_their_day(self):
        with self.assertRaisesRegex(ValidationError, "Arrears as of"):
            self.tenancy.arrears_date = False

    def test_tenant_is_a_contract_partner_of_the_household(self):
        self.assertEqual(self.tenancy.occupant_ids.mapped("role"), ["tenant"])
        self.assertEqual(self.tenancy.occupant_ids.partner_id, self.tenant)
        self.assertEqual(self.tenancy.occupant_ids.date_start, self.tenancy.date_start)
        self.assertEqual(self.tenant.tenancy_ids, self.tenancy)

    def test_dwelling_of_another_company_is_refused(self):
        foreign = self.env["sozial.building"].create(
            {"street": "Fern", "house_number": "1", "zip": "1", "city": "Y", "company_id": self.other_company.id}
        )
        dwelling = self.env["sozial.dwelling"].create({"building_id": foreign.id, "number": "1"})
        with self.assertRaises(UserError):
            self._tenancy(dwelling_id=dwelling.id)

    def test_sensitive_fields_are_for_tenant_staff(self):
        self.tenant.birth_date = "1950-02-03"
        self.assertTrue(self._as(self.tenant, self.frontdesk).birth_date)
        for user in (self.system, self.privacy, self.report):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.tenant, user).read(["birth_date"])

    def test_nothing_on_contact_or_tenancy_leads_to_a_case(self):
        """Neither a field nor a button may show who is a client."""
        confidential = {"sozial.case"} | {
            name for name, model in self.env.registry.items() if "case_id" in model._fields and name.startswith("sozial.")
        }
        for name in ("res.partner", "sozial.tenancy", "sozial.tenancy.occupant", "sozial.dwelling", "sozial.building"):
            for field in self.env[name]._fields.values():
                self.assertNotIn(field.comodel_name, confidential, f"{name}.{field.name}")
