from datetime import timedelta

from lxml import etree

from odoo.tests import HttpCase, tagged

from odoo.addons.sozial_management.tests import test_query_counts

from .attendance_common import BEGIN, END, AttendanceCommon

# one page of each list and form as the centre management, with warm caches; whoever lets it rise says why
PINNED = {
    ("sozial.volunteer", "list"): 11,
    ("sozial.volunteer", "form"): 15,
    ("sozial.volunteer.hour", "list"): 9,
    ("sozial.volunteer.hour", "form"): 10,
    ("sozial.activity.attendance", "list"): 8,
    ("sozial.activity.attendance", "form"): 9,
    ("sozial.activity.count", "list"): 10,
    ("sozial.activity.count", "form"): 8,
    ("sozial.activity.sheet", "list"): 10,
    ("sozial.activity.sheet", "form"): 11,
    ("sozial.activity.quarter", "list"): 5,
    ("sozial.centre.notice", "list"): 5,
    ("sozial.centre.notice", "form"): 6,
}
PINNED_TALLY = 13  # the page of a helper without a login
PINNED_SHEET = 20  # all that the sheet of one session shows


@tagged("post_install", "-at_install")
class TestAttendanceQueryCounts(AttendanceCommon, HttpCase):
    """However many come and help, a page asks as often."""

    maxDiff = None
    _specification = test_query_counts.TestQueryCounts._specification

    def _grow(self, number):
        for index in range(number):
            name, week = f"{number} {index}", timedelta(weeks=1 + index + number)
            helper = self._helper(f"Helferin {name}", centre_ids=self.centre.ids, insurance="company")
            own = {"volunteer_id": helper.id, "day": self.now.date()}
            self.env["sozial.volunteer.hour"].create({**own, "company_id": self.company.id, "minutes": 30})
            self.env["sozial.volunteer.allowance"].create({**own, "amount": 20})
            session = self._session(self.activity, BEGIN - week, END - week)
            lines = [self._line(f"Gast {name}"), self._line(helper.display_name, "volunteer", volunteer_id=helper.id)]
            self._sheet(session, add=lines, counts={"participant": {"adults": 3}})
            self._sheet(add=[self._line(f"Gast {name}"), self._line(helper.display_name, "volunteer", volunteer_id=helper.id)])
            self.env["sozial.activity.quarter"].create({"centre_id": self.centre.id, "first_day": f"{2010 + index + number}-01-01"})
            self.env["sozial.centre.notice"].create({"centre_id": self.centre.id, "text": name})
        self.env.flush_all()

    def _asked(self, step):
        for _turn in range(2):
            self.env.invalidate_all()
            begin = self.cr.sql_log_count
            step()
            used = self.cr.sql_log_count - begin
        return used

    def _page(self, model, kind):
        records = self._as(self.env[model], self.room_manager).with_context(bin_size=True)
        spec = self._specification(records, etree.fromstring(records.get_view(view_type=kind)["arch"]))
        own = [("company_id", "=", self.company.id)]
        if kind == "list":
            return self._asked(lambda: records.web_search_read(own, spec, limit=80))
        return self._asked(lambda: records.search(own, order="id desc", limit=1).web_read(spec))

    def test_lists_and_forms(self):
        self._grow(2)
        used = {key: self._page(*key) for key in PINNED}
        self._grow(4)
        self.assertEqual({key: self._page(*key) for key in PINNED}, used, "more rows, not more queries")
        self.assertEqual(used, PINNED)

    def test_the_sheet_and_the_tally_page(self):
        link = self._as(self.session, self.room_user).action_tally_link()["url"]
        path = "/" + link.split("/", 3)[3]
        self._grow(2)
        steps = {
            "sheet": lambda: self._as(self.session, self.room_user).get_attendance(),
            "tally": lambda: self.assertEqual(self.url_open(path).status_code, 200),
        }
        used = {name: self._asked(step) for name, step in steps.items()}
        self._grow(4)
        self.assertEqual({name: self._asked(step) for name, step in steps.items()}, used, "more people, not more queries")
        self.assertEqual(used, {"sheet": PINNED_SHEET, "tally": PINNED_TALLY})
