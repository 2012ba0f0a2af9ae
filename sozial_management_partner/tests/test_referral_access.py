"""Access to a referral ends at once, by every way; the stub of an ended one stays, without personal data."""

import base64
from datetime import datetime, timedelta
from unittest.mock import patch

import pytz

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .referral_common import SECRET, ReferralCommon
from .test_referral_portal import PortalCase

PDF = b"%PDF-1.7\n% zaunkoenig7319\ntrailer\n%%EOF\n"


def with_file(case, **values):
    """A referral of one stage with a file."""
    category = case.env["sozial.consent.category"].search([("code", "=", "finances")])
    line = {"label": "Bescheid", "category_id": category.id, "file": base64.b64encode(PDF), "file_name": "Bescheid.pdf", **values}
    return case._referral(two_stage=False, line_ids=[Command.create(line)])


@tagged("post_install", "-at_install")
class TestAccessEnds(PortalCase):
    """Each end with its four ways: ORM, page, attachment, JSON-2."""

    def setUp(self):
        super().setUp()
        self.referral = with_file(self)
        self.referral.action_send()
        self.share = self.referral.sudo().share_id
        self._share(self.referral)._portal_write(f"Frage {SECRET}")
        self.file_line = self.share.line_ids.filtered("file_name")
        self.key = self.env["res.users.apikeys"].with_user(self.bidder)._generate(
            "rpc", "test", fields.Datetime.now() + timedelta(hours=1)
        )  # fmt: skip
        self.env.flush_all()
        self.authenticate("t_caritas", "t_caritas")

    def _ways(self):
        """{way: what it told}"""
        self.env.flush_all()
        self.env.invalidate_all()
        user = self.bidder
        told = self._told(self._share(self.referral)) if user.active else ""
        url = f"/my/referrals/{self.share.token}"
        attachment = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self.file_line._name), ("res_id", "=", self.file_line.id), ("res_field", "=", "file")]
        )  # fmt: skip
        pages = [self.url_open(path).text for path in (url, f"{url}/files/{self.file_line.id}")]
        files = [
            self.url_open(path).text
            for path in (f"/web/content/{self.file_line._name}/{self.file_line.id}/file", f"/web/content/{attachment.id or 1}")
        ]
        answers = [
            self.url_open(f"/json/2/{model}/search_read", json={"domain": []}, headers={"Authorization": f"bearer {self.key}"}).text
            for model in ("sozial.referral.share.line", "sozial.referral.message")
        ]
        return {"orm": told, "pages": pages, "attachments": files, "json2": answers}

    def _tells(self):
        return {way: SECRET in str(told) for way, told in self._ways().items()}

    def _ends(self, end, stub=False):
        self.assertEqual(set(self._tells().values()), {True}, "the positive control")
        for way, told in self._ways().items():
            for number, one in enumerate([told] if isinstance(told, str) else told):
                if (way, number) != ("attachments", 1):  # by the number of the attachment it is closed to contacts anyway
                    self.assertIn(SECRET, one, f"{way} {number}")
        end()
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.rpc.controllers.json2"):
            self.assertEqual(set(self._tells().values()), {False})
        if self.bidder.active:
            self.assertEqual(bool(self._as(self.share, self.bidder).search([("id", "=", self.share.id)])), stub)

    def test_with_the_contact_archived(self):
        def archive():
            self.bidder.action_archive()
            self.bidder.partner_id.action_archive()

        self._ends(archive)

    def test_with_the_contact_at_another_organisation(self):
        self._ends(lambda: self.bidder.partner_id.write({"parent_id": self.verein.id}))

    def test_with_the_organisation_archived(self):
        self._ends(lambda: self.env.cr.execute("UPDATE res_partner SET active = FALSE WHERE id = %s", [self.caritas.id]))

    def test_with_the_last_second_of_the_agreement(self):
        """Before the cron has run; whichever time zone the partner claims."""
        self.bidder.tz = "Pacific/Pago_Pago"
        moment = fields.Datetime.now() - timedelta(seconds=1)
        self._ends(lambda: self.env.cr.execute("UPDATE sozial_agreement SET holds_until = %s WHERE id = %s", [moment, self.agreement.id]))

    def test_with_the_end_of_the_agreement(self):
        def end():
            self.agreement.end_reason = "x"
            self.agreement.action_terminate()

        self._ends(end, stub=True)

    def test_with_the_revocation(self):
        before = list(self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self.file_line._name), ("res_field", "=", "file"), ("res_id", "=", self.file_line.id)]
        ).ids)
        self._ends(self.consent.action_revoke, stub=True)
        attachments = self.env["ir.attachment"].sudo()
        self.assertTrue(before)
        self.assertFalse(attachments.browse(before).exists(), "the copy is gone")
        line = self._as(self.referral.line_ids.filtered("file_name"), self.worker)
        self.assertEqual(base64.b64decode(line.with_context(bin_size=False).file), PDF, "the first one stays with the case")


