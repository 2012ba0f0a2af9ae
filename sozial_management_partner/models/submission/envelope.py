from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sealing.receipt import new_number


class SozialSubmissionEnvelope(models.Model):
    """A submission on paper: logged when it arrives, kept unopened until the opening.

    Until then only who received it reads the line: who sent it, and how many there are, is sealed.
    """

    _name = "sozial.submission.envelope"
    _description = "Envelope"
    _inherit = ["sozial.sealed"]
    _order = "call_id, received_at, id"
    _rec_name = "number"
    _check_company_auto = True

    call_id = fields.Many2one(
        "sozial.call", "Call", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('state', '=', 'published')]",
    )  # fmt: skip
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    number = fields.Char("Number", required=True, readonly=True, default=lambda self: new_number(), copy=False)
    received_at = fields.Datetime("Received on", required=True, default=fields.Datetime.now, help="Write it on the envelope as well.")
    user_id = fields.Many2one("res.users", "Taken in by", required=True, readonly=True, index=True, default=lambda self: self.env.user)
    sender = fields.Char("Sender", required=True, help="As it stands on the envelope.")
    lot_text = fields.Char("Lot", help="As it stands on the envelope.")
    is_closed = fields.Boolean("Closed and undamaged", default=True)
    kept_at = fields.Char("Kept where", required=True, help="Locked away until the opening.")
    note = fields.Char("Remark", help="For example: damaged, without sender, opened by mistake at 9:15 and closed again.")
    is_late = fields.Boolean("Late", compute="_compute_is_late", help="Received after the deadline: stays closed.")

    _number_unique = models.Constraint("UNIQUE (number)", "This number is taken.")

    @api.depends("received_at", "call_id.deadline")
    def _compute_is_late(self):
        for envelope in self:
            deadline = envelope.sudo().call_id.deadline
            envelope.is_late = bool(deadline and envelope.received_at and envelope.received_at > deadline)

    @api.constrains("received_at", "is_closed", "note")
    def _check_received_at(self):
        now = self.env["sozial.call"]._now().replace(tzinfo=None)
        for envelope in self:
            if envelope.received_at > now:
                raise ValidationError(self.env._("Received on: an envelope is logged after it has arrived."))
            if not envelope.is_closed and not envelope.note:
                raise ValidationError(self.env._("Remark: say what is damaged or open, and since when."))

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever logs it received it."""
        for vals in vals_list:
            vals.update(user_id=self.env.uid, number=new_number())
        envelopes = super().create(vals_list)
        for one in envelopes:
            one.sudo().call_id._record("paper", {"number": one.number, "sender": one.sender, "late": one.is_late}, sealed=True)
        return envelopes

    def write(self, vals):
        """Refused: the log says what arrived when."""
        raise UserError(self.env._("The log of envelopes does not change. Log a mistake as a second line with a remark."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of envelopes does not change. Log a mistake as a second line with a remark."))
