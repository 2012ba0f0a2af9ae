from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialCaseLockout(models.Model):
    """A user who must not see a case, whatever grant there is: a relative, a neighbour.

    A global rule over these rows beats every grant. Rows are added by the case's method,
    lifted once by :meth:`action_lift`, and are otherwise never changed or deleted.
    """

    _name = "sozial.case.lockout"
    _description = "Conflict of interest"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "lifted_at desc nulls first, id"

    user_id = fields.Many2one("res.users", "Who", required=True, index=True, ondelete="restrict", readonly=True)
    reason = fields.Char(required=True, readonly=True)
    set_by_id = fields.Many2one(
        "res.users", "Set by", required=True, readonly=True, ondelete="restrict", default=lambda self: self.env.user
    )
    lifted_at = fields.Datetime("Lifted", readonly=True)

    _once = models.UniqueIndex(
        "(case_id, user_id) WHERE lifted_at IS NULL", "This person is locked out of the case already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Add lockouts; the grants of the person end at once.

        :raise UserError: for the worker in charge, who has to hand the case over first
        """
        lockouts = super().create(vals_list)
        for lockout in lockouts:
            if lockout.user_id == lockout.case_id.sudo().worker_id:
                raise UserError(
                    self.env._("The worker in charge cannot be locked out. Hand the case over first.")
                )
            lockout.case_id.sudo()._valid_grants(lockout.user_id)._revoke()
        return lockouts

    def write(self, vals):
        raise UserError(self.env._("A lockout is not changed. Lift it and set a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A lockout is not deleted: it tells why somebody could not read the case."))

    def action_lift(self):
        """End the lockout, once. Access still needs a grant.

        :raise AccessError: if the current user neither leads the case nor heads the department
        """
        self.check_access("read")
        self.case_id._require_may_grant()
        if any(lockout.lifted_at for lockout in self):
            raise UserError(self.env._("This lockout has been lifted already."))
        return super(SozialCaseLockout, self.sudo()).write({"lifted_at": fields.Datetime.now()})
