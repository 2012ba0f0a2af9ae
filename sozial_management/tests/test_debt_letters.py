import io
import re

from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged

from .debt_common import DebtCommon
from .paper import positions

TERM = "sozial_management."


@tagged("post_install", "-at_install")
class TestDebtLetters(DebtCommon):
    """The texts of the PDFs, read back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant.write({"lang": "en_US", "street": "Hof 3", "zip": "99734", "city": "Nordhausen"})
        cls.german = bool(cls.env["res.lang"]._get_data(code="de_DE"))
        cls._budget()

    def _reads(self, report, record, *words):
        """Each is English or German, by what is installed."""
        text = self._pdf(TERM + report, record)
        for word in words:
            english, german = word if isinstance(word, tuple) else (word, word)
            self.assertRegex(text, german if self.german and report != "debt_overview" else english)
        return text

    def test_statement_of_claim(self):
        text = self._reads(
            "debt_letter_statement", self.shop_claim, "Erika Sorgenfrei", "Hof 3", "Inkasso Süd", "Versandhaus Nord",
            ("statement of your claim", "Forderungsaufstellung"), ("do not acknowledge", "kein Anerkenntnis"),
        )  # fmt: skip
        self.assertNotIn(self.case.name, text, "the letter is the client's own: it tells of no case")
        self.assertNotIn(self.worker.name, text)

    def test_pause(self):
        text = self._reads(
            "debt_letter_pause", self.energy_claim, "Stadtwerke Musterstadt", "Hafen 1", "K-77", "600[.,]00",
            ("wait until", "zu warten"), ("no further interest", "keine weiteren Zinsen"),
        )  # fmt: skip
        self.assertNotIn(self.case.name, text)

    def test_offers_one_a_creditor(self):
        plan = self._instalments()
        plan.share_ids[2].total = 150
        text = self._reads(
            "debt_letter_offer", plan, "Stadtwerke Musterstadt", "Inkasso Süd", "Wohnungsgesellschaft Musterstadt",
            "1[.,]200[.,]00", "60[.,]00", "150[.,]00", ("Offer of instalments", "Angebot einer Ratenzahlung"),
            ("waive the rest", "auf den Rest zu verzichten"),
        )  # fmt: skip
        self.assertNotIn(self.case.name, text)

    def test_overview_in_plain_words(self):
        plan = self._accepted()
        self.shop_claim.write({"titled": True, "title_on": "2026-01-05"})
        text = self._reads(
            "debt_overview", self.case, "Your debts at a glance", "2[.,]000[.,]00", "1[.,]800[.,]00", "There is a title",
            "your next payments", r"60[.,]00", "Sign nothing", "Your contact person: t_worker",
        )  # fmt: skip
        self.assertEqual(plan.state, "accepted")
        self.assertIn("writes through Inkasso Süd", text)

    def test_take_over_of_rent_debt(self):
        self.case.write({"arrears_cause": "Acht Wochen Krankenhaus.", "termination_on": "2026-11-02"})
        self.case.write({"rent_due_ids": [Command.create({"day": "2026-11-04", "rent": 600, "open": 600})]})
        self.env["sozial.deadline"].with_user(self.worker).create(
            {"case_id": self.case.id, "rule_id": self.env.ref("sozial_management.deadline_rule_suit_cure").id,
             "event_date": "2026-11-10", "federal_state": "TH"}
        )  # fmt: skip
        office = self.env["res.partner"].create({"name": "Jobcenter Nordhausen", "street": "Amtsweg 9"})
        self.company.sozial_jobcenter_id = office
        same = ("Erika Sorgenfrei", "1[.,]200[.,]00", "Acht Wochen Krankenhaus", "V-1", "400[.,]00")
        text = self._reads(
            "debt_takeover_jobcenter", self.case, *same, "Jobcenter Nordhausen", "Amtsweg 9", "01.11.2027|11.01.2027",
            (r"§ 22 \(8\)", "§ 22 Abs. 8"), ("commitment of a public body", "Verpflichtung einer öffentlichen Stelle"),
        )  # fmt: skip
        self.assertNotIn(self.case.name, text)
        self._reads(
            "debt_takeover_social", self.case, *same, "SGB XII", ("To the social office in charge", "An das zuständige Sozialamt"),
        )

    def test_the_address_stands_in_the_window_of_the_envelope(self):
        """DIN 5008, form B: 20 to 105 mm from the left, 62.7 to 90 mm from the top; the sender above it."""
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        plan = self._instalments()
        for template, record, first in (
            ("report_letter_statement", self.shop_claim, "Inkasso Süd"),
            ("report_letter_offer", plan, plan.share_ids[0].claim_id._recipient().name),
            ("report_takeover_social", self.case, "To the social office in charge|An das zuständige Sozialamt"),
        ):  # fmt: skip
            with self.subTest(template=template):
                content, _kind = report._render_qweb_pdf(TERM + template, record.ids)
                found = positions(PdfReader(io.BytesIO(content)).pages[0])
                lines = [(left, top) for text, left, top in found if re.fullmatch(first, text) and top < 100]
                self.assertTrue(lines, found)
                left, top = lines[0]
                self.assertTrue(20 < left < 30 and 62.7 < top < 90, lines)
                returned = [top for text, left, top in found if " · " in text and 45 < top < 63]
                self.assertTrue(returned, found)

    def test_the_offer_names_what_was_open_when_it_was_made(self):
        plan = self._accepted()
        share = plan.share_ids[0]
        before = self.env["report.sozial_management.debt_letter_offer"].with_user(self.worker)._offer(share)
        share._instalments()[:1].action_paid()
        after = self.env["report.sozial_management.debt_letter_offer"].with_user(self.worker)._offer(share)
        self.assertEqual((before["owed"], before["reduced"]), (after["owed"], after["reduced"]))

    def test_the_copy_of_data_lists_them_for_the_client_alone(self):
        self._accepted()
        parts = self.env["sozial.subject.part"].with_user(self.worker).with_context(allowed_company_ids=self.company.ids)
        part = parts.create({"case_id": self.case.id, "partner_id": self.tenant.id})
        part.action_collect()
        sections = {one["key"]: one for one in part._case_sections()}
        debts = [row["text"] for entry in sections["debts"]["entries"] for row in entry["rows"]]
        self.assertIn("Stadtwerke Musterstadt", debts)
        self.assertEqual(len(sections["budgets"]["entries"]), 1)
        self.assertEqual(len(sections["instalment_plans"]["entries"]), 1)
        helper = self.env["res.partner"].create({"name": "Helfer"})
        self.case.participant_ids = [Command.create({"partner_id": helper.id, "role": "helper"})]
        other = parts.create({"case_id": self.case.id, "partner_id": helper.id})
        self.assertNotIn("debts", [one["key"] for one in other._case_sections()])

    def test_not_for_others(self):
        plan = self._instalments()
        for template, record in (
            ("debt_letter_statement", self.shop_claim), ("debt_letter_pause", self.shop_claim), ("debt_letter_offer", plan),
            ("debt_overview", self.case), ("debt_takeover_jobcenter", self.case), ("debt_takeover_social", self.case),
        ):  # fmt: skip
            with self.subTest(template=template):
                self._not_for_others(TERM + template, record)
