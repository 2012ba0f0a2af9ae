from odoo import api, fields, models
from odoo.exceptions import UserError

SCALE = [(str(points), str(points)) for points in range(6)]


class SozialReviewScore(models.Model):
    """The points of one reviewer for one criterion, with the reason."""

    _name = "sozial.review.score"
    _description = "Score"
    _order = "review_id, sequence, id"
    _rec_name = "criterion_id"
    _check_company_auto = True

    review_id = fields.Many2one("sozial.review", "Sheet", required=True, readonly=True, index=True, ondelete="restrict")
    user_id = fields.Many2one(related="review_id.user_id", store=True, precompute=True, index=True)
    call_id = fields.Many2one(related="review_id.call_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, precompute=True, index=True)
    submission_id = fields.Many2one(related="review_id.submission_id", store=True, precompute=True, index=True)
    criterion_id = fields.Many2one("sozial.call.criterion", "Criterion", required=True, readonly=True, index=True, ondelete="restrict")
    sequence = fields.Integer(related="criterion_id.sequence", store=True, precompute=True)
    weight = fields.Integer(related="criterion_id.weight", string="Weight (%)")
    description = fields.Text(related="criterion_id.description")
    score = fields.Selection(SCALE, "Points", help="0 to 5, by the published levels.")
    level = fields.Text("This level means", compute="_compute_level")
    levels = fields.Text("Levels", compute="_compute_level")
    reason = fields.Text(help="One or two sentences with the place in the submission. Letters to the organisations draw on it.")

    _once = models.Constraint("UNIQUE (review_id, criterion_id)", "This criterion has a score already.")

    @api.depends("score", "criterion_id")
    def _compute_level(self):
        for row in self:
            texts = [row.criterion_id[f"anchor_{points}"] or "" for points in range(6)]
            row.level = texts[int(row.score)] if row.score else False
            row.levels = "\n".join(f"{points}: {text}" for points, text in enumerate(texts))

    def write(self, vals):
        if vals.keys() - {"score", "reason"}:
            raise UserError(self.env._("Only the points and the reason can be changed."))
        self.review_id._require_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A score is not deleted: it belongs to the file of the call."))
