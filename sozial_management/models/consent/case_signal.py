from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from .tenancy_signal import CODES


class SozialCaseSignal(models.Model):
    """The confidential side of a signal: from which case, by which consent.

    Rows come from :meth:`sozial.case.action_set_signal` and end with the signal.
    """

    _name = "sozial.case.signal"
    _description = "Signal given in a case"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "id desc"

    consent_id = fields.Many2one(
        "sozial.consent", "Consent", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    signal_id = fields.Many2one(
        "sozial.tenancy.signal", "Signal on the tenancy", required=True, readonly=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(CODES, "Kind of signal", compute="_compute_from_signal")
    date_start = fields.Date("Since", compute="_compute_from_signal")
    date_until = fields.Date("Until", compute="_compute_from_signal")
    ended_at = fields.Datetime("Ended on", compute="_compute_from_signal")
    is_current = fields.Boolean("Holds now", compute="_compute_from_signal")

    _once = models.Constraint("UNIQUE (signal_id)", "This signal belongs to a case already.")

    @api.depends("signal_id.ended_at", "signal_id.date_until")
    def _compute_from_signal(self):
        """Looks at the signal as superuser, for social workers have no access to signals by themselves:
        those of other cases would tell them who is a client. So rows that are not saved show nothing."""
        for row in self:
            signal = row.sudo().signal_id if row.id else self.env["sozial.tenancy.signal"]
            row.code = signal.code
            row.date_start = signal.date_start
            row.date_until = signal.date_until
            row.ended_at = signal.ended_at
            row.is_current = signal.is_current

    def action_end(self):
        """Take the signal back now."""
        self.check_access("read")
        self.case_id.check_access("write")
        if any(not signal.is_current for signal in self):
            raise UserError(self.env._("This signal has ended already."))
        self._end()
        return True

    def _end(self):
        """End the signals that still hold. As the system's own user: the row shall not name a social worker."""
        signals = self.sudo().signal_id.filtered(lambda signal: not signal.ended_at and signal.is_current)
        signals.with_user(SUPERUSER_ID).write({"ended_at": fields.Datetime.now()})
