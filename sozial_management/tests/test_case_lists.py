from odoo.exceptions import AccessError
from odoo.tests import tagged

from .casework_common import CaseworkCommon


@tagged("post_install", "-at_install")
class TestCaseLists(CaseworkCommon):
    """The lists of a case, read together, are those the ORM reads one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case, cls.second = cls._open_case(tenancy_id=cls.tenancy.id), cls._open_case()
        cls.env["sozial.contact"].with_user(cls.worker).create(
            [{"case_id": case.id, "date": f"2026-0{month}-01 10:00:00"} for case in cls.case | cls.second for month in (2, 5, 3)]
        )
        cls._assessment(cls.case)
        cls._plan(cls.case)
        cls.case.action_lock_out(cls.colleague.id, "Nachbarin")
        cls.names = [name for name, field in cls.case._fields.items() if field.type == "one2many"]

    def _seen(self, user, together):
        """Ids of every list of both cases, and the queries it took."""
        self.env.flush_all()
        self.env.invalidate_all()
        cases = self._as(self.case | self.second, user)
        before = self.env.cr.sql_log_count
        if together:
            cases._fetch_lists(self.names)
        seen = {name: [case[name].ids for case in cases] for name in self.names if self._may(cases, name)}
        return seen, self.env.cr.sql_log_count - before

    def _may(self, cases, name):
        return self.env[cases._fields[name].comodel_name].with_user(cases.env.user).has_access("read")

    def test_the_same_rows_in_the_same_order_by_fewer_queries(self):
        for user in (self.worker, self.lead):
            with self.subTest(user=user.login):
                alone, many = self._seen(user, together=False)
                together, few = self._seen(user, together=True)
                self.assertEqual(together, alone)
                self.assertGreater(sum(map(bool, (ids for lists in alone.values() for ids in lists))), 8)
                self.assertLess(few, many - 10)

    def test_who_has_no_access_gets_no_row(self):
        for user in (self.colleague, self.frontdesk, self.system):
            self.env.invalidate_all()
            cases = self._as(self.case | self.second, user)
            cases._fetch_lists(self.names)
            kept = [cases._fields[name]._get_cache(cases.env) for name in self.names]
            with self.subTest(user=user.login):
                self.assertFalse([ids for cache in kept for case_id, ids in cache.items() if case_id in cases._ids and ids])
                with self.assertRaises(AccessError):
                    cases.web_read({name: {} for name in self.names})
