import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...sealing import upload
from ...sealing.receipt import new_token


class SozialEvidenceAnswer(models.Model):
    """One organisation's answer to a request for missing proof. What was sent in does not change."""

    _name = "sozial.evidence.answer"
    _description = "Answer to a request for missing proof"
    _inherit = ["sozial.portal.readable"]
    _order = "request_id, partner_id"
    _rec_name = "request_id"
    _check_company_auto = True

    _portal_fields = frozenset(
        {"id", "display_name", "request_id", "call_id", "company_id", "partner_id", "name", "text", "due", "due_text", "state", "file_name",
         "received_at", "is_late", "token"}
    )  # fmt: skip

    request_id = fields.Many2one("sozial.evidence.request", "Request", required=True, readonly=True, index=True, ondelete="cascade")
    call_id = fields.Many2one(related="request_id.call_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="request_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one("res.partner", "Organisation", required=True, readonly=True, index=True, ondelete="restrict")
    name = fields.Char(related="request_id.name", string="Proof", related_sudo=True)
    text = fields.Text(related="request_id.text", string="Explanation", related_sudo=True)
    due = fields.Datetime(related="request_id.due", string="Until", related_sudo=True)
    due_text = fields.Char(related="request_id.due_text", string="Until, in local time", related_sudo=True)
    state = fields.Selection([("open", "Not received"), ("received", "Received")], "Status", required=True, readonly=True, default="open")
    file = fields.Binary(attachment=True, readonly=True)
    file_name = fields.Char("File name", readonly=True)
    sha256 = fields.Char("Fingerprint (SHA-256)", readonly=True)
    received_at = fields.Datetime("Received on", readonly=True)
    is_late = fields.Boolean("Late", readonly=True)
    token = fields.Char(required=True, readonly=True, index=True, default=lambda self: new_token())

    _once = models.Constraint("UNIQUE (request_id, partner_id)", "Each organisation is asked once.")
    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")

    def write(self, vals):
        """Refused: it says what was asked and what came."""
        raise UserError(self.env._("What an organisation sent in does not change."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What an organisation sent in does not change."))

    def _portal_send(self, name, data):
        """Take the proof of the current portal user's organisation. Late ones are taken and marked.

        :raise UserError: names the file and says what is wrong with it
        """
        self.ensure_one()
        self.check_access("read")
        if self.partner_id != self.env["sozial.call"]._portal_organisation():
            raise AccessError(self.env._("Organisations hand in through the portal."))
        mine = self.sudo()
        if mine.state == "received":
            raise UserError(self.env._("This proof has arrived already."))
        try:
            taken = upload.check(name, data)
        except upload.Refused as refused:
            problem = self.env["sozial.submission"]._file_problem(refused.code, upload.clean_name(name) or self.env._("File"))
            raise UserError(problem) from refused
        now = mine.call_id._now()
        super(SozialEvidenceAnswer, mine).write(
            {
                "state": "received", "file": base64.b64encode(data), "file_name": taken.name, "sha256": taken.sha256,
                "received_at": mine.call_id._stored(now), "is_late": now > mine.call_id._aware(mine.due),
            }
        )  # fmt: skip
        details = {"proof": mine.name, "organisation": mine.partner_id.name, "sha256": taken.sha256, "late": mine.is_late}
        mine.call_id._record("supplied", details)
