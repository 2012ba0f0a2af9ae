from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..money import exact

KINDS = [
    ("rent", "Rent"),
    ("energy", "Electricity, gas, water"),
    ("loan", "Loan, overdraft"),
    ("phone", "Phone, internet"),
    ("shop", "Purchase, mail order"),
    ("public", "Authority, tax, broadcasting fee"),
    ("maintenance", "Maintenance"),
    ("fine", "Fine"),
    ("insurance", "Insurance"),
    ("private", "Private person"),
    ("other", "Other"),
]
# Who does not pay these may lose the home, electricity or freedom: they are settled before all others.
PRIMARY = ("rent", "energy", "fine")
# What is still to be paid or fought over.
STANDING = ("open", "disputed")
AMOUNTS = ("principal", "interest", "costs")
# Writing one of these leaves a line in the history.
BALANCE = frozenset({*AMOUNTS, "as_of"})


class SozialDebtClaim(models.Model):
    """What a client owes to one creditor: how much on which day, to whom to write, whether there is a title.

    The own company is a creditor like the others. Each amount that is entered stays in the history.
    """

    _name = "sozial.debt.claim"
    _description = "Claim of a creditor"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _order = "is_primary desc, total desc, id"

    creditor_id = fields.Many2one(
        "res.partner", "Creditor", required=True, index=True, ondelete="restrict", check_company=True, help="To whom the money is owed."
    )
    representative_id = fields.Many2one(
        "res.partner", "Represented by", index="btree_not_null", ondelete="restrict", check_company=True,
        help="Collection agency or lawyer. Letters go there if one is entered.",
    )  # fmt: skip
    reference = fields.Char("Reference number", help="As it stands on the last letter: file, customer or contract number.")
    kind = fields.Selection(KINDS, "Kind of debt", required=True, default="other")
    is_primary = fields.Boolean(
        "Comes first", compute="_compute_is_primary", store=True, precompute=True,
        help="Rent, energy and fines: who does not pay them may lose the home, electricity or freedom.",
    )  # fmt: skip
    is_own = fields.Boolean(
        "Own company", compute="_compute_is_own",
        help="Owed to our own company. It is a creditor like the others; preferring it needs a reason and a second person.",
    )  # fmt: skip
    ground = fields.Char(help="What the claim comes from, for example: contract of 2024, bill of 3 May.")
    principal = fields.Monetary(help="Hauptforderung, without interest and costs.")
    interest = fields.Monetary()
    costs = fields.Monetary(help="Reminders, collection agency, court, bailiff.")
    total = fields.Monetary(compute="_compute_total", store=True, precompute=True)
    as_of = fields.Date("As of", required=True, default=fields.Date.context_today, help="The day on which this much was owed.")
    titled = fields.Boolean(help="A judgment, an enforcement order or another title is there: the creditor may enforce at once.")
    title_on = fields.Date("Title of", help="The day that stands on the title.")
    title = fields.Char("Kind of title", help="For example: Vollstreckungsbescheid, Amtsgericht, file number.")
    enforcement = fields.Selection(
        [
            ("none", "None so far"),
            ("threatened", "Threatened"),
            ("bailiff", "Bailiff has come"),
            ("wages", "Wages are attached"),
            ("account", "Account is attached"),
        ],
        required=True, default="none",
    )  # fmt: skip
    state = fields.Selection(
        [("open", "Outstanding"), ("disputed", "Disputed"), ("paid", "Paid"), ("waived", "Waived")],
        "Status", required=True, default="open", index=True,
        help="Disputed: nothing is paid or acknowledged before it is cleared; it does not go into instalments.",
    )  # fmt: skip
    note = fields.Text()
    remaining = fields.Monetary(
        "Still owed", compute="_compute_remaining", help="The amount of the last statement, less the instalments paid since."
    )
    instalment_ids = fields.One2many("sozial.instalment", "claim_id", "Instalments", readonly=True)
    balance_ids = fields.One2many("sozial.debt.balance", "claim_id", "History", readonly=True)

    _amounts_not_negative = models.Constraint(
        "CHECK (COALESCE(principal, 0) >= 0 AND COALESCE(interest, 0) >= 0 AND COALESCE(costs, 0) >= 0)",
        "Principal, interest, costs: an amount owed is zero or more.",
    )
    _title_has_title = models.Constraint(
        "CHECK (COALESCE(titled, FALSE) OR title_on IS NULL)", "Title of: tick »Titled« first, or leave the day empty."
    )

    @api.depends("kind")
    def _compute_is_primary(self):
        for claim in self:
            claim.is_primary = claim.kind in PRIMARY

    # neither stored nor entered: nobody takes the own company out of the rule for it
    @api.depends("creditor_id.commercial_partner_id", "company_id.partner_id.commercial_partner_id")
    def _compute_is_own(self):
        for claim in self:
            claim.is_own = bool(claim.creditor_id) and (
                claim.creditor_id.commercial_partner_id == claim.company_id.partner_id.commercial_partner_id
            )

    def _own_rent(self):
        """Those that are rent debt with the own company: what threatens the home, and what an authority takes over."""
        return self.filtered(lambda claim: claim.is_own and claim.kind == "rent")

    @api.depends(*AMOUNTS)
    def _compute_total(self):
        for claim in self:
            claim.total = sum(exact(claim[name]) for name in AMOUNTS)

    @api.depends("total", "as_of", "instalment_ids.paid", "instalment_ids.paid_on")
    def _compute_remaining(self):
        for claim in self:
            since = claim.instalment_ids.filtered(lambda one, day=claim.as_of: one.paid_on and day and one.paid_on > day)
            claim.remaining = max(exact(claim.total) - sum((exact(one.paid) for one in since), exact(0)), exact(0))

    @api.depends("creditor_id.name")
    @api.depends_context("sozial_creditor_name")
    def _compute_display_name(self):
        """The case number; where creditors of one case are chosen from, their names."""
        super()._compute_display_name()
        if self.env.context.get("sozial_creditor_name"):
            for claim in self:
                claim.display_name = claim.creditor_id.name

    @api.constrains("as_of", "title_on")
    def _check_days(self):
        today = fields.Date.context_today(self)
        for claim in self:
            for name in ("as_of", "title_on"):
                if claim[name] and claim[name] > today:
                    label = claim._fields[name]._description_string(self.env)
                    raise ValidationError(self.env._("%s: this day is still to come. Enter today or an earlier one.", label))

    @api.constrains("principal", "interest", "costs", "state")
    def _check_amount(self):
        if any(claim.state in STANDING and not claim.total for claim in self):
            raise ValidationError(
                self.env._("Principal: enter what is owed. If nobody knows yet, enter what the client guesses and ask the creditor.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        claims = super().create(vals_list)
        claims._note_balance()
        return claims

    def write(self, vals):
        result = super().write(vals)
        if BALANCE & vals.keys():
            self._note_balance()
        return result

    def _note_balance(self):
        """Keep what was owed on the day, so that the course is seen; a day entered again is corrected.

        Past the rights of the user, who was asked for the claim itself: history is not written by hand.
        """
        balances = self.env["sozial.debt.balance"].sudo()
        stored = {(one.claim_id.id, one.day): one for one in balances.search([("claim_id", "in", self.ids)])}
        new = []
        for claim in self:
            values = {name: claim[name] for name in AMOUNTS}
            known = stored.get((claim.id, claim.as_of))
            if known:
                known.write(values)
            else:
                new.append({**values, "claim_id": claim.id, "day": claim.as_of})
        balances.create(new)
        self.invalidate_recordset(["balance_ids"])  # in the order of their days

    def _known_on(self):
        """The days up to which what is still owed is known: of the statements, and of the payments since."""
        return [day for day in (*self.mapped("as_of"), *self.instalment_ids.mapped("paid_on")) if day]

    def _recipient(self):
        """To whom letters go."""
        self.ensure_one()
        return self.representative_id or self.creditor_id
