from lxml import etree

from odoo.tests import HttpCase, tagged

from odoo.addons.sozial_management.tests import test_query_counts

from .activity_common import ActivityCommon

PINNED = {
    ("sozial.activity", "list"): 6,
    ("sozial.activity", "form"): 15,
    ("sozial.activity.session", "list"): 12,
    ("sozial.activity.session", "form"): 16,
    ("sozial.activity.registration", "list"): 5,
    ("sozial.activity.registration", "form"): 8,
}
PINNED_PAGES = {"": 17, "/anmelden": 15}


@tagged("post_install", "-at_install")
class TestActivityQueryCounts(ActivityCommon, HttpCase):
    """However many there are, a page asks as often."""

    maxDiff = None
    _specification = test_query_counts.TestQueryCounts._specification

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._user("t_activity_counts", groups="sozial_management_room.group_sozial_room_user")
        cls.course = cls._activity("Kurs", registration="session", seats=5, published=True, public_registration=True)

    def _grow(self, number):
        hour = len(self.course.session_ids)
        for index in range(hour, hour + number):
            session = self._session(self.course, start=f"{6 + index:02}:00:00", stop=f"{6 + index:02}:30:00")
            self._register(self.course, f"n{index}", session)
        self.env.flush_all()

    def _count(self, model, kind):
        records = self.env[model].with_user(self.user).with_context(allowed_company_ids=self.company.ids, bin_size=True)
        spec = self._specification(records, etree.fromstring(records.get_views([(False, kind)])["views"][kind]["arch"]))
        for _turn in range(2):
            self.env.invalidate_all()
            begin = self.cr.sql_log_count
            if kind == "list":
                records.web_search_read([("centre_id", "=", self.centre.id)], spec, limit=80)
            else:
                records.search([("centre_id", "=", self.centre.id)], order="id desc", limit=1).web_read(spec)
            used = self.cr.sql_log_count - begin
        return used

    def test_lists_and_forms(self):
        self._grow(3)
        used = {key: self._count(*key) for key in PINNED}
        self._grow(5)
        self.assertEqual({key: self._count(*key) for key in PINNED}, used, "more rows, not more queries")
        self.assertEqual(used, PINNED)

    def test_public_pages(self):
        self._grow(3)
        path = self.course._public_path()

        def asked(page):
            self.url_open(path + page)
            begin = self.cr.sql_log_count
            self.assertEqual(self.url_open(path + page).status_code, 200)
            return self.cr.sql_log_count - begin

        used = {page: asked(page) for page in PINNED_PAGES}
        self._grow(5)
        self.assertEqual({page: asked(page) for page in PINNED_PAGES}, used, "more sessions, not more queries")
        self.assertEqual(used, PINNED_PAGES)
