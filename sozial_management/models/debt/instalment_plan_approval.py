from odoo import api, fields, models

from ...statute import settlement
from ..money import exact


class SozialInstalmentPlan(models.Model):
    """When a plan needs a reason and a second person: it takes more than is free, or prefers the own company.

    Looked at anew with every change, so a plan is no way past the settlement.
    """

    _inherit = "sozial.instalment.plan"

    own_preferred = fields.Selection(
        [
            ("alone", "The own company gets instalments, another creditor gets nothing."),
            ("quota", "The own company gets a larger part of its claim than another creditor."),
            ("earlier", "The own company is paid before another creditor."),
            ("sooner", "The own company is paid in full sooner than another creditor."),
        ],
        "Own company preferred", compute="_compute_own_preferred",
    )  # fmt: skip

    approved_causes = fields.Char("What was approved", readonly=True, copy=False)
    to_approve = fields.Boolean("Needs a second person", compute="_compute_to_approve")

    @api.depends(
        "share_ids.claim_id", "share_ids.total", "share_ids.monthly", "share_ids.after", "settlement_id.chosen",
        "case_id.claim_ids.state", "case_id.claim_ids.remaining", "case_id.claim_ids.is_own", "case_id.instalment_plan_ids.state",
    )  # fmt: skip
    def _compute_own_preferred(self):
        for plan in self:
            plan.own_preferred = plan._prefers_own()

    def _prefers_own(self):
        """In which way the own company gets more or earlier than the others; False if it does not."""
        own, others = [], []
        for share in self.share_ids.filtered(lambda one: one.claim_id and one.total > 0 and one.monthly > 0):
            (own if share.claim_id.is_own else others).append(share._deal())
        if not own or self._is_equal_as_settled():
            return False
        return settlement.preference(own, [*others, *self._without_instalments()]) or False

    def _without_instalments(self):
        """Open claims of others that neither this plan nor one that runs pays."""
        served = (self.share_ids | self._running_beside().share_ids).claim_id
        claims = self.case_id.claim_ids.filtered(lambda claim: claim.state == "open" and claim.remaining and not claim.is_own)
        return [settlement.Deal(exact(claim.remaining), exact(0), 0, 0) for claim in claims - served - served._origin]

    def _is_equal_as_settled(self):
        """Is this the same quota for all as it was computed? Rounded to cents, small claims end months apart."""
        settled = self.settlement_id
        lines = settled.line_ids.filtered(lambda line: line.kind == "equal" and line.total)
        return settled.chosen == "equal" and self._terms_of(lines) == self._terms_of(self.share_ids)

    @api.model
    def _terms_of(self, rows):
        return {(row.claim_id._origin, exact(row.total), exact(row.monthly), row.after) for row in rows}

    def _causes(self):
        """Codes of what needs a second person now."""
        self.ensure_one()
        return {*(["over_free"] if self.over_free else []), *([self.own_preferred] if self.own_preferred else [])}

    def _is_approved(self):
        """Does what was approved cover what needs it now? Instalments of others may have changed since."""
        return bool(self.approved_by_id) and self._causes() <= set((self.approved_causes or "").split(","))

    @api.depends("over_free", "own_preferred", "approved_by_id", "approved_causes")
    def _compute_to_approve(self):
        for plan in self:
            plan.to_approve = bool(plan._causes()) and not plan._is_approved()

    def action_approve(self):
        """Approve the causes of today, and no later ones."""
        result = super().action_approve()
        self._write_guarded({"approved_causes": ",".join(sorted(self._causes()))})
        return result

    def _approval_problems(self):
        """What is missing of reason and second person, as sentences."""
        _ = self.env._
        causes = []
        if self.over_free:
            causes.append(_("The instalments are more than what is free by the household budget."))
        if self.own_preferred:
            causes.append(dict(self._fields["own_preferred"]._description_selection(self.env))[self.own_preferred])
        if not self.to_approve:
            return []
        if not (self.reason or "").strip():
            return [*causes, _("Reason: write down why this is to be done all the same.")]
        return [*causes, _("A second person has to approve.")]

    def _nothing_to_approve(self):
        if self.state != "draft":
            return self.env._("Only a draft is approved.")
        if not (self.over_free or self.own_preferred):
            return self.env._("This plan needs no second person: offer it.")
        return ""

    def _take_approval(self, settled):
        """What was approved with the settlement: that the own company comes first, and nothing beyond."""
        if settled.approved_by_id and not self.over_free:
            self.reason = settled.reason
            self._write_guarded(
                {
                    "asked_by_id": settled.asked_by_id.id, "approved_by_id": settled.approved_by_id.id,
                    "approved_on": settled.approved_on, "approved_causes": ",".join(sorted(self._causes())),
                }
            )  # fmt: skip
