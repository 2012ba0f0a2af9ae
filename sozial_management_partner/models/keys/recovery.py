from odoo import models
from odoo.exceptions import UserError

from ...sealing import keys


class SozialCall(models.Model):
    """The recovery code: whoever made it has seen it, so it must be nobody who opens with a passphrase."""

    _inherit = "sozial.call"

    def _key_problems(self):
        """Also whether one person would hold two of the three parts."""
        problems = super()._key_problems()
        if not self.is_encrypted:
            return problems
        _ = self.env._
        recovery = self.key_ids.filtered(lambda key: key.kind == "recovery")
        if recovery and not recovery.made_by_id:
            problems.append(_("Encryption: nobody knows who made the recovery code. Let somebody who is no opener make it anew."))
        elif recovery.made_by_id in self.key_ids.user_id:
            problems.append(
                _(
                    "Encryption: %s made the recovery code, and is an opener: one person could open alone. "
                    "Let somebody who is no opener make the code anew, or choose another opener.",
                    recovery.made_by_id.name,
                )
            )
        return problems

    def action_make_recovery(self):
        """Make the recovery code and show it, once. An earlier one no longer counts.

        :raise UserError: for openers, who would hold two parts, and after publication
        """
        self.ensure_one()
        self.check_access("write")
        self._require_unfrozen()
        if self.env.user in self.key_ids.user_id:
            raise UserError(
                self.env._("The recovery code is made and locked away by somebody who is no opener: else one person could open alone.")
            )
        private, public = keys.new_pair()
        key = self.key_ids.filtered(lambda one: one.kind == "recovery")
        key = key or self.key_ids._new_recovery(self)
        key.sudo()._write_frozen({"public": keys.text(public), "made_by_id": self.env.uid})
        return self.env["sozial.call.secret"]._open(self, "recovery", code=keys.to_code(private))
