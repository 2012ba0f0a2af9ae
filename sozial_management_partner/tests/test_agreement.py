import hashlib
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .agreement_common import AgreementCommon
from .test_award import AwardCommon


@tagged("post_install", "-at_install")
class TestAgreement(AgreementCommon):
    """Both sides sign one frozen text; its offers stand in the catalogue as long as it holds."""

    def test_from_draft_to_active(self):
        agreement = self._agreement()
        self.assertRegex(agreement.number, r"^KV-\d{4}-\d{4}$")
        self.assertIn("Mieterberatung", agreement.preview)
        agreement.action_offer()
        self.assertEqual(agreement.sha256, hashlib.sha256(agreement.text.encode()).hexdigest())
        self.assertIn("rechtlich prüfen", agreement.text)
        self._sign_partner(agreement)
        self.assertEqual((agreement.state, agreement.partner_sha256), ("offered", agreement.sha256))
        self.assertFalse(self.offer.is_published)
        agreement.action_sign()
        self.assertEqual((agreement.state, agreement.company_signed_name), ("active", self.procurement.name))
        self.assertTrue(self.offer.is_published)
        self.assertEqual(self.offer.provider_id, self.caritas)
        with self.assertRaises(UserError):
            agreement.action_sign()

    def test_what_is_offered_does_not_change(self):
        agreement = self._agreement()
        agreement.action_offer()
        for values in ({"title": "x"}, {"date_end": self.today}, {"remuneration": "1 €"}, {"partner_id": self.verein.id}):
            with self.assertRaises(UserError):
                agreement.write(values)
        for attempt in (
            lambda: agreement.service_ids.write({"capacity_month": 99}),
            lambda: agreement.service_ids.unlink(),
            lambda: agreement.service_ids.create({"agreement_id": agreement.id, "offer_id": self._offer("Neu").id}),
            lambda: self._agreement().service_ids.write({"agreement_id": agreement.id}),
            agreement.unlink,
            agreement.action_offer,
            agreement.action_new_version,
            agreement.action_terminate,
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_steps_are_not_written(self):
        agreement = self._agreement()
        for values in ({"state": "active"}, {"partner_signed_name": "X"}, {"number": "1"}, {"token": "x"}, {"published_at": "2026-01-01"}):
            with self.assertRaises(UserError):
                agreement.write(values)
            with self.assertRaises(UserError):
                self._agreement(**values)
        self.assertEqual(self._as(agreement, self.procurement).with_context(default_state="active").copy().state, "draft")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            agreement._write_guarded({"state": "active"})
            agreement.flush_recordset()

    def test_taking_back_voids_signatures(self):
        agreement = self._agreement()
        agreement.action_offer()
        agreement.action_sign()
        agreement.action_take_back()
        self.assertEqual((agreement.state, agreement.company_signed_at, agreement.sha256), ("draft", False, False))
        agreement.title = "Anders"
        agreement.action_offer()
        with self.assertRaises(UserError):
            self._as(agreement, self.bidder)._portal_sign("C", "V", True, "0" * 64)

    def test_a_signature_says_who_and_in_which_function(self):
        agreement = self._agreement()
        agreement.action_offer()
        own = self._as(agreement, self.bidder)
        for args in ((" ", "V", True), ("C", "", True), ("C", "V", False)):
            with self.assertRaises(UserError):
                own._portal_sign(*args, own.sha256)
        with self.assertRaises(AccessError):
            self._as(agreement, self.other_bidder)._portal_sign("C", "V", True, agreement.sha256)
        self._sign_partner(agreement)
        with self.assertRaises(UserError):
            self._sign_partner(agreement)

    def test_the_partner_asks_for_changes(self):
        agreement = self._agreement()
        agreement.action_offer()
        own = self._as(agreement, self.bidder)
        with self.assertRaises(UserError):
            own._portal_refuse(" ")
        own._portal_refuse("Bitte nur drei Personen")
        agreement.invalidate_recordset()
        self.assertEqual((agreement.state, agreement.refusal), ("draft", "Bitte nur drei Personen"))
        self.assertEqual(agreement.activity_ids.user_id, self.procurement)

    def test_what_an_offer_needs(self):
        for values, message in (
            ({"service_ids": False}, "Services"),
            ({"privacy_kind": "none"}, "Why none"),
            ({"privacy_kind": "processor"}, "Contract"),
            ({"date_start": self.today - timedelta(days=9), "date_end": self.today - timedelta(days=1)}, "Until"),
        ):
            agreement = self._agreement(**values)
            with self.subTest(values=values), self.assertRaisesRegex(UserError, message):
                agreement.action_offer()
        bare = self._offer("Ohne Thema", topic_ids=False)
        with self.assertRaisesRegex(UserError, "Ohne Thema"):
            self._agreement(offer=bare).action_offer()

    def test_bad_values_are_named(self):
        with self.assertRaises(ValidationError):
            self._agreement(partner_id=self.tenant.id)
        with self.assertRaises(ValidationError):
            self._agreement(offer=self._offer("Fremd", provider_id=self.verein.id))
        for values in ({"date_end": self.today - timedelta(days=1)}, {"response_days": 0}, {"notice_months": 99}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._agreement(**values)
        for services in ([{"offer_id": self.offer.id}] * 2, [{"offer_id": self.offer.id, "capacity_month": -1}]):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._agreement(service_ids=[Command.create(one) for one in services])

    def test_terminating_withdraws_at_once(self):
        agreement = self._active()
        with self.assertRaisesRegex(UserError, "Reason"):
            agreement.action_terminate()
        agreement.end_reason = "Der Verein löst sich auf"
        agreement.action_terminate()
        self.assertEqual((agreement.state, agreement.ended_on), ("terminated", self.today))
        self.assertFalse(self.offer.is_published)
        with self.assertRaises(UserError):
            agreement.unlink()

    def test_the_calendar_ends_and_is_repeat_safe(self):
        agreement = self._active(days=10)
        self._cron(days=10)
        self.assertEqual((agreement.state, self.offer.is_published), ("active", True))
        self._cron(days=11)
        self.assertEqual((agreement.state, self.offer.is_published), ("ended", False))
        self.offer.is_published = True
        self._cron(days=11)
        self.assertTrue(self.offer.is_published, "a second run does not touch what people did since")

    def test_an_agreement_of_tomorrow_begins_tomorrow(self):
        agreement = self._active(start=1)
        self.assertEqual((agreement.state, self.offer.is_published), ("signed", False))
        self._cron(days=1)
        self.assertEqual((agreement.state, self.offer.is_published), ("active", True))
        self.offer.is_published = False
        self._cron(days=2)
        self.assertFalse(self.offer.is_published, "what the head withdraws stays withdrawn")

    def test_a_new_version_replaces_the_old_one_without_a_gap(self):
        first = self._active(days=10)
        second = self.env["sozial.agreement"].browse(first.action_new_version()["res_id"]).with_user(self.procurement)
        self.assertEqual((second.number, second.version, second.state, second.previous_id), (first.number, 2, "draft", first))
        self.assertEqual(first.action_new_version()["res_id"], second.id, "one next version at a time")
        second.write({"date_start": self.today + timedelta(days=11), "date_end": self.today + timedelta(days=400)})
        second.action_offer()
        second.action_sign()
        self._sign_partner(second)
        self.assertEqual((first.state, second.state), ("active", "signed"))
        self._cron(days=11)
        self.assertEqual((first.state, second.state, self.offer.is_published), ("replaced", "active", True))
        self.assertEqual(first.version_count, 2)

    def test_an_offer_of_two_agreements_stays(self):
        first, _second = self._active(), self._active(title="Zweite")
        first.end_reason = "x"
        first.action_terminate()
        self.assertTrue(self.offer.is_published)

    def test_reminders_come_once_a_date(self):
        agreement = self._active(days=100, notice_months=1)
        signed = agreement.activity_ids
        self._cron(days=10)
        self.assertEqual(agreement.activity_ids, signed)
        for _turn in range(2):
            self._cron(days=75)
        reminders = agreement.activity_ids - signed
        self.assertEqual(len(reminders), 2, "the renewal and the end")
        self.assertEqual(reminders.user_id, self.procurement)
        other = self._active(days=100, notice_months=3, title="Zweite")
        other.action_new_version()
        signed = other.activity_ids
        self._cron(days=20)
        self.assertEqual(other.activity_ids, signed, "the next version is on its way")

    def test_an_offer_that_cannot_be_published_stops_nothing(self):
        agreement = self._agreement()
        agreement.action_offer()
        self.offer.topic_ids = False
        agreement.action_sign()
        self._sign_partner(agreement)
        self.assertEqual((agreement.state, self.offer.is_published), ("active", False))
        self.assertIn("Mieterberatung", " ".join(agreement.activity_ids.mapped("summary")))


@tagged("post_install", "-at_install")
class TestAgreementRights(AgreementCommon, HttpCase):
    def test_who_reads(self):
        draft, active = self._agreement(), self._active(title="Zwei")
        both = (draft | active).ids
        agreements = self.env["sozial.agreement"]
        for user, expected in (
            (self.procurement, draft | active), (self.worker, draft | active), (self.bidder, active),
            (self.other_bidder, agreements), (self.stranger, agreements),
        ):  # fmt: skip
            with self.subTest(user=user.login):
                self.assertEqual(self._as(agreements, user).search([("id", "in", both)]).ids, expected.sorted("id", reverse=True).ids)
        services = active.service_ids
        self.assertTrue(self._as(services, self.worker).search([("id", "in", services.ids)]))
        self.assertFalse(self._as(services, self.stranger).search([("id", "in", services.ids)]))

    def test_the_organisation_reads_listed_fields_only(self):
        active = self._active()
        self.assertEqual(self._as(active, self.bidder).read(["title"])[0]["title"], active.title)
        for name in ("user_id", "award_id", "service_ids", "end_reason", "message_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._as(active, self.bidder).read([name])

    def test_who_moves_to_another_organisation_reads_nothing(self):
        active = self._active()
        self.bidder.partner_id.parent_id = self.verein
        self.assertFalse(self._as(active, self.bidder).search([("id", "=", active.id)]))

    def test_who_runs_agreements_makes_offers_but_does_not_publish(self):
        offers = self._as(self.offer, self.procurement)
        own = offers.create(
            {"name": "Neu", "category_id": offers.category_id.id, "hour_ids": [Command.create({"weekday": "1"})],
             "topic_ids": [Command.set(self.topic.ids)], "summary": "x"}
        )  # fmt: skip
        own.summary = "Kurz"
        own.hour_ids.unlink()
        self.assertTrue(offers.category_id.name and self._as(self.env["sozial.target.group"], self.procurement).has_access("read"))
        with self.assertRaises(AccessError):
            own.action_publish()

    def _csrf(self, page):
        return page.text.split('name="csrf_token" value="')[1].split('"')[0]

    def test_signing_in_the_portal(self):
        agreement = self._agreement(
            privacy_kind="processor", privacy_file="JVBERi0xLjQ=", privacy_file_name="AVV.pdf"
        )  # fmt: skip
        agreement.action_offer()
        agreement.action_sign()
        url = f"/my/agreements/{agreement.token}"
        self.authenticate("t_verein", "t_verein")
        for path in ("", "/contract"):
            self.assertTrue(self.url_open(url + path).url.endswith("/my/agreements"))
        csrf = self._csrf(self.url_open("/my/evidence"))
        for path in ("/sign", "/refuse"):
            form = {"csrf_token": csrf, "name": "X", "function": "Y", "agreed": "1", "sha256": agreement.sha256, "reason": "x"}
            self.assertTrue(self.url_open(url + path, data=form).url.endswith("/my/agreements"))
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "sozial.agreement"), ("res_id", "=", agreement.id), ("res_field", "=", "privacy_file")]
        )
        self.assertTrue(attachment)
        for path in (f"/web/content/{attachment.id}", f"/web/content/sozial.agreement/{agreement.id}/privacy_file"):
            self.assertEqual(self.url_open(path).status_code, 404)
        agreement.invalidate_recordset()
        self.assertEqual((agreement.state, agreement.partner_signed_at), ("offered", False))
        self.authenticate("t_caritas", "t_caritas")
        self.assertIn(agreement.title, self.url_open("/my/agreements").text)
        page = self.url_open(url)
        self.assertIn("AVV.pdf", page.text)
        self.assertEqual(self.url_open(url + "/contract").content, b"%PDF-1.4")
        form = {"csrf_token": self._csrf(page), "name": "Carla", "function": "", "agreed": "1", "sha256": agreement.sha256}
        self.assertIn("alert-danger", self.url_open(url + "/sign", data=form).text)
        self.assertIn("alert-success", self.url_open(url + "/sign", data={**form, "function": "Vorstand"}).text)
        agreement.invalidate_recordset()
        self.assertEqual((agreement.state, agreement.partner_signed_name), ("active", "Carla"))
        self.assertEqual(self.url_open(url + "/sign").status_code, 405, "no change on GET")

    def test_mails_are_neutral(self):
        agreement = self._agreement(title="Streng vertraulich")
        with patch.object(type(self.env["mail.mail"]), "unlink", lambda _mail: True):
            agreement.action_offer()
        mails = self.env["mail.mail"].search([("body_html", "ilike", agreement.token)])
        self.assertTrue(mails)
        self.assertNotIn("vertraulich", " ".join(mails.mapped("body_html")) + " ".join(mails.mapped("subject")))


