from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = ("planned", "running")


class SozialProject(models.Model):
    """From the plan to the end: what each step needs, and the way back."""

    _inherit = "sozial.project"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(SozialProject, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._refuse_guarded(vals)
        if set(vals) - {"user_id", "activity_ids", "message_follower_ids", "message_ids"}:
            self.check_access("write")
            self._require_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_planned(self):
        for project in self:
            if project.state != "planned" or project.expense_ids or project.held_count:
                raise UserError(
                    self.env._("“%s” was begun: it is cancelled, not deleted. What was done and spent stays on record.", project.name)
                )

    def action_start(self):
        """The work begins.

        :raise UserError: lists what is missing
        """
        self.check_access("write")
        for project in self:
            project._require_state("planned")
            if found := project._starting_problems():
                raise UserError("\n".join([self.env._("“%s” cannot start yet.", project.name), *found]))
        return self._step({"state": "running", "started_on": fields.Date.context_today(self)})

    def _starting_problems(self):
        self.ensure_one()
        _ = self.env._
        found = [] if self.quarter_ids else [_("Quarters: choose at least one.")]
        found += [] if self.user_id else [_("Responsible: say who answers for the project.")]
        return found if self.aim_ids else [*found, _("Aims: enter at least one, and how it will be seen.")]

    def action_finish(self):
        """The work is done: from now on nothing of it changes.

        :raise UserError: lists what is missing
        """
        self.check_access("write")
        for project in self:
            project._require_state("running")
            if found := project._finishing_problems():
                raise UserError("\n".join([self.env._("“%s” cannot be finished yet.", project.name), *found]))
        return self._step({"state": "finished", "ended_on": fields.Date.context_today(self)})

    def _finishing_problems(self):
        self.ensure_one()
        _ = self.env._
        found = [_("Aims: say of “%s” whether it was reached.", aim.name) for aim in self.aim_ids if aim.outcome == "open"]
        waiting = self.activity_line_ids.filtered(lambda one: one.state == "planned")
        found += [_("Activities: say of “%s” whether it was held or called off.", one.name) for one in waiting]
        return found if (self.result or "").strip() else [*found, _("What came of it: write some sentences for the report.")]

    def action_cancel(self):
        """The project ends before it is done, for the reason given.

        :raise UserError: without a reason
        """
        self.check_access("write")
        for project in self:
            project._require_state(*OPEN)
            if not (project.end_reason or "").strip():
                raise UserError(self.env._("Reason for cancelling: fill it in first, on the page “Result”."))
        return self._step({"state": "cancelled", "ended_on": fields.Date.context_today(self)})

    def action_reopen(self):
        """Take the end back, for example because a late invoice came."""
        self.check_access("write")
        for project in self:
            project._require_state("finished", "cancelled")
            project._step({"state": "running" if project.started_on else "planned", "ended_on": False})
        return True

    def _step(self, values):
        """Write past the guard. For the steps of the project; the caller checked the right."""
        return super().write(values)

    def _require_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for project in self:
            if project.state not in states:
                raise UserError(
                    self.env._("“%(name)s” is “%(state)s”: this step is not possible now.", name=project.name, state=labels[project.state])
                )

    def _require_open(self):
        """:raise UserError: when a project has ended"""
        for project in self:
            if project.state not in OPEN:
                raise UserError(self.env._("“%s” has ended: nothing of it changes. Reopen it first.", project.name))
