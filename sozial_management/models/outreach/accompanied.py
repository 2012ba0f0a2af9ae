from odoo import api, fields, models
from odoo.exceptions import UserError


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

    @api.autovacuum
    def _gc_needs(self):
        """Delete what was noted about needs some months after the end; the company says how many."""
        for company in self.env["res.company"].sudo().search([], limit=None):
            before = fields.Date.subtract(fields.Date.context_today(self), months=company.sozial_needs_months)
            ended = [("company_id", "=", company.id), ("ended_on", "<", before)]
            outreaches = self.sudo().search(ended, limit=None)
            for model in self._private_models():
                self.env[model].sudo()._forget(outreaches)

    @api.model
    def _private_models(self):
        """Models that hold what was noted about people at their dwellings."""
        return []
