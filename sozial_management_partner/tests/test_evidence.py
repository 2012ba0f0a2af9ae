import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import pdf

from .common import PartnerCommon


def paper():
    """A small PDF."""
    import io

    writer = pdf.PdfFileWriter()
    writer.add_blank_page(width=200, height=200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestEvidence(PartnerCommon, HttpCase):
    """Documents are handed in once, used in every call, and nobody forgets that they expire."""

    def _evidence(self, days=None, partner=None, **values):
        until = days is not None and fields.Date.context_today(self.caritas) + timedelta(days=days)
        base = {"partner_id": (partner or self.caritas).id, "kind": "insurance", "file": base64.b64encode(b"x"), "valid_until": until}
        safe = self.env["sozial.evidence"].with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        return safe.create({**base, **values})

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref("sozial_management_partner.cron_evidence_remind").method_direct_trigger()
        self.env.invalidate_all()

    def test_reminded_once_a_date(self):
        soon, later, gone = self._evidence(20), self._evidence(60, kind="tax"), self._evidence(-1, kind="other")
        self.bidder.partner_id.email = "person@example.com"
        self._remind()
        self._remind()
        self.assertEqual(len(soon.activity_ids), 1)
        self.assertEqual(soon.activity_ids.user_id, self.procurement)
        self.assertEqual(soon.activity_ids.date_deadline, soon.valid_until)
        self.assertFalse((later | gone).activity_ids)
        mails = self.env["mail.mail"].search([("body_html", "ilike", soon.valid_until.strftime("%d.%m.%Y"))])
        self.assertEqual(len(mails.filtered(lambda mail: "person@example.com" in (mail.email_to or ""))), 1)
        soon.valid_until += timedelta(days=3)
        self._remind()
        self.assertEqual(len(soon.activity_ids), 2)

    def test_a_replaced_document_needs_no_reminder(self):
        old = self._evidence(10)
        self._evidence(400)
        self._remind()
        self.assertFalse(old.activity_ids)

    def test_only_organisations_have_a_safe(self):
        with self.assertRaises(UserError):
            self._evidence(partner=self.tenant)
        with self.assertRaises(UserError):
            self._as(self.env["sozial.evidence"], self.portal)._portal_add("tax", "a.pdf", paper())

    def test_an_organisation_has_its_own_safe(self):
        mine = self._as(self.env["sozial.evidence"], self.bidder)._portal_add("tax", "Bescheid.pdf", paper(), "2027-12-31")
        self.assertEqual((mine.partner_id, str(mine.valid_until)), (self.caritas, "2027-12-31"))
        self.assertFalse(self._as(mine, self.other_bidder).search([("id", "=", mine.id)]))
        for attempt in (lambda one: one.read(["name"]), lambda one: one._portal_remove()):
            with self.assertRaises(AccessError):
                attempt(self._as(mine, self.other_bidder))
        for values in ({"name": "x"}, {"partner_id": self.verein.id}, {"valid_until": False}):
            with self.assertRaises(AccessError):
                self._as(mine, self.bidder).write(values)
        with self.assertRaises(AccessError):
            self._as(mine, self.bidder).read(["note"])
        self._as(mine, self.bidder)._portal_remove()
        self.assertFalse(mine.sudo().active)

    def test_bad_documents_are_named(self):
        safe = self._as(self.env["sozial.evidence"], self.bidder)
        for kind, name, data, until in (
            ("x", "a.pdf", paper(), ""), ("tax", "a.exe", b"MZ", ""), ("tax", "a.pdf", b"MZ", ""), ("tax", "", b"", ""),
            ("tax", "a.pdf", paper(), "morgen"),
        ):  # fmt: skip
            with self.subTest(name=name, until=until), self.assertRaises(UserError):
                safe._portal_add(kind, name, data, until)
        self.assertFalse(safe.search_count([]))

    def test_verification_is_by_the_button(self):
        organisation = self.verein.with_user(self.procurement)
        with self.assertRaises(UserError):
            organisation.organisation_verified_at = fields.Datetime.now()
        with self.assertRaises(UserError):
            organisation.create({"name": "X", "is_organisation": True, "organisation_verified_by_id": self.procurement.id})
        organisation.action_verify_organisation()
        self.assertTrue(organisation.is_verified)
        self.assertEqual(organisation.search([("is_verified", "=", True), ("id", "in", (self.verein | self.caritas).ids)]), organisation)
        organisation.action_unverify_organisation()
        self.assertFalse(organisation.is_verified)
        contacts = self._user("t_contacts", groups="base.group_user,base.group_partner_manager")
        self.verein.with_user(contacts).phone = "03631 1"
        with self.assertRaises(UserError):
            self.verein.with_user(contacts).action_verify_organisation()

    def test_who_runs_calls_writes_organisations_not_tenants(self):
        self.verein.with_user(self.procurement).capacity = "Zwei Gruppen"
        with self.assertRaises(AccessError):
            self.tenant.with_user(self.procurement).name = "Anders"

    def test_the_safe_in_the_portal(self):
        self.authenticate("t_caritas", "t_caritas")
        page = self.url_open("/my/evidence")
        self.assertEqual(page.status_code, 200)
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": csrf, "kind": "statutes", "valid_until": ""}
        added = self.url_open("/my/evidence/add", data=form, files={"file": ("Satzung.pdf", paper(), "application/pdf")})
        self.assertIn("Satzung.pdf", added.text)
        document = self.env["sozial.evidence"].search([("partner_id", "=", self.caritas.id)])
        self.assertEqual(self.url_open(f"/my/evidence/{document.id}/file").content, paper())
        self.authenticate("t_verein", "t_verein")
        self.assertTrue(self.url_open(f"/my/evidence/{document.id}/file").url.endswith("/my/evidence"))
