"""Sealing by encryption: what lies in the database and in the file store, and who opens it."""

import base64
import secrets
from pathlib import Path

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, config, mute_logger

from .encryption_common import PASSPHRASES, EncryptionCommon


def pdf(word):
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Title (" + word.encode() + b") >>\nendobj\ntrailer\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestCiphertext(EncryptionCommon):
    def setUp(self):
        super().setUp()
        self.word = f"zaunkoenig{secrets.token_hex(8)}"

    def _found_in_tables(self, word):
        """Every table of the database whose rows hold the word, as text or as base64."""
        self.env.flush_all()
        tables = self.env.execute_query(SQL("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"))
        return {
            table
            for (table,) in tables
            if self.env.execute_query(SQL("SELECT 1 FROM %s t WHERE t::text LIKE %s LIMIT 1", SQL.identifier(table), f"%{word}%"))
        }

    def _found_in_files(self, word):
        store = Path(config.filestore(self.env.cr.dbname))
        return [path.name for path in store.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]

    def _hand_in_word(self, lot=None, **values):
        draft = self._draft(secret=self.word, lot=lot)
        draft.sudo().write({"joint_members": f"{self.word} e. V."})
        draft._portal_attach(f"{self.word}.pdf", pdf(self.word))
        return draft, draft._portal_hand_in()

    def test_nothing_can_be_read_before_the_opening(self):
        _draft, outcome = self._hand_in_word(self.plain_lot)
        self.assertTrue({"sozial_submission", "sozial_submission_content"} <= self._found_in_tables(self.word), "the control")
        self.assertTrue(self._found_in_files(self.word), "the control")
        self.assertIsNone(outcome.key)
        self.word = f"eisvogel{secrets.token_hex(8)}"
        submission, outcome = self._hand_in_word()
        self.assertFalse(outcome.problems)
        self.assertEqual(self._found_in_tables(self.word), set())
        self.assertEqual(self._found_in_files(self.word), [])
        self.assertEqual(self._found_in_tables(outcome.key), set(), "the bidder's own key is stored nowhere")
        self.assertEqual(submission.sudo().content_ids.mapped("file_name"), ["…"])

    def test_a_file_is_never_readable_on_the_disk(self):
        draft = self._draft()
        draft._portal_attach("Konzept.pdf", pdf(self.word))
        self.assertEqual(self._found_in_files(self.word), [], "a draft neither")
        self.assertEqual(draft.content_ids.filtered(lambda row: row.kind == "file").file_name, "Konzept.pdf")

    def test_the_opening_brings_it_back(self):
        submission, _outcome = self._hand_in_word()
        receipt = submission.sha256
        self._pass_deadline(self.call, seconds=5)
        self._begin()
        self.assertEqual(self._found_in_tables(self.word), set(), "the first person alone opens nothing")
        self._confirm()
        opened = submission.with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(opened._answers()["idea"], f"{self.word} idea")
        self.assertEqual(opened.joint_members, f"{self.word} e. V.")
        [file] = opened.content_ids.filtered(lambda row: row.kind == "file")
        self.assertEqual((file.file_name, file.mimetype), (f"{self.word}.pdf", "application/pdf"))
        self.assertEqual(base64.b64decode(file.with_context(bin_size=False).file), pdf(self.word))
        self.assertEqual(submission.sha256, receipt)
        self.assertTrue(submission.sudo()._is_intact(), "the fingerprint of the receipt still fits")
        [line] = self.call.opening_ids.protocol["submissions"]
        self.assertTrue(line["intact"])
        self.assertTrue(self.call.opening_ids.is_intact)
        self.assertFalse(self.call._verify_record())

    def test_without_its_files_nothing_is_opened_and_the_key_stays(self):
        submission, _outcome = self._hand_in_word()
        self._pass_deadline(self.call, seconds=5)
        self._begin()
        stored = self.env["ir.attachment"].sudo().search([("res_model", "=", "sozial.submission.content"), ("res_field", "=", "file")])
        names = {row: row.store_fname for row in stored}
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = 'xx/missing' WHERE id IN %s", [tuple(stored.ids)])
        self.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_attachment"), self.assertRaisesRegex(UserError, "file store"):
            self._confirm()
        self.assertFalse(self.call.opened_at)
        for row, name in names.items():
            self.env.cr.execute("UPDATE ir_attachment SET store_fname = %s WHERE id = %s", [name, row.id])
        self.env.invalidate_all()
        self._confirm()
        self.assertFalse(submission.sudo().is_encrypted)

    def test_what_was_never_opened_is_erased_with_its_key(self):
        submission, _outcome = self._hand_in_word()
        self.assertTrue(submission.sudo().sealed_content, "the control")
        self.call._take_person_out()
        self.assertFalse(submission.sudo().sealed_content or submission.sudo().sealed_key)
        self.assertFalse(any(self.call.sudo().key_ids.mapped("part") + self.call.sudo().key_ids.mapped("locked")))

    def test_withdrawn_and_replaced_ones_stay_closed_for_good(self):
        first, outcome = self._hand_in_word()
        again = first._portal_change(outcome.key)
        again._portal_hand_in()
        gone, _outcome = self._hand_in_word(self.lot_two)
        gone._portal_withdraw()
        self._pass_deadline(self.call, seconds=5)
        self._begin()
        self._confirm()
        self.assertFalse(again.sudo().is_encrypted)
        self.assertTrue(first.sudo().is_encrypted and gone.sudo().is_encrypted)
        rows = self.call.key_ids
        self.assertFalse(any(rows.mapped("part") + rows.mapped("locked") + rows.mapped("handed")), "nothing is left of the key")

    def test_what_was_changed_keeps_nobody_else_closed(self):
        submission, _outcome = self._hand_in_word()
        other = self._hand_in(self.other_bidder)
        stored = base64.b64decode(submission.sudo().sealed_content)
        submission.sudo()._write_guarded({"sealed_content": base64.b64encode(stored[:-1] + bytes([stored[-1] ^ 1])).decode()})
        self._pass_deadline(self.call, seconds=5)
        self._begin()
        with self.assertLogs("odoo.addons.sozial_management_partner.models.keys.submission", "WARNING"):
            self._confirm()
        intact = {line["number"]: line["intact"] for line in self.call.opening_ids.protocol["submissions"]}
        self.assertEqual(intact, {submission.number: False, other.number: True})

    def test_the_bidder_reads_and_changes_with_the_key_of_the_browser(self):
        submission, outcome = self._hand_in_word()
        self.assertIsNone(submission._own_copy(None))
        self.assertIsNone(submission._own_copy("eA=="))
        self.assertIsNone(submission._document_of(None))
        document = submission._document_of(outcome.key)
        self.assertEqual(document["answers"]["idea"]["answer"], f"{self.word} idea")
        self.assertEqual(document["files"][0]["name"], f"{self.word}.pdf")
        with self.assertRaises(AccessError):
            submission.with_user(self.procurement)._own_copy(outcome.key)
        draft = submission._portal_change(outcome.key)
        self.assertEqual(draft._answers()["idea"], f"{self.word} idea")
        self.assertEqual(draft.joint_members, f"{self.word} e. V.")
        draft._portal_save({"idea": "Anders"})
        self.assertFalse(draft._portal_hand_in().problems)
        self.assertEqual((submission.state, draft.state), ("replaced", "submitted"))

    def test_without_the_key_a_change_begins_anew(self):
        submission, _outcome = self._hand_in_word()
        draft = submission._portal_change()
        self.assertFalse(draft.content_ids)
        self.assertTrue(draft._portal_hand_in().problems, "nothing is handed in empty")
        self.assertEqual(submission.state, "submitted")

    def test_the_copy_has_the_fingerprint_of_the_receipt(self):
        from ..sealing.receipt import fingerprint

        submission, outcome = self._hand_in_word()
        self.assertEqual(fingerprint(submission._document_of(outcome.key)), submission.sha256)


