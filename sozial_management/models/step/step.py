from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .template_step import ROLES

# What a template says of a step.
PLANNED = ("type_id", "name", "role", "anchor", "event_id", "offset_days", "activity_type_id")


class SozialCaseStep(models.Model):
    """Something that is done next in a case: from the template of its kind, or entered by hand.

    Open steps follow their template when the case is planned anew; what is done or left out stays.
    """

    _name = "sozial.case.step"
    _description = "Step of a case"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "due, id"
    _guarded = frozenset({"state", "ended_on", "ended_by_id", "template_id", "anchor_date"})

    name = fields.Char("What is done", required=True)
    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    template_id = fields.Many2one("sozial.case.template.step", "Template", readonly=True, ondelete="set null", index="btree_not_null")
    hint = fields.Text(related="template_id.hint")
    anchor_date = fields.Date("Counted from", readonly=True, help="The day of the event from which the template counts.")
    due = fields.Date(
        required=True, default=fields.Date.context_today,
        help="Move it as you need. If the day it is counted from moves, it is counted anew.",
    )  # fmt: skip
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    role = fields.Selection(ROLES, "By whom", required=True, default="worker")
    user_id = fields.Many2one(
        "res.users", "Responsible", required=True, index=True, compute="_compute_user_id", store=True, precompute=True, readonly=False,
        domain="[('share', '=', False)]", help="Needs access to the case. If the case is handed over, the step goes along.",
    )  # fmt: skip
    activity_type_id = fields.Many2one(
        "mail.activity.type", "By what", ondelete="set null", index="btree_not_null", domain="[('res_model', '=', False)]"
    )
    state = fields.Selection(
        [("open", "Still open"), ("done", "Done"), ("skipped", "Left out")], required=True, readonly=True, default="open", copy=False
    )
    note = fields.Text(help="What came of it, or why it is left out.")
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", "Ended by", readonly=True, copy=False, ondelete="restrict")

    _agenda = models.Index("(user_id, due) WHERE state = 'open'")
    _once = models.UniqueIndex(
        "(case_id, template_id) WHERE state = 'open' AND template_id IS NOT NULL", "This step stands in the case already."
    )
    _ended_has_day = models.Constraint(
        "CHECK (state = 'open' OR (ended_on IS NOT NULL AND ended_by_id IS NOT NULL))",
        "A step that is done or left out needs the day and the person.",
    )

    @api.depends("due", "state")
    @api.depends_context("tz")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for step in self:
            step.is_overdue = step.state == "open" and bool(step.due) and step.due < today

    @api.depends("role", "case_id.worker_id")
    def _compute_user_id(self):
        for step in self:
            # not as superuser: a form that is not saved yet may name any case
            case = step.case_id if step.id else step.case_id.sudo(False)
            if step.state != "open" and step.user_id:
                step.user_id = step.user_id
            else:
                step.user_id = case._step_user(step.role) or self.env.user

    @api.constrains("user_id", "case_id")
    def _check_access_of_people(self):
        for case, steps in self.filtered(lambda step: step.state == "open").grouped("case_id").items():
            strangers = steps.user_id - case._granted_users()
            if strangers:
                raise ValidationError(self.env._("%(name)s has no access to this case. Give access first.", name=strangers[0].sudo().name))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        steps = super(SozialCaseStep, self._without_guarded_defaults()).create(vals_list)
        steps.case_id._require_not_ended()
        return steps

    def write(self, vals):
        self._refuse_guarded(vals)
        self._require_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._require_open()

    def _require_open(self):
        if any(step.state != "open" for step in self):
            raise UserError(self.env._("A step that is done or left out stays as it is. Enter a new one."))

    def action_done(self):
        """The step is done."""
        return self._end("done")

    def action_skip(self):
        """The step is left out; the note says why.

        :raise UserError: without a note
        """
        if any(not (step.note or "").strip() for step in self):
            raise UserError(self.env._("Note: write why this step is left out."))
        return self._end("skipped")

    def _end(self, state):
        self.check_access("write")
        self._require_open()
        self._write_guarded({"state": state, "ended_on": fields.Date.context_today(self), "ended_by_id": self.env.uid})
        self.flush_recordset(["state"])  # the same step of the template may be planned anew in this transaction
        return True

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    @api.model
    def _plan(self, cases, opened=False):
        """Bring the steps of these cases in line with the templates of their kinds.

        What is done or left out is kept, what was entered by hand, too; open steps follow the template.
        A day that somebody moved stays as long as the day it is counted from stays.

        :param bool opened: these cases are new, there are no steps yet
        """
        templates = self.env["sozial.case.template.step"].search_fetch([("type_id", "in", cases.type_id.ids)], PLANNED)
        stored = defaultdict(self.browse)
        if not opened:
            for step in self.search([("case_id", "in", cases.ids), ("template_id", "!=", False)]):
                stored[step.case_id.id, step.template_id.id] |= step
        kept, new = self.browse(), []
        for case in cases:
            anchors = case._step_anchors()
            for template in templates.filtered(lambda one, kind=case.type_id: one.type_id == kind):
                day = anchors.get(template._anchor_key())
                if not day:
                    continue
                mine = stored[case.id, template.id]
                standing = mine.filtered(lambda one: one.state == "open")
                if standing:
                    kept |= standing
                    standing._follow(template, day)
                elif not mine._cover(template, day):
                    new.append(case._step_values(template, day))
        (self.concat(*stored.values()) - kept)._drop_open()
        return super().create(new)

    def _drop_open(self):
        """Take back what is still open: deleted, or left out where a legal hold lets nothing be deleted."""
        standing = self.filtered(lambda one: one.state == "open")
        held = standing.filtered("case_id.legal_hold")
        if held:
            held._end("skipped")
        (standing - held).unlink()

    def _cover(self, template, day):
        """Whether these ended steps do for this day: a review comes again, all else is done once."""
        return bool(self) and (template.anchor != "review" or day in self.mapped("anchor_date"))

    def _follow(self, template, day):
        """Take over what the template says now."""
        self.ensure_one()
        values = {"name": template.name, "role": template.role, "activity_type_id": template.activity_type_id.id}
        if self.anchor_date != day:
            values.update(anchor_date=day, due=fields.Date.add(day, days=template.offset_days))
        changed = {name: value for name, value in values.items() if self._fields[name].convert_to_write(self[name], self) != value}
        if changed:
            self._write_guarded(changed)
