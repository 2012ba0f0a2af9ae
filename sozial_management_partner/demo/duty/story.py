"""Referrals in every state, reports and a proof of use: made by the methods that people use."""

import base64
import io
from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from reportlab.pdfgen.canvas import Canvas

from odoo import Command, fields
from odoo.tools import file_open

from . import texts

MODULE = "sozial_management_partner"
PARTNER_STEPS = {
    "contact": ("accepted", "contact"), "help": ("accepted", "contact", "help"), "not_reached": ("accepted", "not_reached"),
    "completed": ("accepted", "contact", "help", "completed"),
}  # fmt: skip


class Story:
    """What three organisations did with their agreements."""

    def __init__(self, env):
        self.env = env
        self.today = fields.Date.context_today(env["sozial.agreement"])

    def tell(self):
        """Load the story, once."""
        if self.env.ref(f"{MODULE}.demo_agreement_sozialberatung", raise_if_not_found=False):
            return
        self._figures()
        for organisation, topics in texts.FIELDS.items():
            fields_of_work = [self.env.ref(f"sozial_management.topic_{topic}").id for topic in topics]
            self.env.ref(f"{MODULE}.demo_organisation_{organisation}").work_field_ids = [Command.set(fields_of_work)]
        diakonie = self._agreement(
            "diakonie", "demo_agreement_sozialberatung", self.env.ref(f"{MODULE}.demo_offer_families"), months=34, report_interval="half",
            proof_days=330, position_ids=[Command.create({"name": name, "amount_month": amount}) for name, amount in texts.POSITIONS],
        )  # fmt: skip
        sport = self._agreement("sportverein", "demo_agreement_halle", self._sport_offer(), months=3, report_interval="month")
        self._referrals()
        self._reports(self.env.ref(f"{MODULE}.demo_agreement_visits"), diakonie, sport)
        self._proofs(diakonie)

    def _as(self, record, name):
        xmlid = name if "." in name else f"{MODULE}.demo_user_{name}"
        return record.with_user(self.env.ref(xmlid))

    def _named(self, record, name):
        self.env["ir.model.data"].create({"module": MODULE, "name": name, "model": record._name, "res_id": record.id, "noupdate": True})

    # ---- figures of the past: they know no case ----

    def _figures(self):
        """Referrals of the last five quarters, as they would have been counted."""
        quarters = [self.env.ref(f"sozial_management.demo_quarter_{name}").id for name in ("lebenstedt", "nordhausen_nord")]
        topics = [self.env.ref(f"sozial_management.topic_{name}").id for name in ("ageing", "loneliness", "migration", "income")]
        partners = [self.env.ref(f"{MODULE}.demo_organisation_{name}").id for name in ("nachbarschaft", "diakonie", "sportverein")]
        values = []
        for number in range(240):
            month = (self.today - relativedelta(months=1 + number % 15)).replace(day=1)
            kinds = ["sent", ("accepted", "declined", "accepted", "expired", "accepted")[number * 7 // 5 % 5]]
            values += [
                {"company_id": self.env.ref("base.main_company").id, "kind": kind, "month": month, "contributor": f"demo{number}",
                 "quarter_id": quarters[number // 3 % 2], "topic_id": topics[number // 5 % 4], "partner_id": partners[number % 7 // 3]}
                for kind in kinds
            ]  # fmt: skip
        self.env["sozial.referral.fact"].sudo().create(values)

    # ---- agreements ----

    def _sport_offer(self):
        name, summary = texts.SPORT
        return self.env["sozial.offer"].create(
            {
                "name": name, "summary": summary, "category_id": self.env.ref("sozial_management.offer_category_special").id,
                "topic_ids": [Command.set(self.env.ref("sozial_management.topic_loneliness").ids)],
                "quarter_ids": [Command.set(self.env.ref("sozial_management.demo_quarter_lebenstedt").ids)],
                "provider_id": self.env.ref(f"{MODULE}.demo_organisation_sportverein").id, "contact_name": "Enes Kaya",
                "contact_phone": "05341 0000-23", "company_id": self.env.ref("base.main_company").id,
                "hour_ids": [Command.create({"weekday": day, "hour_from": 15, "hour_to": 17}) for day in ("1", "3")],
            }
        )  # fmt: skip

    def _agreement(self, organisation, name, offer, months, **values):
        title, subject = texts.AGREEMENTS[organisation]
        start = (self.today - relativedelta(months=months)).replace(day=1)
        agreement = self._as(self.env["sozial.agreement"], "procurement").create(
            {
                "title": title, "subject": subject, "partner_id": self.env.ref(f"{MODULE}.demo_organisation_{organisation}").id,
                "date_start": start, "date_end": start + relativedelta(years=3, days=-1), **values,
                "service_ids": [Command.create({"offer_id": offer.id, "capacity_month": 10})],
            }
        )  # fmt: skip
        agreement.action_offer()
        agreement.action_sign()
        own = self._as(agreement, organisation)
        own._portal_sign(own.env.user.name, "Vorstand", True, own.sha256)
        self._named(agreement, name)
        return agreement

    # ---- referrals ----

    def _referrals(self):
        """One in each state that is not there yet."""
        for state in ("asked", "contact", "help", "not_reached", "completed", "withdrawn"):
            referral = self._sent(state, "nachbarschaft")
            share = self._as(referral.sudo().share_id, "nachbarschaft")
            if state == "asked":
                share._portal_write(texts.QUESTION)
            elif state == "withdrawn":
                referral.action_withdraw()
            for step in PARTNER_STEPS.get(state, ()):
                share._portal_step(step)
                share.invalidate_recordset()
        # sent three weeks ago and never answered
        before = self.today - timedelta(days=21)
        with patch.object(fields.Date, "context_today", lambda _record, timestamp=None: before):
            expired = self._sent("expired", "nachbarschaft")
        expired.sudo()._end_for_worker("expired")
        consent = self._consent("diakonie")
        self._sent("revoked", "diakonie")
        self._as(consent, "sozial_management.demo_user_worker").action_revoke()

    def _sent(self, name, organisation):
        referral = self._as(self.env["sozial.referral"], "sozial_management.demo_user_worker").create(
            {
                "case_id": self.env.ref("sozial_management.demo_case_kaya").id, "need": texts.NEEDS[name],
                "partner_id": self.env.ref(f"{MODULE}.demo_organisation_{organisation}").id,
            }
        )  # fmt: skip
        referral.action_send()
        self._named(referral, f"demo_referral_{name}")
        return referral

    def _consent(self, organisation):
        """The one of the other organisation, once more, for this one."""
        first = self.env.ref(f"{MODULE}.demo_consent_visits").sudo()
        consent = self._as(self.env["sozial.consent"], "sozial_management.demo_user_worker").create(
            {
                "case_id": first.case_id.id, "kind": first.kind, "subject_id": first.subject_id.id,
                "recipient_ids": [Command.set(self.env.ref(f"{MODULE}.demo_organisation_{organisation}").ids)],
                "purpose_ids": [Command.set(first.purpose_ids.ids)], "category_ids": [Command.set(first.category_ids.ids)],
                "signed_on": self.today, "valid_from": self.today, "valid_until": self.today + timedelta(days=300), "how": first.how,
                "signature": base64.b64encode(file_open("sozial_management/demo/consent/unterschrift.png", "rb").read()),
            }
        )  # fmt: skip
        consent.action_give()
        return consent

    # ---- reports and proof ----

    def _reports(self, visits, advice, sport):
        """One accepted, one returned, the others due."""
        for agreement in visits | advice | sport:
            self._as(agreement, "procurement").action_make_duties()
        reports = self.env["sozial.agreement.report"].sudo()
        found = {one: reports.search([("agreement_number", "=", one.number)], order="period_start", limit=1) for one in (visits, advice)}
        written = zip((visits, advice), ("nachbarschaft", "diakonie"), texts.REPORTS, strict=True)
        for agreement, organisation, (achieved, needed) in written:
            own = self._as(found[agreement], organisation)
            own._portal_confirm(achieved, needed, f"{found[agreement].hours_agreed:g}", True)
        self._as(found[visits], "procurement").action_accept()
        self._long_ago(advice, found[advice])
        returned = self._as(found[advice], "procurement")
        returned.decision = texts.RETURNED
        returned.action_return()

    def _long_ago(self, agreement, first):
        """What was due more than a year ago, but for the first one, is accepted."""
        old = [("agreement_number", "=", agreement.number), ("due_date", "<", self.today - timedelta(days=365)), ("id", "!=", first.id)]
        for report in self.env["sozial.agreement.report"].sudo().search(old, order="period_start", limit=20):
            self._as(report, "diakonie")._portal_confirm(texts.REPORTS[1][0], "", f"{report.hours_agreed:g}", True)
            self._as(report, "procurement").action_accept()

    def _proofs(self, agreement):
        """Two years before: accepted, a part of the rest is repaid. The year before: checked, waits for the second person."""
        proofs = self.env["sozial.agreement.proof"].sudo()
        found = proofs.search([("agreement_number", "=", agreement.number)], order="period_start", limit=2)
        for proof in found:
            self._proof(proof)
        repaid = self._as(found[0], "procurement_two")
        repaid.action_accept()
        repaid._note_repayment(500, self.today)

    def _proof(self, proof):
        """Handed in with receipts, and checked."""
        own = self._as(proof, "diakonie")
        for place, name, share in texts.RECEIPTS:
            line = proof.line_ids[place]
            amount = f"{line.planned * share:.2f}"
            own._portal_add_receipt(line.id, name, str(proof.period_end), amount, f"Beleg-{place + 1}.pdf", _pdf(f"{name}: {amount} EUR"))
        own._portal_confirm(texts.USED, "Geschäftsführung", True)
        self._as(proof, "procurement").action_check()


def _pdf(text):
    place = io.BytesIO()
    page = Canvas(place, invariant=1)
    page.drawString(72, 760, text)
    page.save()
    return place.getvalue()
