from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SozialCaseAccess(models.Model):
    """A grant: this user may read this case, from then until then, for this reason.

    The one predicate of secrecy. Rows are added by the case's methods, end by
    :meth:`action_revoke` once, and are otherwise never changed or deleted.
    """

    _name = "sozial.case.access"
    _description = "Access to a case"
    _inherit = "sozial.confidential"
    _anonymise = "keep"
    _order = "revoked_at desc nulls first, kind, id"

    user_id = fields.Many2one(
        "res.users", "Who", required=True, index=True, ondelete="restrict", readonly=True, anonymise="keep"
    )
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
    reason = fields.Char(required=True, readonly=True, anonymise="blank")
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

    def _set_revoked(self):
        """Write the end, before another grant may take its place."""
        super().write({"revoked_at": fields.Datetime.now()})
        self.flush_recordset()

    def _revoke(self):
        """Set the end and take the person's open activities on the case away."""
        self._set_revoked()
        for grant in self:
            if grant.user_id not in grant.case_id._granted_users():
                grant.case_id._reassign_open_activities(grant.user_id)

    @api.model
    def _end_unqualified(self, users):
        """End what archived users, former social workers and people who left the company hold.

        Cases they led go to the head of the department; standing access of former heads ends,
        new heads get theirs. Safe to call any time for anybody.
        """
        grants = self.sudo().search(
            Domain("user_id", "in", users.ids) & self.env["sozial.case"]._valid_grant_domain()
        )
        ending = grants.filtered(lambda grant: not grant._is_qualified())
        leads = ending.filtered(lambda grant: grant.kind == "lead")
        running = leads.filtered(lambda grant: grant.case_id.is_active)
        running.case_id._pass_lead(self.env._("The worker in charge left"))
        (ending - running)._revoke()

    def _is_qualified(self):
        """Whether the user of the grant may still hold it."""
        user = self.user_id
        role = "lead" if self.kind == "head" else "worker"
        return (
            user.active
            and self.company_id in user.company_ids
            and user.has_group(f"sozial_management.group_sozial_{role}")
        )
