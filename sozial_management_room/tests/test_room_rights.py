from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import RoomCommon

ROLES = (
    "room_user", "room_manager", "frontdesk", "worker", "lead", "privacy", "report", "config", "system", "portal", "public",
)  # fmt: skip
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
SET_UP = {"room_user": "r", "room_manager": "rwcd"}
OFFERED = {**SET_UP, "portal": "r"}  # customers see what there is to book
MATRIX = {
    "sozial.centre": OFFERED,
    "sozial.room": OFFERED,
    "sozial.centre.notice": {"room_user": "rwc", "room_manager": "rwcd"},
    "sozial.room.atom": SET_UP,
    "sozial.room.feature": OFFERED,
    "sozial.room.seating": OFFERED,
    "sozial.room.condition": SET_UP,
    "sozial.room.fee": SET_UP,
    "sozial.room.protocol": {"room_user": "rwc", "room_manager": "rwcd"},
    "sozial.room.deposit": {"room_user": "rwc", "room_manager": "rwcd"},
    "sozial.room.closure": SET_UP,
    "sozial.room.closure.hit": {"room_user": "r", "room_manager": "rw"},
    "sozial.room.closure.end": {"room_manager": "rwc"},
    "sozial.room.series": {"room_user": "rwc", "room_manager": "rwcd"},
    "sozial.room.waiting": {"room_user": "rwc", "room_manager": "rwcd", "portal": "r"},
    "sozial.room.series.exception": {"room_user": "rwcd", "room_manager": "rwcd"},
    "sozial.room.series.plan": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.room.series.plan.line": {"room_user": "rwcd", "room_manager": "rwcd"},
    "sozial.room.search": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.room.search.date": {"room_user": "rwcd", "room_manager": "rwcd"},
    "sozial.room.search.fit": {"room_user": "rwcd", "room_manager": "rwcd"},
    "sozial.room.series.change": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.room.series.cancel": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.room.booking": {"room_user": "rwc", "room_manager": "rwcd", "portal": "r"},
    "sozial.room.booking.decline": {"room_user": "rwcd", "room_manager": "rwcd"},
    "sozial.activity": SET_UP,
    "sozial.activity.session": {"room_user": "rwc", "room_manager": "rwcd"},
    "sozial.activity.attendance": {"room_user": "rwcd", "room_manager": "rwcd"},
    "sozial.activity.count": {"room_user": "rc", "room_manager": "rc"},
    "sozial.activity.sheet": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.activity.quarter": {"room_user": "r", "room_manager": "rc"},
    "sozial.activity.quarter.lock": {"room_manager": "rwc"},
    "sozial.activity.fact": {},
    "sozial.activity.comparison": {"room_manager": "r"},
    "sozial.activity.report": {"lead": "rwc", "report": "rwc"},
    "sozial.activity.registration": {"room_user": "rwc", "room_manager": "rwcd", "portal": "r"},
    "sozial.activity.away": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.activity.message": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.programme.print": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.volunteer": SET_UP,
    "sozial.volunteer.skill": SET_UP,
    "sozial.volunteer.hour": {"room_user": "rwc", "room_manager": "rwcd"},
    "sozial.volunteer.allowance": {"room_manager": "rwcd"},
    "sozial.room.use": {"room_user": "r", "room_manager": "r"},
    "sozial.room.utilisation": {"room_user": "rwc", "room_manager": "rwc"},
    "sozial.room.occupancy": {},
}


@tagged("post_install", "-at_install")
class TestRoomRights(RoomCommon):
    """Every model of this addon × role × operation; a model that is not listed fails the test."""

    def _own_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith("sozial.") and not model._abstract and model._original_module == "sozial_management_room"
        }

    def test_every_cell(self):
        self.assertEqual(self._own_models(), set(MATRIX))
        for model, cells in MATRIX.items():
            for role in ROLES:
                user = getattr(self, role)
                granted = "".join(
                    letter for letter, operation in OPERATIONS.items() if self.env[model].with_user(user).has_access(operation)
                )
                with self.subTest(model=model, role=role):
                    self.assertEqual(granted, cells.get(role, ""))

    def test_two_companies_see_nothing_of_each_other(self):
        stranger = self._user("t_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        booking = self._book()
        for record in (self.centre, self.kitchen, self.kitchen.atom_ids, booking):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.room_user).search([("id", "=", record.id)]), "the positive control")
                self.assertFalse(self._as(record, stranger).search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    self._as(record, stranger).read(["display_name"])

    def test_every_model_with_a_company_is_bound_to_it(self):
        """Whatever is asked of rows of another company, the rules narrow it."""
        bound = [name for name in self._own_models() if "company_id" in self.env[name]._fields and not self.env[name]._transient]
        self.assertGreater(len(bound), 5)
        bound.append("sozial.room.occupancy")  # nobody reads it; bound all the same, should somebody ever
        rules = self.env["ir.rule"].with_user(self.room_manager).with_context(allowed_company_ids=self.company.ids)
        for name in bound:
            for operation in OPERATIONS.values():
                with self.subTest(model=name, operation=operation):
                    self.assertIn("company_id", str(rules._compute_domain(name, operation)))

    def test_dialogs_are_their_authors(self):
        """A dialog tells what somebody planned: whoever opened it reads it, nobody else."""
        dialogs = [name for name in self._own_models() if self.env[name]._transient]
        self.assertGreater(len(dialogs), 3)
        rules = self.env["ir.rule"].with_user(self.room_manager)
        for name in dialogs:
            with self.subTest(model=name):
                domain = str(rules._compute_domain(name, "read"))
                self.assertIn("create_uid", domain)
                self.assertIn(str(self.room_manager.id), domain)

    def test_no_record_links_across_companies(self):
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            self._book(partner_id=self.env["res.partner"].create({"name": "X", "company_id": self.other_company.id}).id)
        with self.assertRaises(UserError):
            self.kitchen.centre_id = away
        with self.assertRaises(UserError):
            self.kitchen.atom_ids += self.env["sozial.room.atom"].create({"name": "X", "centre_id": away.id})

    def test_a_new_form_offers_rooms_and_centres_of_the_own_company_only(self):
        """Company follows from the room: nothing is chosen yet, and yet there must be something to choose."""
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        self.env["sozial.room"].create({"name": "Fern", "centre_id": away.id})
        for model, link in (
            ("sozial.room.booking", "room_id"),
            ("sozial.room.series", "room_id"),
            ("sozial.room.waiting", "room_id"),
            ("sozial.room.closure", "centre_id"),
            ("sozial.room", "centre_id"),
        ):
            with self.subTest(model=model):
                records = self._as(self.env[model], self.room_manager)
                domain = safe_eval(records.fields_get([link])[link]["domain"], {"company_id": False})
                offered = records[link].search(domain)
                self.assertEqual(offered.company_id, self.company)
                self.assertTrue(offered)
