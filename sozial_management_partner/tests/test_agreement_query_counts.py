from lxml import etree

from odoo.tests import tagged

from odoo.addons.sozial_management.tests import test_query_counts

from . import test_call_query_counts
from .agreement_common import AgreementCommon

# one page of the list as its role, with warm caches; whoever lets it rise says why
PINNED_LIST = 5
PINNED_FORM = 16  # two of them for rooms and consultation hours, which come with the addon for rooms
PINNED_PORTAL = 3  # counting, searching, reading


@tagged("post_install", "-at_install")
class TestAgreementQueryCounts(AgreementCommon):
    _specification = test_query_counts.TestQueryCounts._specification
    _count = test_call_query_counts.TestCallQueryCounts._count

    def _grow(self, number):
        return [self._active(title=f"Vereinbarung {index}") for index in range(number)]

    def _step(self, view, agreement=None):
        agreements = self._as(self.env["sozial.agreement"], self.procurement)
        specification = self._specification(agreements, etree.fromstring(agreements.get_view(view_type=view)["arch"]))
        if view == "list":
            return lambda: agreements.web_search_read([], specification, limit=80)
        return lambda: agreements.browse(agreement.id).web_read(specification)

    def _portal_step(self):
        agreements = self._as(self.env["sozial.agreement"], self.bidder)

        def page():
            agreements.search_count([])
            agreements.search([], order="offered_at desc, id desc", limit=20).mapped(lambda one: (one.title, one.state))

        return page

    def test_lists_and_form_stay_flat(self):
        agreement = self._grow(2)[0]

        def counts():
            return self._count(self._step("list")), self._count(self._step("form", agreement)), self._count(self._portal_step())

        found = counts()
        self.assertEqual(found, (PINNED_LIST, PINNED_FORM, PINNED_PORTAL))
        self._grow(4)
        self.assertEqual(counts(), found, "the same with more rows")
