from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialCaseAccess(models.Model):
    """A grant: this user may read this case, from then until then, for this reason.

    The one predicate of secrecy. Rows are added by the case's methods, end by
    :meth:`action_revoke` once, and are otherwise never changed or deleted.
    """

    _name = "sozial.case.access"
    _description = "Access to a case"
    _inherit = "sozial.confidential"
    _order = "revoked_at desc nulls first, kind, id"

    user_id = fields.Many2one("res.users", "Who", required=True, index=True, ondelete="restrict", readonly=True)
    kind = fields.Selection(
        [
            ("lead", "In charge"),
            ("co", "Works along"),
            ("standin", "Stand-in"),
            ("head", "Head of the department"),
            ("emergency", "Emergency"),
        ],
        required=True,
        readonly=True,
        help="In charge: leads the case. Works along: works on it too. Stand-in: until a day. "
        "Head of the department: standing access, unless strictly confidential. Emergency: for a few hours.",
    )
    reason = fields.Char(required=True, readonly=True)
    valid_from = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    valid_until = fields.Datetime(readonly=True, help="Empty: until it is ended.")
    revoked_at = fields.Datetime("Ended on", readonly=True)
    is_valid = fields.Boolean("Valid now", compute="_compute_is_valid")

    _one_lead = models.UniqueIndex(
        "(case_id) WHERE kind = 'lead' AND revoked_at IS NULL",
        "A case has exactly one worker in charge.",
    )
    _lead_open_ended = models.Constraint(
        "CHECK (kind <> 'lead' OR valid_until IS NULL)", "The worker in charge has access without an end."
    )
    _standin_ends = models.Constraint(
        "CHECK (kind NOT IN ('standin', 'emergency') OR valid_until IS NOT NULL)",
        "A stand-in or emergency access needs an end.",
    )
    _predicate = models.Index("(user_id, case_id) WHERE revoked_at IS NULL")

    @api.depends("valid_from", "valid_until", "revoked_at")
    def _compute_is_valid(self):
        now = fields.Datetime.now()
        for grant in self:
            grant.is_valid = (
                not grant.revoked_at
                and grant.valid_from <= now
                and (not grant.valid_until or grant.valid_until > now)
            )

    def write(self, vals):
        raise UserError(self.env._("A grant is not changed. End it and give a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A grant is not deleted: it tells who could read the case. End it instead."))

    def action_revoke(self):
        """End the access now, once.

        :raise AccessError: if the current user neither leads the case nor heads the department
        :raise UserError: for the lead grant, which moves with a hand-over only
        """
        self.check_access("read")
        for grant in self:
            if grant.user_id != self.env.user:
                grant.case_id._require_may_grant()
            if grant.kind == "lead":
                raise UserError(self.env._("The worker in charge keeps access until the case is handed over."))
            if grant.revoked_at:
                raise UserError(self.env._("This access has ended already."))
        self.sudo()._revoke()
        return True

    def _revoke(self):
        """Set the end and take the person's open activities on the case away."""
        super().write({"revoked_at": fields.Datetime.now()})
        for grant in self:
            grant._reassign_activities()

    @api.model
    def _end_standing_access(self):
        """End the standing access of those who no longer head the department."""
        lead = self.env.ref("sozial_management.group_sozial_lead", raise_if_not_found=False)
        if not lead:
            return
        heads = self.env["res.users"].sudo().with_context(active_test=False)._search([("all_group_ids", "in", lead.ids)])
        self.sudo().search(
            [("kind", "=", "head"), ("revoked_at", "=", False), ("user_id", "not in", heads)], limit=None
        )._revoke()

    def _reassign_activities(self):
        """Open activities of somebody who lost access go to the worker in charge:
        an assignee reads an activity without access to its record."""
        if self.user_id in self.case_id._granted_users():
            return
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", "sozial.case"),
                ("res_id", "=", self.case_id.id),
                ("user_id", "=", self.user_id.id),
            ],
            limit=1000,
        ).write({"user_id": self.case_id.worker_id.id})
