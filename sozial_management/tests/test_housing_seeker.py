import itertools
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..matching import propose
from ..models.case import case_housing
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
        return list(self.case._fitting_dwellings())

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

    def test_the_database_judges_by_the_same_rule(self):
        """Every kind of dwelling against every kind of need: what fits, and in which order."""
        self.env["sozial.dwelling"].create(
            [
                {
                    "building_id": building.id, "number": f"X{building.id}-{number}", "floor": floor, "rooms": rooms, "rent_asked": rent,
                    "accessible": number % 5 == 0,
                }
                for building in self.building | self.tower
                for number, (floor, rooms, rent) in enumerate(itertools.product((-1, 0, 3), (0, 1.5, 3), (0, 333.33, 333.34)))
            ]
        )  # fmt: skip
        everything = self._fitting_of({})
        self.assertGreater(len(everything), 50)
        wishes = {
            "need_rooms_min": (0, 2), "need_rooms_max": (0, 3), "need_rent_max": (0, 333.33), "need_step_free": (False, True),
            "need_lift": (False, True), "need_quarter_ids": ([Command.clear()], [Command.set(self.south.ids)]),
        }  # fmt: skip
        for values in itertools.product(*wishes.values()):
            found = self._fitting_of(dict(zip(wishes, values, strict=True)))
            proposals = {one: propose(self.case._need(), one._as_vacant()) for one in everything}
            fitting = [one for one in everything if proposals[one]]
            self.assertEqual(set(found), set(fitting))
            self.assertEqual(list(found), sorted(fitting, key=lambda one: (-proposals[one].score, one.rent_asked or 9999, one.id)))

    def _fitting_of(self, wishes):
        self.case.write({name: 0 for name in self.case._fields if name.startswith("need_r")})
        self.case.write({"need_step_free": False, "need_lift": False, "need_quarter_ids": [Command.clear()], **wishes})
        return self.case._fitting_dwellings()

    def test_the_best_are_kept_and_listed_first(self):
        with patch.object(case_housing, "MOST", 2):
            self.assertEqual(self._fitting(), [self.tower_top, self.upstairs])
        action = self._as(self.case, self.worker).action_fitting_dwellings()
        listed = self._as(self.env["sozial.dwelling"], self.worker).with_context(**action["context"])
        found = listed.web_search_read(action["domain"], {"fit_score": {}}, order="fit_score desc, id")["records"]
        self.assertEqual([row["id"] for row in found], [one.id for one in self._fitting()])
        self.assertEqual(found[0]["fit_score"], 8)
        stranger = self._as(self.env["sozial.dwelling"], self.colleague).with_context(**action["context"])
        unsorted = stranger.search(action["domain"], order="fit_score desc, id")
        self.assertEqual(unsorted.ids, sorted(unsorted.ids), "the order tells nothing to who may not open the case")

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
        self.assertRegex(seen[0].fit_reason, r"^2[.,]5 rooms, rent \D*480[.,]00\D* of at most \D*500[.,]00\D*, step-free, in Süd$")
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
