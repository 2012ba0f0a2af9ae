from odoo import api, fields, models

CHANGES = [
    ("role_given", "Role given"),
    ("role_taken", "Role taken"),
    ("rule", "Record rule"),
    ("access", "Access right"),
    ("code", "Code of an action"),
    ("field", "Field that computes"),
    ("view", "Page with code"),
    ("password", "Sign-in of another user"),
    ("superuser", "Went on as system user"),
]
OPERATIONS = [("create", "created"), ("write", "changed"), ("unlink", "deleted")]


class SozialAccessLog(models.Model):
    """Changes by which an administrator, or anybody else, could get at cases.

    They do not stop anybody: who runs the system can change it. They make sure that data
    protection learns of it. As little as with reads, no content: which rule, not what it says.
    """

    _inherit = "sozial.access.log"

    change = fields.Selection(CHANGES, readonly=True)
    operation = fields.Selection(OPERATIONS, readonly=True)
    subject = fields.Char("Concerns", readonly=True, help="The model, or the technical name of the role.")
    target_user_id = fields.Many2one("res.users", "Whom", readonly=True, ondelete="restrict")
    what = fields.Char("What happened", compute="_compute_what")

    _change_named = models.Constraint(
        "CHECK ((kind = 'administration') = (change IS NOT NULL))", "A change of rights says which one it was."
    )

    @api.depends("change", "operation", "subject", "target_user_id", "user_id", "record_id", "res_model")
    @api.depends_context("lang")
    def _compute_what(self):
        changes = dict(self._fields["change"]._description_selection(self.env))
        operations = dict(self._fields["operation"]._description_selection(self.env))
        roles, kinds = self._role_names(), self._kind_names()
        for row in self:
            if row.record_id:
                kind = kinds.get(row.res_model, row.res_model)
                row.what = self.env._("%(kind)s no. %(number)s", kind=kind, number=row.record_id)
            else:
                row.what = row._sentence(changes, operations, roles) if row.change else False

    def _kind_names(self):
        """Names of the models of rows that belong to no case. In one query, and none where there are no such rows."""
        names = set(self.filtered("record_id").mapped("res_model"))
        models_ = self.env["ir.model"].sudo().search_fetch([("model", "in", list(names))], ["model", "name"]) if names else ()
        return {model.model: model.name for model in models_}

    def _role_names(self):
        """External id of each role named here → its name; empty for a role that is gone. In one query."""
        data = self.env["ir.model.data"].sudo()
        ids = {name: data._xmlid_to_res_id(name) for name in set(self.mapped("subject")) if name and ".group_" in name}
        groups = self.env["res.groups"].sudo().browse(res_id for res_id in ids.values() if res_id)
        names = {group.id: group.name for group in groups}
        return {name: names.get(res_id) for name, res_id in ids.items()}

    def _sentence(self, changes, operations, roles):
        """The change in words, for example "Head of social management: role given by X to Y"."""
        who, whom = self.user_id.sudo().name, self.target_user_id.sudo().name
        if self.change in ("role_given", "role_taken"):
            names = {"role": roles.get(self.subject) or self.subject, "who": who, "whom": whom}
            if self.change == "role_given":
                return self.env._("%(role)s: role given by %(who)s to %(whom)s", **names)
            return self.env._("%(role)s: role taken by %(who)s from %(whom)s", **names)
        if self.change == "password":
            return self.env._("%(who)s changed the sign-in of %(whom)s", who=who, whom=whom)
        if self.change == "superuser":
            return self.env._("%s went on as system user, for whom no rule holds", who)
        return self.env._(
            "%(change)s %(operation)s by %(who)s: %(subject)s",
            change=changes[self.change], operation=operations[self.operation], who=who, subject=self.subject,
        )  # fmt: skip

    @api.model
    def _log_change(self, change, operation="write", subject=False, target=None, companies=None):
        """Record a change at once, and put it on the review list of data protection.

        :param str change: one of `CHANGES`
        :param str operation: `create`, `write` or `unlink`
        :param str subject: the model, or the external id of the role
        :param target: the user it is about
        :param companies: whose data protection is told; left out: everybody's
        """
        self.env.cr.execute(
            """
            INSERT INTO sozial_access_log (at, user_id, company_id, kind, change, operation, subject, target_user_id)
            SELECT now() AT TIME ZONE 'UTC', %s, company_id, 'administration', %s, %s, %s, %s
              FROM unnest(%s::int[]) AS company_id RETURNING id
            """,
            [
                self.env.uid, change, operation, subject or None, target.id if target else None,
                companies.ids if companies else [None],
            ],
        )  # fmt: skip
        rows = self.browse([row_id for (row_id,) in self.env.cr.fetchall()])
        self.env["sozial.access.review"].sudo()._put_on_list(rows)
