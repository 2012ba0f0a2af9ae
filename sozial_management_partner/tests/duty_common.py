from datetime import timedelta

from odoo import Command, fields

from .referral_common import ReferralCommon

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


class DutyCommon(ReferralCommon):
    """An agreement with monthly reports and a proof of use, and the reports that its calendar makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls._active(
            title="Berichtspflichtig", days=500, offer=cls._offer("Gruppe"), report_interval="month", proof_days=60,
            position_ids=[
                Command.create({"name": "Personal", "amount_month": 600}), Command.create({"name": "Miete", "amount_month": 150.5}),
            ],
        )  # fmt: skip

    def _duties(self, model="sozial.agreement.report"):
        return self.env[model].search([("agreement_number", "=", self.plan.number)], order="period_start")

    def _report(self):
        """The first report, as the night after the month makes it."""
        self._cron((fields.Date.end_of(self.today, "month") - self.today).days + 1)
        return self._duties()[:1]

    def _proof(self):
        self._cron((self.plan.date_start.replace(month=12, day=31) - self.today + timedelta(days=1)).days)
        return self._duties("sozial.agreement.proof")[:1]

    def _own(self, duty, user=None):
        return self._as(duty, user or self.bidder)

    def _hand_in_report(self, report):
        self._own(report)._portal_confirm("Zwei Gruppen haben begonnen.", "", "10,5", "1")
        report.invalidate_recordset()

    def _receipt(self, proof, number=0, amount="12,50", line=None, **values):
        values = {"name": f"Beleg {number}", "paid_on": str(proof.period_start), "amount": amount, "file_name": f"{number}.pdf",
                  "data": PDF + b"%" + str(number).encode(), **values}  # fmt: skip
        self._own(proof)._portal_add_receipt((line or proof.line_ids[:1]).id, **values)
        proof.invalidate_recordset()

    def _hand_in_proof(self, proof):
        self._own(proof)._portal_confirm("Alles wie geplant.", "Vorstand", "1")
        proof.invalidate_recordset()
