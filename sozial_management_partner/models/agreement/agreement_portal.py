import hmac

from odoo import fields, models
from odoo.exceptions import UserError

LONGEST = 2000


class SozialAgreement(models.Model):
    """The agreement as the organisation sees it in the portal."""

    _name = "sozial.agreement"
    _inherit = ["sozial.agreement", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "number", "version", "title", "state", "token", "partner_id", "company_id", "date_start", "date_end",
         "text", "sha256", "offered_at", "privacy_file", "privacy_file_name", "company_signed_name", "company_signed_at",
         "partner_signed_name", "partner_signed_function", "partner_signed_at", "refused_at", "refusal"}
    )  # fmt: skip

    def _portal_sign(self, name, function, agreed, sha256):
        """Sign for the current portal user's organisation.

        :param sha256: hash of the text the person has seen
        :raise UserError: names the field and says what to do
        """
        self.ensure_one()
        self._require_own_open()
        name, function = (name or "").strip()[:200], (function or "").strip()[:200]
        if not name:
            raise UserError(self.env._("Name: please enter the name of the person who signs."))
        if not function:
            raise UserError(self.env._("Function: please say in which function you sign, for example “chair”."))
        if not agreed:
            raise UserError(self.env._("Please tick that you have read the agreement and may sign it."))
        if not hmac.compare_digest((sha256 or "").encode(), (self.sha256 or "").encode()):
            raise UserError(self.env._("The text has changed since you opened the page. Please read it again."))
        own = self.sudo()
        own._write_guarded(
            {
                "partner_signed_by_id": self.env.uid, "partner_signed_name": name, "partner_signed_function": function,
                "partner_signed_at": fields.Datetime.now(), "partner_sha256": own._current_hash(),
            }
        )  # fmt: skip
        own._tell_responsible(lambda env: env._("The partner has signed"))
        own._activate_if_signed()

    def _portal_refuse(self, reason):
        """Send the offer back with what should be changed: it becomes a draft again.

        :raise UserError: without a reason
        """
        self.ensure_one()
        self._require_own_open()
        reason = (reason or "").strip()[:LONGEST]
        if not reason:
            raise UserError(self.env._("Please write what should be changed."))
        own = self.sudo()
        own.action_take_back()
        own._write_guarded({"refused_at": fields.Datetime.now(), "refusal": reason})
        own._tell_responsible(lambda env: env._("The partner asks for changes"))

    def _require_own_open(self):
        """The user reads it by the rules, acts for its organisation, and it waits for a signature.

        :raise AccessError, UserError: else
        """
        self.check_access("read")
        own = self.env.user.partner_id.commercial_partner_id
        if self.partner_id != own or self.state != "offered" or self.partner_signed_at:
            raise UserError(self.env._("This agreement does not wait for your signature."))
