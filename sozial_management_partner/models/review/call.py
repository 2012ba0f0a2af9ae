import secrets
from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...procedure import ranking

FEWEST_REVIEWERS = 2


class SozialCall(models.Model):
    """The review of a call: panel, eligibility, scores, ranking."""

    _inherit = "sozial.call"

    member_ids = fields.One2many("sozial.review.member", "call_id", "Members of the panel")
    eligibility_ids = fields.One2many("sozial.review.eligibility", "call_id", "Eligibility")
    consensus_ids = fields.One2many("sozial.review.consensus", "call_id", "Agreed by the panel")
    review_closed_at = fields.Datetime("Review finished on", readonly=True, copy=False)
    my_member_id = fields.Many2one("sozial.review.member", compute="_compute_my_member_id", string="My place on the panel")

    @api.model
    def _refuse_guarded(self, vals):
        for name in ("review_closed_at", "cancel_reason"):
            if name in vals:
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("%(field)s: this is not set directly. Use the buttons.", field=label))
        return super()._refuse_guarded(vals)

    @api.depends_context("uid")
    def _compute_my_member_id(self):
        mine = self.env["sozial.review.member"].search([("call_id", "in", self.ids), ("user_id", "=", self.env.uid)])
        by_call = {member.call_id.id: member for member in mine}
        for call in self:
            call.my_member_id = by_call.get(call.id)

    # ---- submissions ----

    def _submitted(self):
        """What was handed in and counts, of all lots. For code that has checked who may know."""
        domain = [("call_id", "in", self.ids), ("state", "=", "submitted")]
        return self.env["sozial.submission"].sudo().search(domain, order="lot_id, number")

    def _eligible(self):
        """Submissions that meet every criterion of eligibility."""
        unmet = self.sudo().eligibility_ids.filtered(lambda row: row.result == "unmet").submission_id
        return self._submitted() - unmet

    def action_prepare_eligibility(self):
        """Rows for every submission and criterion of eligibility, to be decided."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "opened":
            raise UserError(self.env._("%s: eligibility is decided after the opening, before the review.", self.number))
        self._make_eligibility()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_review_eligibility"),
            "domain": [("call_id", "=", self.id)],
        }

    def _make_eligibility(self):
        rows = self.env["sozial.review.eligibility"].sudo()
        there = {(row.submission_id, row.criterion_id) for row in self.sudo().eligibility_ids}
        rows.create(
            [
                {"submission_id": submission.id, "criterion_id": criterion.id}
                for submission in self._submitted()
                for criterion in submission.lot_id._criteria().filtered(lambda one: one.kind == "eligibility")
                if (submission, criterion) not in there
            ]
        )

    def _require_eligibility(self):
        """:raise UserError: until every criterion of eligibility is decided for every submission"""
        self.ensure_one()
        self._make_eligibility()
        missing = self.sudo().eligibility_ids.filtered(lambda row: not row.result)
        if missing:
            raise UserError(
                self.env._("%(number)s: eligibility is decided first. Open: %(count)s.", number=self.number, count=len(missing))
            )

    def action_open_consensus(self):
        """Points that the panel agreed on, of this call."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_review_consensus"),
            "domain": [("call_id", "=", self.id)],
        }

    # ---- the end of the review ----

    def action_close_review(self):
        """Finish the review and compute the ranking of every lot from the stored scores.

        :raise UserError: with fewer than two reviewers, or before all have handed in
        """
        for call in self:
            call.check_access("write")
            if call.state != "opened":
                raise UserError(self.env._("%s: the submissions are opened first, and the review is finished once.", call.number))
            call._require_reviewed()
            call._write_guarded({"review_closed_at": call._stored(call._now())})
            for lot in call.lot_ids:
                self.env["sozial.award"].sudo()._rank(lot.sudo())
            call._move("reviewed")

    def _require_reviewed(self):
        """:raise UserError: says who or what is missing"""
        members = self.sudo().member_ids
        waiting = members.filtered(lambda member: not member.left_at and member.interest != "conflict" and not member.finished_at)
        if not self._eligible():
            self._require_eligibility()
            return
        if len(members._counts()) < FEWEST_REVIEWERS:
            raise UserError(self.env._("%s: at least two reviewers without a conflict of interest are needed.", self.number))
        if waiting:
            raise UserError(
                self.env._(
                    "%(number)s: these have not handed in their scores yet: %(names)s.",
                    number=self.number, names=", ".join(waiting.user_id.mapped("name")),
                )  # fmt: skip
            )

    def _tie_steps(self, criteria):
        """The published tie rule as steps of `procedure.ranking`."""
        self.ensure_one()
        if self.tie_rule == "lot" or not criteria:
            return (ranking.DRAWN,)
        heaviest = min(criteria, key=lambda one: (-one.weight, one.sequence, one.id))
        return (str(heaviest.id), ranking.DRAWN)

    def _final_scores(self, submission):
        """The score that counts for each criterion: what the panel agreed last, else the mean of the reviewers."""
        own = self.sudo().consensus_ids.filtered(lambda row: row.submission_id == submission).sorted("id")
        agreed = {row.criterion_id: Fraction(row.score) for row in own}
        reviews = self.sudo().member_ids._counts().review_ids.filtered(lambda review: review.submission_id == submission)
        given = reviews.score_ids.grouped("criterion_id")
        return {
            criterion: agreed.get(criterion) if criterion in agreed else ranking.mean(given[criterion].mapped("score"))
            for criterion in submission.lot_id._award_criteria()
        }

    def _seed(self):
        """A number nobody can foresee, for a drawn lot."""
        return secrets.token_hex(16)
