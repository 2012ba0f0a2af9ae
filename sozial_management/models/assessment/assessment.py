from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class SozialAssessment(models.Model):
    """How things are with a client on a day, by life areas.

    A draft belongs to whoever writes it, two colleagues may each have one. Made final it stays as
    it is for good, so that what comes later can be compared with it.
    """

    _name = "sozial.assessment"
    _description = "Assessment"
    _inherit = ["sozial.guarded", "sozial.confidential"]
    _anonymise = "delete"
    _order = "date desc, id desc"
    _guarded = frozenset({"state", "final_on", "user_id", "previous_id"})

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    kind = fields.Selection(
        [("intake", "At the beginning"), ("interim", "In between"), ("closing", "At the end")],
        "When in the case",
        required=True,
        default="intake",
        help="At the beginning: before planning. At the end: before closing, to be compared with the beginning.",
    )
    date = fields.Date("Day of the talk", required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users", "Written by", required=True, readonly=True, index=True, copy=False, default=lambda self: self.env.user
    )
    state = fields.Selection(
        [("draft", "Draft"), ("final", "Final")], "Status", required=True, readonly=True, copy=False, default="draft", index=True
    )
    final_on = fields.Date("Final since", readonly=True, copy=False)
    previous_id = fields.Many2one(
        "sozial.assessment", "Compared with", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        help="At the end: the one at the beginning. Otherwise: the latest final one.",
    )
    line_ids = fields.One2many("sozial.assessment.line", "assessment_id", "Life areas", copy=True)
    summary = fields.Text(help="What stands out, what the client said about the whole.")
    chart = fields.Json(compute="_compute_chart")

    _one_beginning = models.UniqueIndex(
        "(case_id) WHERE state = 'final' AND kind = 'intake'",
        "When in the case: there is a final assessment of the beginning already. Choose »In between« or »At the end«.",
    )
    _final_dated = models.Constraint("CHECK (state = 'draft' OR final_on IS NOT NULL)", "A final assessment needs its day.")

    @api.depends("case_id.name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """The number of the case and the day of the talk: an assessment of the same case is compared with another."""
        for assessment in self:
            assessment.display_name = f"{assessment.case_id.name} · {format_date(self.env, assessment.date)}"

    @api.depends("line_ids.score", "line_ids.own_score", "line_ids.previous_score", "line_ids.area_id")
    def _compute_chart(self):
        """What the picture shows: each area with the score now, before, and the client's own."""
        for assessment in self:
            assessment.chart = {
                "before": fields.Date.to_string(assessment.previous_id.date) if assessment.previous_id else False,
                "rows": [
                    {
                        "area": line.area_id.name,
                        "now": int(line.score or 0),
                        "before": int(line.previous_score or 0),
                        "own": int(line.own_score or 0),
                    }
                    for line in assessment.line_ids
                ],
            }

    @api.constrains("date")
    def _check_date(self):
        if any(one.date > fields.Date.context_today(one) for one in self):
            raise ValidationError(self.env._("Day of the talk: this day is still to come."))

    @api.model
    def default_get(self, fields):
        """The kind that comes next in the case, and its life areas."""
        values = super().default_get(fields)
        case = self.env["sozial.case"].browse(values.get("case_id") or self.env.context.get("default_case_id"))
        if case and "kind" in fields and not self.env.context.get("default_kind"):
            case.check_access("read")
            values["kind"] = "interim" if case._final_assessments("intake") else "intake"
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded({name: value for name, value in vals.items() if (name, value) != ("user_id", self.env.uid)})
            vals["user_id"] = self.env.uid
        assessments = super(SozialAssessment, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        areas = self.env["sozial.life.area"].search([], limit=100)
        for assessment in assessments:
            assessment.case_id._require_not_ended()
            assessment._write_guarded({"previous_id": assessment._to_compare_with().id})
            missing = areas - assessment.line_ids.area_id
            self.env["sozial.assessment.line"].create(
                [{"assessment_id": assessment.id, "area_id": area.id} for area in missing]
            )
        return assessments

    def write(self, vals):
        self._refuse_guarded(vals)
        self._require_own_draft()
        result = super().write(vals)
        if "kind" in vals:
            for assessment in self:
                assessment._write_guarded({"previous_id": assessment._to_compare_with().id})
        return result

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def copy(self, default=None):
        """A copy is a draft of whoever copies, in the same case."""
        self.check_access("read")
        kind = {"intake": "interim"}.get(self.kind, self.kind) if self.state == "final" else self.kind
        return super().copy({"date": fields.Date.context_today(self), "kind": kind, **(default or {})})

    @api.ondelete(at_uninstall=False)
    def _unlink_own_draft(self):
        self._require_own_draft()

    def _require_own_draft(self):
        """Stop changes of a final assessment, and of a colleague's draft.

        :raise UserError: says which and what to do
        """
        for assessment in self:
            if assessment.state == "final":
                raise UserError(self.env._("This assessment is final and stays as it is. Make a new one."))
            if assessment.user_id != self.env.user:
                raise UserError(
                    self.env._("This draft belongs to %s. Make one of your own.", assessment.user_id.sudo().name)
                )
            assessment.case_id._require_not_ended()

    def _to_compare_with(self):
        """The final assessment this one is compared with."""
        self.ensure_one()
        finals = self.case_id._final_assessments() - self
        beginning = finals.filtered(lambda one: one.kind == "intake")
        return beginning[:1] if self.kind == "closing" and beginning else finals[:1]

    def action_show(self):
        """Show the whole assessment."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_assessment")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}

    def action_finalise(self):
        """Make the draft final. It never changes again.

        :raise UserError: names the life areas without an answer
        """
        for assessment in self:
            assessment.check_access("write")
            assessment._require_own_draft()
            open_areas = assessment.line_ids.filtered(lambda line: not line.score and not line.left_out).area_id
            if open_areas or not assessment.line_ids:
                raise UserError(
                    self.env._(
                        "Choose a level for each life area, or tick »Not spoken about«. Still open: %s.",
                        ", ".join(open_areas.mapped("name")),
                    )
                )
            if not any(assessment.line_ids.mapped("score")):
                raise UserError(self.env._("At least one life area needs a level."))
            if assessment.kind == "intake" and (assessment.case_id._final_assessments("intake") - assessment):
                raise UserError(
                    self.env._(
                        "When in the case: there is a final assessment of the beginning already. Choose »In between« or »At the end«."
                    )
                )
            assessment._write_guarded({"previous_id": assessment._to_compare_with().id})
            assessment._write_guarded({"state": "final", "final_on": fields.Date.context_today(assessment)})
        return True
