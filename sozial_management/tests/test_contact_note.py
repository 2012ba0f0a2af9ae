from datetime import datetime, time, timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from .common import SozialCommon


class NoteCommon(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._open_case()
        cls.drafts = cls.env["sozial.contact.draft"]

    def _drafts(self, user):
        return self._as(self.drafts, user)


@tagged("post_install", "-at_install")
class TestRightCase(NoteCommon):
    """A note is about the case that somebody chose, whatever a context says."""

    def test_a_default_does_not_choose_the_case(self):
        notes = self.env["sozial.contact"].with_user(self.worker)
        for context in ({"default_case_id": self.case.id}, {"active_id": self.case.id, "active_model": "sozial.case"}):
            with self.subTest(context=context), self.assertRaisesRegex(UserError, "choose the case"):
                notes.with_context(**context).create({"text": "x"})
        other = self._open_case()
        note = notes.with_context(default_case_id=self.case.id).create({"case_id": other.id, "text": "x"})
        self.assertEqual(note.case_id, other)

    def test_active_id_fills_in_nothing(self):
        notes = self.env["sozial.contact"].with_user(self.worker)
        context = {"active_id": self.case.id, "active_ids": self.case.ids, "active_model": "sozial.case"}
        self.assertNotIn("case_id", notes.with_context(**context).default_get(["case_id"]))

    def test_a_filled_in_case_is_shown_with_its_client_and_saved(self):
        form = Form(self.env["sozial.contact"].with_user(self.worker).with_context(default_case_id=self.case.id))
        self.assertEqual((form.case_id, form.client_id), (self.case, self.tenant))
        form.text = "x"
        self.assertEqual(form.save().case_id, self.case)

    def test_a_foreign_case_cannot_be_filled_in(self):
        with self.assertRaises(AccessError):
            Form(self.env["sozial.contact"].with_user(self.colleague).with_context(default_case_id=self.case.id))

    def test_the_clients_name_finds_the_case(self):
        cases = self.env["sozial.case"].with_user(self.worker)
        self.assertEqual(cases.with_context(sozial_by_client=True).name_search("sorgenfrei"), [(self.case.id, self.case.name)])
        self.assertFalse(cases.name_search("sorgenfrei"), "elsewhere a case is found by its number")
        foreign = self.env["sozial.case"].with_user(self.colleague).with_context(sozial_by_client=True)
        self.assertFalse(foreign.name_search("sorgenfrei"))


@tagged("post_install", "-at_install")
class TestDraft(NoteCommon):
    def test_kept_offered_and_erased_when_saved(self):
        values = {"text": "Halb", "minutes": 5, "partner_ids": self.tenant.ids, "medium": "visit", "user_id": self.lead.id}
        drafts = self._drafts(self.worker)
        drafts.keep(self.case.id, values)
        drafts.keep(self.case.id, {**values, "text": "Halb geschrieben"})
        waiting = drafts.waiting(self.case.id)
        del values["user_id"]
        self.assertEqual(waiting["values"], {**values, "text": "Halb geschrieben"})
        self.assertEqual(len(drafts.search([])), 1)
        self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "text": "fertig"})
        self.assertFalse(drafts.waiting(self.case.id))

    def test_each_has_an_own_one(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self._drafts(self.worker).keep(self.case.id, {"text": "von mir"})
        self.assertFalse(self._drafts(self.colleague).waiting(self.case.id))
        self._drafts(self.colleague).keep(self.case.id, {"text": "von der Kollegin"})
        self.env["sozial.contact"].with_user(self.colleague).create({"case_id": self.case.id, "text": "fertig"})
        self.assertEqual(self._drafts(self.worker).waiting(self.case.id)["values"], {"text": "von mir"})
        forged = self._drafts(self.colleague).create({"case_id": self.case.id, "user_id": self.lead.id})
        self.assertEqual(forged.user_id, self.colleague)

    def test_without_access_nothing_is_kept_or_told(self):
        self._drafts(self.worker).keep(self.case.id, {"text": "geheim"})
        drafts = self._drafts(self.colleague)
        for method, *values in (("keep", {"text": "x"}), ("waiting",), ("discard",)):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(drafts, method)(self.case.id, *values)
        self.assertFalse(drafts.search([]))
        self.assertEqual(self._drafts(self.worker).waiting(self.case.id)["values"], {"text": "geheim"})

    def test_the_end_of_a_grant_ends_it(self):
        grant = self.env["sozial.case.access"].browse(self.case.action_grant_access(self.colleague.id, "co", "Tandem"))
        self._drafts(self.colleague).keep(self.case.id, {"text": "x"})
        grant.with_user(self.worker).action_revoke()
        with self.assertRaises(AccessError):
            self._drafts(self.colleague).waiting(self.case.id)

    def test_nothing_written_is_nothing_kept(self):
        drafts = self._drafts(self.worker)
        drafts.keep(self.case.id, {"text": "x"})
        drafts.keep(self.case.id, {"text": "", "minutes": 0, "medium": "phone"})
        self.assertFalse(drafts.search([]))
        drafts.keep(self.case.id, {"text": "x"})
        drafts.discard(self.case.id)
        self.assertFalse(drafts.waiting(self.case.id))

    def test_not_in_a_closed_case(self):
        self.case.write({"close_reason": "solved"})
        self.case.action_decline()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._drafts(self.worker).keep(self.case.id, {"text": "x"})

    def test_looking_at_it_is_logged(self):
        self._drafts(self.worker).keep(self.case.id, {"text": "x"})
        self.env.cr.flush()
        log = self.env["sozial.access.log"].sudo()
        before = log.search_count([("case_id", "=", self.case.id), ("kind", "=", "opening")])
        self._drafts(self.worker).waiting(self.case.id)
        self.env.cr.flush()
        self.assertEqual(log.search_count([("case_id", "=", self.case.id), ("kind", "=", "opening")]), before + 1)

    def test_a_legal_hold_keeps_no_draft(self):
        self._drafts(self.worker).keep(self.case.id, {"text": "x"})
        self._as(self.case, self.lead).action_set_hold("Lawsuit 12 C 34/26", "2099-01-01")
        self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "text": "fertig"})
        self.assertFalse(self._drafts(self.worker).waiting(self.case.id))

    def test_old_ones_are_forgotten(self):
        other = self._open_case()
        for case in (self.case, other):
            self._drafts(self.worker).keep(case.id, {"text": "x"})
        self.env.cr.execute(
            "UPDATE sozial_contact_draft SET write_date = write_date - interval '15 days' WHERE case_id = %s", [self.case.id]
        )
        self.env.invalidate_all()
        self.drafts._forget_old()
        self.assertEqual(self.drafts.search([]).case_id, other)


