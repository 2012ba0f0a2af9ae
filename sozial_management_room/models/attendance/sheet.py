import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

PAID = [("paid", "Paid use"), ("free", "Free use")]
KEPT_FIELDS = {"paid", "counted_at", "counted_by", "tally_until", "tally_nonce"}


class SozialActivitySheet(models.Model):
    """The attendance sheet of one session: how it is counted, since when, and what the session cost.

    A session without a sheet was not counted, which is another thing than nobody having come.
    """

    _name = "sozial.activity.sheet"
    _inherit = ["sozial.room.named"]
    _description = "Attendance sheet"
    _rec_name = "session_id"
    _order = "id desc"
    _check_company_auto = True

    session_id = fields.Many2one("sozial.activity.session", "Session", required=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="session_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    mode = fields.Selection(
        [("others", "Guests who are not on the list"), ("everybody", "Everybody, those on the list included")],
        "The numbers count",
        required=True,
        default="others",
        help="So that nobody is counted twice: either guests besides the list, or all who were there.",
    )
    paid = fields.Selection(
        PAID, "Paid or free", compute="_compute_paid", store=True, precompute=True, copy=False,
        help="As the activity was when it was counted: a later price changes nothing of it.",
    )  # fmt: skip
    counted_at = fields.Datetime("Counted on", readonly=True, copy=False)
    counted_by = fields.Many2one("res.users", "Counted by", readonly=True, copy=False, index="btree_not_null")
    expense = fields.Monetary("Expenses", help="What this session cost: fee of the leader, material. For the cost per participant.")
    tally_nonce = fields.Char(groups=fields.NO_ACCESS, copy=False)
    tally_until = fields.Datetime("Tally link good until", readonly=True, copy=False)

    _one_a_session = models.Constraint("UNIQUE (session_id)", "This session has an attendance sheet already.")
    _expense_positive = models.Constraint("CHECK (COALESCE(expense, 0) >= 0)", "Expenses: enter 0 or more.")

    @api.depends("session_id")
    def _compute_paid(self):
        """Does not depend on the price: it is kept."""
        for sheet in self:
            sheet.paid = sheet.session_id._paid()

    @api.model
    def _of(self, session):
        """The sheet of a session, made if there is none."""
        session.ensure_one()
        return self.search([("session_id", "=", session.id)], limit=1) or self.create({"session_id": session.id})

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in KEPT_FIELDS} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Change the sheet of a session whose quarter is not locked.

        :raise UserError: if it is locked, and for what the software enters itself
        """
        if not self.env.su and (kept := KEPT_FIELDS & vals.keys()):
            raise UserError(self.env._("%s: is filled by the software.", self._fields[min(kept)]._description_string(self.env)))
        if "session_id" in vals:
            raise UserError(self.env._("Session: a sheet stays with its session."))
        if {"mode", "expense"} & vals.keys():
            self.env["sozial.activity.quarter"]._require_open(self.session_id)
        return super().write(vals)

    def _new_nonce(self):
        """Former tally links of the session are good no longer."""
        for sheet in self.sudo():
            sheet.tally_nonce = secrets.token_urlsafe(9)
