"""A published call whose submissions are encrypted: two openers, a recovery code in the safe."""

from ..sealing import keys
from .submission_common import SubmissionCommon

PASSPHRASES = {"t_procurement": "Zaun Koenig Moos Regen", "t_procurement_2": "Eis Vogel Bach Kiesel"}


class EncryptionCommon(SubmissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain_call, cls.plain_lot = cls.call, cls.lot
        cls.call = cls._encrypted_call()
        cls.lot, cls.lot_two = cls.call.lot_ids

    @classmethod
    def _encrypted_call(cls):
        call = cls._call(is_encrypted=True)
        cls._choose_openers(call)
        cls.code = cls._make_code(call)
        cls._check(call)
        call.action_publish()
        return call.sudo()

    @classmethod
    def _choose_openers(cls, call):
        for user in (cls.procurement, cls.second_procurement):
            key = cls.env["sozial.call.key"].with_user(cls.procurement).create({"call_id": call.id, "user_id": user.id})
            key.with_user(user)._set_passphrase(PASSPHRASES[user.login])

    @classmethod
    def _make_code(cls, call):
        call.invalidate_recordset()
        return call.with_user(cls.approver).action_make_recovery()["context"]["default_code"]

    def _begin(self, user=None, secret=None):
        user = user or self.procurement
        return self.call.with_user(user).action_begin_opening(PASSPHRASES.get(user.login) if secret is None else secret)

    def _confirm(self, user=None, secret=None):
        user = user or self.second_procurement
        self.call.invalidate_recordset()
        return self.call.with_user(user).action_confirm_opening(PASSPHRASES.get(user.login) if secret is None else secret)

    def _private_parts(self):
        return {key: keys.data(key.part) for key in self.call.key_ids}