@tagged("post_install", "-at_install")
class TestAgreementFromAward(AwardCommon):
    def test_one_click_from_the_award(self):
        own = self._as_own(self.award, self.procurement)
        with self.assertRaises(UserError):
            own.action_agreement()
        self._approve()
        self._send()
        self._later()
        self._give()
        found = self.env["sozial.agreement"].browse(own.action_agreement()["res_id"])
        self.assertEqual((found.partner_id, found.award_id, found.state), (self.caritas, self.award, "draft"))
        self.assertEqual(found.date_end, self.call.date_until)
        self.assertIn("Caritasverband", found.subject)
        self.assertEqual(own.action_agreement()["res_id"], found.id, "the second click opens the same")
        now = fields.Datetime.now()
        signed = {"sha256": "x", "company_sha256": "x", "partner_sha256": "x", "company_signed_at": now, "partner_signed_at": now}
        found._write_guarded({"state": "ended", **signed})
        second = self.env["sozial.agreement"].browse(found.with_user(self.procurement).action_new_version()["res_id"])
        self.assertEqual((second.version, second.award_id, second.state), (2, self.award, "draft"))
        with self.assertRaises(AccessError):
            self._as_own(self.award, self.lead).action_agreement()
            self.env["sozial.agreement"].with_user(self.lead).create({"title": "x"})
