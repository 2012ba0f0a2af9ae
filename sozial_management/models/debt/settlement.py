from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...statute import settlement
from ..money import exact

WAYS = [
    ("equal", "All get the same quota"),
    ("own_first", "Own company first"),
    ("takeover", "An authority takes over the rent debt"),
]


class SozialSettlement(models.Model):
    """Ways to settle with all creditors, side by side; the chosen one becomes an instalment plan.

    What comes out is kept with what went in, so that it can be explained later why this way was chosen.
    """

    _name = "sozial.settlement"
    _description = "Settlement with the creditors"
    _inherit = "sozial.finance.approved"
    _anonymise = "delete"
    _order = "day desc, id desc"
    _guarded = frozenset({"asked_by_id", "approved_by_id", "approved_on", "chosen"})

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    day = fields.Date("Computed on", required=True, readonly=True, default=fields.Date.context_today)
    monthly = fields.Monetary(
        "For instalments a month", compute="_compute_monthly", store=True, precompute=True, readonly=False,
        help="What the client can pay a month for all creditors together. Proposed: what is free by the household budget.",
    )  # fmt: skip
    months = fields.Integer("For how many months", help="What is not paid by then would have to be waived. 0: until everything is paid.")
    loan_rate = fields.Monetary(
        "Instalment to the authority", help="What the authority wants back a month if it takes over the rent debt as a loan. 0: a grant."
    )
    line_ids = fields.One2many("sozial.settlement.line", "settlement_id", "Who gets what", readonly=True)
    comparison = fields.Html(compute="_compute_comparison")
    has_own = fields.Boolean(compute="_compute_comparison")
    chosen = fields.Selection(WAYS, "Chosen way", readonly=True, copy=False)
    plan_ids = fields.One2many("sozial.instalment.plan", "settlement_id", "Instalment plans", readonly=True)

    _amounts_not_negative = models.Constraint(
        "CHECK (COALESCE(monthly, 0) >= 0 AND COALESCE(months, 0) >= 0 AND COALESCE(loan_rate, 0) >= 0)",
        "For instalments a month, months, instalment to the authority: zero or more.",
    )

    @api.depends("case_id")
    def _compute_monthly(self):
        for one in self:
            case = one.case_id if one.case_id.id else one.case_id.sudo(False)
            one.monthly = one.monthly or max(case.free_amount, 0)

    @api.model_create_multi
    def create(self, vals_list):
        settlements = super().create(vals_list)
        settlements._rebuild()
        return settlements

    def write(self, vals):
        if vals.keys() - {"line_ids"}:
            self._require_not_chosen()
        result = super().write(vals)
        if vals.keys() & {"monthly", "months", "loan_rate"}:
            self._rebuild()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_not_chosen(self):
        self._require_not_chosen()

    def _require_not_chosen(self):
        """Stop changes of what was chosen.

        :raise UserError: says what to do instead
        """
        if any(one.chosen for one in self):
            raise UserError(self.env._("A chosen settlement stays as it is. Make a new one."))

    def action_compute(self):
        """Compute anew with the claims as they are today."""
        self.check_access("write")
        self._require_not_chosen()
        self._write_guarded({"day": fields.Date.context_today(self)})
        self._rebuild()
        return True

    def _rebuild(self):
        """Compute all ways that are possible; the lines are the computation's, so past the user's rights to them."""
        self.sudo().line_ids.unlink()
        new = []
        for one in self:
            claims = one._claims()
            if claims and one.monthly:
                for kind, _label in WAYS:
                    if kind == "equal" or any(claim.rent for claim in claims):
                        new += one._lines_of(kind, claims)
        self.env["sozial.settlement.line"].sudo().create(new)
        self.invalidate_recordset(["line_ids"])

    def _claims(self):
        """The claims that are settled: open ones. Disputed ones are cleared first."""
        standing = self.case_id.claim_ids.filtered(lambda claim: claim.state == "open" and claim.remaining)
        return [settlement.Claim(claim.id, exact(claim.remaining), bool(claim._own_rent())) for claim in standing]

    def _lines_of(self, kind, claims):
        try:
            way = settlement.scenario(kind, claims, exact(self.monthly), self.months, exact(self.loan_rate))
        except ValueError as refused:
            raise UserError(self._refusal(str(refused))) from None
        lines = [
            {
                "settlement_id": self.id, "kind": kind, "claim_id": share.key if share.key != settlement.AUTHORITY else False,
                "owed": share.claim, "total": share.total, "monthly": share.monthly, "months": share.months, "after": share.after,
            }
            for share in way.shares
        ]  # fmt: skip
        if kind == "takeover":
            lines += [
                {"settlement_id": self.id, "kind": kind, "claim_id": claim.key, "owed": claim.amount, "taken_over": claim.amount}
                for claim in claims
                if claim.rent
            ]
        return lines

    def _refusal(self, message):
        """What the arithmetic says, for people."""
        _ = self.env._
        if message.startswith("loan_rate"):
            return _("Instalment to the authority: it leaves nothing for the other creditors. Enter less.")
        if "too little" in message:
            return _("For instalments a month: too little to be shared among so many creditors.")
        return _("For instalments a month: with this amount it would take more than 50 years. Enter more, or a number of months.")

    @api.depends("line_ids", "line_ids.kind")
    def _compute_comparison(self):
        for one in self:
            one.has_own = any(line.kind == "takeover" for line in one.line_ids)
            one.comparison = one._side_by_side() if one.line_ids else False

    def _side_by_side(self):
        """The ways side by side: a row for each creditor, a column for each way."""
        _ = self.env._
        kinds = [kind for kind, _label in WAYS if any(line.kind == kind for line in self.line_ids)]
        labels = dict(self._fields["chosen"]._description_selection(self.env))
        cell, head = Markup("<td>%s</td>"), Markup("<th>%s</th>")
        rows = [head % _("Creditor") + Markup("").join(head % labels[kind] for kind in kinds)]
        for claim in self.line_ids.claim_id.sorted("id"):
            own = self.line_ids.filtered(lambda line, claim=claim: line.claim_id == claim)
            name = Markup("%s<br/><span class='text-muted'>%s</span>") % (claim.creditor_id.name, self._euro(own[:1].owed))
            cells = (cell % self._cell(own.filtered(lambda line, k=kind: line.kind == k)) for kind in kinds)
            rows.append(cell % name + Markup("").join(cells))
        loans = self.line_ids.filtered(lambda line: not line.claim_id)
        if loans:
            cells = (cell % self._cell(loans.filtered(lambda line, k=kind: line.kind == k)) for kind in kinds)
            rows.append(cell % _("The authority (loan)") + Markup("").join(cells))
        rows.append(Markup("<th>%s</th>") % _("In all") + Markup("").join(head % self._sum(kind) for kind in kinds))
        body = Markup("").join(Markup("<tr>%s</tr>") % row for row in rows)
        return Markup("<div class='table-responsive'><table class='table table-sm'>%s</table></div>") % body

    def _cell(self, lines):
        """What one creditor gets by one way, in words."""
        _ = self.env._
        if not lines:
            return "–"
        line = lines[0]
        if line.taken_over:
            return _("%s at once, from the authority", self._euro(line.taken_over))
        if not line.total:
            return _("nothing")
        text = Markup("<strong>%s</strong> (%s %%)<br/>") % (self._euro(line.total), f"{line.quota:.0f}")
        text += _("%(number)s × %(amount)s", number=line.months, amount=self._euro(line.monthly))
        return text + (Markup("<br/>") + _("after %s months", line.after) if line.after else "")

    def _sum(self, kind):
        lines = self.line_ids.filtered(lambda line: line.kind == kind)
        months = max((line.after + line.months for line in lines), default=0)
        paid = sum(exact(line.total) for line in lines)
        return self.env._("%(amount)s in %(months)s months", amount=self._euro(paid), months=months)

    def action_show(self):
        """Show the ways side by side."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_settlement")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}

    def action_choose(self):
        """Choose the way that the button names by the context key `sozial_way`."""
        self.ensure_one()
        return self._choose(self.env.context.get("sozial_way"))

    def _choose(self, kind):
        """Settle on a way. Preferring the own company needs a reason; a second person approves it before a plan is made.

        :raise UserError: says what is missing
        """
        self.check_access("write")
        self._require_not_chosen()
        if not any(line.kind == kind for line in self.line_ids):
            raise UserError(self.env._("Chosen way: this one was not computed. Enter what can be paid a month and the creditors first."))
        if kind == "own_first" and not (self.reason or "").strip():
            raise UserError(self.env._("Reason: why shall the own company be paid before the others? Write it down, then choose."))
        self._write_guarded({"chosen": kind})
        return True

    def _nothing_to_approve(self):
        if not self.chosen:
            return self.env._("Choose one of the ways first.")
        return "" if self.chosen == "own_first" else self.env._("Only »Own company first« needs a second person.")

    def action_plan(self):
        """Make the instalment plan of the chosen way, as a draft.

        What was approved here counts for the plan as long as nobody changes it.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        if not self.chosen:
            raise UserError(self.env._("Choose one of the ways first."))
        if self.chosen == "own_first" and not self.approved_by_id:
            raise UserError(self.env._("The own company comes first: a second person has to approve this before a plan is made."))
        lines = self.line_ids.filtered(lambda line: line.kind == self.chosen and line.claim_id and line.total)
        if not lines:
            raise UserError(self.env._("By this way nobody gets instalments from the client."))
        plan = self.env["sozial.instalment.plan"].create(
            {
                "case_id": self.case_id.id,
                "settlement_id": self.id,
                "share_ids": [
                    fields.Command.create(
                        {"claim_id": line.claim_id.id, "total": line.total, "monthly": line.monthly, "after": line.after}
                    )
                    for line in lines
                ],
            }
        )
        plan._take_approval(self)
        return plan.action_show()
