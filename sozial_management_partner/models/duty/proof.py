from odoo import api, fields, models

from .duty import GUARDED

# More than this share above the plan of a position needs a reason in the factual report.
DEVIATION = 0.2


class SozialAgreementProof(models.Model):
    """Proof of use of funds (Verwendungsnachweis): planned and spent by position, receipts, factual report.

    Two persons look at it: one checks, another one accepts.
    """

    _name = "sozial.agreement.proof"
    _description = "Proof of use of funds"
    _inherit = ["sozial.agreement.duty"]
    _portal_path = "/my/funds"
    _guarded = GUARDED | {
        "report_text", "submitted_function", "checked_at", "checked_by_id", "repaid_on", "repaid_by_id", "repaid", "repaid_parts",
        "repay_reminded_at", "line_ids", "planned", "spent", "unused",
    }

    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("sozial.agreement.proof.line", "proof_id", "Positions", readonly=True)
    planned = fields.Monetary(compute="_compute_sums", store=True)
    spent = fields.Monetary(compute="_compute_sums", store=True, help="The sum of the receipts.")
    unused = fields.Monetary("To be repaid", compute="_compute_sums", store=True, help="What was planned and not spent.")
    deviation_text = fields.Char("More than planned", compute="_compute_deviation_text")
    report_text = fields.Text("Factual report", readonly=True, help="What the money was used for, and what was reached.")
    submitted_function = fields.Char("Function", readonly=True)
    checked_at = fields.Datetime("Checked on", readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True, index="btree_not_null")

    _period_once = models.UniqueIndex("(company_id, agreement_number, period_start)", "This period has its proof already.")
    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _period_in_order = models.Constraint("CHECK (period_end >= period_start)", "“Until” must not be before “From”.")
    _handed_in_is_whole = models.Constraint(
        "CHECK (state = 'due' OR (COALESCE(report_text, '') <> '' AND submitted_at IS NOT NULL AND COALESCE(submitted_name, '') <> ''))",
        "A proof is handed in with its report and with a name.",
    )
    _two_persons = models.Constraint(
        "CHECK (state <> 'accepted' OR (checked_by_id IS NOT NULL AND accepted_by_id IS NOT NULL AND checked_by_id <> accepted_by_id))",
        "One person checks the proof, another one accepts it.",
    )

    @api.model
    def _selection_state(self):
        states = super()._selection_state()
        return [*states[:3], ("checked", self.env._("Checked, waits for the second person")), *states[3:]]

    @api.depends("line_ids.planned", "line_ids.spent")
    def _compute_sums(self):
        for proof in self:
            proof.planned = sum(proof.line_ids.mapped("planned"))
            proof.spent = sum(proof.line_ids.mapped("spent"))
            proof.unused = max(proof.planned - proof.spent, 0)

    @api.depends("line_ids.planned", "line_ids.spent")
    def _compute_deviation_text(self):
        for proof in self:
            over = proof.line_ids.filtered(lambda one: one.spent > one.planned * (1 + DEVIATION))
            proof.deviation_text = ", ".join(over.mapped("name"))

    def _handed_in_summary(self, env):
        return env._("A proof of use was handed in")

    def _late_summary(self, env):
        return env._("A proof of use is late")

    def _mail_subject(self, what):
        _ = self.env._
        return {
            "new": _("A proof of use is due"), "soon": _("A proof of use is due in a few days"), "late": _("A proof of use is late"),
            "returned": _("A proof of use needs to be completed"), "accepted": _("Thank you for your proof of use"),
            "repay": _("Something is still open from your proof of use"),
        }[what]  # fmt: skip

    def _content_text(self):
        _ = self.with_context(lang="de_DE").env._
        money = self.currency_id.format
        lines = [f"{_('Period')}: {self._period_text()}"]
        for line in self.line_ids:
            lines.append(f"{line.name}: {_('planned')} {money(line.planned)}, {_('spent')} {money(line.spent)}")
            for one in line.receipt_ids:
                lines.append(f"  {one.paid_on:%d.%m.%Y} {one.name}: {money(one.amount)} ({one.file_name}, {one.sha256})")
        lines.append(f"{_('Sum')}: {_('planned')} {money(self.planned)}, {_('spent')} {money(self.spent)}")
        lines.append(f"{_('To be repaid')}: {money(self.unused)}")
        lines.append(f"{_('Factual report')}: {self.report_text}")
        return "\n".join(lines)
