import io
from unittest.mock import patch

from psycopg2 import OperationalError
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.outreach.outreach_letters import SozialOutreach
from .paper import positions
from .test_outreach import OutreachCommon

BATCH = "odoo.addons.sozial_management.models.outreach.outreach_letters.BATCH"


@tagged("post_install", "-at_install")
class TestOutreachLetters(OutreachCommon):
    """Invitations are printed in the background: batch by batch, put together once."""

    def _night(self, batch=2, time_left=60):
        """The job as it runs, with small batches. The files that were there after each batch."""
        files = []

        def progress(*_args, **_values):
            files.append(self._files().mapped("raw"))
            return time_left

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", progress), patch(BATCH, batch):
            self.env["sozial.outreach"].with_context(force_report_rendering=True)._cron_letters()
        return files

    def _files(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "sozial.outreach"), ("res_id", "=", self.campaign.id)], order="id", limit=100
        )

    def _pages(self):
        return [page.extract_text() for page in PdfReader(io.BytesIO(self.campaign.letters_id.raw)).pages]

    def test_the_job_prints_batch_by_batch_and_puts_together_once(self):
        self._tenants(4)
        self.campaign.action_begin()
        self.campaign.action_print()
        self.assertTrue(
            self.env["ir.cron.trigger"].search_count(
                [("cron_id", "=", self.env.ref("sozial_management.ir_cron_outreach_letters").id)]
            )
        )
        files = self._night()
        self.assertEqual([len(there) for there in files], [1, 2, 1], "what was printed is not written again with each batch")
        self.assertEqual(files[1][0], files[0][0])
        self.assertEqual((self.campaign.letters_state, self.campaign.printed_count, self.campaign.skipped_count), ("ready", 5, 1))
        self.assertEqual(self._files(), self.campaign.letters_id)
        pages = self._pages()
        self.assertEqual(len(pages), 5)
        order = [number for page in pages for number in range(4) if f"-600-{number}\n" in page]
        self.assertEqual(order, [0, 1, 2, 3], "in the order of the house")
        self.assertFalse(self._night(), "the next night has nothing to do")

    def test_the_address_stands_in_the_window(self):
        """DIN 5008, form B: sender from 45 to 62.7 mm, address from there to 90 mm, at least 20 mm from the left."""
        self.tenant.language_ids = self.env.ref("sozial_management.language_en")
        self.company.write({"street": "Beispielstraße 1", "zip": "38100", "city": "Braunschweig"})
        self.campaign.action_begin()
        self.campaign.action_print()
        self._night()
        reader = PdfReader(io.BytesIO(self.campaign.letters_id.raw))
        found = positions(reader.pages[0])
        sender = [place for text, *place in found if "Beispielstraße" in text]
        address = [place for text, *place in found if text == "Erika Sorgenfrei" or text.startswith(self.building.zip)]
        self.assertEqual((len(sender), len(address)), (1, 2))
        for (left, top), low, high in ((sender[0], 45, 62.7), (address[0], 62.7, 90), (address[1], 62.7, 90)):
            self.assertTrue(low < top < high, top)
            self.assertTrue(20 < left < 30, left)
        self.assertEqual(len(reader.pages), 1, "two languages on one page")

    def test_what_is_added_comes_behind(self):
        self.campaign.action_begin()
        self.campaign.action_print()
        self._night()
        self._tenants(1, rent=60)
        self.campaign.action_begin()
        self.campaign.action_print()
        self._night()
        pages = self._pages()
        self.assertEqual(len(pages), 2)
        self.assertIn("Sorgenfrei", pages[0])
        self.assertEqual(len(self._files()), 1)

    def test_when_time_is_over_the_next_run_goes_on(self):
        self._tenants(4)
        self.campaign.action_begin()
        self.campaign.action_print()
        self.assertEqual(len(self._night(time_left=0)), 1)
        self.assertEqual((self.campaign.letters_state, self.campaign.letters_id.id), ("running", False))
        self._night()
        self.assertEqual((self.campaign.letters_state, len(self._pages())), ("ready", 5))

    def test_one_that_fails_says_why_and_stops_no_other(self):
        other = self.campaign.copy({"name": "Zweite", "appointment": self.campaign.appointment})
        for one in (self.campaign, other):
            one.action_begin()
            one.action_print()
        letters = SozialOutreach._letters

        def fails(outreach, visits):
            if outreach == self.campaign:
                raise ValueError("no paper")
            return letters(outreach, visits)

        with patch.object(SozialOutreach, "_letters", fails), mute_logger(SozialOutreach.__module__):
            self._night()
        self.assertEqual((self.campaign.letters_state, self.campaign.letters_trouble), ("failed", "no paper"))
        self.assertEqual((other.letters_state, other.letters_trouble), ("ready", False))
        self.assertEqual(set(self.campaign.visit_ids.mapped("letter")), {False}, "nothing counts as printed")
        self.campaign.action_print()
        self._night()
        self.assertEqual((self.campaign.letters_state, len(self._pages())), ("ready", 1))

    def test_what_is_in_use_is_printed_in_a_moment(self):
        """Somebody writes the same rows: nothing is said to have failed, and the next run comes soon."""
        self._tenants(1)
        self.campaign.action_begin()
        self.campaign.action_print()
        cron = self.env.ref("sozial_management.ir_cron_outreach_letters")
        triggers = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(triggers, limit=100)
        with patch.object(SozialOutreach, "_letters", side_effect=OperationalError("could not serialize access")):
            self._night()
        self.assertEqual((self.campaign.letters_state, self.campaign.letters_trouble), ("running", False))
        self.assertEqual(self.env["ir.cron.trigger"].search_count(triggers, limit=100), before + 1)
        self._night()
        self.assertEqual(self.campaign.letters_state, "ready")

    def test_what_is_printed_when_it_ends_is_put_together(self):
        self._tenants(4)
        self.campaign.action_begin()
        self.campaign.action_print()
        self._night(time_left=0)
        self.campaign.action_done()
        self.assertEqual((self.campaign.letters_state, len(self._pages())), ("ready", 1))
        self.assertFalse(self._night())

    def test_the_file_is_for_those_who_read_the_outreach(self):
        self.campaign.action_begin()
        self.campaign.action_print()
        self._night()
        self.assertTrue(self._as(self.campaign.letters_id, self.lead).raw)
        for user in (self.frontdesk, self.report, self.system):
            with self.assertRaises(AccessError):
                self._as(self.campaign.letters_id, user).read(["raw"])
