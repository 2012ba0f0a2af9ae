from odoo import api, fields, models
from odoo.fields import Domain

# Phase -> the day on which it began. A review begins anew each time, the others once.
PHASE_DAYS = {"assessment": "assessment_on", "planning": "planning_on", "support": "support_on", "review": "review_on"}
PLANNED_BY = frozenset({"type_id", "opened_on"})


class SozialCase(models.Model):
    """What is done next: the steps of the kind of case, counted from the days of its phases and events."""

    _inherit = "sozial.case"

    step_ids = fields.One2many("sozial.case.step", "case_id", "Steps")
    assessment_on = fields.Date("Assessment since", readonly=True, copy=False)
    planning_on = fields.Date("Planning since", readonly=True, copy=False)
    support_on = fields.Date("Support since", readonly=True, copy=False)
    review_on = fields.Date("Review since", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._plan_steps(opened=True)
        return cases

    def write(self, vals):
        result = super().write(vals)
        if PLANNED_BY & vals.keys():
            self._plan_steps()
        return result

    def _write_state(self, state, **values):
        """With the day on which the phase began, and the steps that come with it."""
        result = super()._write_state(state, **values)
        name = PHASE_DAYS.get(state)
        if name:
            first = self.filtered(lambda case: name == "review_on" or not case[name])
            first._write_guarded({name: fields.Date.context_today(self)})
            self._plan_steps()
        return result

    def _write_end(self, state):
        """What was still to be done in a case that ends would stand under »My day« for ever."""
        result = super()._write_end(state)
        self.sudo().step_ids._drop_open()
        return result

    def action_plan_steps(self):
        """Bring the steps in line with the template; touches these cases only and keeps what is done."""
        self.check_access("write")
        self._require_not_ended()
        self._plan_steps()
        return True

    def _plan_steps(self, opened=False):
        """Plan the steps of active cases. Callers have written to the case as the user, so that is checked."""
        running = self.filtered("is_active")
        if running:
            lang = self.env.user.lang or self.env.lang
            self.env["sozial.case.step"].sudo().with_context(lang=lang)._plan(running.sudo(), opened)

    def _step_anchors(self):
        """The days from which steps are counted: {'opened': date, …, event: date}."""
        self.ensure_one()
        days = {"opened": self.opened_on, **{phase: self[name] for phase, name in PHASE_DAYS.items()}}
        for deadline in self.deadline_ids:
            if deadline.event_id and deadline.state != "dropped":
                known = days.get(deadline.event_id)
                days[deadline.event_id] = max(known, deadline.event_date) if known else deadline.event_date
        return days

    def _step_user(self, role):
        """Who does the steps of a role: somebody with access, the worker in charge if there is nobody else."""
        if not self:
            return self.env["res.users"]
        wanted = self.env["res.users"]
        if role == "head":
            wanted = (self._heads() & self._granted_users()).sorted("id")
        elif role == "standin":
            grants = self._valid_grants().filtered(lambda grant: grant.kind == "standin")
            wanted = grants.user_id - self._locked_out_users()
        return wanted[:1] or self.worker_id

    def _step_values(self, template, day):
        return {
            "case_id": self.id,
            "template_id": template.id,
            "name": template.name,
            "role": template.role,
            "user_id": self._step_user(template.role).id,
            "activity_type_id": template.activity_type_id.id,
            "anchor_date": day,
            "due": fields.Date.add(day, days=template.offset_days),
        }

    @api.model
    def _passage_fields(self):
        """What somebody wrote on a step belongs to the copy of the case, too."""
        return {**super()._passage_fields(), "sozial.case.step": ("name", "note")}

    def _passage_records(self, model):
        """Titles that come from a template tell nothing about a person."""
        if model != "sozial.case.step":
            return super()._passage_records(model)
        own = Domain("template_id", "=", False) | Domain("note", "!=", False)
        return self.env[model].search(Domain("case_id", "in", self.ids) & own)
