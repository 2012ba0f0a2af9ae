from odoo import fields, models
from odoo.exceptions import UserError

from ...sealing import keys


class SozialCallOpening(models.Model):
    """The opening of an encrypted call: each of the two persons brings a part of the key.

    The first part waits for the second person sealed for the other two holders: it is stored
    nowhere in a form that opens anything.
    """

    _inherit = "sozial.call.opening"

    first_key_id = fields.Many2one("sozial.call.key", "First part of", readonly=True, ondelete="restrict")

    def _hand_over(self, holder, part):
        """Seal the part of the first person for the other holders."""
        self.ensure_one()
        call = self.call_id
        for other in (call.key_ids - holder).sudo():
            other._write_frozen({"handed": keys.text(keys.seal(keys.data(other.public), part, call._about()))})
        self.sudo()._write_opening({"first_key_id": holder.id})

    def action_confirm(self, secret=None):
        """Second person: open, with the second part of the key where the call is encrypted."""
        if self.call_id.public_key and self.state == "begun" and secret is None:
            self.call_id.check_access("write")
            return self.env["sozial.call.secret"]._open(self.call_id, "confirm")
        return super().action_confirm(secret)

    def _break_seal(self, secret):
        """Decrypt what was handed in. Afterwards no part of the key is left: what was withdrawn or replaced stays unreadable for good.

        :raise UserError: if the parts do not fit
        """
        super()._break_seal(secret)
        call = self.call_id
        if not call.public_key:
            return
        self._require_files()
        private = self._private_key(secret)
        for submission in call._submitted():
            submission._decrypt(private)
        call.sudo().key_ids._write_frozen({"locked": False, "part": False, "handed": False})

    def _require_files(self):
        """The key is destroyed after the opening, so everything must be there to be decrypted.

        :raise UserError: if the file store does not give a file, e.g. because it is not mounted
        """
        files = self.call_id._submitted().content_ids.filtered("is_encrypted").with_context(bin_size=False)
        missing = files.filtered(lambda row: not row.file)
        if missing:
            raise UserError(
                self.env._(
                    "%s files are missing in the file store. Nothing was opened. "
                    "Have the server's file store restored, then confirm again.",
                    len(missing),
                )
            )

    def _private_key(self, secret):
        """The private key of the call, out of the part that was handed over and the one of the current user."""
        call = self.call_id
        holder, own, part = call._holder(secret)
        if holder == self.sudo().first_key_id:
            raise UserError(self.env._("This part was used by the first person already. The second person brings another one."))
        try:
            private = keys.join(keys.unseal(own, keys.data(holder.sudo().handed), call._about()), part)
            fits = keys.public_of(private) == keys.data(call.public_key)
        except keys.WrongKey:
            fits = False
        if not fits:
            changed = self.env._("The two parts do not fit together: something in the database was changed. Look for it in a backup.")
            raise UserError(f"{changed} {call._lost_text()}")
        return private
