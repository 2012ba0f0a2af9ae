from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class SozialCase(models.Model):
    """Who may read a case: grants are given and ended here."""

    _inherit = "sozial.case"

    access_ids = fields.One2many("sozial.case.access", "case_id", "Access", readonly=True)
    lockout_ids = fields.One2many("sozial.case.lockout", "case_id", "Conflicts of interest", readonly=True)

    @api.model
    def _valid_grant_domain(self):
        """Grants that hold now. The record rules say the same in XML; a test compares."""
        return (
            Domain("revoked_at", "=", False)
            & Domain("valid_from", "<=", "now")
            & (Domain("valid_until", "=", False) | Domain("valid_until", ">", "now"))
        )

    def _valid_grants(self, users=None):
        """Grants of these cases that hold now, of `users` or of everybody."""
        domain = Domain("case_id", "in", self.ids) & self._valid_grant_domain()
        if users is not None:
            domain &= Domain("user_id", "in", users.ids)
        return self.env["sozial.case.access"].sudo().search(domain)

    def _locked_out_users(self):
        """Users whom a conflict of interest shuts out of this case now."""
        return self.sudo().lockout_ids.filtered(lambda lockout: not lockout.lifted_at).user_id

    def _shutting_out(self, user):
        """Those of these cases from which a conflict of interest shuts a user out now."""
        locked = Domain("case_id", "in", self.ids) & Domain("user_id", "=", user.id) & Domain("lifted_at", "=", False)
        return self & self.env["sozial.case.lockout"].sudo().search(locked).case_id.sudo(self.env.su)

    def _reading_throughout(self, user, start, stop):
        """Those of these cases a user may read by one grant from `start` to `stop`, both naive UTC."""
        grants = Domain("case_id", "in", self.ids) & Domain("user_id", "=", user.id) & Domain("revoked_at", "=", False)
        holding = Domain("valid_from", "<=", max(start, fields.Datetime.now())) & (
            Domain("valid_until", "=", False) | Domain("valid_until", ">=", stop)
        )
        return self & self.env["sozial.case.access"].sudo().search(grants & holding).case_id.sudo(self.env.su)

    def _granted_users(self):
        """Users who may read this case now."""
        self.ensure_one()
        return self._valid_grants().user_id - self._locked_out_users()

    def _grant(self, user, kind, reason, valid_until=False):
        """Add a grant row. Callers have checked that the current user may give it."""
        return self.env["sozial.case.access"].sudo().create(
            [vals for case in self for vals in case._grant_values(user, kind, reason, valid_until)]
        )

    def _grant_values(self, users, kind, reason, valid_until=False):
        """Values of a grant row for each of some users."""
        return [
            {"case_id": self.id, "user_id": user.id, "kind": kind, "reason": reason, "valid_until": valid_until}
            for user in users
        ]

    def _grant_initial(self):
        """First grants of a new case: the creator leads it, heads may read it unless it is strict."""
        self.ensure_one()
        values = self._grant_values(self.env.user, "lead", self.env._("Opened the case"))
        if self.level == "confidential":
            values += self._grant_values(self._heads() - self.env.user, "head", self._head_reason())
        self.env["sozial.case.access"].sudo().create(values)

    def _heads(self):
        """Active heads of social management in the company of this case."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("sozial_management.group_sozial_lead", raise_if_not_found=True)
        return self.env["res.users"].sudo().search(
            [("all_group_ids", "in", group_id), ("company_ids", "in", self.company_id.id)], order="id", limit=1000
        )

    def _grant_heads(self):
        self._grant_as_head(self._heads() - self._valid_grants().user_id - self._locked_out_users())

    def _grant_as_head(self, heads):
        """Standing access for one or several heads."""
        self._grant(heads, "head", self._head_reason())

    @api.model
    def _head_reason(self):
        return self.env._("Standing access of the head of the department")

    def _follow_level(self):
        """A strict case has no standing head access; a confidential one has it."""
        self.ensure_one()
        if self.level == "confidential":
            self._grant_heads()
        else:
            self.sudo().access_ids.filtered(
                lambda grant: grant.kind == "head" and not grant.revoked_at
            )._revoke()

    def action_grant_access(self, user_id, kind, reason, valid_until=False):
        """Let a colleague work on the case too, or stand in until a day.

        :param int user_id: the colleague, a social worker of the same company
        :param str kind: `co` or `standin`
        :param str reason: why, for the colleague and for data protection
        :param valid_until: datetime, needed for a stand-in
        :raise AccessError: if the current user is neither in charge nor head with access
        :raise UserError: names what is missing
        """
        self.ensure_one()
        self.check_access("write")
        self._require_may_grant()
        user = self.env["res.users"].browse(user_id).exists()
        problem = self._grant_problem(user, kind, reason, valid_until)
        if problem:
            raise UserError(problem)
        return self._grant(user, kind, reason.strip(), valid_until).id

    def _require_may_grant(self):
        """Grants and the level of secrecy are for the worker in charge and the head."""
        if self.env.su or self.env.user.has_group("sozial_management.group_sozial_lead"):
            return
        if any(case.worker_id != self.env.user for case in self):
            raise AccessError(
                self.env._(
                    "Who may read a case is decided by the worker in charge or the head of the department."
                )
            )

    def _grant_problem(self, user, kind, reason, valid_until):
        """What is wrong with a wished grant, as a sentence for people; None if nothing."""
        _ = self.env._
        if kind not in ("co", "standin"):
            return _("Kind of access: choose colleague or stand-in.")
        if not (reason or "").strip():
            return _("Reason: say why the colleague needs the case.")
        if not user.sudo().has_group("sozial_management.group_sozial_worker") or not user.sudo().active:
            return _("Colleague: choose an active social worker.")
        if self.company_id not in user.sudo().company_ids:
            return _("Colleague: this person does not work for the company of the case.")
        if kind == "standin" and not valid_until:
            return _("Until: a stand-in needs a last day.")
        if valid_until and fields.Datetime.to_datetime(valid_until) <= fields.Datetime.now():
            return _("Until: choose a time in the future.")
        if user in self._locked_out_users():
            return _("%(name)s is shut out of this case by a conflict of interest.", name=user.sudo().name)
        if user in self._granted_users():
            return _("%(name)s has access to this case already.", name=user.sudo().name)
        return None

    def action_lock_out(self, user_id, reason):
        """Shut a colleague out of this case: a relative, a neighbour. Beats every grant.

        :param int user_id: the colleague
        :param str reason: why, for those who work on the case
        :raise AccessError: if the current user is neither in charge nor head with access
        :raise UserError: without a reason, or for the worker in charge
        """
        self.ensure_one()
        self.check_access("write")
        self._require_may_grant()
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say what the conflict of interest is."))
        lockout = self.env["sozial.case.lockout"].sudo().create(
            {"case_id": self.id, "user_id": user_id, "reason": reason.strip(), "set_by_id": self.env.uid}
        )
        return lockout.id

    def _pass_lead(self, reason):
        """Give a case whose worker left to the head of the department, in one step.

        :raise UserError: if nobody could take it
        """
        for case in self.sudo():
            leaving = case.worker_id
            candidates = case._heads().sorted("id") - leaving - case._locked_out_users()
            if not candidates:
                raise UserError(
                    self.env._("Appoint a head of social management first: somebody must take over the cases.")
                )
            successor = candidates[0]
            (case._valid_grants(successor) | case._valid_grants(leaving))._set_revoked()
            case._grant(successor, "lead", reason)
            case._reassign_open_activities(leaving)
