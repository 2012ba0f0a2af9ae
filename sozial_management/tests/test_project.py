import base64
import io
from datetime import timedelta

from PIL import Image

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.project.activity import COUNTS
from .casework_common import CaseworkCommon
from .rights.project_rows import PICTURE


class ProjectCommon(CaseworkCommon):
    """A project of the worker that runs, with what belongs to one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls._today()
        cls.school = cls.env["res.partner"].create({"name": "Grundschule", "is_company": True})
        cls.project = cls.env["sozial.project"].with_user(cls.worker).create(
            {
                "name": "Hochbeete", "company_id": cls.company.id, "quarter_ids": [Command.set(cls.quarter.ids)],
                "date_start": cls.day - timedelta(days=90),
                "aim_ids": [Command.create({"name": "Alt und Jung", "measure": "Beide sind dabei"})],
                "partner_ids": [Command.create({"partner_id": cls.school.id, "role": "school", "contribution": "Zwei Klassen"})],
                "activity_line_ids": [
                    Command.create({"name": "Bauen", "date": cls.day - timedelta(days=60), "state": "held", "children": 18, "older": 9,
                                    "adults": 7, "volunteers": 4, "volunteer_hours": 12.5}),
                    Command.create({"name": "Ernten", "date": cls.day - timedelta(days=10), "state": "held", "children": 21, "older": 3,
                                    "adults": 30}),
                ],
                "budget_ids": [Command.create({"kind": "material", "planned": 100}), Command.create({"kind": "food", "planned": 50})],
                "expense_ids": [
                    Command.create({"name": "Holz", "kind": "material", "amount": 80.1}),
                    Command.create({"name": "Erde", "kind": "material", "amount": 40.2}),
                    Command.create({"name": "Pfand zurück", "kind": "food", "amount": -0.1}),
                ],
                "funding_ids": [Command.create({"name": "Stadt", "promised": 120, "received": 60})],
            }
        )  # fmt: skip
        cls.project.action_start()

    def _picture(self, **values):
        return self.env["sozial.project.picture"].with_user(self.worker).create(
            {"project_id": self.project.id, "name": "Am Beet", "image": PICTURE, **values}
        )  # fmt: skip

    def _other_picture(self):
        drawn = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
        return base64.b64encode(drawn.getvalue())

    def _finish(self):
        self.project.aim_ids.outcome = "reached"
        self.project.result = "Die Beete bleiben."
        self.project.action_finish()


@tagged("post_install", "-at_install")
class TestProject(ProjectCommon):
    """Aims, partners, costs and reach of a project, from the plan to its end."""

    def test_money_and_reach(self):
        project = self.project
        self.assertEqual((project.planned, project.spent, project.left), (150, 120.2, 29.8))
        self.assertEqual((project.promised, project.received, project.uncovered), (120, 60, 30))
        self.assertEqual((project.held_count, project.reached, project.volunteer_hours), (2, 88, 12.5))
        self.assertEqual({row.kind: row.spent for row in project.budget_ids}, {"material": 120.3, "food": -0.1})
        project.activity_line_ids[0].write({"state": "cancelled", **dict.fromkeys((*COUNTS, "volunteer_hours"), 0)})
        self.assertEqual((project.held_count, project.reached, project.volunteer_hours), (1, 54, 0))

    def test_what_cannot_be(self):
        activity, budget = self.project.activity_line_ids[0], self.project.budget_ids[0]
        for record, values in (
            (self.project, {"date_end": self.day - timedelta(days=91)}),
            (activity, {"children": -1}), (activity, {"state": "planned"}), (activity, {"older": 20001}),
            (budget, {"planned": -1}), (budget, {"kind": "food"}), (self.project.expense_ids[0], {"amount": 0}),
            (self.project.funding_ids, {"received": -1}),
        ):  # fmt: skip
            with self.subTest(values=values):
                self._refused_by_the_database(lambda record=record, values=values: (record.write(values), self.env.flush_all()))
        with self.assertRaisesRegex(ValidationError, "future"):
            activity.date = self.day + timedelta(days=1)

    def test_partners_are_organisations(self):
        person = self.env["res.partner"].create({"name": "Frau Ahlers", "parent_id": self.school.id})
        stranger = self.env["res.partner"].create({"name": "Herr Fremd"})
        row = self.project.partner_ids
        twice = [Command.create({"partner_id": self.school.id})]
        self._refused_by_the_database(lambda: self.project.write({"partner_ids": twice}))
        row.contact_id = person
        with self.assertRaisesRegex(ValidationError, "does not belong"):
            row.contact_id = stranger
        with self.assertRaisesRegex(ValidationError, "is a person"):
            row.write({"partner_id": stranger.id, "contact_id": False})

    def test_starting_says_what_is_missing(self):
        project = self.env["sozial.project"].with_user(self.worker).create({"name": "Leer", "company_id": self.company.id})
        project.user_id = False
        with self.assertRaises(UserError) as raised:
            project.action_start()
        for word in ("Quarters", "Responsible", "Aims"):
            self.assertIn(word, str(raised.exception))
        self.assertEqual(project.state, "planned")

    def test_finishing_says_what_is_missing(self):
        self.project.activity_line_ids.create({"project_id": self.project.id, "name": "Säen", "date": self.day})
        with self.assertRaises(UserError) as raised:
            self.project.action_finish()
        for word in ("Alt und Jung", "Säen", "What came of it"):
            self.assertIn(word, str(raised.exception))
        self.project.activity_line_ids.filtered(lambda one: one.state == "planned").state = "cancelled"
        self._finish()
        self.assertEqual((self.project.state, self.project.ended_on), ("finished", self.day))
        with self.assertRaisesRegex(UserError, "not possible now"):
            self.project.action_start()

    def test_cancelling_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "Reason for cancelling"):
            self.project.action_cancel()
        self.project.end_reason = "Der Hof wird gebaut."
        self.project.action_cancel()
        self.assertEqual(self.project.state, "cancelled")
        self.project.action_reopen()
        self.assertEqual((self.project.state, self.project.ended_on), ("running", False))

    def test_what_has_ended_does_not_change(self):
        picture = self._picture(shown="nobody")
        self._finish()
        parts = ("aim_ids", "partner_ids", "activity_line_ids", "budget_ids", "expense_ids", "funding_ids", "picture_ids")
        for name in parts:
            row = self.project[name][0]
            with self.subTest(part=name):
                with self.assertRaisesRegex(UserError, "has ended"):
                    row.write({"company_id": row.company_id.id})
                with self.assertRaisesRegex(UserError, "has ended"):
                    row.unlink()
                with self.assertRaisesRegex(UserError, "has ended"):
                    self.project.write({name: [Command.delete(row.id)]})
        with self.assertRaisesRegex(UserError, "has ended"):
            self.env["sozial.project.expense"].with_user(self.worker).create({"project_id": self.project.id, "name": "x", "amount": 1})
        with self.assertRaisesRegex(UserError, "has ended"):
            self.project.name = "Anders"
        self.project.user_id = self.colleague
        self.project.message_post(body="Danke")
        self.project.action_reopen()
        picture.name = "Am Beet, im Mai"

    def test_parts_stay_with_their_project(self):
        other = self.project.copy({"name": "Zweite"})
        with self.assertRaisesRegex(UserError, "stays with its project"):
            self.project.expense_ids[0].project_id = other
        self.assertEqual((len(other.aim_ids), len(other.budget_ids), len(other.partner_ids)), (1, 2, 1))
        for name in ("expense_ids", "activity_line_ids", "funding_ids", "picture_ids"):
            self.assertFalse(other[name], name)
        self.assertEqual((other.state, other.started_on, other.aim_ids.outcome), ("planned", False, "open"))

    def test_states_belong_to_the_buttons(self):
        for values in ({"state": "finished"}, {"started_on": self.day}, {"ended_on": self.day}):
            with self.assertRaisesRegex(UserError, "Use the buttons"):
                self.project.write(values)
            with self.assertRaisesRegex(UserError, "Use the buttons"):
                self.project.create({"name": "x", **values})
        created = self.project.with_context(default_state="finished").create({"name": "x", "company_id": self.company.id})
        self.assertEqual(created.state, "planned")

    def test_what_was_begun_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "cancelled, not deleted"):
            self.project.unlink()
        planned = self.env["sozial.project"].with_user(self.worker).create({"name": "Idee", "company_id": self.company.id})
        planned.unlink()
        self.assertFalse(planned.exists())

    def test_of_another_company(self):
        other = self.env["res.company"].create({"name": "Andere"})
        foreign = self.env["res.partner"].create({"name": "Fremde Schule", "is_company": True, "company_id": other.id})
        with self.assertRaises(UserError):
            self.project.partner_ids.partner_id = foreign
        theirs = self.env["sozial.project"].create({"name": "Dort", "company_id": other.id, "date_start": self.day})
        for step in ("action_start", "action_finish", "action_cancel", "action_reopen"):
            with self.assertRaises(AccessError):
                getattr(self._as(theirs, self.worker), step)()
        with self.assertRaises(AccessError):
            self.env["sozial.project.aim"].with_user(self.worker).create({"project_id": theirs.id, "name": "x"})


@tagged("post_install", "-at_install")
class TestProjectPicture(ProjectCommon):
    """A picture is shown to others only with the consent of all who can be recognised."""

    def test_a_tick_needs_the_place_of_the_forms(self):
        with self.assertRaisesRegex(ValidationError, "Where the consents are"):
            self._picture(consent=True)
        picture = self._picture(consent=True, consent_note="Ordner 3")
        self.assertEqual((picture.may_be_shown, picture.consent_by_id, picture.consent_on), (True, self.worker, self.day))

    def test_without_consent_nobody_sees_it(self):
        self.assertFalse(self._picture(shown="adults").may_be_shown)
        self.assertFalse(self._picture(shown="minors").may_be_shown)
        self.assertTrue(self._picture(shown="nobody").may_be_shown)

    def test_the_tick_falls_when_the_picture_is_replaced(self):
        for values in ({"image": self._other_picture()}, {"shown": "minors"}):
            picture = self._picture(consent=True, consent_note="Ordner 3")
            picture.write(values)
            with self.subTest(values=list(values)):
                self.assertEqual((picture.consent, picture.may_be_shown, picture.consent_by_id), (False, False, self.env["res.users"]))
        picture.write({"image": self._other_picture(), "consent": True})
        self.assertTrue(picture.may_be_shown)

    def test_a_consent_can_be_withdrawn_after_the_end(self):
        picture = self._picture(consent=True, consent_note="Ordner 3")
        self._finish()
        picture.action_withdraw()
        self.assertEqual((picture.image, picture.consent, picture.may_be_shown, picture.withdrawn_on), (False, False, False, self.day))
        self.assertFalse(self.env["ir.attachment"].sudo().search([("res_model", "=", picture._name), ("res_id", "=", picture.id),
                                                                  ("res_field", "=", "image")]))  # fmt: skip

    def test_a_picture_has_a_file(self):
        with self.assertRaisesRegex(UserError, "choose the file"):
            self._picture(image=False)
        for values in ({"consent_on": self.day}, {"withdrawn_on": self.day}):
            with self.assertRaisesRegex(UserError, "Use the buttons"):
                self._picture().write(values)
