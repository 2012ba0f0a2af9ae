import io
import unittest

from pypdf import PdfReader

from odoo import Command

from .consent_common import ConsentCommon

THEIRS = "Wohngeld bewilligt, Bescheid Rotkehlchen."
OTHERS = "Die Schwester leiht Geld, Kennwort Zaunkönig."
BAR = "blacked out: concerns another person"


class SubjectCommon(ConsentCommon):
    """A case with a client and her husband, a note of two paragraphs, and a tenant who is no client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.husband, cls.other_tenant = cls.env["res.partner"].create(
            [{"name": "Horst Sorgenfrei", "company_id": cls.company.id}, {"name": "Erika Sorgenfrei", "company_id": cls.company.id}]
        )
        cls.note = cls._write_note(f"{THEIRS}\n{OTHERS}")

    @classmethod
    def _write_note(cls, text, partners=None, case=None):
        return cls.env["sozial.contact"].with_user(cls.worker).create(
            {"case_id": (case or cls.case).id, "text": text, "partner_ids": [Command.set((partners or cls.tenant).ids)]}
        )

    @classmethod
    def _part(cls, partner=None, case=None):
        """The copy of the case for somebody, in review."""
        part = cls.env["sozial.subject.part"].with_user(cls.worker).with_context(allowed_company_ids=cls.company.ids).create(
            {"case_id": (case or cls.case).id, "partner_id": (partner or cls.tenant).id}
        )
        part.action_collect()
        return part

    def _line(self, part, text):
        return part.line_ids.filtered(lambda line: line.text == text)

    def _join_husband(self):
        self.case.participant_ids = [Command.create({"partner_id": self.husband.id, "role": "household"})]

    def _request(self, partner=None, start=True, **values):
        request = self.env["sozial.subject.request"].with_user(self.privacy).create(
            {"name": (partner or self.tenant).name, "partner_id": (partner or self.tenant).id, "identified": "known", **values}
        )
        if start:
            request.action_start()
        return request

    def _parts(self):
        return self.env["sozial.subject.part"].sudo().search([("company_id", "=", self.company.id)])


class PdfMixin:
    """Reads the text of the printed PDF. A PDF tool that does not work is a failure, not a skip."""

    def _pdf_text(self, report, records, user):
        reports = self.env["ir.actions.report"].with_user(user).with_context(
            force_report_rendering=True, allowed_company_ids=self.company.ids
        )
        if reports.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.fail(f"wkhtmltopdf does not work: {reports.get_wkhtmltopdf_state()}")
        try:
            pdf, kind = reports._render_qweb_pdf(f"sozial_management.{report}", records.ids)
        except unittest.SkipTest as skipped:  # Odoo's way to let a broken PDF tool look green
            self.fail(f"wkhtmltopdf failed: {skipped}")
        self.assertEqual(kind, "pdf")
        self.raw = pdf
        return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
