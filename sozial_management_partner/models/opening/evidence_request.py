from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SozialEvidenceRequest(models.Model):
    """Proof that is missing, asked for after the opening: of all bidders alike, until the same second.

    What comes in stands here, beside the submission, which does not change.
    """

    _name = "sozial.evidence.request"
    _description = "Request for missing proof"
    _order = "call_id, due, id"
    _check_company_auto = True

    call_id = fields.Many2one(
        "sozial.call", "Call", required=True, index=True, ondelete="restrict", check_company=True, domain="[('opened_at', '!=', False)]"
    )
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    name = fields.Char("Proof", required=True, help="For example: certificate of exemption, not older than three years.")
    text = fields.Text("Explanation", help="What is needed, and why a submission without it cannot be considered.")
    due = fields.Datetime("Until", required=True, help="For all alike. What comes later is kept, and marked as late.")
    due_text = fields.Char("Until, in local time", compute="_compute_due_text")
    state = fields.Selection([("draft", "Draft"), ("asked", "Asked")], "Status", required=True, readonly=True, default="draft")
    asked_at = fields.Datetime("Asked on", readonly=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, index="btree_not_null")
    answer_ids = fields.One2many("sozial.evidence.answer", "request_id", "Answers", readonly=True)

    _asked_is_whole = models.Constraint(
        "CHECK (state = 'draft' OR (asked_at IS NOT NULL AND asked_by_id IS NOT NULL AND due > asked_at))",
        "Until: choose a time after the request.",
    )

    @api.depends("due", "call_id")
    def _compute_due_text(self):
        for request in self:
            request.due_text = request.call_id._local_text(request.due) if request.call_id else False

    @api.constrains("call_id")
    def _check_call_id(self):
        for request in self:
            if not request.call_id.opened_at:
                raise ValidationError(self.env._("Call: proof is asked for after the submissions are opened."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.update(state="draft", asked_at=False, asked_by_id=False)
        return super().create(vals_list)

    def write(self, vals):
        """Refused once it was asked: all bidders got the same."""
        if {"state", "asked_at", "asked_by_id", "answer_ids"} & vals.keys():
            raise UserError(self.env._("Use the button “Ask all bidders”."))
        if any(request.state == "asked" for request in self):
            raise UserError(self.env._("This was asked already. Ask again in a new request, of all alike."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(request.state == "asked" for request in self):
            raise UserError(self.env._("What was asked belongs to the file of the call."))

    def action_ask(self):
        """Ask every organisation whose submission was opened.

        :raise UserError: if the date is over or nobody handed in
        """
        self.ensure_one()
        self.check_access("write")
        now = self.call_id._now()
        if self.state == "asked":
            raise UserError(self.env._("This was asked already. Ask again in a new request, of all alike."))
        if self.due <= now.replace(tzinfo=None):
            raise UserError(self.env._("Until: choose a time in the future."))
        submissions = self.env["sozial.submission"].sudo().search([("call_id", "=", self.call_id.id), ("state", "=", "submitted")])
        if not submissions:
            raise UserError(self.env._("%s: nobody handed in.", self.call_id.number))
        answers = self.env["sozial.evidence.answer"].sudo()
        answers.create([{"request_id": self.id, "partner_id": partner.id} for partner in submissions.partner_id])
        super().write({"state": "asked", "asked_at": self.call_id._stored(now), "asked_by_id": self.env.uid})
        self.call_id._record(
            "requested", {"proof": self.name, "until": self.due_text, "organisations": submissions.partner_id.mapped("name")}
        )
        self._tell_bidders()

    def _tell_bidders(self):
        """One neutral mail to each organisation; what is asked stands in the portal."""
        template = self.env.ref("sozial_management_partner.mail_template_evidence_request")
        for answer in self.sudo().answer_ids:
            template.sudo().send_mail(answer.id, email_layout_xmlid="mail.mail_notification_light")
