from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestHousingSeeker(SozialCommon):
    """Vacant dwellings for somebody without a tenancy, each with the reason why it fits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.building.write({"accessible": True, "has_lift": False})
        cls.south = cls.env["sozial.quarter"].create({"name": "Süd", "company_id": cls.company.id})
        cls.tower = cls.building.copy({"street": "Turmweg", "has_lift": True, "quarter_id": cls.south.id})
        make = cls.env["sozial.dwelling"].create
        cls.ground, cls.upstairs, cls.tower_top, cls.unknown, cls.dear = make(
            [
                {"building_id": cls.building.id, "number": "V1", "floor": 0, "rooms": 2, "rent_asked": 450},
                {"building_id": cls.building.id, "number": "V2", "floor": 2, "rooms": 2, "rent_asked": 400},
                {"building_id": cls.tower.id, "number": "V3", "floor": 9, "rooms": 2.5, "rent_asked": 480},
                {"building_id": cls.building.id, "number": "V4", "floor": 0},
                {"building_id": cls.building.id, "number": "V5", "floor": 0, "rooms": 2, "rent_asked": 900},
            ]
        )
        cls.other_dwelling.active = False
        kind = cls.env.ref("sozial_management.case_type_seeker")
        kind.seeks_housing = True  # on databases that were there before, too
        cls.case = cls._open_case(type_id=kind.id, tenancy_id=False)
        cls.case.write({"need_rooms_min": 2, "need_rooms_max": 3, "need_rent_max": 500, "need_quarter_ids": [Command.set(cls.south.ids)]})

    def _fitting(self):
        return [dwelling for dwelling, _proposal in self.case._fitting_dwellings()]

    def test_best_first(self):
        self.assertTrue(self.case.seeks_housing)
        self.assertEqual(self._fitting(), [self.tower_top, self.upstairs, self.ground, self.unknown])

    def test_step_free_and_lift(self):
        self.case.need_step_free = True
        self.assertEqual(self._fitting(), [self.tower_top, self.ground, self.unknown])
        self.upstairs.accessible = True
        self.assertIn(self.upstairs, self._fitting())
        self.case.write({"need_step_free": False, "need_lift": True})
        self.assertEqual(self._fitting(), [self.tower_top, self.ground, self.unknown])

    def test_vacant_only(self):
        tenancy = self.env["sozial.tenancy"].create(
            {"external_ref": "V-9", "dwelling_id": self.ground.id, "partner_id": self.tenant.id, "date_start": "2020-01-01",
             "company_id": self.company.id}
        )  # fmt: skip
        self.assertNotIn(self.ground, self._fitting())
        tenancy.date_end = "2021-12-31"
        self.assertIn(self.ground, self._fitting())
        self.assertNotIn(self.dwelling, self._fitting(), "somebody lives there")
        tenancy.write({"date_start": "2099-01-01", "date_end": False})
        self.assertNotIn(self.ground, self._fitting(), "it is let already")

    def test_each_says_why(self):
        self.case.need_step_free = True
        action = self._as(self.case, self.worker).action_fitting_dwellings()
        self.assertEqual(set(action["domain"][0][2]), set((self.tower_top | self.ground | self.unknown).ids))
        seen = self._as(self.tower_top | self.unknown, self.worker).with_context(**action["context"], lang="en_US")
        self.assertRegex(seen[0].fit_reason, r"^2[.,]5 rooms, rent 480[.,]00 of at most 500[.,]00, step-free, in Süd$")
        self.assertEqual(seen[1].fit_question, "number of rooms, rent")

    def test_dwellings_tell_nothing_to_others(self):
        for user in (self.colleague, self.frontdesk):
            dwelling = self._as(self.tower_top, user).with_context(sozial_seeker_case_id=self.case.id)
            with self.subTest(user=user.login):
                self.assertFalse(dwelling.fit_reason or dwelling.fit_question)
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).action_fitting_dwellings()
        self.assertFalse(self._as(self.tower_top, self.worker).fit_reason, "without a case there is no reason")

    def test_plausible_wishes(self):
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(CheckViolation, "needs_in_order"):
            self.case.write({"need_rooms_min": 4})
            self.case.flush_recordset()
