"""Everything that an organisation can have in the portal, and an organisation that has no part in it."""

import base64

from odoo import Command, fields

from .referral_common import SECRET, ReferralCommon
from .submission_common import PDF as SEALED_PDF
from .submission_common import SubmissionCommon

PDF = b"%PDF-1.7\n% " + SECRET.encode() + b"\ntrailer\n%%EOF\n"


class PortalWorld(ReferralCommon, SubmissionCommon):
    """Caritas (`bidder`) owns; the Verein (`other_bidder`) is the stranger. The calls are for the invited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.bidder | cls.other_bidder).partner_id.manages_portal = True
        cls.colleague_there = cls._bidder(cls.caritas, "t_caritas_two").partner_id
        cls.choir = cls._organisation("Chor Nord e. V.")
        cls.singer = cls._bidder(cls.choir, "t_choir")
        cls.bidder.partner_id.email = cls.bidder.login = cls.bidder.email
        cls.invited = cls._invited_call("Aufruf Zaunkönig")
        cls._referral_rows()
        cls._duty_rows()
        cls._call_rows()
        cls.env.flush_all()

    @classmethod
    def _invited_call(cls, name):
        return cls._published(name=name, access="invited", invited_ids=(cls.caritas | cls.choir).ids).sudo()

    @classmethod
    def _referral_rows(cls):
        category = cls.env["sozial.consent.category"].search([("code", "=", "finances")])
        line = {"label": "Bescheid", "category_id": category.id, "file": base64.b64encode(PDF), "file_name": "Bescheid.pdf"}
        cls.referral = cls._sent(two_stage=False, line_ids=[Command.create(line)])
        cls.share = cls.referral.sudo().share_id
        cls._as(cls.share, cls.bidder)._portal_write(f"Frage {SECRET}")
        cls.file_line = cls.share.line_ids.filtered("file_name")
        cls._as(cls.env["sozial.capacity"], cls.bidder)._portal_tell("", "green", "4711")
        cls.capacity = cls.env["sozial.capacity"].search([("partner_id", "=", cls.caritas.id)])
        evidence = {"partner_id": cls.caritas.id, "kind": "tax", "company_id": cls.company.id}
        cls.evidence = cls.env["sozial.evidence"].create({**evidence, "file": base64.b64encode(PDF), "file_name": f"{SECRET}.pdf"})
        contract = {"privacy_kind": "processor", "privacy_file": base64.b64encode(PDF), "privacy_file_name": "Vertrag.pdf"}
        cls.offered = cls._agreement(title=f"Angeboten {SECRET}", offer=cls._offer("Zweites Angebot"), **contract)
        cls.offered.action_offer()

    @classmethod
    def _duty_rows(cls):
        """A report and a proof of use that wait for the owner, begun already."""
        period = {"agreement_id": cls.agreement.id, "period_start": "2026-01-01", "period_end": "2026-12-31", "due_date": "2027-01-31"}
        line = {"name": f"Personal {SECRET}", "planned": 600}
        cls.report_due = cls.env["sozial.agreement.report"].create(period)
        cls.proof_due = cls.env["sozial.agreement.proof"].create({**period, "line_ids": [Command.create(line)]})
        cls._as(cls.report_due, cls.bidder)._portal_save(f"Begonnen {SECRET}", "", "10,5")
        own = cls._as(cls.proof_due, cls.bidder)
        own._portal_add_receipt(own.line_ids.id, f"Honorar {SECRET}", "2026-02-02", "12,50", "Beleg.pdf", PDF)
        own._portal_save(f"Wie geplant {SECRET}")
        cls.receipt = cls.proof_due.line_ids.receipt_ids

    @classmethod
    def _call_rows(cls):
        as_bidder = cls.invited.with_user(cls.bidder)
        as_bidder._portal_ask("Ist der Raum ebenerdig?")
        cls.question = cls.env["sozial.call.question"].search([("call_id", "=", cls.invited.id)])
        cls.question.with_user(cls.procurement).write({"text": "Ist der Raum ebenerdig?", "answer": "Ja."})
        cls.question.with_user(cls.procurement).action_answer()
        cls.draft = cls._draft(lot=cls.invited.lot_ids[0], secret=SECRET)
        cls.draft._portal_attach("Konzept.pdf", PDF)
        cls.draft_file = cls.draft.content_ids.filtered(lambda row: row.kind == "file")
        theirs = cls._draft(cls.singer, cls.invited.lot_ids[1], secret=SECRET)
        theirs._portal_name_member(cls.caritas.name, "", cls.bidder.email)
        cls.joint = theirs.sudo().joint_ids
        over = cls._invited_call("Geöffnet")
        cls.opened = cls._hand_in(lot=over.lot_ids[0], secret=SECRET, data=SEALED_PDF)
        cls._open(over)
        request = cls.env["sozial.evidence.request"].with_user(cls.procurement).create(
            {"call_id": over.id, "name": f"Nachweis {SECRET}", "due": fields.Datetime.add(fields.Datetime.now(), days=5)}
        )  # fmt: skip
        request.action_ask()
        cls.proof = request.answer_ids
        cls.late = cls.env["sozial.submission.late"].create(
            {"call_id": over.id, "lot_id": over.lot_ids[0].id, "partner_id": cls.caritas.id, "user_id": cls.bidder.id,
             "at_us": "2026-11-22T10:00:00.000001+00:00", "deadline_us": "2026-11-22T10:00:00.000000+00:00", "cause": "late"}
        )  # fmt: skip

    def _world(self):
        """{model: a row of the owner's}: every model that the portal reads."""
        call = self.invited
        return {
            "sozial.agreement": self.offered, "sozial.capacity": self.capacity, "sozial.evidence": self.evidence,
            "sozial.referral.share": self.share, "sozial.referral.share.line": self.file_line,
            "sozial.referral.message": self.share.message_ids, "sozial.submission": self.draft.sudo(),
            "sozial.submission.content": self.draft_file.sudo(), "sozial.submission.late": self.late,
            "sozial.evidence.answer": self.proof.sudo(), "sozial.call": call, "sozial.call.lot": call.lot_ids[:1],
            "sozial.call.criterion": call.criterion_ids[:1], "sozial.call.section": call.section_ids[:1],
            "sozial.call.version": call.version_ids[:1], "sozial.call.question": self.question,
            "sozial.agreement.report": self.report_due, "sozial.agreement.proof": self.proof_due,
            "sozial.agreement.proof.line": self.proof_due.line_ids, "sozial.agreement.proof.receipt": self.receipt,
        }  # fmt: skip

    def _entries(self):
        """{(route, method): (path, form or nothing, what the owner reads there or nothing)}"""
        call, draft, share, agreement = (one.sudo().token for one in (self.invited, self.draft, self.share, self.offered))
        number, proof, joint = self.share.number, self.proof.sudo().token, self.joint.token
        submission, referral = "/my/submissions/<string:token>", "/my/referrals/<string:token>"
        person, contact = "/my/people/<int:contact_id>", self.colleague_there.id
        found = {
            ("/my/agreements", "GET"): ("/my/agreements", None, self.offered.number),
            ("/my/agreements/page/<int:page>", "GET"): ("/my/agreements/page/1", None, self.offered.number),
            ("/my/agreements/<string:token>", "GET"): (f"/my/agreements/{agreement}", None, SECRET),
            ("/my/agreements/<string:token>/pdf", "GET"): (f"/my/agreements/{agreement}/pdf", None, SECRET),  # tests print as HTML
            ("/my/agreements/<string:token>/contract", "GET"): (f"/my/agreements/{agreement}/contract", None, SECRET),
            ("/my/agreements/<string:token>/sign", "POST"): (
                f"/my/agreements/{agreement}/sign", {"name": "X", "function": "Y", "agreed": "1", "sha256": self.offered.sha256}, None),
            ("/my/agreements/<string:token>/refuse", "POST"): (f"/my/agreements/{agreement}/refuse", {"reason": "x"}, None),
            ("/my/capacity", "GET"): ("/my/capacity", None, "4711"),
            ("/my/capacity", "POST"): ("/my/capacity", {"offer": str(self.offer.id), "light": "red"}, None),
            ("/my/capacity/mail", "POST"): ("/my/capacity/mail", {"wanted": "0"}, None),
            ("/my/evidence", "GET"): ("/my/evidence", None, SECRET),
            ("/my/evidence/add", "POST"): ("/my/evidence/add", {"kind": "tax"}, None),
            ("/my/evidence/<int:evidence_id>/file", "GET"): (f"/my/evidence/{self.evidence.id}/file", None, SECRET),
            ("/my/evidence/<int:evidence_id>/remove", "POST"): (f"/my/evidence/{self.evidence.id}/remove", {}, None),
            ("/my/people", "GET"): ("/my/people", None, "t_caritas_two"),
            ("/my/people/invite", "POST"): ("/my/people/invite", {"name": "", "email": self.bidder.login}, None),
            (f"{person}/manage", "POST"): (f"/my/people/{contact}/manage", {"manages": "1"}, None),
            (f"{person}/remove", "POST"): (f"/my/people/{contact}/remove", {}, None),
            ("/my/referrals", "GET"): ("/my/referrals", None, number),
            ("/my/referrals/page/<int:page>", "GET"): ("/my/referrals/page/1", None, number),
            (referral, "GET"): (f"/my/referrals/{share}", None, SECRET),
            (f"{referral}/files/<int:line_id>", "GET"): (f"/my/referrals/{share}/files/{self.file_line.id}", None, SECRET),
            (f"{referral}/step", "POST"): (f"/my/referrals/{share}/step", {"state": "accepted"}, None),
            (f"{referral}/decline", "POST"): (f"/my/referrals/{share}/decline", {"reason": "x"}, None),
            (f"{referral}/message", "POST"): (f"/my/referrals/{share}/message", {"body": "x"}, None),
            (f"{referral}/deleted", "POST"): (f"/my/referrals/{share}/deleted", {}, None),
            ("/my/calls", "GET"): ("/my/calls", None, self.invited.name),
            ("/my/calls/page/<int:page>", "GET"): ("/my/calls/page/1", None, self.invited.name),
            ("/my/calls/<string:token>", "GET"): (f"/my/calls/{call}", None, self.invited.name),
            ("/my/calls/<string:token>/ask", "POST"): (f"/my/calls/{call}/ask", {"question": "x"}, None),
            ("/my/calls/<string:token>/news", "POST"): (f"/my/calls/{call}/news", {"wanted": "1"}, None),
            ("/my/submissions", "GET"): ("/my/submissions", None, self.invited.name),
            ("/my/submissions/page/<int:page>", "GET"): ("/my/submissions/page/1", None, self.invited.name),
            ("/my/submissions/start/<string:token>", "GET"): (f"/my/submissions/start/{call}", None, self.invited.name),
            ("/my/submissions/start/<string:token>", "POST"): (
                f"/my/submissions/start/{call}", {"lot": self.invited.lot_ids[1].id}, None),
            (submission, "GET"): (f"/my/submissions/{draft}", None, SECRET),
            (f"{submission}/copy", "GET"): (f"/my/submissions/{self.opened.sudo().token}/copy", None, SECRET),
            (f"{submission}/file/<string:file_token>", "GET"): (
                f"/my/submissions/{draft}/file/{self.draft_file.sudo().token}", None, SECRET),
            ("/my/joint/<string:token>", "GET"): (f"/my/joint/{joint}", None, self.choir.name),
            ("/my/joint/<string:token>/confirm", "POST"): (f"/my/joint/{joint}/confirm", {}, None),
            ("/my/joint/<string:token>/leave", "POST"): (f"/my/joint/{joint}/leave", {}, None),
            ("/my/joint/<string:token>/mailbox", "POST"): (f"/my/joint/{joint}/mailbox", {}, None),
            ("/my/proof/<string:token>", "GET"): (f"/my/proof/{proof}", None, SECRET),
            ("/my/proof/<string:token>", "POST"): (f"/my/proof/{proof}", {}, None),
        }  # fmt: skip
        steps = ("save", "hand-in", "withdraw", "change", "confirm", "evidence", "remove", "member", "member/remove", "member/declare")
        form = {"idea": "x", "file": self.draft_file.sudo().token, "evidence": str(self.evidence.id), "member_name": "X", "member": "x"}
        found |= {(f"{submission}/{step}", "POST"): (f"/my/submissions/{draft}/{step}", form, None) for step in steps}
        return {**found, **self._duty_entries()}

    def _duty_entries(self):
        """The same for reports and proofs of use; both kinds of a route that serves both."""
        found, number = {}, self.agreement.number
        for kind, duty in (("reports", self.report_due), ("funds", self.proof_due)):
            found[f"/my/{kind}", "GET"] = (f"/my/{kind}", None, number)
            found[f"/my/{kind}/page/<int:page>", "GET"] = (f"/my/{kind}/page/1", None, number)
            found[f"/my/{kind}/<string:token>", "GET"] = (f"/my/{kind}/{duty.token}", None, SECRET)
            found[f"/my/{kind}/<string:token>/pdf", "GET"] = (f"/my/{kind}/{duty.token}/pdf", None, SECRET)  # tests print as HTML
        funds, receipt = f"/my/funds/{self.proof_due.token}", self.receipt.id
        found["/my/funds/<string:token>/file/<int:receipt_id>", "GET"] = (f"{funds}/file/{receipt}", None, SECRET)
        forms = {
            "reports/<string:token>/save": {"achieved": "x"}, "reports/<string:token>/confirm": {"achieved": "x", "agreed": "1"},
            "funds/<string:token>/save": {"report_text": "x"},
            "funds/<string:token>/confirm": {"report_text": "x", "function": "x", "agreed": "1"},
            "funds/<string:token>/receipt": {"line": self.proof_due.line_ids.id, "name": "x", "paid_on": "2026-02-02", "amount": "1"},
            "funds/<string:token>/receipt/remove": {"receipt": receipt},
        }  # fmt: skip
        for route, form in forms.items():
            token = (self.report_due if route.startswith("reports") else self.proof_due).token
            found[f"/my/{route}", "POST"] = (f"/my/{route.replace('<string:token>', token)}", form, None)
        return found
