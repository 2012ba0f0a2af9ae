from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SozialCase(models.Model):
    """Legal hold: who sets it, who lifts it, and what it stops."""

    _inherit = "sozial.case"

    @api.depends("hold_ids.lifted_at")
    def _compute_legal_hold(self):
        for case in self._readers():
            case.legal_hold = any(not hold.lifted_at for hold in case.hold_ids)

    def unlink(self):
        """Deletion under hold is refused, whoever asks and whatever the context says."""
        self.check_access("read")  # first: the refusal names the case and its hold
        self._refuse_under_hold()
        return super().unlink()

    def action_set_hold(self, reason, review_on):
        """Stop every erasure of this case until somebody lifts it again.

        :param str reason: which lawsuit, audit or complaint
        :param review_on: day on which somebody looks whether it is still needed
        :return: id of the hold
        :raise UserError: names what is missing
        """
        self.ensure_one()
        self.check_access("write")
        return self._set_hold(reason, review_on).id

    def _set_hold(self, reason, review_on):
        """Set a hold as the current user. Callers have checked who may."""
        case = self.sudo()
        review_on = case._checked_review(review_on)
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say which lawsuit, audit or complaint needs the case."))
        if case.state == "anonymised":
            raise UserError(self.env._("%s is anonymised. There is nothing left to hold.", case.name))
        if case.legal_hold:
            raise UserError(self.env._("%s is under legal hold already. Change its day of review instead.", case.name))
        hold = self.env["sozial.case.hold"].sudo().create(
            {"case_id": self.id, "reason": reason.strip(), "review_on": review_on, "set_by_id": self.env.uid}
        )
        case._hold_changed()
        return hold

    def _hold_changed(self):
        """Hook: a hold was set, lifted or given another day."""
        self.flush_recordset(["legal_hold"])

    @api.model
    def _checked_review(self, review_on):
        """The day of review as a date.

        :raise UserError: if it is missing or not to come
        """
        day = fields.Date.to_date(review_on)
        if not day or day <= fields.Date.context_today(self):
            raise UserError(self.env._("Review on: choose a day to come. A hold without review would last for ever."))
        return day

    def _refuse_under_hold(self):
        """Stop an erasure.

        :raise UserError: names the case and when the hold is reviewed
        """
        for case in self.sudo():
            hold = case.hold_ids.filtered(lambda one: not one.lifted_at)[:1]
            if hold:
                raise UserError(
                    self.env._(
                        "%(case)s is under legal hold: nothing of it is deleted or anonymised. The hold is reviewed on %(day)s.",
                        case=case.name,
                        day=format_date(self.env, hold.review_on),
                    )
                )