@tagged("post_install", "-at_install")
class TestStub(ReferralCommon):
    def test_deletion_is_confirmed_after_the_agreement(self):
        referral = self._sent()
        self.agreement.end_reason = "x"
        self.agreement.action_terminate()
        share = self._share(referral)
        self.assertEqual(share.search([("id", "=", share.id)]), share)
        self.assertFalse(self._told(share))
        with self.assertRaises(UserError):
            share._portal_write("x")
        share._portal_deleted()
        self.assertTrue(referral.sudo().share_id.deleted_at)
        self.assertFalse(self._as(share, self.other_bidder).search([("id", "=", share.id)]))

    def test_a_stub_knows_no_person(self):
        referral = self._sent(two_stage=False)
        self._share(referral)._portal_write("Frau Sorgenfrei?")
        self.consent.action_revoke()
        share = self._share(referral)
        told = str(share.read(sorted(share._portal_fields)))
        for word in (SECRET, "Sorgenfrei", "12345", "Stolberger", self.case.name, "Rechnungen"):
            self.assertNotIn(word, told)

    def test_the_last_day_of_an_agreement_ends_at_its_midnight(self):
        self.company.resource_calendar_id.tz = "Europe/Berlin"
        for day, hour in ((datetime(2027, 1, 15), 23), (datetime(2027, 7, 15), 22)):
            agreement = self._agreement(days=(day.date() - self.today).days)
            self.assertEqual(agreement.holds_until, day.replace(hour=hour))
        self.assertEqual(pytz.utc.localize(agreement.holds_until).astimezone(pytz.timezone("Europe/Berlin")).hour, 0)

    def test_the_calendar_of_agreements_runs_every_hour(self):
        for name in ("agreement", "referral"):
            cron = self.env.ref(f"sozial_management_partner.cron_{name}_calendar")
            self.assertEqual((cron.interval_number, cron.interval_type), (1, "hours"))


@tagged("post_install", "-at_install")
class TestOneThatFails(ReferralCommon):
    """What fails is logged and left for the next run; nothing behind it waits."""

    def _run(self, name, days):
        day = self.today + timedelta(days=days)
        today = patch.object(fields.Date, "context_today", lambda _record, timestamp=None: day)
        with today, self.enter_registry_test_mode():
            self.env.ref(f"sozial_management_partner.cron_{name}_calendar").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_referral(self):
        first, second = self._sent(), self._sent()
        model = type(self.env["sozial.referral"])
        original = model._tell_worker

        def fail(referral):
            if first in referral:
                referral.env.cr.execute("SELECT 1 / 0")
            return original(referral)

        logger = "odoo.addons.sozial_management_partner.models.referral.clock"
        with patch.object(model, "_tell_worker", fail), self.assertLogs(logger) as log, mute_logger("odoo.sql_db"):
            self._run("referral", 30)
        self.assertEqual((first.state, second.state), ("sent", "expired"))
        self.assertNotIn(SECRET, str(log.output[0].splitlines()[0]))
        self._run("referral", 30)
        self.assertEqual(first.state, "expired")

    def test_an_agreement(self):
        first, second = self.agreement, self._active(title="Zweite", offer=self._offer("Zweites"))
        model = type(self.env["sozial.agreement"])
        original = model._withdraw_offers

        def fail(agreement):
            if first in agreement:
                raise ValidationError("x")
            return original(agreement)

        with patch.object(model, "_withdraw_offers", fail), self.assertLogs("odoo.addons.sozial_management_partner.models.agreement"):
            self._run("agreement", 101)
        self.assertEqual((first.state, second.state), ("active", "ended"))
        self._run("agreement", 101)
        self.assertEqual(first.state, "ended")


@tagged("post_install", "-at_install")
class TestFiles(PortalCase):
    """A file is released as a copy; the rules for files are those of submissions."""

    def test_downloaded_after_acceptance(self):
        category = self.env["sozial.consent.category"].search([("code", "=", "finances")])
        referral = self._referral(
            line_ids=[
                Command.create(
                    {"label": "Bescheid", "category_id": category.id, "file": base64.b64encode(PDF), "file_name": "..\\Be\u202escheid.pdf",
                     "after_acceptance": True}
                )
            ]
        )  # fmt: skip
        self.assertIn("Bescheid.pdf", referral.preview)
        referral.action_send()
        share = referral.sudo().share_id
        self.assertFalse(share.line_ids.filtered("file_name"))
        self._share(referral)._portal_step("accepted")
        line = share.line_ids.filtered("file_name")
        self.assertEqual(line.file_name, "Bescheid.pdf")
        self.env.flush_all()
        url = f"/my/referrals/{share.token}/files/{line.id}"
        for login, found in (("t_caritas", True), ("t_verein", False)):
            self.authenticate(login, login)
            answer = self.url_open(url)
            self.assertEqual(answer.content == PDF, found)
        self.authenticate("t_caritas", "t_caritas")
        answer = self.url_open(url)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("/files/", self.url_open(f"/my/referrals/{share.token}").text)
        for other in (share.line_ids - line).ids[:1] + [0, 999999]:
            self.assertTrue(self.url_open(f"/my/referrals/{share.token}/files/{other}").url.endswith("/my/referrals"))

    def test_the_consent_covers_the_file(self):
        health = self.env["sozial.consent.category"].search([("code", "=", "health")])
        referral = with_file(self, category_id=health.id)
        with self.assertRaises(UserError):
            referral.action_send()

    def test_what_is_not_taken(self):
        script = PDF.replace(b"% zaun", b"/JavaScript% zaun")
        for name, data in (("a.exe", b"MZ"), ("a.pdf", b"x"), ("a.pdf", b""), ("", PDF), ("a.pdf", script)):
            with self.subTest(name=name, data=data), self.assertRaises(ValidationError):
                with_file(self, file_name=name, file=base64.b64encode(data) or False, value="x")
        with patch("odoo.addons.sozial_management_partner.sealing.upload.MAX_FILES", 0):
            self.assertIn("0", with_file(self).problem_text)
