from lxml import etree

from odoo.tests import tagged

from odoo.addons.sozial_management.tests import test_query_counts

from . import test_call_query_counts
from .duty_common import DutyCommon

# one page of a list, one form, as their roles, with warm caches; whoever lets one rise says why
PINNED_LISTS = {"sozial.agreement.report": 3, "sozial.agreement.proof": 4}
PINNED_FORMS = {"sozial.agreement.report": 5, "sozial.agreement.proof": 10}
PINNED_PORTAL = 3  # counting, searching with what stands in the rows
PINNED_MATRIX = 11


@tagged("post_install", "-at_install")
class TestDutyQueryCounts(DutyCommon):
    maxDiff = None
    _specification = test_query_counts.TestQueryCounts._specification
    _count = test_call_query_counts.TestCallQueryCounts._count

    def _asked(self, model, view):
        records = self._as(self.env[model], self.procurement)
        return records, self._specification(records, etree.fromstring(records.get_view(view_type=view)["arch"]))

    def _lists(self):
        found = {}
        for model in PINNED_LISTS:
            records, specification = self._asked(model, "list")
            found[model] = self._count(lambda r=records, s=specification: r.web_search_read([], s, limit=80))
        return found

    def _portal(self):
        reports = self._as(self.env["sozial.agreement.report"], self.bidder)

        def page():
            reports.search_count([])
            reports.search([], limit=20).mapped(lambda one: (one.agreement_number, one.period_start, one.state))

        return self._count(page)

    def test_everything_stays_flat(self):
        proof = self._proof()
        self._receipt(proof)
        report = self._duties()[:1]
        self._hand_in_report(report)
        forms = {}
        for record in (report, proof):
            records, specification = self._asked(record._name, "form")
            own = records.browse(record.id)
            forms[record._name] = self._count(lambda own=own, s=specification: own.web_read(s))
        matrix = self._count(self._as(self.env["sozial.network"], self.procurement).get_matrix)
        found = (self._lists(), forms, self._portal(), matrix)
        self.assertEqual(found, (PINNED_LISTS, PINNED_FORMS, PINNED_PORTAL, PINNED_MATRIX))
        for number in range(3):
            self._active(title=f"Nummer {number}", days=500, offer=self._offer(f"Gruppe {number}"), report_interval="month")
        self._cron(200)
        self.assertGreater(self.env["sozial.agreement.report"].search_count([]), 6)
        self.assertEqual((self._lists(), self._portal()), (PINNED_LISTS, PINNED_PORTAL), "the same with more rows")
