from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .referral_common import SECRET, ReferralCommon


@tagged("post_install", "-at_install")
class TestReferral(ReferralCommon):
    """Invariant 18: shared is only what a consent covers now; with it everything ends at once."""

    def test_proposed_from_the_consent_and_sent(self):
        with self._form(self.worker, default_case_id=self.case.id) as form:
            self.assertEqual(form.subject_id, self.tenant)
            form.partner_id = self.caritas
            form.need = f"Hilfe bei Rechnungen {SECRET}"
        referral = form.record
        self.assertEqual(referral.purpose_id.code, "debts")
        self.assertEqual(referral.need_category_ids.code, "finances")
        self.assertEqual(set(referral.line_ids.category_id.mapped("code")), {"housing", "contact_data"})
        self.assertFalse(referral.problem_text)
        self.assertIn(SECRET, referral.preview)
        referral.action_send()
        self.assertEqual((referral.state, referral.consent_id, referral.agreement_id), ("sent", self.consent, self.agreement))
        self.assertEqual(referral.respond_by, self.today + timedelta(days=5))
        told = self._told(self._share(referral))
        self.assertIn(SECRET, told)
        self.assertIn("Nord", told)
        for word in ("Sorgenfrei", "12345", "Stolberger", self.case.name):
            self.assertNotIn(word, told)
        self._share(referral)._portal_step("accepted")
        told = self._told(self._share(referral))
        for word in ("Sorgenfrei", "12345", "Stolberger"):
            self.assertIn(word, told)

    def test_one_stage_if_wanted(self):
        self.assertIn("Sorgenfrei", self._told(self._share(self._sent(two_stage=False))))

    def test_what_the_preview_shows_is_what_is_shared(self):
        referral = self._referral()
        preview = referral.preview
        referral.action_send()
        self._share(referral)._portal_step("accepted")
        for line in referral.sudo().share_id.line_ids:
            self.assertIn(line.value, preview)

    def test_nothing_leaves_without_a_consent_for_each_field(self):
        health = self.env["sozial.consent.category"].search([("code", "=", "health")])
        finances = self.env["sozial.consent.category"].search([("code", "=", "finances")])
        line = {"label": "Diagnose", "value": "x", "category_id": health.id}
        purpose = self.env["sozial.consent.purpose"].search([("code", "=", "health")])
        for values in (
            {"purpose_id": purpose.id, "need_category_ids": finances.ids}, {"need_category_ids": health.ids}, {"line_ids": [(0, 0, line)]},
            {"need": " "}, {"need": "x", "need_category_ids": False},
        ):  # fmt: skip
            referral = self._referral()
            referral.write(values)
            with self.subTest(values=values), self.assertRaises(UserError):
                referral.action_send()
            self.assertFalse(referral.sudo().share_id)
            self.assertTrue(referral.problem_text)

    def test_nothing_leaves_without_a_consent_now(self):
        referral = self._referral()
        self.consent.action_revoke()
        with self.assertRaises(UserError):
            referral.action_send()
        with self.assertRaises(UserError):
            self._referral().action_send()

    def test_a_consent_of_another_case_or_partner_does_not_count(self):
        other = self._open_case()
        with self.assertRaises(UserError):
            self._referral(case_id=other.id).action_send()
        own = self._agreement(partner_id=self.verein.id, offer=self._offer("X", provider_id=False))
        own.action_offer()
        own.action_sign()
        self._sign_partner(own, self.other_bidder)
        with self.assertRaises(UserError):
            self._referral(partner_id=self.verein.id).action_send()

    def test_nothing_leaves_without_an_active_agreement(self):
        referral = self._referral()
        self.agreement.end_reason = "x"
        self.agreement.action_terminate()
        with self.assertRaisesRegex(UserError, "agreement"):
            referral.action_send()

    def test_revocation_ends_it_at_once(self):
        referral = self._sent()
        self._share(referral)._portal_step("accepted")
        self._share(referral)._portal_write("Wann passt es?")
        self.consent.action_revoke()
        share = referral.sudo().share_id
        self.assertEqual((referral.state, share.state), ("revoked", "revoked"))
        self.assertFalse(share.line_ids | self.env["sozial.referral.share.line"].search([("share_id", "=", share.id)]))
        self.assertFalse(share.message_ids)
        self.assertFalse(self._told(self._share(referral)))
        stub = self._share(referral).read(["number", "state"])[0]
        self.assertEqual(stub["state"], "revoked")
        with self.assertRaises(UserError):
            self._share(referral)._portal_write("x")
        self._share(referral)._portal_deleted()
        self.assertTrue(share.deleted_at)

    def test_acceptance_asks_for_the_consent_again(self):
        referral = self._sent()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sozial_consent SET revoked_at = given_at WHERE id = %s", [self.consent.id])
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self._share(referral)._portal_step("accepted")
        self.assertNotIn("Sorgenfrei", self._told(self._share(referral)))
        referral.reply = "Guten Tag"
        with self.assertRaises(UserError):
            referral.action_reply()

    def test_with_the_last_second_of_the_consent_nothing_is_read(self):
        referral = self._sent()
        self.assertTrue(self._told(self._share(referral)))
        referral.sudo().share_id.open_until = fields.Datetime.now() - timedelta(seconds=1)
        self.assertFalse(self._told(self._share(referral)))
        with self.assertRaises(UserError):
            self._share(referral)._portal_step("accepted")
        self._run_cron()
        self.assertEqual(referral.state, "revoked")
        self.assertFalse(referral.sudo().share_id.line_ids)

    def test_the_last_day_of_a_consent_ends_at_its_midnight(self):
        self.assertEqual(
            self._sent().sudo().share_id.open_until.date(), self.today + timedelta(days=50), "22 or 23 o'clock of that day in UTC"
        )

    def _run_cron(self, days=0):
        day = self.today + timedelta(days=days)
        today = patch.object(fields.Date, "context_today", lambda _record, timestamp=None: day)
        with today, self.enter_registry_test_mode():
            self.env.ref("sozial_management_partner.cron_referral_calendar").method_direct_trigger()
        self.env.invalidate_all()

    def test_reminded_once_then_expired(self):
        referral = self._sent()
        self._run_cron(days=3)
        self.assertFalse(referral.reminded_at)
        self._run_cron(days=4)
        first = referral.reminded_at
        self._run_cron(days=4)
        self.assertTrue(first and first == referral.reminded_at)
        self._run_cron(days=6)
        self.assertEqual(referral.state, "expired")
        self.assertFalse(referral.sudo().share_id.line_ids)
        self.assertEqual(len(self.case.activity_ids), 1)

    def test_the_partner_answers(self):
        referral = self._sent()
        share = self._share(referral)
        for step in ("contact", "help", "sent", "draft", "revoked", None, "x"):
            with self.assertRaises(UserError):
                share._portal_step(step)
        with self.assertRaises(UserError):
            share._portal_write(" ")
        share._portal_write("In welcher Sprache?")
        self.assertEqual(referral.state, "asked")
        self.assertIn("In welcher Sprache?", referral.conversation)
        with self.assertRaises(UserError):
            referral.action_reply()
        referral.reply = "Auf Deutsch"
        referral.action_reply()
        self.assertEqual((referral.state, referral.reply), ("sent", False))
        self.assertIn("Auf Deutsch", self._told(self._share(referral)))
        for step in ("accepted", "not_reached", "contact", "help", "completed"):
            self._share(referral)._portal_step(step)
            self.assertEqual(referral.state, step)
        self.assertFalse(self._told(self._share(referral)))

    def test_declined_with_a_reason(self):
        referral = self._sent()
        with self.assertRaises(UserError):
            self._share(referral)._portal_decline(" ")
        self._share(referral)._portal_decline("Kein Platz")
        self.assertEqual((referral.state, referral.decline_reason), ("declined", "Kein Platz"))
        self.assertFalse(referral.sudo().share_id.line_ids)
        self.assertEqual(self.case.activity_ids.user_id, self.worker)
        accepted = self._sent()
        self._share(accepted)._portal_step("accepted")
        with self.assertRaises(UserError):
            self._share(accepted)._portal_decline("Doch nicht")

    def test_withdrawn(self):
        referral = self._sent()
        referral.action_withdraw()
        self.assertEqual(referral.state, "withdrawn")
        self.assertFalse(self._told(self._share(referral)))
        with self.assertRaises(UserError):
            referral.action_withdraw()

    def test_what_was_sent_does_not_change(self):
        referral = self._sent()
        for values in ({"need": "x"}, {"partner_id": self.verein.id}, {"line_ids": [(5,)]}, {"state": "draft"}, {"consent_id": False}):
            with self.subTest(values=values), self.assertRaises(UserError):
                referral.write(values)
        line = referral.line_ids[:1]
        category = line.category_id.id
        for attempt in (
            lambda: line.write({"value": "x"}), line.unlink, referral.unlink, referral.action_send,
            lambda: line.create({"referral_id": referral.id, "label": "x", "value": "x", "category_id": category}),
        ):  # fmt: skip
            with self.assertRaises(UserError):
                attempt()
        with self.assertRaises(UserError):
            self._referral(state="accepted")

    def test_bad_values_are_named(self):
        stranger = self.env["res.partner"].create({"name": "Fremd", "company_id": self.company.id})
        with self.assertRaises(ValidationError):
            self._referral(subject_id=stranger.id)
        with self.assertRaises(ValidationError):
            self._referral(offer_id=self._offer("Y", provider_id=self.verein.id).id)

    def test_a_new_version_of_the_agreement_carries_referrals_on(self):
        referral = self._sent()
        second = self.env["sozial.agreement"].browse(self.agreement.action_new_version()["res_id"]).with_user(self.procurement)
        second.action_offer()
        second.action_sign()
        self._sign_partner(second)
        self.assertEqual((self.agreement.state, referral.agreement_id), ("replaced", second))
        self.assertIn(SECRET, self._told(self._share(referral)))

    def test_from_an_offer(self):
        action = self._as(self.offer, self.worker).action_refer()
        self.assertEqual(action["context"], {"default_offer_id": self.offer.id, "default_partner_id": self.caritas.id})
        case = self._as(self.case, self.worker)
        self.assertEqual(case.action_new_referral()["context"], {"default_case_id": self.case.id})
        self.assertEqual(case.action_referrals()["domain"], [("case_id", "=", self.case.id)])
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).action_referrals()

    def test_mails_are_neutral(self):
        before = self.env["mail.mail"].search([], order="id desc", limit=1).id
        referral = self._sent()
        self._share(referral)._portal_write("Frage")
        self.consent.action_revoke()
        mails = self.env["mail.mail"].search([("id", ">", before)])
        self.assertTrue(mails.filtered(lambda one: referral.sudo().share_id.token in one.body_html))
        text = " ".join(mails.mapped("body_html")) + " ".join(mails.mapped("subject"))
        for word in (SECRET, "Sorgenfrei", "Frage", "Rechnungen"):
            self.assertNotIn(word, text)

    def test_the_copy_of_the_case_holds_what_was_written(self):
        referral = self._sent()
        fields_ = self.case._passage_fields()
        self.assertIn("need", fields_["sozial.referral"])
        self.assertEqual(fields_["sozial.referral.line"], ("value", "file_name"))
        self.assertEqual(self._as(self.case, self.worker)._passage_records("sozial.referral"), referral)

    def test_erasing_the_case_takes_the_partners_side_along(self):
        referral = self._sent()
        share = referral.sudo().share_id
        self.env["sozial.erasure"]._delete_rows(referral)
        self.assertFalse(share.exists())
        self.env.cr.execute("SELECT count(*) FROM sozial_referral_share_line WHERE value LIKE %s", [f"%{SECRET}%"])
        self.assertEqual(self.env.cr.fetchone()[0], 0)


