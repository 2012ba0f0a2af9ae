from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SozialOutreach(models.Model):
    """An outreach that accompanies people: what is learnt at a dwelling is for those who work on it, and goes some time after its end."""

    _name = "sozial.outreach"
    _inherit = ["sozial.outreach", "mail.thread", "mail.activity.mixin"]

    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self._default_user_id(), index="btree_not_null", ondelete="set null",
        check_company=True, domain="[('share', '=', False)]", tracking=True,
        help="Answers for it, is reminded of periods and reads what is noted at the dwellings.",
    )  # fmt: skip
    team_ids = fields.Many2many(
        "res.users", "sozial_outreach_team_rel", "outreach_id", "user_id", "Works along", check_company=True,
        domain="[('share', '=', False)]", tracking=True,
        help="These people and the responsible one read needs and checklists of the dwellings. Nobody else does, not even the head.",
    )  # fmt: skip
    accompanied = fields.Boolean(compute="_compute_accompanied")
    ended_on = fields.Date("Ended on", readonly=True, copy=False, help="Some months later what was noted about needs is deleted.")

    @api.model
    def _default_user_id(self):
        """Whoever begins it; none for what begins by itself."""
        return self.env["res.users"] if self.env.su else self.env.user

    @api.model
    def _accompanied_kinds(self):
        """Kinds in which needs of people are noted, for those who work on it."""
        return set()

    @api.depends("kind")
    def _compute_accompanied(self):
        kinds = self._accompanied_kinds()
        for outreach in self:
            outreach.accompanied = outreach.kind in kinds

    def _require_responsible(self):
        """:raise UserError: if nobody answers for it"""
        for outreach in self.filtered("accompanied"):
            if not outreach.user_id:
                raise UserError(self.env._("Responsible: say who answers for %s; needs of people are noted in it.", outreach.name))

    def action_begin(self):
        """:raise UserError: if nobody answers for it"""
        self.check_access("write")
        self._require_responsible()
        return super().action_begin()

    def action_done(self):
        result = super().action_done()
        self._write_guarded({"ended_on": fields.Date.context_today(self)})
        return result

    def action_cancel(self):
        result = super().action_cancel()
        self._write_guarded({"ended_on": fields.Date.context_today(self)})
        return result

    def action_reopen(self):
        result = super().action_reopen()
        self._write_guarded({"ended_on": False})
        return result

    def _require_along(self, model):
        """Before anything is asked whose answer would tell what was noted.

        :param str model: what was noted
        :raise AccessError: for whoever does not work on the outreach
        """
        rows = self.env[model]
        rows.check_access("read")
        if not self.env.su and any(self.env.user not in one.user_id | one.team_ids for one in self.sudo()):
            raise rows._nothing_there()

    @api.autovacuum
    def _gc_needs(self):
        """Delete what was noted about needs some months after the end; the company says how many.

        The end is that of the outreach, or of the tenancy: who moved out needs nothing in the dwelling any more.
        """
        for company in self.env["res.company"].sudo().search([], limit=None):
            before = fields.Date.subtract(fields.Date.context_today(self), months=company.sozial_needs_months)
            over = Domain("outreach_id.ended_on", "<", before) | Domain("tenancy_id.date_end", "<", before)
            for model in self._private_models():
                self.env[model].sudo()._forget(Domain("company_id", "=", company.id) & over)

    @api.model
    def _private_models(self):
        """Models that hold what was noted about people at their dwellings."""
        return []


class SozialOutreachVisit(models.Model):
    """From the row of a dwelling to what was noted there, for those who work on the outreach."""

    _inherit = "sozial.outreach.visit"

    def _open_private(self, model):
        """Open what was noted about the tenant of today; where there is nothing, what is left of former ones.

        Callers have asked whether the user works on the outreach.

        :raise UserError: if nobody lives there, and nothing was noted
        """
        tenancy = self._running_tenancies().get(self.dwelling_id.id)
        rows = self.env[model].search([("visit_id", "=", self.id)])
        row = rows.filtered(lambda one: one.tenancy_id == tenancy)
        if row:
            return {
                "type": "ir.actions.act_window", "res_model": model, "res_id": row.id, "views": [(False, "form")], "target": "current",
            }  # fmt: skip
        if not rows:
            raise UserError(self.env._("%s: nobody lives here today, so nothing is noted. Begin when somebody has moved in.",
                                       self.dwelling_id.name))  # fmt: skip
        return self._list_private(model)

    def _list_private(self, model):
        """Open what was noted at the dwelling, tenancy by tenancy, that of today first."""
        return {
            "type": "ir.actions.act_window", "name": self.env._("%s: tenancies", self.dwelling_id.name), "res_model": model,
            "views": [(False, "list"), (False, "form")], "domain": [("visit_id", "=", self.id)], "target": "current",
        }  # fmt: skip
