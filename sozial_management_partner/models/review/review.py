from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...procedure import ranking


class SozialReview(models.Model):
    """The sheet of one reviewer for one submission: a score with a reason for every award criterion.

    Others' sheets are readable once the own ones are all handed in (record rules), so that nobody
    scores by what others gave.
    """

    _name = "sozial.review"
    _description = "Review of a submission"
    _inherit = ["sozial.guarded"]
    _order = "call_id, lot_id, submission_id, id"
    _rec_name = "submission_id"
    _check_company_auto = True

    _guarded = frozenset({"state", "member_id", "submission_id", "user_id", "call_id", "lot_id"})

    member_id = fields.Many2one(
        "sozial.review.member", "Member of the panel", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(related="member_id.user_id", string="Reviewer", store=True, precompute=True, index=True)
    submission_id = fields.Many2one(
        "sozial.submission", "Submission", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    call_id = fields.Many2one(related="submission_id.call_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="submission_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one(related="submission_id.lot_id", store=True, precompute=True, index=True)
    partner_name = fields.Char(related="submission_id.partner_name", string="Organisation")
    state = fields.Selection(
        [("draft", "Open"), ("final", "Handed in")], "Status", required=True, readonly=True, default="draft", index=True
    )
    score_ids = fields.One2many("sozial.review.score", "review_id", "Scores")
    note = fields.Text("Own notes", help="For yourself and the talk of the panel. Organisations do not read them.")
    points = fields.Float("Points", compute="_compute_points", digits=(5, 2), help="Of 100, by the weights of the criteria.")
    done = fields.Char("Scored", compute="_compute_points")

    _once = models.Constraint("UNIQUE (member_id, submission_id)", "This submission has a sheet already.")

    @api.depends("score_ids.score", "score_ids.reason")
    def _compute_points(self):
        self.score_ids.criterion_id.mapped("weight")  # of all at once
        for review in self:
            given = review.score_ids.filtered("score")
            total = sum((Fraction(int(one.score) * one.criterion_id.weight, ranking.HIGHEST) for one in given), Fraction(0))
            review.points = float(total)
            complete = given.filtered(lambda one: (one.reason or "").strip())
            review.done = f"{len(complete)}/{len(review.score_ids)}"

    @api.depends("submission_id.number", "partner_name")
    def _compute_display_name(self):
        for review in self:
            review.display_name = review.submission_id.number

    def write(self, vals):
        self._refuse_guarded(vals)
        self._require_open()
        return super().write(vals)

    def action_open_submission(self):
        """What was handed in, beside the sheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sozial.submission",
            "res_id": self.submission_id.id,
            "views": [(False, "form")],
            "name": self.env._("What was handed in"),
        }

    def action_open_consensus(self):
        """What the panel agreed on about this submission, and the way to enter more."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_review_consensus"),
            "domain": [("submission_id", "=", self.submission_id.id)],
            "context": {"default_submission_id": self.submission_id.id},
        }

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A sheet is not deleted: it belongs to the file of the call."))

    def _require_open(self):
        """:raise UserError: for what was handed in, or of a review that is over"""
        for review in self:
            if review.state != "draft" or review.call_id.state != "opened":
                raise UserError(self.env._("These scores were handed in, or the review is over. They stay as they are."))

    @api.model
    def _make_sheets(self, member):
        """Sheets with empty scores for every eligible submission that has none of this person."""
        missing = member.call_id._eligible() - member.review_ids.submission_id
        reviews = self.create([{"member_id": member.id, "submission_id": submission.id} for submission in missing])
        self.env["sozial.review.score"].create(
            [
                {"review_id": review.id, "criterion_id": criterion.id}
                for review in reviews
                for criterion in review.lot_id._award_criteria()
            ]
        )
        return reviews
