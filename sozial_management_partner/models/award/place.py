from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

FIXED = {"points": "points", "lot": "lot", "shared": "shared"}


class SozialAwardPlace(models.Model):
    """One submission's place in the ranking of a lot, as it was computed."""

    _name = "sozial.award.place"
    _description = "Place in a ranking"
    _order = "award_id, sort_rank, id"
    _rec_name = "partner_name"

    award_id = fields.Many2one("sozial.award", "Award", required=True, readonly=True, index=True, ondelete="restrict")
    call_id = fields.Many2one(related="award_id.call_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="award_id.company_id", store=True, precompute=True, index=True)
    submission_id = fields.Many2one("sozial.submission", "Submission", required=True, readonly=True, index=True, ondelete="restrict")
    partner_name = fields.Char(related="submission_id.partner_name", string="Organisation")
    rank = fields.Integer(readonly=True, aggregator=None, help="0: below a minimum, not ranked.")
    sort_rank = fields.Integer(compute="_compute_sort_rank", store=True)
    total = fields.Char("Points, exact", required=True, readonly=True, help="As a fraction: two submissions tie when they are equal.")
    points = fields.Float(compute="_compute_points", digits=(5, 2))
    decided_by = fields.Char(required=True, readonly=True)
    decided_text = fields.Char("Decided by", compute="_compute_texts")
    below = fields.Char(readonly=True)
    below_text = fields.Char("Below the minimum in", compute="_compute_texts")
    withdrawn_at = fields.Datetime("Withdrew on", readonly=True)
    withdrawn_reason = fields.Text("Reason for withdrawing", readonly=True)

    _once = models.Constraint("UNIQUE (award_id, submission_id)", "This submission has a place already.")

    @api.depends("rank")
    def _compute_sort_rank(self):
        for place in self:
            place.sort_rank = place.rank or 9999

    @api.depends("total")
    def _compute_points(self):
        for place in self:
            place.points = float(Fraction(place.total or 0))

    @api.depends("decided_by", "below")
    @api.depends_context("lang")
    def _compute_texts(self):
        for place in self:
            place.decided_text = place._decided_label()
            place.below_text = ", ".join(place._criteria(place.below).mapped("name")) or False

    def _decided_label(self):
        """How the place was decided, in words."""
        self.ensure_one()
        _ = self.env._
        labels = {"points": _("points"), "lot": _("drawn lot"), "shared": _("shared")}
        if self.decided_by in labels:
            return labels[self.decided_by]
        return _("tie, by “%s”", self._criteria(self.decided_by).name)

    def _criteria(self, keys):
        ids = [int(key) for key in (keys or "").split(",") if key.isdigit()]
        return self.env["sozial.call.criterion"].browse(ids)

    def write(self, vals):
        """Refused: a place follows from the scores."""
        raise UserError(self.env._("A place in the ranking is not changed: it follows from the scores."))

    def _write_guarded(self, values):
        """Write past the guard. For the award."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A place in the ranking is not deleted."))
