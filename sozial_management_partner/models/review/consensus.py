from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .score import SCALE


class SozialReviewConsensus(models.Model):
    """Points that the panel agreed on in its talk, beside the scores of each, which stay as they were.

    Where there is none, the mean of the reviewers counts. Agreed anew: the later row counts, the
    earlier one stays.
    """

    _name = "sozial.review.consensus"
    _description = "Score agreed by the panel"
    _order = "call_id, submission_id, criterion_id, id"
    _rec_name = "criterion_id"
    _check_company_auto = True

    submission_id = fields.Many2one("sozial.submission", "Submission", required=True, index=True, ondelete="restrict", check_company=True)
    # not precomputed: a draft of the row would show up in the call
    call_id = fields.Many2one(related="submission_id.call_id", store=True, index=True)
    company_id = fields.Many2one(related="submission_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one(related="submission_id.lot_id", store=True, precompute=True, index=True)
    partner_name = fields.Char(related="submission_id.partner_name", string="Organisation")
    criterion_id = fields.Many2one(
        "sozial.call.criterion", "Criterion", required=True, index=True, ondelete="restrict",
        domain="[('call_id', '=', call_id), ('kind', '=', 'award')]",
    )  # fmt: skip
    singles = fields.Char("Single scores", compute="_compute_singles", help="What each reviewer gave. It stays as it is.")
    score = fields.Selection(SCALE, "Agreed points", required=True)
    reason = fields.Text(required=True, help="Why the panel differs from the single scores.")
    user_id = fields.Many2one(
        "res.users", "Entered by", required=True, readonly=True, ondelete="restrict", default=lambda self: self.env.user
    )

    @api.depends("submission_id", "criterion_id")
    @api.depends_context("uid")
    def _compute_singles(self):
        """Of whoever counts, as far as the current user may read them: nobody does before their own are handed in."""
        scores = self.env["sozial.review.score"].search(
            [
                ("submission_id", "in", self.submission_id.ids),
                ("criterion_id", "in", self.criterion_id.ids),
                ("review_id.state", "=", "final"),
            ],
            order="user_id, id",
        )
        by_place = scores.grouped(lambda one: (one.submission_id, one.criterion_id))
        for row in self:
            given = by_place.get((row.submission_id, row.criterion_id), scores.browse())
            row.singles = " · ".join(f"{one.user_id.name}: {one.score}" for one in given) or False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["user_id"] = self.env.uid
        rows = super().create(vals_list)
        for row in rows:
            row._require_possible()
            row.call_id._record(
                "consensus",
                {"submission": row.submission_id.number, "organisation": row.submission_id.partner_name,
                 "criterion": row.criterion_id.name, "score": int(row.score), "reason": row.reason},
            )  # fmt: skip
        return rows

    def write(self, vals):
        """Refused: what was agreed anew is a row of its own."""
        raise UserError(self.env._("What the panel agreed is not changed. Enter the new agreement as a row of its own."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What the panel agreed is not deleted."))

    def _require_possible(self):
        """Agreed by the panel after all have handed in, before the review is over.

        :raise AccessError: for people outside the panel
        :raise UserError: too early, too late, or for a criterion of another lot
        """
        for row in self:
            members = row.call_id.sudo().member_ids._counts()
            if self.env.user not in members.user_id:
                raise AccessError(self.env._("The panel of %s agrees on points; you are not on it.", row.call_id.number))
            if row.call_id.state != "opened" or not all(member.finished_at for member in members):
                raise UserError(self.env._("Points are agreed after all have handed in their scores, and before the review is finished."))
            if row.criterion_id not in row.sudo().lot_id._award_criteria():
                raise UserError(self.env._("Criterion: choose an award criterion of this lot."))
