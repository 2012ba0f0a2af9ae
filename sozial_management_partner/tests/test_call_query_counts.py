from lxml import etree

from odoo.tests import tagged

from odoo.addons.sozial_management.tests import test_query_counts

from .common import PartnerCommon

# one page of each list as its role, with warm caches; whoever lets it rise says why
PINNED = {"sozial.call": 4, "sozial.call.question": 3, "sozial.evidence": 3}
PINNED_FORMS = {"sozial.call": 20}
PINNED_PORTAL = 5  # the portal's list of calls: counting, searching, and what stands in the rows


@tagged("post_install", "-at_install")
class TestCallQueryCounts(PartnerCommon):
    maxDiff = None
    _specification = test_query_counts.TestQueryCounts._specification

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._grow(2)

    @classmethod
    def _grow(cls, number):
        for index in range(number):
            call = cls._published(name=f"Aufruf {index}")
            cls.env["sozial.call.question"].create({"call_id": call.id, "original": "Frage"})
            organisation = cls._organisation(f"Verein {call.id}")
            cls.env["sozial.evidence"].create({"partner_id": organisation.id, "kind": "tax", "file": b"eA==", "company_id": cls.company.id})

    def _count(self, step):
        """Queries of a step with warm caches of the registry and a cold one of the transaction."""
        for _turn in range(2):
            step()
            self.env.flush_all()
            self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _records(self, model, user):
        return self.env[model].with_user(user).with_context(allowed_company_ids=self.company.ids)

    def _lists(self):
        found = {}
        for model in PINNED:
            records = self._records(model, self.procurement)
            specification = self._specification(records, etree.fromstring(records.get_view(view_type="list")["arch"]))
            found[model] = self._count(lambda r=records, s=specification: r.web_search_read([], s, limit=80))
        return found

    def _portal_page(self, calls):
        running = calls._portal_running()
        calls.search_count(running)
        return calls.search(running, order="deadline, id", limit=20)._portal_rows()

    def test_lists_stay_flat(self):
        found = self._lists()
        self.assertEqual(found, PINNED)
        self._grow(4)
        self.assertEqual(self._lists(), found, "the same with more rows")

    def test_the_form(self):
        call = self._published().with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        specification = self._specification(call, etree.fromstring(call.get_view(view_type="form")["arch"]))
        self.assertEqual({"sozial.call": self._count(lambda: call.web_read(specification))}, PINNED_FORMS)

    def test_the_list_of_calls_in_the_portal(self):
        calls = self._records("sozial.call", self.bidder)  # held: the user's companies are read once an environment
        self.assertGreaterEqual(len(self._portal_page(calls)), 2)
        found = self._count(lambda: self._portal_page(calls))
        self.assertEqual(found, PINNED_PORTAL)
        self._grow(4)
        self.assertEqual(self._count(lambda: self._portal_page(calls)), found, "the same with more rows")
