from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_outreach_works import WorksCommon


class ChangeOfTenants(WorksCommon):
    """Somebody moves out while the works go on, and somebody else moves in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = cls.env["sozial.dwelling"].create({"building_id": cls.building.id, "number": "1003", "position": "1. OG links"})
        cls.works.action_begin()
        cls.visit = cls.works.visit_ids.filtered(lambda one: one.dwelling_id == cls.dwelling)

    def _change_tenants(self):
        """Yesterday the tenant moved out, today the newcomer moves in."""
        self.tenancy.date_end = self._today() - timedelta(days=1)
        self.env.flush_all()
        return self._let(self.dwelling, date_start=self._today())

    def _opened(self, visit=None, user=None):
        action = self._as(visit or self.visit, user or self.worker).action_open_sheet()
        return self.env["sozial.works.sheet"].with_user(self.worker).browse(action.get("res_id")), action


@tagged("post_install", "-at_install")
class TestSheetOfATenancy(ChangeOfTenants):
    """Needs, periods and objections belong to a tenant, not to walls."""

    def test_who_moves_in_inherits_nothing(self):
        old, _action = self._opened()
        old.write({"announced_on": self._today(), "need_power": True, "objected_on": self._today(), "objection_about": "works"})
        until = old.objection_until
        newcomer = self._change_tenants().partner_id
        new, _action = self._opened()
        self.assertNotEqual(new, old)
        self.assertEqual((new.tenant_id, old.tenant_id), (newcomer, self.tenant))
        self.assertFalse(new.has_needs or new.objected_on or new.announced_on or new.objection_until)
        self.assertEqual((new.former, new.former_count, old.former), (False, 1, True))
        self.assertEqual((old.objected_on, old.objection_until), (self._today(), until), "claims may still follow")
        new.announced_on = self._today() - timedelta(days=40)
        self.assertLess(new.objection_until, until)
        self.assertEqual(self._opened()[0], new, "once")

    def test_the_sheet_of_a_former_tenant_is_closed(self):
        old, _action = self._opened()
        self.tenancy.date_end = self._today()
        old.need_power = True
        self._change_tenants()
        with self.assertRaisesRegex(UserError, "has ended"):
            old.need_toilet = True
        with self.assertRaisesRegex(UserError, "made by the outreach"):
            old.tenancy_id = self.tenancy
        self.assertTrue(old.need_power)

    def test_the_tenant_of_today_stands_first_and_former_ones_are_told_apart(self):
        old, _action = self._opened()
        self._change_tenants()
        new, _action = self._opened()
        sheets = self.env["sozial.works.sheet"].with_user(self.worker)
        here = [("visit_id", "=", self.visit.id)]
        self.assertEqual(sheets.search(here).ids, [new.id, old.id])
        self.assertEqual(sheets.search([*here, ("former", "=", True)]), old)
        self.assertEqual(sheets.search([*here, ("former", "=", False)]), new)
        self.assertEqual(sheets.search([*here, ("former", "in", (True, False))]), old | new)
        self.assertEqual((old.moved_out_on, new.moved_out_on), (self.tenancy.date_end, False))
        self.assertEqual(sheets.search(new.action_view_tenancies()["domain"]), old | new)
        with self.assertRaises(AccessError):
            self._as(new, self.colleague).action_view_tenancies()

    def test_a_vacant_dwelling_needs_no_sheet(self):
        empty = self.works.visit_ids.filtered(lambda one: one.dwelling_id == self.empty)
        self.assertFalse(self.env["sozial.works.sheet"].search([("visit_id", "=", empty.id)]))
        with self.assertRaisesRegex(UserError, "nobody lives here"):
            self._opened(empty)
        with self.assertRaises(AccessError):
            self._opened(empty, self.colleague)
        old, _action = self._opened()
        self.tenancy.date_end = self._today() - timedelta(days=1)
        opened, action = self._opened()
        self.assertFalse(opened)
        self.assertEqual(self.env["sozial.works.sheet"].search(action["domain"]), old)

    def test_newcomers_get_their_sheet_by_night(self):
        new = self._change_tenants()
        for _night in range(3):
            self.env["sozial.outreach"]._cron_sheets()
        sheets = self.env["sozial.works.sheet"].search([("outreach_id", "=", self.works.id)])
        self.assertEqual(sheets.dwelling_id, self.dwelling | self.other_dwelling)
        self.assertEqual(sheets.filtered(lambda one: one.dwelling_id == self.dwelling).tenancy_id, self.tenancy | new)
        self.assertEqual(len(sheets), 3)
        self.works.action_done()
        self._let(self.empty)
        self.env["sozial.outreach"]._cron_sheets()
        self.works.action_view_sheets()
        self.assertEqual(self.env["sozial.works.sheet"].search_count([("outreach_id", "=", self.works.id)]), 3, "works that have ended")

    def test_the_list_of_sheets_is_complete(self):
        new = self._change_tenants()
        action = self._as(self.works, self.worker).action_view_sheets()
        self.assertIn(new, self.env["sozial.works.sheet"].with_user(self.worker).search(action["domain"]).tenancy_id)

    def test_needs_of_who_moved_out_go_while_the_works_go_on(self):
        old, _action = self._opened()
        old.write({"need_power": True, "objected_on": self._today()})
        self.tenancy.date_end = self._today() - timedelta(days=1)
        self.env["sozial.outreach"]._gc_needs()
        self.assertTrue(old.need_power)
        self.tenancy.date_end = self._today() - timedelta(days=200)
        self.env["sozial.outreach"]._gc_needs()
        self.assertFalse(old.has_needs)
        self.assertTrue(old.objected_on, "claims may come from it")

    def test_objections_go_when_no_claim_can_follow(self):
        old, _action = self._opened()
        old.objected_on = self._today()
        self.works.action_done()
        year = self._today().year
        for ended, there in ((date(year - 3, 1, 1), True), (date(year - 4, 12, 31), False)):
            self.works._write_guarded({"ended_on": ended})
            self.env["sozial.outreach"]._gc_objections()
            self.assertEqual(bool(old.exists()), there)
        self._refused_by_the_database(lambda: self.company.write({"sozial_objection_years": -1}))


@tagged("post_install", "-at_install")
class TestChecklistOfATenancy(ChangeOfTenants):
    """The checklist tells of somebody's health: who moves in has one of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works = cls.works.copy({"kind": "ageing", "user_id": cls.worker.id})
        cls.works.action_begin()
        cls.visit = cls.works.visit_ids.filtered(lambda one: one.dwelling_id == cls.dwelling)

    def _opened(self, visit=None, user=None):
        action = self._as(visit or self.visit, user or self.worker).action_open_check()
        return self.env["sozial.home.check"].with_user(self.worker).browse(action.get("res_id")), action

    def test_who_moves_in_begins_anew(self):
        old, _action = self._opened()
        old.wish = "Allein duschen"
        old.line_ids[0].action_barrier()
        measure = old.measure_ids.create({"check_id": old.id, "name": "Haltegriff"})
        newcomer = self._change_tenants().partner_id
        new, _action = self._opened()
        self.assertEqual((new.tenant_id, old.tenant_id, new.barriers, new.wish), (newcomer, self.tenant, 0, False))
        self.assertEqual(self._opened()[0], new)
        self.assertEqual((old.former, new.former_count), (True, 1))
        for change in (
            lambda: old.write({"wish": "x"}), old.line_ids[0].action_fine, lambda: measure.write({"state": "done"}),
            lambda: measure.create({"check_id": old.id, "name": "x"}),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "has ended"):
                change()
        with self.assertRaisesRegex(UserError, "does not move"):
            new.tenancy_id = self.tenancy
        with self.assertRaisesRegex(UserError, "who lives there today"):
            new.create({"visit_id": self.visit.id, "tenancy_id": self.tenancy.id})
        with self.assertRaisesRegex(UserError, "who lives there today"):
            new.with_context(default_tenancy_id=self.tenancy.id).create({"visit_id": self.visit.id})
        self.assertEqual(new.search([("visit_id", "=", self.visit.id)]).ids, [new.id, old.id])

    def test_a_vacant_dwelling_has_no_checklist(self):
        empty = self.works.visit_ids.filtered(lambda one: one.dwelling_id == self.empty)
        with self.assertRaisesRegex(UserError, "nobody lives here"):
            self._opened(empty)
        with self.assertRaisesRegex(UserError, "nobody lives here"):
            self.env["sozial.home.check"].with_user(self.worker).create({"visit_id": empty.id})
        with self.assertRaises(AccessError):
            self._opened(empty, self.colleague)

    def test_the_checklist_of_who_moved_out_goes(self):
        old, _action = self._opened()
        line, measure = old.line_ids[0], old.measure_ids.create({"check_id": old.id, "name": "Haltegriff"})
        file = self.env["ir.attachment"].create({"name": "x", "raw": b"x", "res_model": measure._name, "res_id": measure.id})
        self.tenancy.date_end = self._today() - timedelta(days=200)
        self.env["sozial.outreach"]._gc_needs()
        self.assertFalse(old.exists() or line.exists() or measure.exists() or file.exists())
