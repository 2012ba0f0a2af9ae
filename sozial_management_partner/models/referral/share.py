from odoo import fields, models

from ...sealing.receipt import new_token
from ..hold import hold

# What a partner may do with a referral and read of it.
LIVE = ("sent", "asked", "accepted", "contact", "help", "not_reached")
STATES = [
    ("draft", "Draft"),
    ("sent", "Sent, waits for an answer"),
    ("asked", "The partner asks back"),
    ("accepted", "Accepted"),
    ("contact", "Contact made"),
    ("help", "In help"),
    ("not_reached", "Not reached"),
    ("completed", "Completed"),
    ("declined", "Declined"),
    ("expired", "Not answered in time"),
    ("withdrawn", "Withdrawn"),
    ("revoked", "Consent ended"),
]


class SozialReferralShare(models.Model):
    """The side of a referral that a partner sees: copies of what was released, and nothing else.

    It knows neither case nor person: the way back lies on the side of the case, under its
    secrecy. Nobody in the house has access to it but through the case. When the referral ends,
    lines and messages are deleted; the row stays as a stub without personal data.
    """

    _name = "sozial.referral.share"
    _description = "Referral as the partner sees it"
    _order = "id desc"
    _rec_name = "number"
    _check_company_auto = True

    number = fields.Char(required=True)
    token = fields.Char(required=True, default=lambda self: new_token())
    company_id = fields.Many2one("res.company", required=True, index=True)
    partner_id = fields.Many2one("res.partner", "Organisation", required=True, index=True, ondelete="restrict", check_company=True)
    agreement_id = fields.Many2one("sozial.agreement", "Agreement", required=True, index=True, ondelete="restrict", check_company=True)
    state = fields.Selection(STATES, "Status", required=True, default="sent")
    urgency = fields.Selection([("0", "Normal"), ("1", "Urgent"), ("2", "At once")], required=True, default="0")
    respond_by = fields.Date("Answer by")
    open_until = fields.Datetime(required=True, help="End of the last day on which the consent holds.")
    ended_at = fields.Datetime("Ended at")
    deleted_at = fields.Datetime("The partner has deleted on")
    line_ids = fields.One2many("sozial.referral.share.line", "share_id", "Shared")
    message_ids = fields.One2many("sozial.referral.message", "share_id", "Messages")

    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _portal_list = models.Index("(partner_id, state)")

    def _release(self, rows):
        """Add copies of `rows`, files included."""
        self.ensure_one()
        start = len(self.line_ids)
        self.env["sozial.referral.share.line"].create(
            [
                {"share_id": self.id, "sequence": number, "label": row.label, "value": row.value, **row.line._file_copy()}
                for number, row in enumerate(rows, start)
            ]
        )

    def _end(self, state):
        """Leave a stub: what was shared and what was written is gone at once."""
        hold(self)
        self.line_ids.unlink()
        self.message_ids.unlink()
        self.write({"state": state, "ended_at": fields.Datetime.now(), "respond_by": False})
