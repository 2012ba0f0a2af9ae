import base64
import hashlib
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

ADULT_YEARS = 18


class SozialConsent(models.Model):
    """Giving, revoking and renewing."""

    _inherit = "sozial.consent"

    def action_give(self):
        """Record that the consent was signed: from now on it is fixed and holds.

        :raise UserError: lists everything that is missing
        """
        self.check_access("write")
        for consent in self:
            if consent.given_at:
                raise UserError(self.env._("This consent was given already."))
            found = consent._giving_problems()
            if found:
                raise UserError("\n".join([self.env._("The consent cannot be recorded yet."), *found]))
            german = consent.text_id._german()
            consent._write_guarded(
                {
                    "given_at": fields.Datetime.now(),
                    "recorded_by_id": self.env.uid,
                    "frozen_text": consent._filled_text(consent.text_id),
                    "frozen_german": consent._filled_text(german) if german else False,
                    "evidence_hash": hashlib.sha256(base64.b64decode(consent._proof())).hexdigest(),
                }
            )
        return True

    def action_revoke(self):
        """End the consent now, at the wish of the person; everything that depends on it ends too."""
        self.check_access("write")
        for consent in self:
            if not consent.given_at:
                raise UserError(self.env._("Only a given consent can be revoked. Delete the draft instead."))
            if consent.revoked_at:
                raise UserError(self.env._("This consent was revoked already."))
        self._write_guarded({"revoked_at": fields.Datetime.now(), "revoked_by_id": self.env.uid})
        self._end_dependents()
        return True

    def action_renew(self):
        """Open a draft that continues this consent, with the text that is in force today."""
        self.ensure_one()
        self.check_access("write")
        if not self.given_at:
            raise UserError(self.env._("Only a given consent can be renewed."))
        start = self.valid_until + timedelta(days=1) if self.state == "given" else fields.Date.context_today(self)
        new = self.copy({"valid_from": start, "valid_until": start + timedelta(days=364), "text_id": self._text_in_force().id})
        new._write_guarded({"previous_id": self.id})
        return new._get_records_action()

    def action_print(self):
        """Print the consent, in its language with German beside it."""
        self.check_access("read")
        return self.env.ref("sozial_management.report_consent").report_action(self)

    def copy_data(self, default=None):
        """A copy is a draft with a text that is in force."""
        data = super().copy_data(default)
        for consent, vals in zip(self, data, strict=True):
            vals.setdefault("text_id", consent._text_in_force().id)
            if not (default and "text_id" in default):
                vals["text_id"] = consent._text_in_force().id
        return data

    def _end_dependents(self):
        """Hook: what rests on these consents ends in this transaction."""

    def _proof(self):
        """The scan or the signature, as base64."""
        return self.with_context(bin_size=False).evidence if self.how == "paper" else self.with_context(bin_size=False).signature

    def _text_in_force(self):
        """The version in force of the text of this consent."""
        text = self.text_id
        if text.state == "in_force":
            return text
        same = self.env["sozial.consent.text"].search(text._same_text_domain() & fields.Domain("state", "=", "in_force"), limit=1)
        return same or self.env["sozial.consent.text"]._best_for(self.kind, self.subject_id.language_ids)

    def _giving_problems(self):
        """Everything that stands in the way of recording the consent, as sentences."""
        _ = self.env._
        today = fields.Date.context_today(self)
        found = []
        if self.text_id.state != "in_force":
            found.append(_("Text: choose a text that is in force."))
        if self.kind in ("release", "interpreter") and not self.recipient_ids:
            found.append(_("Towards: name the persons or organisations."))
        if not self.purpose_ids:
            found.append(_("Purposes: choose at least one."))
        if not self.category_ids:
            found.append(_("Kinds of information: choose at least one."))
        if self.valid_until < today:
            found.append(_("Valid until: this day is over."))
        if not self.signed_on:
            found.append(_("Date of the signature: enter the date beside the signature."))
        elif self.signed_on > today:
            found.append(_("Date of the signature: this day is yet to come."))
        if not self._proof():
            found.append(
                _("Signed paper: upload the scan of the signed paper.") if self.how == "paper"
                else _("Signature: let the client sign on the screen.")
            )  # fmt: skip
        return found + self._representation_problems()

    def _representation_problems(self):
        """Whether this signer may sign for this person."""
        _ = self.env._
        found = []
        day = self.signed_on or fields.Date.context_today(self)
        if self.is_represented:
            if not self.authority or not (self.authority_proof or "").strip():
                found.append(
                    _("Proof of authority: nobody consents for somebody else without recorded authority. Enter what you saw.")
                )
            if self.authority == "custody" and not self._is_minor(self.subject_id, day):
                found.append(_("Authority: parental custody holds for children only. Choose another authority."))
            if self._is_minor(self.signer_id, day):
                found.append(_("Signed by: this person is under age."))
        elif self._is_minor(self.subject_id, day):
            found.append(_("Signed by: the person concerned is under age. Name the guardian who signs, with the authority."))
        return found

    def _is_minor(self, partner, day):
        return bool(partner.birth_date) and partner.birth_date + relativedelta(years=ADULT_YEARS) > day
