from odoo import api, fields, models
from odoo.exceptions import UserError

SCORES = [("1", "1 Acute need"), ("2", "2 In danger"), ("3", "3 Unsteady"), ("4", "4 Largely stable"), ("5", "5 Stable")]


class SozialAssessmentLine(models.Model):
    """One life area in an assessment: the worker's view, the client's own, and the score before."""

    _name = "sozial.assessment.line"
    _description = "Life area in an assessment"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "sequence, id"

    assessment_id = fields.Many2one("sozial.assessment", "Assessment", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="assessment_id.case_id", store=True, precompute=True, readonly=True)
    area_id = fields.Many2one("sozial.life.area", "Life area", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(related="area_id.sequence", store=True, precompute=True)
    score = fields.Selection(SCORES, "Level", help="Which description fits best, in your view?")
    own_score = fields.Selection(SCORES, "Own view", help="Where does the client see themselves? May differ from yours.")
    left_out = fields.Boolean("Not spoken about", help="This area was no subject. It has no level then.")
    note = fields.Text("Note", help="What speaks for this level, in few words.")
    previous_score = fields.Selection(SCORES, "Before", compute="_compute_previous_score")
    question = fields.Text(related="area_id.question", related_sudo=False)
    scale = fields.Json(compute="_compute_scale")

    _once = models.Constraint("UNIQUE (assessment_id, area_id)", "This life area is in the assessment already.")
    _left_out_or_scored = models.Constraint(
        "CHECK (NOT (COALESCE(left_out, FALSE) AND score IS NOT NULL))",
        "Not spoken about: an area with a level was spoken about. Untick it, or take the level away.",
    )

    @api.depends("assessment_id.previous_id", "area_id")
    def _compute_previous_score(self):
        for line in self:
            before = line.assessment_id.previous_id.line_ids.filtered(lambda one, area=line.area_id: one.area_id == area)
            line.previous_score = before.score

    @api.depends("area_id")
    @api.depends_context("lang")
    def _compute_scale(self):
        for line in self:
            line.scale = line.area_id._scale() if line.area_id else []

    @api.model_create_multi
    def create(self, vals_list):
        assessments = self.env["sozial.assessment"].browse({vals.get("assessment_id") for vals in vals_list} - {None, False})
        if not self.env.su:
            assessments.check_access("write")
        assessments._require_own_draft()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"assessment_id", "area_id", "case_id"}:
            raise UserError(self.env._("Life area: a line stays with its area and its assessment."))
        self.assessment_id._require_own_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_own_draft(self):
        self.assessment_id._require_own_draft()
