from odoo import Command
from odoo.tests import tagged

from .fund_common import FundCommon


@tagged("post_install", "-at_install")
class TestForeignForms(FundCommon):
    """A form that is not saved may name any id: what it computes shows no more than its reader may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        there = {"company_id": cls.other_company.id}
        quarter = cls.env["sozial.quarter"].create({"name": "Fern", **there})
        building = cls.env["sozial.building"].create(
            {"street": "Fernweg", "house_number": "1", "zip": "99734", "city": "Nordhausen", "quarter_id": quarter.id, **there}
        )
        dwelling = cls.env["sozial.dwelling"].create({"building_id": building.id, "number": "F-1"})
        tenant = cls.env["res.partner"].create({"name": "Ferne Person", **there})
        values = {"date_start": "2020-01-01", "rent_net": 600, "arrears": 777, "arrears_date": "2026-11-01"}
        cls.foreign = cls.env["sozial.tenancy"].create(
            {"external_ref": "F-1", "dwelling_id": dwelling.id, "partner_id": tenant.id, **values, **there}
        )
        cls.other_fund = cls.env["sozial.fund"].create(
            {"name": "Fremder Fonds", "plan_ids": [Command.create({"calendar_quarter": "1", "planned": 100})], **there}
        )

    def _shown(self, model, values, *names):
        """What an unsaved form of a worker shows."""
        spec = dict.fromkeys([*values, *names], {})
        return self.env[model].with_user(self.worker).onchange(values, list(values), spec)["value"]

    def test_arrears_of_a_tenancy_of_another_company(self):
        names = ("tenancy_arrears", "tenancy_arrears_date")
        own = self._shown("sozial.case", {"tenancy_id": self.tenancy.id}, *names)
        self.assertEqual(own["tenancy_arrears"], 900, "the control")
        shown = self._shown("sozial.case", {"tenancy_id": self.foreign.id}, *names)
        self.assertFalse(shown.get("tenancy_arrears") or shown.get("tenancy_arrears_date"))

    def test_arrears_that_the_own_company_hides(self):
        self.company.sozial_debt_see_arrears = False
        values = {"tenancy_id": self.tenancy.id, "company_id": self.other_company.id}
        shown = self._shown("sozial.case", values, "tenancy_arrears", "tenancy_arrears_date")
        self.assertFalse(shown.get("tenancy_arrears") or shown.get("tenancy_arrears_date"))

    def test_how_much_another_company_has_left(self):
        own = self._shown("sozial.fund.request", {"fund_id": self.fund.id}, "fund_level")
        self.assertEqual(own["fund_level"], "enough", "the control")
        self.assertFalse(self._shown("sozial.fund.request", {"fund_id": self.other_fund.id}, "fund_level").get("fund_level"))
