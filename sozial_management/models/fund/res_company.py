from odoo import fields, models


class ResCompany(models.Model):
    """Who may approve how much from a fund, and what happens if a fund is used up."""

    _inherit = "res.company"

    sozial_fund_colleague_limit = fields.Monetary(
        "A colleague approves up to",
        help="Requests to a fund up to this amount may be approved by another social worker who works on the case; higher ones by the "
        "head. 0: only the head approves.",
    )
    sozial_fund_head_limit = fields.Monetary(
        "One head approves up to", help="Above this amount two heads have to approve. 0: one head is always enough."
    )
    sozial_fund_receipt_days = fields.Integer(
        "Receipt within days", default=30, help="So many days after the payment the receipt is missed: a deadline stands in the case."
    )
    sozial_fund_over = fields.Selection(
        [("refuse", "It is refused"), ("warn", "It may be approved with a reason")],
        "Request above the budget", required=True, default="refuse",
    )  # fmt: skip

    _sozial_fund_limits = models.Constraint(
        "CHECK (COALESCE(sozial_fund_colleague_limit, 0) >= 0 AND COALESCE(sozial_fund_head_limit, 0) >= 0 "
        "AND COALESCE(sozial_fund_receipt_days, 0) >= 0)",
        "Limits and days of the fund: zero or more.",
    )
