from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SozialCaseTransfer(models.Model):
    """Cases offered to a colleague: asked, accepted, declined or withdrawn; one or a whole caseload.

    The row itself names no case and nobody in it: who is asked has no access yet. Its lines do,
    and are as secret as their cases; so the reason is a choice, and notes stand on the lines.
    """

    _name = "sozial.case.transfer"
    _description = "Transfer of cases"
    _inherit = "sozial.guarded"
    _order = "create_date desc, id desc"
    _rec_name = "create_date"
    _check_company_auto = True
    _anonymise = "keep"

    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    from_user_id = fields.Many2one("res.users", "From", required=True, readonly=True, index=True, ondelete="restrict", anonymise="keep")
    to_user_id = fields.Many2one("res.users", "Given to", required=True, readonly=True, index=True, ondelete="restrict", anonymise="keep")
    asked_by_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True, ondelete="restrict", anonymise="keep")
    reason = fields.Selection(
        [
            ("workload", "Workload"),
            ("absence", "Longer absence"),
            ("leaving", "Leaves the department"),
            ("quarter", "Change of quarter"),
            ("skill", "Special knowledge needed"),
            ("wish", "Wish of the client"),
        ],
        required=True,
        readonly=True,
    )
    case_count = fields.Integer("Cases", readonly=True)
    moved_count = fields.Integer(
        "Handed over", readonly=True, help="Cases that were closed, or in which there is a conflict of interest, stay where they are."
    )
    keep_until = fields.Date("Works along until", readonly=True, help="Until then the former worker in charge keeps access, for questions.")
    state = fields.Selection(
        [("asked", "Asked"), ("accepted", "Accepted"), ("declined", "Declined"), ("withdrawn", "Withdrawn")],
        required=True, readonly=True, default="asked",
    )  # fmt: skip
    decline_reason = fields.Char("Why not", anonymise="keep", help="Whoever asked reads it. No names of clients.")
    answered_on = fields.Datetime("Answered", readonly=True)
    line_ids = fields.One2many("sozial.case.transfer.line", "transfer_id", "Which cases", readonly=True)
    is_mine_to_answer = fields.Boolean(compute="_compute_is_mine")
    is_mine_to_withdraw = fields.Boolean(compute="_compute_is_mine")

    _not_to_oneself = models.Constraint("CHECK (from_user_id <> to_user_id)", "To: choose another colleague.")
    _answered_has_day = models.Constraint(
        "CHECK ((state = 'asked') = (answered_on IS NULL))", "A transfer that is answered needs the day."
    )
    _waiting = models.Index("(to_user_id) WHERE state = 'asked'")

    @api.depends("state", "to_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for transfer in self:
            waits = transfer.state == "asked"
            transfer.is_mine_to_answer = waits and transfer.to_user_id == self.env.user
            transfer.is_mine_to_withdraw = waits and self.env.user in transfer.from_user_id | transfer.asked_by_id

    @api.depends("from_user_id", "to_user_id")
    def _compute_display_name(self):
        for transfer in self:
            transfer.display_name = f"{transfer.from_user_id.name} → {transfer.to_user_id.name}"

    @api.model
    def _ask(self, cases, to_user, reason, note=False, keep_until=False):
        """Offer cases of one worker in charge to a colleague.

        :return: the request
        :raise AccessError: without access to one of the cases, or for others than its worker in charge and the head
        :raise UserError: names what is in the way
        """
        cases.check_access("write")
        cases._require_may_grant()
        problem = self._problem(cases, to_user)
        if problem:
            raise UserError(problem)
        transfer = self.sudo().create(
            {
                "company_id": cases.company_id.id,
                "from_user_id": cases.worker_id.id,
                "to_user_id": to_user.id,
                "asked_by_id": self.env.uid,
                "reason": reason,
                "keep_until": keep_until,
                "case_count": len(cases),
                "line_ids": [fields.Command.create({"case_id": case.id, "note": note}) for case in cases],
            }
        )
        transfer._tell(
            to_user,
            self.env._("Cases are offered to you"),
            self.env._("%(name)s asks you to take over %(count)s cases. You find the request under »Transfers«.",
                       name=transfer.from_user_id.name, count=len(cases)),
        )  # fmt: skip
        return transfer.sudo(self.env.su)

    @api.model
    def _problem(self, cases, to_user):
        """What is wrong with a wished transfer, as a sentence for people; None if nothing."""
        _ = self.env._
        if not cases:
            return _("Cases: choose at least one.")
        if len(cases.worker_id) != 1 or len(cases.company_id) != 1:
            return _("Cases: choose cases of one worker in charge and one company.")
        ended = cases.filtered(lambda case: not case.is_active)
        if ended:
            return _("%s is closed. Only cases that are worked on are handed over.", ", ".join(ended.mapped("name")))
        if to_user == cases.worker_id:
            return _("To: choose another colleague.")
        person = to_user.sudo()
        if not person.active or not person.has_group("sozial_management.group_sozial_worker") or cases.company_id not in person.company_ids:
            return _("To: choose an active social worker of the company of the cases.")
        shut_out = cases.filtered(lambda case: to_user in case._locked_out_users())
        if shut_out:
            return _("To: a conflict of interest shuts %(name)s out of %(cases)s. Choose somebody else for it.",
                     name=person.name, cases=", ".join(shut_out.mapped("name")))  # fmt: skip
        offered = self.env["sozial.case.transfer.line"].search([("case_id", "in", cases.ids), ("state", "=", "asked")])
        if offered:
            return _("%s is offered to a colleague already. Withdraw that request first.", ", ".join(offered.case_id.mapped("name")))
        return None

    def write(self, vals):
        """Only why one says no is written, by who was asked; all else by the buttons."""
        if not self.env.su and vals.keys() - {"decline_reason"}:
            raise UserError(self.env._("A transfer is answered by its buttons. Otherwise it stays as it is."))
        if not self.env.su and any(not one.is_mine_to_answer for one in self):
            raise UserError(self.env._("Why not: this is written by who was asked, before the answer."))
        return super().write(vals)

    def action_accept(self):
        """Take the cases over: access and everything open goes along, in one transaction.

        :raise AccessError: for others than the colleague who was asked
        :raise UserError: if it was answered already
        """
        transfer = self._answered_by(lambda one: one.to_user_id)
        moved = transfer.line_ids._move()
        transfer.write({"state": "accepted", "answered_on": fields.Datetime.now(), "moved_count": len(moved)})
        transfer._tell(
            transfer.from_user_id | transfer.asked_by_id,
            self.env._("Your cases were taken over"),
            self.env._("%(name)s took over %(moved)s of %(count)s cases.",
                       name=transfer.to_user_id.name, moved=len(moved), count=transfer.case_count),
        )  # fmt: skip
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        return {**action, "domain": [("id", "in", moved.case_id.ids)], "context": {}}

    def action_decline(self):
        """Say no, with a reason.

        :raise AccessError: for others than the colleague who was asked
        :raise UserError: without a reason, or if it was answered already
        """
        transfer = self._answered_by(lambda one: one.to_user_id)
        if not (transfer.decline_reason or "").strip():
            raise UserError(self.env._("Why not: write in a sentence why you cannot take the cases."))
        transfer._end("declined")
        transfer._tell(
            transfer.from_user_id | transfer.asked_by_id,
            self.env._("A transfer was declined"),
            self.env._("%s cannot take the cases. The reason stands under »Transfers«.", transfer.to_user_id.name),
        )
        return True

    def action_withdraw(self):
        """Take the request back; for who asked and for the worker in charge."""
        self._answered_by(lambda one: one.from_user_id | one.asked_by_id)._end("withdrawn")
        return True

    def _answered_by(self, who):
        """The request, ready for its answer by the current user; a second answer at the same time waits here.

        :raise AccessError: if it is not for the current user to answer
        :raise UserError: if it was answered already
        """
        self.ensure_one()
        self.check_access("read")
        if self.env.user not in who(self):
            raise AccessError(self.env._("This transfer is for somebody else to answer."))
        transfer = self.sudo()
        transfer.lock_for_update()
        if transfer.state != "asked":
            raise UserError(self.env._("This transfer has been answered already."))
        return transfer

    def _end(self, state):
        self.write({"state": state, "answered_on": fields.Datetime.now()})
        self.line_ids._write_guarded({"state": "left"})

    @api.model
    def _tell(self, users, subject, body):
        """Tell colleagues; no case and no client is named."""
        users -= self.env.user
        if users:
            self.env["mail.thread"].message_notify(
                partner_ids=users.partner_id.ids, subject=subject, body=body, email_layout_xmlid="mail.mail_notification_layout"
            )
