import datetime as dt
from ast import literal_eval

from lxml import etree

from odoo import Command
from odoo.tests import tagged

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestCasePivot(SozialCommon):
    """What the own cases add up to, for who may read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant.birth_date = "1950-06-01"
        cls.case = cls._open_case(
            opened_on="2026-02-10", participant_ids=[Command.create({"partner_id": cls.tenant.id, "role": "client"})]
        )
        cls.env["sozial.contact"].with_user(cls.worker).create(
            [{"case_id": cls.case.id, "minutes": 30, "travel_minutes": 20}, {"case_id": cls.case.id, "minutes": 10}]
        )

    def _sums(self, user, *groupby):
        cases = self.env["sozial.case"].with_user(user).with_context(allowed_company_ids=self.company.ids)
        rows = cases._read_group([("id", "=", self.case.id)], groupby, ["__count", "contact_count:sum", "contact_minutes:sum"])
        return [row[len(groupby):] for row in rows]  # fmt: skip

    def test_contacts_and_minutes_by_quarter_kind_and_age(self):
        groupby = ("opened_on:quarter", "type_id", "client_age_group")
        self.assertEqual(self._sums(self.worker, *groupby), [(1, 2, 60)])
        self.assertEqual(self.case.client_age_group, "65-79")

    def test_who_may_not_read_a_case_gets_no_sum_of_it(self):
        self.assertEqual(self._sums(self.lead, "type_id"), [(1, 2, 60)])
        self.assertEqual(self._sums(self.colleague, "type_id"), [])

    def test_filters_of_this_and_last_year(self):
        cases = self.env["sozial.case"].with_user(self.worker)
        arch = etree.fromstring(cases.get_view(self.env.ref("sozial_management.view_sozial_case_search_pivot").id, "search")["arch"])
        year = self._today().year
        for name, wanted in (("this_year", year), ("last_year", year - 1)):
            domain = literal_eval(arch.find(f".//filter[@name='{name}']").get("domain"))
            for day, found in ((dt.date(wanted, 1, 1), True), (dt.date(wanted, 12, 31), True), (dt.date(wanted - 1, 12, 31), False)):
                self.case.opened_on = day
                self.assertEqual(bool(cases.search([("id", "=", self.case.id), *domain])), found, (name, day))
