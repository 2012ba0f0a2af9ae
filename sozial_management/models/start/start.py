from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

USERS_SHOWN = 60


class SozialStart(models.AbstractModel):
    """First hours on a company's own database: what is to be set up, and what is done.

    For the configuration role. It counts master data and offers, never cases.
    """

    _name = "sozial.start"
    _description = "Start page"

    @api.model
    def _require_config(self):
        if not self.env.user.has_group("sozial_management.group_sozial_config"):
            raise AccessError(self.env._("The start page is for the configuration role."))

    @api.model
    def get_start(self):
        """Steps with their state, and what an uninstallation would remove.

        :return: ``{"steps": [...], "losses": [...], "may_give_roles": bool}``
        :raise AccessError: without the configuration role
        """
        self._require_config()
        return {
            "steps": [self._step_roles(), self._step_import(), self._step_kinds(), self._step_catalogue()],
            "losses": self._losses(),
            "may_give_roles": self._may_give_roles(),
            "company": self.env.company.name,
        }

    @api.model
    def _roles(self):
        """Groups of our privilege, in the order of the documentation."""
        privilege = self.env.ref("sozial_management.privilege_sozial").sudo()
        return privilege.group_ids.sorted(lambda group: (group.sequence, group.id))

    @api.model
    def _staff_domain(self):
        return (
            Domain("share", "=", False)
            & Domain("company_ids", "in", self.env.company.id)
            & Domain("id", "!=", self.env.ref("base.user_root").id)
        )

    @api.model
    def _step_roles(self):
        _ = self.env._
        users = self.env["res.users"].search(self._staff_domain(), limit=1000)
        workers = users.filtered(lambda user: user.has_group("sozial_management.group_sozial_worker"))
        return {
            "key": "roles",
            "title": _("Give roles to users"),
            "text": _(
                "Who hands tenants over, who works on cases, who leads the department? "
                "Nobody has a role before you give one."
            ),
            "done": bool(workers),
            "state": _("%s social workers", len(workers)) if workers else _("no social worker yet"),
        }

    @api.model
    def _step_import(self):
        _ = self.env._
        tenancies = self.env["sozial.tenancy"].search_count([("company_id", "=", self.env.company.id)])
        return {
            "key": "import",
            "title": _("Import tenancies"),
            "text": _("Load the list of tenancies from your housing system, as CSV or Excel file."),
            "done": bool(tenancies),
            "state": _("%s tenancies", tenancies) if tenancies else _("no tenancy yet"),
            "action": "sozial_management.action_sozial_import_run",
            "button": _("Import"),
        }

    @api.model
    def _step_kinds(self):
        _ = self.env._
        kinds = self.env["sozial.case.type"].search_count([])
        return {
            "key": "kinds",
            "title": _("Choose the kinds of case"),
            "text": _(
                "Switch off what your department does not do, adapt names and texts, "
                "secrecy, review and retention."
            ),
            "done": self.env.company.sozial_kinds_checked,
            "state": _("%s kinds in use", kinds),
            "action": "sozial_management.action_sozial_case_type",
            "button": _("Kinds of case"),
            "confirm": _("These fit us"),
        }

    @api.model
    def _step_catalogue(self):
        _ = self.env._
        offers = self.env["sozial.offer"]
        company = Domain("company_id", "=", self.env.company.id)
        published = offers.search_count(company & Domain("is_published", "=", True))
        return {
            "key": "catalogue",
            "title": _("Publish the catalogue"),
            "text": _("Enter your offers under the four headings and publish them for tenants."),
            "done": bool(published),
            "state": _("%(published)s of %(all)s offers published", published=published, all=offers.search_count(company)),
            "action": "sozial_management.action_sozial_offer",
            "button": _("Offers"),
            "link": "/sozial/angebote",
        }

    @api.model
    def action_confirm_kinds(self):
        """Note that the kinds of case have been looked through."""
        self._require_config()
        self.env.company.sudo().sozial_kinds_checked = True
        return self.get_start()

    @api.model
    def _losses(self):
        """Master data of all companies that an uninstallation would delete, as label and number."""
        labels = {
            "sozial.quarter": self.env._("Quarters"),
            "sozial.building": self.env._("Buildings"),
            "sozial.dwelling": self.env._("Dwellings"),
            "sozial.tenancy": self.env._("Tenancies"),
            "sozial.offer": self.env._("Offers"),
        }
        return [
            {"label": label, "count": self.env[model].with_context(active_test=False).search_count([])}
            for model, label in labels.items()
        ]

    @api.model
    def _may_give_roles(self):
        return self.env["res.groups"].has_access("write") and self.env["res.users"].has_access("write")

    @api.model
    def get_roles(self, search=""):
        """Internal users of the company with their roles, for the table on the start page.

        :param str search: part of a name or login
        :return: ``{"roles": [{id, name, help}], "users": [{id, name, login, roles: {id: "own"|"implied"}}], "more": int}``
        """
        self._require_config()
        roles = self._roles()
        domain = self._staff_domain()
        if search:
            domain &= Domain("name", "ilike", search) | Domain("login", "ilike", search)
        users = self.env["res.users"].search(domain, order="name, id", limit=USERS_SHOWN).sudo()
        return {
            "roles": [{"id": role.id, "name": role.name, "help": role.comment or ""} for role in roles],
            "users": [
                {
                    "id": user.id,
                    "name": user.name,
                    "login": user.login,
                    "roles": {
                        role.id: "own" if role in user.group_ids else "implied"
                        for role in roles & user.all_group_ids
                    },
                }
                for user in users
            ],
            "more": max(0, self.env["res.users"].search_count(domain) - USERS_SHOWN),
        }

    @api.model
    def set_role(self, user_id, role_id, given):
        """Give a role to a user or take it away.

        Needs Odoo's own right to manage users: the configuration role alone could otherwise
        make itself head of the department.

        :raise AccessError: if the current user may not manage users
        :raise UserError: if it is none of our roles
        """
        self._require_config()
        role = self._roles().sudo(False).filtered(lambda group: group.id == role_id)
        if not role:
            raise UserError(self.env._("Role: choose one of the roles of social management."))
        user = self.env["res.users"].browse(user_id)
        user.check_access("write")
        role.check_access("write")
        user.write({"group_ids": [(4 if given else 3, role.id)]})
        return True
