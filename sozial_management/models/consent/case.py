from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .consent import RENT_COLLECTION

CATEGORY_OF_CODE = {
    "counselling": "signal_counselling",
    "dunning_pause": "signal_pause",
    "instalments": "signal_instalments",
}


class SozialCase(models.Model):
    """Consents of a case, and the signals they allow."""

    _inherit = "sozial.case"

    consent_ids = fields.One2many("sozial.consent", "case_id", "Consents")
    signal_ids = fields.One2many("sozial.case.signal", "case_id", "Signals to rent collection", readonly=True)

    def action_set_signal(self, code, until=False, subject_id=False):
        """Give rent collection a coded signal about the tenancy of this case.

        :param str code: `counselling`, `dunning_pause` or `instalments`
        :param until: last day; needed for a pause, else the last day of the consent
        :param int subject_id: contract partner who consented; the client if left out
        :return: id of the row on the case's side
        :raise UserError: names what is missing; without a consent that holds now nothing is set
        """
        self.ensure_one()
        self.check_access("write")
        self._require_active()
        subject = self.env["res.partner"].browse(subject_id) if subject_id else self.client_id
        consent = self._signal_consent(code, subject)
        until = self._signal_until(code, until, consent)
        self.signal_ids.filtered(lambda one: one.is_current and one.code == code)._end()
        signal = self.env["sozial.tenancy.signal"].with_user(SUPERUSER_ID).create(
            {
                "tenancy_id": self.tenancy_id.id,
                "code": code,
                "date_start": fields.Date.context_today(self),
                "date_until": until,
                "department": self.env._("Social management"),
            }
        )
        row = self.env["sozial.case.signal"].sudo().create(
            {"case_id": self.id, "consent_id": consent.id, "signal_id": signal.id}
        )
        return row.id

    def _signal_consent(self, code, subject):
        """The consent of this case that allows this signal now.

        :raise UserError: if there is none, or the signal makes no sense
        """
        if code not in CATEGORY_OF_CODE:
            raise UserError(self.env._("Signal: choose one of: %s.", ", ".join(label for _code, label in self._signal_labels())))
        if not self.tenancy_id:
            raise UserError(self.env._("Tenancy: a signal stands on a tenancy. Enter it on the case first."))
        if subject not in self.tenancy_id._contract_partners():
            raise UserError(self.env._("Person concerned: only a contract partner of the tenancy can agree to a signal."))
        found = self.env["sozial.consent"]._covering(subject, RENT_COLLECTION, RENT_COLLECTION, [CATEGORY_OF_CODE[code]])
        found = found.filtered(lambda consent: consent.case_id == self)
        if not found:
            raise UserError(
                self.env._("Consent: there is none that holds today and allows this signal. Record one in the case first.")
            )
        return found[0]

    def _signal_until(self, code, until, consent):
        """The last day of a signal.

        :raise UserError: if it is missing, over, or later than the consent
        """
        if code == "dunning_pause" and not until:
            raise UserError(self.env._("Until: a pause needs a last day."))
        until = fields.Date.to_date(until) or consent.valid_until
        if until < fields.Date.context_today(self):
            raise UserError(self.env._("Until: this day is over."))
        if until > consent.valid_until:
            raise UserError(
                self.env._(
                    "Until: the consent holds until %s. Choose this day or an earlier one.", format_date(self.env, consent.valid_until)
                )
            )
        return until

    def _signal_labels(self):
        return self.env["sozial.tenancy.signal"]._fields["code"]._description_selection(self.env)

    def write(self, vals):
        """A signal does not stay on a tenancy the case has left."""
        if "tenancy_id" in vals:
            moved = self.filtered(lambda case: case.tenancy_id.id != vals["tenancy_id"])
            result = super().write(vals)
            moved.signal_ids._end()
            return result
        return super().write(vals)

    def _write_end(self, state):
        """With the case the counselling ends, and so do its signals."""
        result = super()._write_end(state)
        self.signal_ids._end()
        return result