@tagged("post_install", "-at_install")
class TestNoteFromCalendar(NoteCommon):
    def _event(self, **values):
        start = fields.Datetime.now() - timedelta(hours=1)
        values = {"name": "x", "start": start, "stop": start + timedelta(minutes=45), **values}
        events = self.env["calendar.event"].with_user(self.worker)
        return events.create({"partner_ids": [Command.set(self.worker.partner_id.ids)], **values})

    def test_day_length_and_case_come_from_the_appointment(self):
        event = self._event(res_model_id=self.env["ir.model"]._get_id("sozial.case"), res_id=self.case.id)
        context = event.action_write_note()["context"]
        form = Form(self.env["sozial.contact"].with_user(self.worker).with_context(**context))
        self.assertEqual((form.case_id, form.date, form.minutes), (self.case, event.start, 45))

    def test_of_a_case_one_may_open_only(self):
        with self.assertRaisesRegex(UserError, "belongs to no case"):
            self._event().action_write_note()
        foreign = self._open_case(user=self.colleague)
        event = self._event()
        event.sudo().write({"res_model_id": self.env["ir.model"]._get_id("sozial.case"), "res_id": foreign.id})
        with self.assertRaises(AccessError):
            event.action_write_note()


@tagged("post_install", "-at_install")
class TestNoteTours(NoteCommon, HttpCase):
    """In a browser: two clicks beside the writing."""

    def _texts(self):
        return self.env["sozial.contact"].search([("case_id", "=", self.case.id)]).mapped("text")

    def test_from_the_list(self):
        self.start_tour("/odoo/cases", "sozial_note_list_tour", login="t_worker")
        self.assertEqual(self._texts(), ["Aus der Liste."])

    def test_a_lost_session(self):
        self.start_tour("/odoo/cases", "sozial_note_lost_tour", login="t_worker")
        self.assertFalse(self._texts())
        self.start_tour("/odoo/cases", "sozial_note_found_tour", login="t_worker")
        self.assertEqual(self._texts(), ["Halb geschrieben"])
        self.assertFalse(self.drafts.search([]))


@tagged("post_install", "-at_install")
class TestNoteOnThePhone(NoteCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_from_my_day(self):
        now = datetime.combine(self._today(), time(11))
        self.env["calendar.event"].with_user(self.worker).create(
            {"name": "x", "start": now, "stop": now + timedelta(minutes=45), "res_id": self.case.id,
             "res_model_id": self.env["ir.model"]._get_id("sozial.case"),
             "partner_ids": [Command.set(self.worker.partner_id.ids)]}
        )  # fmt: skip
        self.start_tour("/odoo/my-day", "sozial_note_phone_tour", login="t_worker")
        note = self.env["sozial.contact"].search([("case_id", "=", self.case.id)])
        self.assertEqual((note.text, note.minutes), ("Vom Telefon.", 45))
