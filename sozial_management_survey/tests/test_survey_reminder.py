import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sozial_management.tests.letter_texts import problems

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyReminder(SurveyCommon):
    """Who has not answered is reminded; that is told by the letter alone."""

    def _printed(self, mails=()):
        """Invitations are out."""
        for tenant in mails:
            tenant.email = f"{tenant.id}@example.com"
        self.campaign.action_begin()
        if mails:
            self.campaign.action_mail()
        self._print()
        self.campaign._write_guarded({"letters_state": "ready"})

    def _remind(self):
        self.campaign.action_remind()
        job = self.campaign.sudo().with_context(force_report_rendering=True)
        while job._print_batch()[1]:
            continue
        self.campaign._put_together()
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(self.campaign.letters_id.raw)).pages)

    def _use(self, tenancy):
        visit = self.campaign.sudo().visit_ids.filtered(lambda one: one.dwelling_id == tenancy.dwelling_id)
        tickets = self.env["sozial.survey.ticket"]
        self.assertTrue(tickets._find(tickets._token(visit))._use())

    def _rows(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, state, letter, write_uid, write_date, xmin::text FROM sozial_outreach_visit WHERE outreach_id = %s ORDER BY id",
            [self.campaign.id],
        )
        return self.env.cr.fetchall()

    def test_only_dwellings_without_answer_get_a_letter(self):
        first, second, third = self._tenants(3)
        self._printed()
        self._use(second)
        before, tickets = self._rows(), len(self._tickets())
        text = self._remind()
        self.assertIn(first.external_ref, text)
        self.assertIn(third.external_ref, text)
        self.assertNotIn(second.external_ref, text)
        self.assertIn("Erinnerung", text)
        self.assertEqual(self._rows(), before, "no list of dwellings tells who was reminded")
        self.assertEqual(len(self._tickets()), tickets, "the code stays the same")
        self.assertTrue(self.campaign.reminded_on)
        self.assertFalse(self.campaign.sudo().reminding)

    def test_by_mail_goes_by_mail(self):
        one, other = self._tenants(2)
        self._printed(mails=one.partner_id | other.partner_id)
        mails = self.env["mail.mail"]
        self._use(one)
        before = mails.search([("subject", "like", "Erinnerung")], limit=100)
        self.campaign.action_remind()
        new = mails.search([("subject", "like", "Erinnerung")], limit=100) - before
        self.assertIn(f"{other.partner_id.id}@example.com", new.email_to)
        self.assertTrue(new.auto_delete)
        self.assertFalse(new.model or new.res_id, "the mail hangs on nothing")
        self.assertEqual(self.campaign.sudo().reminding, self.campaign.visit_ids.filtered(lambda v: v.letter == "printed").ids)

    def test_when_there_is_nobody(self):
        with self.assertRaisesRegex(UserError, "does not fit"):
            self.campaign.action_remind()
        self.campaign.action_begin()
        with self.assertRaisesRegex(UserError, "no invitation that was sent"):
            self.campaign.action_remind()
        self._printed()
        for ticket in self._tickets():
            ticket._use()
        with self.assertRaisesRegex(UserError, "no invitation that was sent"):
            self.campaign.action_remind()
        self.campaign._write_guarded({"letters_state": "running"})
        with self.assertRaisesRegex(UserError, "are being printed"):
            self.campaign.action_remind()
        with self.assertRaisesRegex(UserError, "not set directly"):
            self.campaign.reminded_on = "2026-01-01"
        with self.assertRaises(AccessError):
            self._as(self.campaign, self.frontdesk).action_remind()
        other = self.campaign.copy({"kind": "welcome"})
        other.action_begin()
        with self.assertRaisesRegex(UserError, "only a survey"):
            other.action_remind()

    def test_letters_with_codes_go_at_the_end(self):
        self._tenants(1)
        self._printed()
        self.assertTrue(self.campaign.letters_id)
        self.assertTrue(self.campaign.sudo().survey_secret)
        self.campaign.action_done()
        attachments = self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
        left = [("res_model", "=", "sozial.outreach"), ("res_id", "=", self.campaign.id)]
        self.assertFalse(attachments.search(left, limit=1))

    def test_the_letters_speak_the_languages_of_the_tenants(self):
        for name in ("letter_survey", "letter_survey_reminder"):
            self.assertEqual(problems(self.env.ref(f"sozial_management_survey.{name}")), [])
