from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PartnerCommon


@tagged("post_install", "-at_install")
class TestCallChange(PartnerCommon):
    """After publication: a new version with reason, difference and a notice to all."""

    def setUp(self):
        super().setUp()
        self.call = self._published()
        self.later = self.call.deadline + timedelta(days=7)

    def _mails(self):
        return self.env["sozial.call.news"].search([("subject", "=like", f"{self.call.number}%")])

    def test_a_later_deadline_is_a_new_version(self):
        version = self.call._publish_change({"deadline": self.later}, "Mehr Zeit wegen der Ferien.")
        self.assertEqual((version.number, version.reason), (2, "Mehr Zeit wegen der Ferien."))
        self.assertEqual(self.call.current_version_id, version)
        self.assertEqual(self.call.deadline, self.later)
        self.assertFalse(version.is_material)
        where = [change["where"] for change in version.difference]
        self.assertIn("Frist für Bewerbungen", where)
        self.assertIn("Abschnitt 11: Text", where)
        self.assertIn(self.call.deadline_text, self.call.section_ids[10].text)
        self.assertTrue(self.call.version_ids.filtered(lambda one: one.number == 1)._is_intact())

    def test_the_dialog_as_a_browser_sends_it(self):
        """A browser leaves out what cannot be edited; the rows must still say of which lot and criterion they are."""
        dialogs = self.env["sozial.call.change"].with_user(self.procurement).with_context(default_call_id=self.call.id)
        with Form(dialogs) as form:
            form.reason = "Mehr Zeit, mehr Umfang."
            form.deadline = self.later
            with form.lot_ids.edit(0) as lot:
                lot.capacity = "Drei Tage in der Woche"
            with form.criterion_ids.edit(1) as criterion:
                criterion.minimum = 3
        dialog = form.record
        dialog.action_preview()
        self.assertIn("Drei Tage", str(dialog.difference_text))
        self.assertEqual(len(self.call.version_ids), 1, "shown only")
        dialog.action_publish()
        self.assertEqual(self.call.current_version_id.number, 2)
        self.assertEqual(self.call.lot_ids[0].capacity, "Drei Tage in der Woche")
        self.assertEqual(self.call.criterion_ids[1].minimum, 3)

    def test_deadlines_move_later_only(self):
        for name in ("deadline", "questions_until"):
            for moment in (self.call[name] - timedelta(seconds=1), False):
                with self.subTest(field=name, moment=moment), self.assertRaises(UserError):
                    self.call._publish_change({name: moment}, "Grund")
        self.assertEqual(len(self.call.version_ids), 1)

    def test_after_the_deadline_nothing_changes(self):
        self._pass_deadline(self.call)
        with self.assertRaisesRegex(UserError, "over"):
            self.call._publish_change({"deadline": fields.Datetime.now() + timedelta(days=3)}, "Zu spät")
        with self.assertRaisesRegex(UserError, "over"):
            self.call.action_change()

    def test_questions_that_are_over_do_not_come_back(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE sozial_call SET questions_until = published_at WHERE id = %s", [self.call.id])
        self.call.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "over already"):
            self.call._publish_change({"questions_until": self.call.deadline - timedelta(days=1)}, "Grund")

    def test_no_change_without_a_reason_or_without_a_change(self):
        with self.assertRaisesRegex(UserError, "Reason"):
            self.call._publish_change({"deadline": self.later}, " ")
        with self.assertRaisesRegex(UserError, "Nothing has changed"):
            self.call._publish_change({}, "Grund")

    def test_what_submissions_answer_to_is_material(self):
        criterion = self.call.criterion_ids.filtered(lambda one: one.name == "Konzept")
        other = self.call.criterion_ids.filtered(lambda one: one.name == "Erfahrung")
        changes = (
            {"criterion_ids": [(criterion, {"weight": 50}), (other, {"weight": 50})]},
            {"lot_ids": [(self.call.lot_ids[0], {"description": "Sprechstunden an drei Tagen"})]},
            {"date_until": fields.Date.add(self.call.date_until, days=30)},
        )
        for number, values in enumerate(changes, 2):
            version = self.call._publish_change(values, "Genauer gefasst.")
            self.assertTrue(version.is_material)
            self.assertEqual((version.number, self.call._last_material_version()), (number, version))
        self.assertFalse(self.call._publish_change({"summary": "Kürzer."}, "Verständlicher").is_material)
        self.assertEqual(self.call._last_material_version().number, 4)
        self.assertTrue(self.call._publish_change({"summary": "Noch kürzer."}, "Wichtig", is_material=True).is_material)

    def test_an_incomplete_call_is_not_published_again(self):
        criterion = self.call.criterion_ids.filtered(lambda one: one.name == "Konzept")
        with self.assertRaisesRegex(UserError, "add up to 90"):
            self.call._publish_change({"criterion_ids": [(criterion, {"weight": 50})]}, "Vertippt")

    def test_guarded_fields_do_not_change_by_a_version(self):
        for values in ({"state": "opened"}, {"opened_at": fields.Datetime.now()}, {"checker_id": self.procurement.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.call._publish_change(values, "Grund")

    def test_parts_of_another_call_stay(self):
        other = self._call()
        with self.assertRaises(UserError):
            self.call._publish_change({"lot_ids": [(other.lot_ids[0], {"capacity": "x"})]}, "Grund")

    def test_who_reads_only_changes_nothing(self):
        for user in (self.reviewer, self.lead, self.bidder):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.call.with_user(user)._publish_change({"deadline": self.later}, "Grund")

    def test_all_get_a_mail_alone(self):
        self.call._subscribe(self.bidder.partner_id)
        self.call._subscribe(self.other_bidder.partner_id)
        self.call._subscribe(self.bidder.partner_id)
        self.call._publish_change({"deadline": self.later}, "Mehr Zeit wegen der Ferien.")
        mails = self._mails()
        self.assertEqual(sorted(mails.mapped("email")), sorted(u.partner_id.email_formatted for u in (self.bidder, self.other_bidder)))
        for mail in mails:
            self.assertIn("Mehr Zeit wegen der Ferien.", mail.body)

    def test_the_invited_are_told_too(self):
        call = self._published(access="invited", invited_ids=self.caritas.ids)
        self.assertEqual(call._notice_recipients(), self.caritas | self.bidder.partner_id)

    def test_nobody_reads_who_wants_news(self):
        self.call._subscribe(self.bidder.partner_id)
        rows = self.env["sozial.call.subscription"].search([("call_id", "=", self.call.id)])
        self.assertEqual(len(rows), 1)
        self.assertNotEqual(rows.create_uid, self.bidder)
        for user in (self.procurement, self.system, self.bidder, self.lead):
            with self.assertRaises(AccessError):
                rows.with_user(user).search_count([])

    def test_the_dialog_shows_the_difference_first(self):
        dialogs = self.env["sozial.call.change"].with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        dialog = dialogs.with_context(**self.call.action_change()["context"]).create({"reason": "Mehr Zeit"})
        self.assertEqual(len(dialog.lot_ids), 2)
        dialog.deadline = self.later
        dialog.action_preview()
        self.assertIn("Frist für Bewerbungen", [change["where"] for change in dialog.difference])
        self.assertIn("Frist für Bewerbungen", dialog.difference_text)
        self.assertNotEqual(self.call.deadline, self.later, "a preview changes nothing")
        self.assertEqual(len(self.call.version_ids), 1)
        dialog.action_publish()
        self.assertEqual((self.call.deadline, len(self.call.version_ids)), (self.later, 2))