@tagged("post_install", "-at_install")
class TestKeyParts(EncryptionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.submission = cls._hand_in().sudo()
        cls._pass_deadline(cls.call, seconds=5)

    def _closed(self):
        self.submission.invalidate_recordset()
        self.assertTrue(self.submission.is_encrypted)
        self.assertFalse(self.call.opened_at)

    def test_one_opener_alone_opens_nothing(self):
        self._begin()
        for secret in (PASSPHRASES["t_procurement"], PASSPHRASES["t_procurement_2"], self.code):
            with self.subTest(secret=secret[:4]), self.assertRaisesRegex(UserError, "second person|zweite Person"):
                self._confirm(self.procurement, secret)
            self._closed()

    def test_the_second_person_needs_a_part_of_their_own(self):
        self._begin()
        for user, secret in (
            (self.approver, PASSPHRASES["t_procurement"]), (self.approver, PASSPHRASES["t_procurement_2"]), (self.second_procurement, ""),
            (self.second_procurement, PASSPHRASES["t_procurement"]), (self.second_procurement, "x"), (self.approver, "SM1-AAAA"),
        ):  # fmt: skip
            with self.subTest(user=user.login, secret=secret[:4]), self.assertRaises(UserError):
                self._confirm(user, secret)
            self._closed()

    def test_the_recovery_code_stands_in_for_an_opener(self):
        self._begin()
        self._confirm(self.approver, self.code.lower())
        self.assertFalse(self.submission.is_encrypted)
        self.assertTrue(self.submission._is_intact())

    def test_the_recovery_code_may_come_first(self):
        self._begin(self.approver, self.code)
        with self.assertRaisesRegex(UserError, "first person|ersten Person"):
            self._confirm(self.second_procurement, self.code)
        self._confirm(self.second_procurement)
        self.assertFalse(self.submission.is_encrypted)

    def test_who_lost_both_is_told_honestly(self):
        with self.assertRaisesRegex(UserError, "nobody can open|kann sie niemand öffnen") as caught:
            self._begin(self.procurement, "vergessen, leider vergessen")
        self.assertRegex(str(caught.exception), "fingerprint|Fingerabdruck")
        self.assertFalse(self.call.intake_closed_at, "nothing has happened")

    def test_the_dialog_asks_before_anything_happens(self):
        call = self.call.with_user(self.procurement)
        self.assertEqual(call.action_begin_opening()["res_model"], "sozial.call.secret")
        self.assertFalse(call.intake_closed_at)
        self._dialog(self.procurement, "begin").with_context(secret=PASSPHRASES["t_procurement"]).action_confirm()
        self.assertTrue(self.call.intake_closed_at)
        self.assertEqual(self.call.opening_ids.with_user(self.second_procurement).action_confirm()["res_model"], "sozial.call.secret")
        self.assertFalse(self.call.opened_at)
        self._dialog(self.second_procurement, "confirm").with_context(secret=PASSPHRASES["t_procurement_2"]).action_confirm()
        self.assertTrue(self.call.opened_at)

    def _dialog(self, user, step):
        secrets_of = self.env["sozial.call.secret"].with_user(user)
        return secrets_of.create({"call_id": self.call.id, "step": step, "secret": "typed into the dialog", "again": "x", "code": "x"})

    def test_what_is_typed_comes_back_to_the_button(self):
        """The web client saves the dialog first, and evaluates the button with what it reads then."""
        action = self.call.with_user(self.procurement).action_begin_opening()
        dialog = self.env["sozial.call.secret"].with_user(self.procurement).browse(action["res_id"])
        [read] = dialog.web_save({"secret": "typed", "again": "again"}, {"secret": {}, "again": {}})
        self.assertEqual((read["secret"], read["again"]), ("typed", "again"))
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM sozial_call_secret t WHERE id = %s", [dialog.id])
        self.assertNotIn("typed", self.env.cr.fetchone()[0])

    def test_what_is_typed_is_not_stored(self):
        dialog = self._dialog(self.procurement, "begin")
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM sozial_call_secret t WHERE id = %s", [dialog.id])
        self.assertNotIn("typed", self.env.cr.fetchone()[0])

    def test_parts_are_read_by_nobody(self):
        for user in (self.procurement, self.second_procurement, self.system):
            for name in ("locked", "part", "handed"):
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    self.call.key_ids.with_user(user).read([name])
        self.assertEqual(len(self.call.key_ids.with_user(self.procurement).mapped("fingerprint")), 3, "the control")

    def test_no_part_is_the_key(self):
        self._begin()
        stored = " ".join(f"{key.public} {key.locked} {key.part} {key.handed}" for key in self.call.key_ids)
        self.assertNotIn(self.call.public_key, stored)


@tagged("post_install", "-at_install")
class TestPreparation(EncryptionCommon):
    def _prepared(self):
        call = self._call(is_encrypted=True)
        self._choose_openers(call)
        return call

    def test_publication_waits_for_all_three_parts(self):
        call = self._call(is_encrypted=True)
        for prepare in (lambda: self._choose_openers(call), lambda: self._make_code(call)):
            with self.assertRaisesRegex(UserError, "Encryption|Verschlüsselung"):
                self._check(call)
            prepare()
            call.invalidate_recordset()
        self._check(call)
        call.action_publish()
        self.assertTrue(call.public_key)
        self.assertTrue(all(call.sudo().key_ids.mapped("part")))

    def test_nobody_sets_the_passphrase_of_another(self):
        call = self._prepared()
        key = call.key_ids.filtered(lambda one: one.user_id == self.second_procurement)
        for user in (self.procurement, self.approver):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                key.with_user(user)._set_passphrase("ein langer Satz von anderen")

    def test_a_short_passphrase_is_refused(self):
        call = self._prepared()
        dialogs = self.env["sozial.call.secret"].with_user(self.procurement)
        dialog = dialogs.create({"call_id": call.id, "step": "passphrase"})
        for typed, again in (("zu kurz", "zu kurz"), ("lang genug fuer alle", "anders getippt zum zweiten")):
            with self.subTest(typed=typed), self.assertRaises(UserError):
                dialog.with_context(secret=typed, again=again).action_confirm()
        dialog.with_context(secret="lang genug fuer alle", again="lang genug fuer alle").action_confirm()

    def test_no_opener_holds_the_recovery_code(self):
        call = self._prepared()
        for user in (self.procurement, self.second_procurement):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                call.with_user(user).action_make_recovery()
        self.assertTrue(self._make_code(call))

    def test_who_made_the_code_does_not_become_an_opener(self):
        call = self._call(is_encrypted=True)
        self._choose_openers(call)
        self._make_code(call)
        call.key_ids.filtered(lambda key: key.user_id == self.second_procurement).with_user(self.procurement).unlink()
        key = self.env["sozial.call.key"].with_user(self.procurement).create({"call_id": call.id, "user_id": self.approver.id})
        key.with_user(self.approver)._set_passphrase("Moor Ente Schilf Nebel")
        call.invalidate_recordset()
        self.assertEqual(call.key_ids.made_by_id, self.approver)
        with self.assertRaisesRegex(UserError, "t_approver.*(no opener|nicht öffnet)"):
            self._check(call)
        call.with_user(self.second_procurement).action_make_recovery()
        self._check(call)
        call.action_publish()
        self.assertTrue(call.public_key)

    def test_a_new_code_replaces_the_old_one(self):
        call = self._prepared()
        old, new = self._make_code(call), self._make_code(call)
        self._check(call)
        call.action_publish()
        self._pass_deadline(call, seconds=5)
        with self.assertRaises(UserError):
            call.with_user(self.approver).action_begin_opening(old)
        call.with_user(self.approver).action_begin_opening(new)

    def test_after_publication_nothing_of_the_key_changes(self):
        mine = self.call.key_ids.filtered(lambda one: one.user_id == self.procurement).with_user(self.procurement)
        with self.assertRaises(UserError):
            mine._set_passphrase("ein ganz neuer langer Satz")
        with self.assertRaises(UserError):
            self.call.with_user(self.approver).action_make_recovery()
        with self.assertRaises(UserError):
            mine.unlink()
        with self.assertRaises(UserError):
            self.env["sozial.call.key"].with_user(self.procurement).create({"call_id": self.call.id, "user_id": self.approver.id})

    def test_keys_are_not_written_by_hand(self):
        call = self._prepared()
        key = call.key_ids[0].with_user(self.procurement)
        material = (*({name: "x"} for name in ("public", "locked", "part", "handed")), {"made_by_id": self.second_procurement.id})
        for values in (*material, {"user_id": self.approver.id}, {"kind": "recovery"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                key.write(values)
        with self.assertRaises(UserError):
            call.with_user(self.procurement).write({"public_key": "x"})
        with self.assertRaises(UserError) as refused:
            key.create({"call_id": call.id, "user_id": self.approver.id, "public": "x"})
        self.assertNotIn("Openers", str(refused.exception), "refused for the key, not for being the third")

    def test_there_are_two_openers(self):
        call = self._prepared()
        with self.assertRaises(ValidationError):
            self.env["sozial.call.key"].with_user(self.procurement).create({"call_id": call.id, "user_id": self.approver.id})

    def test_another_company_sees_no_key(self):
        stranger = self.env["sozial.call.key"].with_user(self.stranger).with_context(allowed_company_ids=self.stranger.company_ids.ids)
        own = self.env["sozial.call.key"].with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        self.assertTrue(own.search([("call_id", "=", self.call.id)]))
        self.assertFalse(stranger.search([("call_id", "=", self.call.id)]))

    def test_dialogs_are_for_whoever_opened_them(self):
        dialog = self.env["sozial.call.secret"].with_user(self.procurement).create({"call_id": self.call.id, "step": "begin"})
        self.assertTrue(dialog.read(["step"]))
        with self.assertRaises(AccessError):
            dialog.with_user(self.second_procurement).read(["step"])
