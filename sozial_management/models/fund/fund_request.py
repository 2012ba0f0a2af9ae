from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .fund import LEVELS, PURPOSES
from .fund_entry import WAYS
from .iban import is_plausible

STATES = [
    ("draft", "Draft"),
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("paid", "Paid"),
    ("settled", "Receipt is there"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
# What people may enter in each state; the rest was decided upon.
DECISION = frozenset({"decision_note"})
PAYMENT = frozenset({"paid_on", "paid_way", "paid_reference"})
RECEIPT = frozenset({"receipt", "receipt_name"})
RETURN = frozenset({"returned", "returned_on"})
# the way of payment may be proposed with the request
LATE = DECISION | PAYMENT - {"paid_way"} | RECEIPT | RETURN
OPEN_TO = {"requested": DECISION, "approved": PAYMENT, "paid": RECEIPT | RETURN, "settled": RETURN}


class SozialFundRequest(models.Model):
    """Money asked for from a fund in a case: what for, who gets it, what was tried before. As secret as the case.

    A second person decides, never the one who asks. What is approved becomes a payment that does not know the case.
    """

    _name = "sozial.fund.request"
    _description = "Request to a fund"
    _inherit = ["sozial.guarded", "sozial.confidential"]
    _anonymise = "delete"
    _order = "id desc"
    _guarded = frozenset(
        {"name", "state", "asked_by_id", "asked_on", "approved_by_id", "approved_on", "second_by_id", "entry_id", "deadline_id"}
    )

    name = fields.Char("Number", readonly=True, copy=False, required=True, default="/")
    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    currency_id = fields.Many2one(related="company_id.currency_id")
    fund_id = fields.Many2one(
        "sozial.fund", "Fund", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('carried_to_id', '=', False)]",
    )  # fmt: skip
    fund_level = fields.Selection(
        LEVELS, "How much is left", compute="_compute_fund_level", help="Of the whole year. Little: less than a fifth."
    )
    purpose = fields.Selection(PURPOSES, required=True, default="other")
    amount = fields.Monetary(required=True)
    own_contribution = fields.Monetary("Own contribution", help="What the client pays of it. Even a little counts.")
    reason = fields.Text(help="What it is needed for, and what happens without it.", copy=False)
    other_help = fields.Text(
        "Other help asked first", copy=False,
        help="Job centre, social office, energy company, foundations: what they answered, or why they cannot be asked in time.",
    )  # fmt: skip
    pay_to = fields.Selection(
        [("creditor", "Whoever is owed"), ("client", "The client"), ("worker", "Cash, handed over by the worker")], "Who is paid",
        required=True, default="creditor",
        help="Best directly to whoever is owed. Whoever pays reads the name: handed over by the worker, no name is needed.",
    )  # fmt: skip
    payee = fields.Char("Paid to", copy=False, help="Name as in the bank account. Whoever pays reads it.")
    account = fields.Char("IBAN", copy=False)
    reference = fields.Char(
        "Text of the transfer", copy=False, help="For example the contract number. Write nothing of the case: the bank reads it."
    )
    state = fields.Selection(STATES, "Status", required=True, readonly=True, copy=False, default="draft", index=True)
    asked_by_id = fields.Many2one("res.users", "Requested by", readonly=True, copy=False, ondelete="restrict")
    asked_on = fields.Date("Requested on", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False, ondelete="restrict")
    second_by_id = fields.Many2one("res.users", "Second approval", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Date("Decided on", readonly=True, copy=False)
    decision_note = fields.Text(
        "Why so", copy=False, help="Needed for a refusal; the letter gives it to the client. Needed too if the budget is exceeded."
    )
    entry_id = fields.Many2one(
        "sozial.fund.entry", "Payment", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True,
        groups=fields.NO_ACCESS,
    )  # fmt: skip
    paid_on = fields.Date("Paid on", copy=False, help="Empty: today.")
    paid_way = fields.Selection(WAYS, "Way of payment", copy=False, default="transfer")
    paid_reference = fields.Char("Receipt number", copy=False)
    deadline_id = fields.Many2one(
        "sozial.deadline", "Receipt until", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    receipt_due = fields.Date("Receipt due on", related="deadline_id.due", related_sudo=False)
    receipt = fields.Binary(attachment=True, copy=False)
    receipt_name = fields.Char(copy=False)
    returned = fields.Monetary("Given back", copy=False, help="What was not needed and came back into the fund.")
    returned_on = fields.Date("Given back on", copy=False)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Amount: enter more than zero.")
    _contribution = models.Constraint("CHECK (COALESCE(own_contribution, 0) >= 0)", "Own contribution: zero or more.")
    _returned_within = models.Constraint(
        "CHECK (COALESCE(returned, 0) >= 0 AND COALESCE(returned, 0) <= amount)",
        "Given back: no less than zero and no more than was paid.",
    )
    _returned_dated = models.Constraint("CHECK (COALESCE(returned, 0) = 0 OR returned_on IS NOT NULL)", "Given back on: enter the day.")
    _second_person = models.Constraint(
        "CHECK (approved_by_id IS NULL OR (approved_by_id <> asked_by_id AND second_by_id IS DISTINCT FROM asked_by_id "
        "AND second_by_id IS DISTINCT FROM approved_by_id))",
        "A second person decides, not the one who asked.",
    )
    _decided = models.Constraint(
        "CHECK (state IN ('draft', 'requested', 'cancelled') OR (approved_by_id IS NOT NULL AND approved_on IS NOT NULL))",
        "A decision needs person and day.",
    )
    _money_booked = models.Constraint(
        "CHECK (state NOT IN ('approved', 'paid', 'settled') OR entry_id IS NOT NULL)", "What is approved is booked in the fund."
    )
    _name_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number was given just now. Please save again.")
    _entry_once = models.UniqueIndex("(entry_id) WHERE entry_id IS NOT NULL", "This payment belongs to another request.")

    @api.depends("fund_id.level")
    def _compute_fund_level(self):
        """Of a fund that the reader may read: a form may name any."""
        readable = self.fund_id._filtered_access("read")
        for one in self:
            one.fund_level = (one.fund_id & readable).level

    @api.constrains("account", "pay_to")
    def _check_account(self):
        for one in self:
            if one.account and not is_plausible(one.account):
                raise ValidationError(self.env._("IBAN: %s is none. Please check the digits.", one.account))

    @api.constrains("returned_on")
    def _check_returned_on(self):
        if any(one.returned_on and one.returned_on > fields.Date.context_today(one) for one in self):
            raise ValidationError(self.env._("Given back on: this day is still to come."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
            self._refuse_early(vals)
        requests = super(SozialFundRequest, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        requests.case_id._require_not_ended()
        for one in requests:
            one._write_guarded({"name": one._next_number()})
        return requests

    def _next_number(self):
        """The next number of the company: a count over all companies would tell one of them how much the others ask for.

        Whoever numbered together before goes on behind the last number of the own company.
        """
        company = self.sudo().company_id
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "sozial.fund.request"), ("company_id", "=", company.id)], limit=1)
        if not sequence:
            sequence = sequences.create(
                {
                    "name": "Requests to a fund", "code": "sozial.fund.request", "prefix": "HF-%(year)s-", "padding": 5,
                    "company_id": company.id, "number_next": self._last_number(company) + 1,
                }
            )  # fmt: skip
        return sequence.next_by_id()

    def _last_number(self, company):
        """The highest number that the company has given so far; 0 for none."""
        self.flush_model(["name", "company_id"])
        self.env.cr.execute(
            "SELECT COALESCE(MAX(SUBSTRING(name FROM '[0-9]+$')::int), 0) FROM (SELECT name FROM sozial_fund_request "
            "WHERE company_id = %(company)s UNION ALL SELECT name FROM sozial_fund_entry WHERE company_id = %(company)s) given",
            {"company": company.id},
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _refuse_early(self, vals):
        """Stop decision, payment and receipt before the request was made.

        :raise UserError: names the field
        """
        for name in sorted(vals.keys() & LATE):
            if vals[name]:
                raise UserError(self.env._("%s: not before it is approved and paid.", self._fields[name]._description_string(self.env)))

    def write(self, vals):
        """A draft is changed freely; later only what its state waits for is entered: decision, payment, receipt, return."""
        self._refuse_guarded(vals)
        self._require_open_to(vals)
        result = super().write(vals)
        if vals.keys() & RETURN:
            self._follow_return()
        return result

    def _require_open_to(self, vals):
        """Stop values that the state of a request does not wait for.

        :raise UserError: names the field
        """
        for one in self:
            if one.state == "draft":
                self._refuse_early(vals)
                one.case_id._require_not_ended()
                continue
            for name in sorted(vals.keys() - OPEN_TO.get(one.state, frozenset())):
                label = self._fields[name]._description_string(self.env)
                raise UserError(
                    self.env._("%s: this request has gone further and stays as it is. Take it back, or enter a new one.", label)
                )
            if "returned" in vals and (vals["returned"] or 0) < one.returned:
                raise UserError(
                    self.env._("Given back: what came back into the fund may be approved anew already; it does not become less.")
                )

    def unlink(self):
        """What a payment tells of the payee goes with the request; its amount stays in the accounts."""
        self.check_access("unlink")
        entries = self.sudo().entry_id
        result = super().unlink()
        entries._forget_payee()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("A request that was made is not deleted. Cancel it."))

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)
