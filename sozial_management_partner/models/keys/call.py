from odoo import fields, models
from odoo.exceptions import UserError

from ...sealing import keys


class SozialCall(models.Model):
    """Sealing by encryption: what is handed in can be read by nobody until two of three holders of the key have come together."""

    _inherit = "sozial.call"

    is_encrypted = fields.Boolean(
        "Encrypt submissions",
        help="Submissions are sealed for everybody who works with Odoo anyway. Encryption protects them from whoever gets at the "
        "database, the files or a backup as well. Two openers with their passphrases open them; the recovery code from the safe "
        "stands in for one of them.",
    )
    key_ids = fields.One2many("sozial.call.key", "call_id", "Key parts", copy=False)
    public_key = fields.Char(readonly=True, copy=False, help="With it submissions are encrypted. It opens nothing.")

    def _about(self):
        """What everything that is sealed for this call is bound to."""
        self.ensure_one()
        return self.sudo().token.encode()

    def _data_problems(self):
        return super()._data_problems() + self._key_problems()

    def _key_problems(self):
        """What is missing before a call with encryption is published."""
        self.ensure_one()
        if not self.is_encrypted:
            return []
        _ = self.env._
        openers = self.key_ids.filtered(lambda key: key.kind == "opener")
        problems = [_("Encryption: choose two openers.")] if len(openers) != 2 else []
        problems += [_("Encryption: %s sets a passphrase.", key.user_id.name) for key in openers if not key.is_ready]
        problems += [
            _("Encryption: %s must be able to work with calls.", key.user_id.name)
            for key in openers if not key.user_id.has_group("sozial_management_partner.group_sozial_procurement")
        ]
        if not self.key_ids - openers:
            problems.append(_("Encryption: make the recovery code and lock it away."))
        return problems

    def action_publish(self):
        """Publish; a call with encryption gets its key now."""
        result = super().action_publish()
        for call in self.filtered("is_encrypted"):
            call._make_key()
        return result

    def _make_key(self):
        """Make the key of the call and split it. The private key is forgotten with this transaction."""
        self.ensure_one()
        private, public = keys.new_pair()
        holders = self.sudo().key_ids
        for holder, part in zip(holders, keys.split(private), strict=True):
            holder._write_frozen({"part": keys.text(keys.seal(keys.data(holder.public), part, self._about()))})
        self._write_guarded({"public_key": keys.text(public)})
        told = {"persons": holders.user_id.mapped("name"), "hash": keys.fingerprint(public)}
        self._record("keys", told)

    def _holder(self, secret):
        """Whose part a passphrase or code of the current user opens.

        :return: ``(row, private key of the holder, part)``
        :raise UserError: says what does not fit
        """
        self.ensure_one()
        holders = self.key_ids
        code = keys.from_code(secret)
        holder = holders.filtered(lambda one: one.kind == "recovery" if code else one.user_id == self.env.user)
        if not holder:
            names = ", ".join(holders.user_id.mapped("name"))
            raise UserError(self.env._("Only the openers (%s) have a passphrase. Enter the recovery code from the safe.", names))
        try:
            private = holder._private(secret)
            return holder, private, keys.unseal(private, keys.data(holder.sudo().part), self._about())
        except keys.WrongKey as error:
            raise UserError(self._wrong_secret(code)) from error

    def _wrong_secret(self, code):
        _ = self.env._
        first = (
            _("This is a recovery code, but not that of this call.") if code
            else _("This is not the passphrase that was set for this call. A recovery code with a typing mistake is refused as well.")
        )  # fmt: skip
        return first + " " + self._lost_text()

    def _lost_text(self):
        """What helps when parts are lost, and that nothing does when two are."""
        return self.env._(
            "Two of the three parts (two passphrases, recovery code) open the submissions. If two are lost, nobody can open them, the "
            "makers of this software neither: cancel the call, or ask the bidders for their copies; the fingerprint on the receipt proves "
            "that they are unchanged."
        )

    def action_begin_opening(self, secret=None):
        """First of two persons, with their part of the key where the call is encrypted."""
        if not self.public_key:
            return super().action_begin_opening()
        self.ensure_one()
        self.check_access("write")
        if secret is None:
            return self.env["sozial.call.secret"]._open(self, "begin")
        holder, _private, part = self._holder(secret)
        result = super().action_begin_opening()
        self.opening_ids._hand_over(holder, part)
        return result

    def action_confirm_opening(self, secret=None):
        """Second person, with the second part."""
        self.ensure_one()
        if self.public_key and secret is None:
            self.check_access("write")
            return self.env["sozial.call.secret"]._open(self, "confirm")
        return super().action_confirm_opening() if not self.public_key else self.opening_ids.action_confirm(secret)
