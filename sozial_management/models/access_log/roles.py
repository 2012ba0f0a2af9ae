import contextvars
from contextlib import contextmanager

from odoo import api, models

# Users written by a group that is written by a user: the outermost of them records.
watching = contextvars.ContextVar("sozial_watching_roles", default=False)
OF_USERS = {"group_ids", "groups_id", "role", "active", "company_ids"}
OF_GROUPS = {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids", "privilege_id"}
SIGN_IN = {"password", "new_password", "login", "email", "totp_secret"}


class SozialAccessLog(models.Model):
    """Who holds which role of social management: every change is recorded, whoever makes it, however."""

    _inherit = "sozial.access.log"

    @api.model
    def _role_holders(self):
        """Set of (external id of the role, user id, company id); archived users hold none."""
        privilege = self.env.ref("sozial_management.privilege_sozial", raise_if_not_found=False)
        groups = privilege.sudo().group_ids if privilege else self.env["res.groups"]
        names = groups.get_external_id()
        return {
            (names[group.id], user.id, company.id)
            for group in groups
            for user in group.all_user_ids
            if user.active
            for company in user.company_ids
        }

    @contextmanager
    def _watching_roles(self, keys, decisive):
        """Compare who holds which role before and after, and record the difference."""
        if watching.get() or not self.env.registry.ready or decisive.isdisjoint(keys):
            yield
            return
        before = self._role_holders()
        token = watching.set(True)
        try:
            yield
        finally:
            watching.reset(token)
        after = self._role_holders()
        for change, found in (("role_given", after - before), ("role_taken", before - after)):
            for role, user_id, company_id in sorted(found):
                self._log_change(change, "write", role, self.env["res.users"].browse(user_id), self.env["res.company"].browse(company_id))


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["sozial.access.log"]._watching_roles(OF_USERS, OF_USERS):
            return super().create(vals_list)

    def write(self, vals):
        log = self.env["sozial.access.log"]
        if self.env.registry.ready and not SIGN_IN.isdisjoint(vals):
            for user in self.sudo():
                if user.id != self.env.uid and user._has_sozial_role():
                    log._log_change("password", target=user, companies=user.company_ids)
        with log._watching_roles(vals, OF_USERS):
            return super().write(vals)

    def unlink(self):
        with self.env["sozial.access.log"]._watching_roles(OF_USERS, OF_USERS):
            return super().unlink()

    def _has_sozial_role(self):
        privilege = self.env.ref("sozial_management.privilege_sozial").sudo()
        return bool(self.all_group_ids & privilege.group_ids)


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["sozial.access.log"]._watching_roles(OF_GROUPS, OF_GROUPS):
            return super().create(vals_list)

    def write(self, vals):
        with self.env["sozial.access.log"]._watching_roles(vals, OF_GROUPS):
            return super().write(vals)


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        with self.env["sozial.access.log"]._watching_roles(vals, {"user_ids"}):
            return super().write(vals)
