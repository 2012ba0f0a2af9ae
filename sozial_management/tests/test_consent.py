from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .consent_common import PAPER, ConsentCommon


@tagged("post_install", "-at_install")
class TestConsentSecrecy(ConsentCommon):
    """Invariants 1, 7 and 25 for consents."""

    def test_who_reads_and_who_does_not(self):
        consent = self._given()
        for user in (self.worker, self.lead):
            self.assertTrue(self._as(consent, user).has_access("read"))
            self.assertEqual(self.env["sozial.consent"].with_user(user).search_count([]), 1)
        self.assertEqual(self.env["sozial.consent"].with_user(self.colleague).search_count([]), 0)
        for user in (self.colleague, self.frontdesk, self.privacy, self.report, self.config, self.system, self.portal):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(consent, user).has_access("read"))

    def test_the_signed_paper_is_bound_and_read_with_the_grant_only(self):
        consent = self._given()
        paper = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "sozial.consent"), ("res_id", "=", consent.id), ("res_field", "=", "evidence")], limit=2
        )
        self.assertEqual(len(paper), 1)
        self.assertEqual(self._as(paper, self.worker).raw, b"%PDF-1.4 signed")
        for user in (self.colleague, self.frontdesk, self.system, self.config):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(paper, user).raw  # noqa: B018
            self.assertFalse(self._as(self.env["ir.attachment"], user).search([("id", "=", paper.id)]))
        self.assertTrue(self._as(self.env["ir.attachment"], self.worker).search([("id", "=", paper.id)]))

    def test_the_proof_of_a_given_consent_stays(self):
        consent = self._draft()
        papers = [("res_model", "=", "sozial.consent"), ("res_id", "=", consent.id), ("res_field", "=", "evidence")]
        paper = self.env["ir.attachment"].with_user(self.worker).search(papers, limit=1)
        paper.write({"description": "draft"})
        consent.action_give()
        with self.assertRaisesRegex(UserError, "proof of a given consent"):
            paper.write({"datas": PAPER})
        with self.assertRaisesRegex(UserError, "proof of a given consent"):
            paper.unlink()
        with self.assertRaises(AccessError):
            self._as(paper, self.colleague).unlink()

    def test_a_given_consent_does_not_change(self):
        consent = self._given()
        for record in (consent, consent.sudo()):
            for values in ({"valid_until": "2099-01-01"}, {"subject_id": self.caritas.id}, {"evidence": PAPER}, {"revoked_at": False}):
                with self.subTest(values=values), self.assertRaises(UserError):
                    record.write(values)
            with self.assertRaises(UserError):
                record.unlink()

    def test_the_life_cycle_is_not_forged(self):
        now = fields.Datetime.now()
        for name, value in (("given_at", now), ("revoked_at", now), ("recorded_by_id", self.lead.id), ("frozen_text", "x")):
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "not set directly"):
                self._draft(**{name: value})
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "not set directly"):
                self._draft().write({name: value})
        self.assertFalse(self._draft().with_context(default_given_at=now).copy().given_at)
        draft = self.consents.with_context(default_given_at=now).create({"case_id": self.case.id})
        self.assertFalse(draft.given_at)

    def test_a_copy_is_a_draft(self):
        copied = self._given().copy()
        self.assertEqual(copied.state, "draft")
        self.assertFalse(copied.evidence or copied.given_at or copied.signed_on or copied.frozen_text)
        copied.write({"valid_until": self.today + timedelta(days=5)})
        copied.unlink()

    def test_a_form_not_saved_yet_tells_nothing_of_a_foreign_case(self):
        self._signal_consent()
        row = self.case.signal_ids.browse(self.case.action_set_signal("counselling"))
        relation = {"fields": {"display_name": {}}}
        for model, values, name in (
            ("sozial.consent", {"case_id": self.case.id}, "subject_id"),
            ("sozial.signal.set", {"case_id": self.case.id}, "subject_id"),
        ):
            for user, tells in ((self.worker, True), (self.colleague, False)):
                records = self._as(self.env[model], user)
                spec = {**dict.fromkeys(values, {}), name: relation}
                with self.subTest(model=model, user=user.login):
                    try:
                        found = records.onchange(values, list(values), spec)["value"].get(name)
                    except AccessError:
                        found = False
                    self.assertEqual(bool(found), tells)
        self.assertEqual(row.code, "counselling")
        unsaved = self._as(self.env["sozial.case.signal"], self.colleague).new({"signal_id": row.sudo().signal_id.id})
        self.assertFalse(unsaved.code)

    def test_what_a_consent_names_is_not_deleted_or_given_another_meaning(self):
        consent = self._given()
        category, purpose = consent.category_ids[:1].with_user(self.config), consent.purpose_ids.with_user(self.config)
        for term in (category, purpose):
            with self.assertRaisesRegex(UserError, "keeps its meaning"):
                term.unlink()
            with self.assertRaisesRegex(UserError, "keeps its meaning"):
                term.write({"code": "other"})
            term.write({"active": False, "name": "Neuer Name"})
        with self.assertRaisesRegex(UserError, "keeps its meaning"):
            category.write({"scope": "picture"})
        unused = category.copy({"code": "unused"})
        unused.write({"code": "still_unused"})
        unused.unlink()
        with self.assertRaisesRegex(UserError, "Other records refer to this one"):
            self.caritas.sudo().unlink()

    def test_no_consent_in_a_foreign_case_or_company(self):
        with self.assertRaises(AccessError):
            self._draft(user=self.colleague)
        foreign = self.env["res.partner"].create({"name": "Fremd", "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            self._draft(recipient_ids=[Command.set(foreign.ids)])


@tagged("post_install", "-at_install")
class TestGiving(ConsentCommon):
    def test_the_text_is_frozen_with_what_was_agreed(self):
        consent = self._given()
        self.assertEqual((consent.state, consent.recorded_by_id), ("given", self.worker))
        for part in ("Erika Sorgenfrei", "Caritas", "Einkommen, Schulden und Haushaltsplan", "Schulden und Energieschulden regeln"):
            self.assertIn(part, consent.frozen_text)
        self.assertEqual(len(consent.evidence_hash), 64)
        frozen = consent.frozen_text
        self.tenant.sudo().name = "Erika Neuname"
        self.assertEqual(consent.frozen_text, frozen)
        self.assertIn("Erika Sorgenfrei", consent.preview)

    def test_language_of_the_client(self):
        self.tenant.language_ids = self.env.ref("sozial_management.language_ar")
        consent = self._given()
        self.assertEqual(consent.text_id.language_id.code, "ar")
        self.assertIn("تجاه: Caritas", consent.frozen_text)
        self.assertIn("Entbindung von der Schweigepflicht", consent.frozen_german)
        self.assertIn('dir="rtl"', str(consent.preview).replace("'", '"'))
        self.tenant.language_ids = self.env.ref("sozial_management.language_ro")
        self.assertEqual(self._draft().text_id.language_id.code, "de", "no text in this language: German")

    def test_everything_missing_is_told_at_once(self):
        draft = self.consents.create({"case_id": self.case.id})
        with self.assertRaises(UserError) as caught:
            draft.action_give()
        for name in ("Towards", "Purposes", "Kinds of information", "Date of the signature", "Signed paper"):
            self.assertIn(name, str(caught.exception))
        self.assertFalse(draft.given_at)
        for values, message in (
            ({"signed_on": self.today + timedelta(days=1)}, "yet to come"),
            ({"valid_from": self.today - timedelta(days=9), "valid_until": self.today - timedelta(days=1)}, "this day is over"),
            ({"how": "screen"}, "sign on the screen"),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                self._draft(**values).action_give()

    def test_a_signature_belongs_to_the_text_that_was_signed(self):
        draft = self._draft(how="screen", evidence=False)
        draft.write({"signature": PAPER})
        draft.write({"category_ids": self._terms("category", "health")})
        self.assertFalse(draft.signature)
        with self.assertRaisesRegex(UserError, "sign on the screen"):
            draft.action_give()
        draft.write({"signature": PAPER})
        draft.action_give()
        self.assertEqual(draft.state, "given")

    def test_a_signed_paper_belongs_to_the_draft_it_shows(self):
        """Also a scan is void when the terms change after it was uploaded."""
        draft = self._draft()
        draft.write({"category_ids": self._terms("category", "health")})
        with self.assertRaisesRegex(UserError, "upload the scan"):
            draft.action_give()

    def test_a_text_that_is_not_in_force_is_not_signed(self):
        text = self.env.ref("sozial_management.consent_text_release_de").copy()
        with self.assertRaisesRegex(UserError, "in force"):
            self._draft(text_id=text.id).action_give()

    def test_kinds_keep_apart(self):
        with self.assertRaisesRegex(ValidationError, "another kind"):
            self._draft(text_id=self.env.ref("sozial_management.consent_text_photo_de").id)
        with self.assertRaisesRegex(ValidationError, "rent collection"):
            self._signal_consent(recipient_ids=[Command.set(self.caritas.ids)])
        with self.assertRaisesRegex(ValidationError, "coded signals"):
            self._draft(category_ids=self._terms("category", "signal_pause"))
        with self.assertRaisesRegex(ValidationError, "coded signals"):
            self._signal_consent(category_ids=self._terms("category", "health"))

    def test_the_person_concerned_is_a_participant(self):
        with self.assertRaisesRegex(ValidationError, "participant"):
            self._draft(subject_id=self.adviser.id)

    def test_one_adult_does_not_consent_for_another(self):
        other = self.env["res.partner"].create({"name": "Nachbar", "company_id": self.company.id})
        with self.assertRaisesRegex(UserError, "without recorded authority"):
            self._draft(signer_id=other.id).action_give()
        with self.assertRaisesRegex(UserError, "without recorded authority"):
            self._draft(signer_id=other.id, authority="court", authority_proof=" ").action_give()
        with self.assertRaisesRegex(UserError, "for children only"):
            self._draft(signer_id=other.id, authority="custody", authority_proof="gesehen").action_give()
        consent = self._given(signer_id=other.id, authority="court", authority_proof="AG Nordhausen 17 XVII 12/26")
        self.assertIn("AG Nordhausen 17 XVII 12/26", consent.frozen_text)

    def test_the_authority_stands_in_the_database_too(self):
        other = self.env["res.partner"].create({"name": "Nachbar", "company_id": self.company.id})
        draft = self._draft(signer_id=other.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            draft._write_guarded(
                {
                    "given_at": fields.Datetime.now(), "recorded_by_id": self.worker.id, "frozen_text": "x", "evidence_hash": "x",
                }
            )  # fmt: skip
            draft.flush_recordset()

    def test_the_constraints_are_there(self):
        self.env.cr.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'sozial_consent'::regclass AND convalidated")
        names = {row[0] for row in self.env.cr.fetchall()}
        wanted = {"period_in_order", "given_is_complete", "authority_recorded", "revoked_after_given"}
        self.assertLessEqual({f"sozial_consent_{name}" for name in wanted}, names)

    def test_a_child_is_represented(self):
        child = self.env["res.partner"].create(
            {"name": "Kind", "company_id": self.company.id, "birth_date": self.today - timedelta(days=365 * 12)}
        )
        self.case.write({"participant_ids": [Command.create({"partner_id": child.id, "role": "household"})]})
        with self.assertRaisesRegex(UserError, "under age"):
            self._draft(subject_id=child.id).action_give()
        with self.assertRaisesRegex(UserError, "this person is under age"):
            self._draft(
                subject_id=self.tenant.id, signer_id=child.id, authority="proxy", authority_proof="x"
            ).action_give()
        given = self._given(subject_id=child.id, signer_id=self.tenant.id, authority="custody", authority_proof="Geburtsurkunde")
        self.assertEqual(given.state, "given")


@tagged("post_install", "-at_install")
class TestCovers(ConsentCommon):
    """The one predicate (invariant 18): subject, recipient, purpose, every kind of information, now."""

    def _covers(self, **changes):
        asked = {
            "subject": self.tenant, "recipient": self.caritas, "purpose": "debts", "categories": ["finances"], "at": None, **changes,
        }  # fmt: skip
        self.env.invalidate_all()
        return self.consents._covers(*asked.values())

    def test_each_part_counts(self):
        self.assertFalse(self._covers())
        self._draft()
        self.assertFalse(self._covers(), "a draft covers nothing")
        self._given()
        self.assertTrue(self._covers())
        self.assertTrue(self._covers(categories=["finances", "housing"]))
        self.assertTrue(self._covers(recipient=self.adviser), "a person of the named organisation")
        for changes in (
            {"subject": self.caritas},
            {"subject": self.env["res.partner"]},
            {"recipient": self.env["res.partner"].create({"name": "Fremd"})},
            {"recipient": "rent_collection"},
            {"recipient": "letting"},
            {"recipient": False},
            {"purpose": "health"},
            {"purpose": False},
            {"categories": ["finances", "health"]},
        ):
            with self.subTest(changes=changes):
                self.assertFalse(self._covers(**changes))

    def test_a_consent_for_a_person_is_none_for_the_organisation(self):
        self._given(recipient_ids=[Command.set(self.adviser.ids)])
        self.assertTrue(self._covers(recipient=self.adviser))
        self.assertFalse(self._covers(recipient=self.caritas))

    def test_all_kinds_of_information_in_one_consent(self):
        self._given(category_ids=self._terms("category", "finances"))
        self._given(category_ids=self._terms("category", "health"))
        self.assertTrue(self._covers(categories=["health"]))
        self.assertFalse(self._covers(categories=["finances", "health"]))

    def test_signals_are_for_rent_collection_only(self):
        self._signal_consent()
        asked = {"purpose": "rent_collection", "categories": ["signal_pause"]}
        self.assertTrue(self._covers(recipient="rent_collection", **asked))
        self.assertFalse(self._covers(**asked))

    def test_validity_follows_the_calendar_where_the_company_works(self):
        self._given(valid_from=self.today + timedelta(days=2), valid_until=self.today + timedelta(days=4))
        noon = fields.Datetime.to_datetime(self.today) + timedelta(hours=12)
        days = [self._covers(at=noon + timedelta(days=number)) for number in range(1, 6)]
        self.assertEqual(days, [False, True, True, True, False])
        midnight = fields.Datetime.to_datetime(self.today) + timedelta(days=4)
        self.assertTrue(self._covers(at=midnight + timedelta(hours=21)))
        self.assertFalse(self._covers(at=midnight + timedelta(hours=23, minutes=30)), "in Berlin the next day has begun")
        self.assertFalse(self._covers(at=noon - timedelta(days=2)), "not before it was given")

    def test_expiry_by_the_clock(self):
        consent = self._given(valid_until=self.today + timedelta(days=3))
        self.assertTrue(self._covers())
        with freeze_time(fields.Datetime.now() + timedelta(days=5)):
            self.assertFalse(self._covers())
            self.assertEqual(consent.state, "expired")
            self.assertIn(consent, self.consents.search([("state", "=", "expired")]))
        self.assertIn(consent, self.consents.search([("state", "=", "given")]))

    def test_revocation_acts_at_once(self):
        consent = self._given()
        before = fields.Datetime.now() + timedelta(seconds=0)
        consent.action_revoke()
        self.assertFalse(self._covers())
        self.assertFalse(self._covers(at=consent.revoked_at))
        self.assertEqual((consent.state, consent.revoked_by_id), ("revoked", self.worker))
        self.assertIn(consent, self.consents.search([("state", "=", "revoked")]))
        self.assertLessEqual(before, consent.revoked_at)
        with self.assertRaisesRegex(UserError, "revoked already"):
            consent.action_revoke()
        with self.assertRaisesRegex(UserError, "Only a given consent"):
            self._draft().action_revoke()

    def test_who_has_no_grant_does_not_revoke_or_ask(self):
        consent = self._given()
        with self.assertRaises(AccessError):
            self._as(consent, self.colleague).action_revoke()
        with self.assertRaises(AccessError):
            self._as(consent, self.colleague).action_renew()
        self.assertTrue(self._covers())
        self.assertFalse(self.consents.with_user(self.colleague)._covers(self.tenant, self.caritas, "debts", ["finances"]))

    def test_another_company_is_not_asked(self):
        self._given()
        asked = (self.tenant, self.caritas, "debts", ["finances"])
        everything = self.env["sozial.consent"].sudo()
        self.assertTrue(everything._covers(*asked))
        self.assertFalse(everything.with_context(allowed_company_ids=self.other_company.ids)._covers(*asked))

    def test_a_renewal_is_a_linked_draft_that_follows(self):
        consent = self._given()
        new = self.consents.browse(consent.action_renew()["res_id"])
        self.assertEqual((new.state, new.previous_id, new.valid_from), ("draft", consent, consent.valid_until + timedelta(days=1)))
        self.assertEqual((new.recipient_ids, new.category_ids), (consent.recipient_ids, consent.category_ids))
        with self.assertRaisesRegex(UserError, "upload the scan"):
            new.action_give()

    def test_expiring_consents_stand_in_my_day(self):
        soon = self._given(valid_until=self.today + timedelta(days=10))
        self._given()
        self._given(valid_until=self.today + timedelta(days=10)).action_revoke()
        section = self.env["sozial.my.day"].with_user(self.worker).get_my_day()["consents"]
        self.assertEqual([row["id"] for row in section["rows"]], soon.ids)
        self.assertEqual(self.consents.search_count(section["domain"]), 1)
        other = self.env["sozial.my.day"].with_user(self.colleague).get_my_day()["consents"]
        self.assertEqual((other["count"], other["rows"]), (0, []))
        new = self.consents.browse(soon.action_renew()["res_id"])
        self.assertEqual(self.env["sozial.my.day"].with_user(self.worker).get_my_day()["consents"]["count"], 1)
        new.write({"evidence": PAPER, "signed_on": self.today})
        new.action_give()
        self.assertEqual(self.env["sozial.my.day"].with_user(self.worker).get_my_day()["consents"]["count"], 0, "renewed")
