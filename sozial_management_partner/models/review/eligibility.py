from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SozialReviewEligibility(models.Model):
    """Whether a submission meets one criterion of eligibility; who does not meet all of them is out.

    Decided for all submissions before the first score is given, so that no score colours it.
    """

    _name = "sozial.review.eligibility"
    _description = "Eligibility"
    _order = "call_id, submission_id, criterion_id"
    _rec_name = "criterion_id"
    _check_company_auto = True

    submission_id = fields.Many2one("sozial.submission", "Submission", required=True, index=True, ondelete="restrict", check_company=True)
    # not precomputed: a draft of the row would show up in the call
    call_id = fields.Many2one(related="submission_id.call_id", store=True, index=True)
    company_id = fields.Many2one(related="submission_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one(related="submission_id.lot_id", store=True, precompute=True, index=True)
    partner_name = fields.Char(related="submission_id.partner_name", string="Organisation")
    criterion_id = fields.Many2one("sozial.call.criterion", "Criterion", required=True, index=True, ondelete="restrict")
    result = fields.Selection([("met", "Met"), ("unmet", "Not met")], "Decision")
    reason = fields.Char(help="Needed if it is not met: the organisation reads it in its letter.")
    user_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="restrict")

    _once = models.Constraint("UNIQUE (submission_id, criterion_id)", "This is decided already.")
    _unmet_has_reason = models.Constraint(
        "CHECK (result IS DISTINCT FROM 'unmet' OR COALESCE(reason, '') <> '')", "Reason: say why it is not met."
    )

    @api.constrains("result", "reason")
    def _check_reason(self):
        for row in self:
            if row.result == "unmet" and not (row.reason or "").strip():
                raise ValidationError(
                    self.env._("Reason: say why “%s” is not met. The organisation reads it in its letter.", row.criterion_id.name)
                )

    def write(self, vals):
        self.check_access("write")
        if vals.keys() - {"result", "reason"}:
            raise UserError(self.env._("Only the decision and its reason can be changed."))
        self._require_before_review()
        super().write({**vals, "user_id": self.env.uid})
        for row in self.filtered("result"):
            label = dict(self._fields["result"]._description_selection(row.call_id._german().env))[row.result]
            details = {"submission": row.submission_id.number, "organisation": row.partner_name, "criterion": row.criterion_id.name}
            row.call_id._record("eligibility", {**details, "how": label, **({"reason": row.reason} if row.reason else {})})
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A decision about eligibility is not deleted."))

    def _require_before_review(self):
        """:raise UserError: once scores are being given"""
        for call in self.call_id:
            if call.state != "opened" or call.sudo().member_ids.review_ids:
                raise UserError(self.env._("%s: eligibility is decided before the first score is given.", call.number))
