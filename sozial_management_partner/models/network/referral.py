from odoo import fields, models

# Which step of a referral is counted, and as what.
COUNTED = {
    "sent": "sent", "accepted": "accepted", "declined": "declined", "expired": "expired", "completed": "completed",
    "withdrawn": "ended", "revoked": "ended",
}  # fmt: skip


class SozialReferral(models.Model):
    """Each step that figures tell of leaves a fact, which knows nothing of the case."""

    _inherit = "sozial.referral"

    def _write_guarded(self, values):
        before = {referral.id: referral.state for referral in self} if "state" in values else {}
        result = super()._write_guarded(values)
        kind = COUNTED.get(values.get("state"))
        # a question that was answered is “sent” once more: counted once
        counted = self.filtered(lambda one: kind and (kind != "sent" or before[one.id] == "draft") and before[one.id] != one.state)
        counted._count_as(kind)
        return result

    def _count_as(self, kind):
        if not self:
            return
        day = fields.Date.context_today(self)
        referrals = self.sudo()
        cases = referrals.case_id
        cases._figure_draw_keys(dict.fromkeys(cases, day.year))
        self.env["sozial.referral.fact"].sudo().create(
            [
                {
                    "company_id": one.company_id.id, "kind": kind, "month": day.replace(day=1),
                    "contributor": one.case_id.figure_keys[str(day.year)], "quarter_id": one.case_id.quarter_id.id,
                    "topic_id": (one.offer_id.topic_ids or one.case_id.topic_ids)[:1].id, "partner_id": one.partner_id.id,
                }
                for one in referrals
            ]
        )  # fmt: skip