@tagged("post_install", "-at_install")
class TestReferralSecrecy(ReferralCommon):
    """The side of the case is as secret as the case, the other side for one organisation only."""

    def test_the_side_of_the_case(self):
        referral = self._sent()
        for record in (referral, referral.line_ids):
            self.assertTrue(self._as(record, self.worker).search([("id", "in", record.ids)]))
            self.assertFalse(self._as(record, self.colleague).search([("id", "in", record.ids)]))
            with self.assertRaises(AccessError):
                self._as(record, self.colleague).read(["display_name"])

    def test_a_conflict_of_interest_shuts_out(self):
        referral = self._sent()
        # past the guards: the grant that it would end stays, so that the rule alone decides
        self.env["sozial.case.access"].sudo().create(
            {"case_id": self.case.id, "user_id": self.colleague.id, "kind": "co", "reason": "Tandem"}
        )
        self.assertTrue(self._as(referral, self.colleague).search([("id", "=", referral.id)]))
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO sozial_case_lockout (case_id, company_id, user_id, reason, set_by_id) VALUES (%s, %s, %s, 'x', %s)",
            [self.case.id, self.company.id, self.colleague.id, self.lead.id],
        )
        self.env.invalidate_all()
        for record in (referral, referral.line_ids):
            self.assertFalse(self._as(record, self.colleague).search([("id", "in", record.ids)]))

    def test_companies(self):
        referral = self._sent()
        share = referral.sudo().share_id
        share.env["sozial.referral.message"].create({"share_id": share.id, "author_name": "x", "body": "x"})
        self.env.flush_all()
        rows = (
            (referral, self.worker), (referral.line_ids, self.worker), (share, self.bidder), (share.line_ids, self.bidder),
            (share.message_ids, self.bidder),
        )  # fmt: skip
        for record, user in rows:
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, user).search([("id", "in", record.ids)]))
                self.env.cr.execute(f"UPDATE {record._table} SET company_id = %s WHERE id = ANY(%s)", [self.other_company.id, record.ids])
                self.env.invalidate_all()
                self.assertFalse(self._as(record, user).search([("id", "in", record.ids)]))
                self.env.cr.execute(f"UPDATE {record._table} SET company_id = %s WHERE id = ANY(%s)", [self.company.id, record.ids])

    def _rows(self, referral):
        share = referral.sudo().share_id
        return share, share.line_ids, share.message_ids

    def _readable(self, referral, user):
        return [bool(self._as(rows, user).search([("id", "in", rows.ids)])) for rows in self._rows(referral)]

    def test_the_side_of_the_partner_ends_at_once(self):
        for name, end in (
            ("moved", lambda: self.bidder.partner_id.write({"parent_id": self.verein.id})),
            ("organisation archived", lambda: self.env.cr.execute(
                "UPDATE res_partner SET active = FALSE WHERE id = %s", [self.caritas.id])),
            ("agreement over", lambda: self.env.cr.execute(
                "UPDATE sozial_agreement SET holds_until = now() AT TIME ZONE 'UTC' WHERE id = %s", [self.agreement.id])),
            ("agreement not active", lambda: self.env.cr.execute(
                "UPDATE sozial_agreement SET state = 'ended' WHERE id = %s", [self.agreement.id])),
        ):  # fmt: skip
            with self.subTest(name), self.env.cr.savepoint(flush=True) as savepoint:
                referral = self._sent()
                self._share(referral)._portal_write("Frage")
                self.assertEqual(self._readable(referral, self.bidder), [True] * 3)
                self.assertEqual(self._readable(referral, self.other_bidder), [False] * 3)
                self.env.flush_all()
                end()
                self.env.invalidate_all()
                self.assertEqual(self._readable(referral, self.bidder), [False] * 3)
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
                self.env.registry.clear_cache()

    def test_a_terminated_agreement_ends_referrals(self):
        referral = self._sent()
        self.agreement.end_reason = "x"
        self.agreement.action_terminate()
        self.assertEqual(referral.state, "withdrawn")
        self.assertFalse(referral.sudo().share_id.line_ids)

    def test_nobody_in_the_house_reads_the_side_of_the_partner(self):
        referral = self._sent()
        for user in (self.worker, self.lead, self.procurement, self.system, self.privacy):
            for rows in self._rows(referral)[:2]:
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self._as(rows, user).read(["display_name"])

    def test_an_employee_who_is_made_a_contact_reads_nothing(self):
        referral = self._sent()
        self.env["ir.model.access"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get("sozial.referral.share.line").id, "perm_read": True}
        )
        lines = referral.sudo().share_id.line_ids
        self.assertFalse(self._as(lines, self.system).search([("id", "in", lines.ids)]))

    def test_the_partner_writes_nothing_directly(self):
        referral = self._sent()
        share = self._share(referral)
        for attempt in (
            lambda: share.write({"state": "accepted"}), share.unlink, lambda: share.line_ids.write({"value": "x"}),
            lambda: self._share(referral, self.other_bidder)._portal_step("accepted"),
            lambda: self._share(referral, self.other_bidder)._portal_write("x"),
            lambda: self._share(referral, self.other_bidder)._portal_decline("x"),
            lambda: self._share(referral, self.other_bidder)._portal_deleted(),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                attempt()
