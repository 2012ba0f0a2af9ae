"""A social worker's five common actions on a phone, on the demo data, with the README's picture of it."""

from datetime import datetime, time, timedelta

from odoo import Command, fields
from odoo.tests import tagged

from sozial_support.browser import BrowserCase


@tagged("post_install", "-at_install")
class TestPhone(BrowserCase):
    touch_enabled = True

    def test_five_actions(self):
        worker = self.german("sozialarbeit")
        case = self._case(worker)
        step = self.env["sozial.case.step"].with_user(worker).create(
            {"case_id": case.id, "name": "Unterlagen ansehen", "due": fields.Date.context_today(worker), "user_id": worker.id}
        )
        with self.picture_at_end("docs/images/phone.png", (390, 844)):
            self.start_tour("/odoo/my-day", "sozial_phone_tour", login="sozialarbeit", timeout=180)
        self.assertEqual(step.state, "done")
        note = self.env["sozial.contact"].search([("case_id", "=", case.id)])
        self.assertEqual((note.text, note.minutes, note.user_id), ("Ratenplan besprochen.", 45, worker))
        new = self.env["sozial.case"].search([("worker_id", "=", worker.id)], order="id desc", limit=1)
        self.assertEqual((new.concern, new.state), ("Strom wird abgestellt.", "intake"))

    def _case(self, worker):
        """A case of rent debt with an appointment today; nothing else of that day competes for the few rows."""
        self.env["sozial.case.step"].search([("user_id", "=", worker.id), ("state", "=", "open")])._write_guarded(
            {"due": fields.Date.context_today(worker) + timedelta(days=60)}
        )
        client = self.env["res.partner"].create({"name": "Erika Sorgenfrei", "phone": "03631 55 12 34", "company_id": worker.company_id.id})
        case = self.env["sozial.case"].with_user(worker).with_context(allowed_company_ids=worker.company_id.ids).create(
            {
                "type_id": self.env.ref("sozial_management.case_type_rent_debt").id, "concern": "Zwei Mieten sind offen.",
                "participant_ids": [Command.create({"partner_id": client.id, "role": "client"})],
            }
        )  # fmt: skip
        case.step_ids._write_guarded({"due": fields.Date.context_today(worker) + timedelta(days=60)})
        start = datetime.combine(fields.Date.context_today(worker), time(11))
        self.env["calendar.event"].with_user(worker).create(
            {
                "name": "x", "start": start, "stop": start + timedelta(minutes=45), "res_id": case.id,
                "res_model_id": self.env["ir.model"]._get_id("sozial.case"), "partner_ids": [Command.set(worker.partner_id.ids)],
            }
        )  # fmt: skip
        return case

    def test_field_day(self):
        """The way through a building with one thumb: order of the bells, tick, short result, next try."""
        worker = self.german("sozialarbeit")
        visits = self._visits(worker)
        with self.picture_at_end("field_day.png", (390, 844)):
            self.start_tour("/odoo/field-day", "sozial_field_day_tour", login="sozialarbeit", timeout=180)
        ground, first, attic = visits.sorted(lambda visit: visit.dwelling_id.floor)
        self.assertEqual((ground.state, first.state, first.result, first.tries), ("met", "tried", "card", 1))
        self.assertTrue(first.next_try)
        self.assertEqual((attic.state, attic.result), ("planned", "later"))

    def _visits(self, worker):
        """Three dwellings of a new building to go to, and no others."""
        outreaches = self.env["sozial.outreach"]
        outreaches.search([("state", "=", "running")], limit=None)._write_guarded({"state": "done"})
        house = self.env["sozial.building"].search([("quarter_id", "!=", False), ("company_id", "=", worker.company_id.id)], limit=1)
        house = house.copy({"house_number": "901"})
        self.env["sozial.dwelling"].create(
            [
                {"building_id": house.id, "number": f"T{floor}", "position": position, "floor": floor}
                for floor, position in ((7, "Dach"), (0, "Erdgeschoss"), (1, "1. OG"))
            ]
        )
        talk = outreaches.create(
            {
                "name": "Mietergespräch", "kind": "welcome", "company_id": worker.company_id.id, "quarter_id": house.quarter_id.id,
                "building_ids": house.ids,
            }
        )  # fmt: skip
        talk.action_begin()
        return talk.visit_ids
