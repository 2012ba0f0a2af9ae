from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.tools.misc import format_date

MAX_SUMMARY = 2000


class SozialHandover(models.Model):
    """Somebody hands a tenant over to the social department: the team's inbox.

    Comes from a colleague (two sentences) or from a tenant who asks to be called back.
    It knows no case, so nothing can be followed from here into one.
    """

    _name = "sozial.handover"
    _description = "Hand-over"
    _order = "urgency desc, create_date, id"
    _check_company_auto = True

    topic_id = fields.Many2one(
        "sozial.topic", "Topic", required=True, index=True, anonymise="keep",
        help="What fits best. The social worker may change it later.",
    )
    summary = fields.Text(
        "What is it about?",
        required=True,
        anonymise="blank",
        help="Two sentences are enough. Diagnoses and details belong into the talk with the social worker.",
    )
    urgency = fields.Selection(
        [("0", "Normal"), ("1", "This week"), ("2", "Today")],
        required=True,
        default="0",
        help="By when somebody has to act. Today: a dwelling or a person is in danger.",
    )
    source = fields.Selection(
        [("backoffice", "In house"), ("callback", "Call-back request")],
        required=True,
        readonly=True,
        default="backoffice",
        help="Handed over by a colleague, or asked for on the public page of an offer.",
    )
    partner_id = fields.Many2one("res.partner", "Tenant", index="btree_not_null", check_company=True, anonymise="blank")
    tenancy_id = fields.Many2one("sozial.tenancy", "Tenancy", index="btree_not_null", check_company=True, anonymise="blank")
    quarter_id = fields.Many2one(
        "sozial.quarter", "Quarter", compute="_compute_quarter_id", store=True, readonly=False, check_company=True,
        anonymise="keep",
    )
    tenant_knows = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Does the tenant know?",
        help="Whether the tenant knows and agrees that the social department gets in touch.",
    )
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    offer_id = fields.Many2one("sozial.offer", "Offer", readonly=True, index="btree_not_null", check_company=True, anonymise="keep")
    contact_name = fields.Char("Name given", anonymise="blank")
    contact_phone = fields.Char("Phone given", anonymise="blank")
    contact_email = fields.Char("E-mail given", anonymise="blank")
    contact_time = fields.Char("When to call", anonymise="blank")

    state = fields.Selection(
        [("new", "New"), ("taken", "Taken"), ("declined", "Declined")],
        "Status",
        required=True,
        readonly=True,
        copy=False,
        default="new",
        index=True,
    )
    author_id = fields.Many2one(
        "res.users", "Handed over by", required=True, readonly=True, index=True, default=lambda self: self.env.user,
        anonymise="keep",
    )
    handed_on = fields.Date("Handed over on", required=True, readonly=True, default=fields.Date.context_today)
    worker_id = fields.Many2one(
        "res.users",
        "Contact person",
        readonly=True,
        copy=False,
        anonymise="keep",
        index="btree_not_null",
        help="Who took the hand-over or declined it.",
    )
    taken_at = fields.Datetime("Taken at", readonly=True, copy=False)
    decline_reason = fields.Text(
        "Reason for declining", readonly=True, copy=False, anonymise="blank", help="The colleague who handed over reads it."
    )

    _about_somebody = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR tenancy_id IS NOT NULL OR contact_name IS NOT NULL OR anonymised_on IS NOT NULL)",
        "Tenant: choose the tenant or the tenancy this is about.",
    )
    _tenant_knows_answered = models.Constraint(
        "CHECK (source <> 'backoffice' OR tenant_knows IS NOT NULL)",
        "Does the tenant know? Answer with yes or no.",
    )
    _taken_by_somebody = models.Constraint(
        "CHECK (state = 'new' OR worker_id IS NOT NULL)", "A hand-over is taken or declined by somebody."
    )
    _inbox = models.Index("(company_id, urgency DESC, create_date) WHERE state = 'new'")

    @api.depends("tenancy_id")
    def _compute_quarter_id(self):
        for handover in self:
            handover.quarter_id = handover.tenancy_id.quarter_id or handover.quarter_id

    @api.depends("topic_id.name", "handed_on")
    def _compute_display_name(self):
        for handover in self:
            day = handover.handed_on and format_date(self.env, handover.handed_on)
            parts = (handover.topic_id.name or self.env._("Hand-over"), day)
            handover.display_name = " · ".join(part for part in parts if part)

    @api.onchange("tenancy_id")
    def _onchange_tenancy_id(self):
        if self.tenancy_id and not self.partner_id:
            self.partner_id = self.tenancy_id.partner_id

    @api.constrains("summary")
    def _check_summary(self):
        for handover in self:
            if not handover.summary.strip():
                raise ValidationError(self.env._("What is it about? Write two sentences."))
            if len(handover.summary) > MAX_SUMMARY:
                raise ValidationError(
                    self.env._("What is it about? At most %s characters: two sentences are enough.", MAX_SUMMARY)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.update(state="new", worker_id=False, taken_at=False, decline_reason=False, author_id=self.env.uid)
            if not self.env.su:
                vals["source"] = "backoffice"
        handovers = super().create(vals_list)
        for handover in handovers:
            if handover.tenancy_id and not handover.partner_id:
                handover.partner_id = handover.tenancy_id.partner_id
        return handovers

    def write(self, vals):
        """The author may correct a new hand-over; afterwards it stays as it is."""
        for handover in self:
            if handover.state != "new":
                raise UserError(self.env._("This hand-over is no longer new and stays as it is."))
            if handover.author_id != self.env.user and not self.env.su:
                raise AccessError(self.env._("Only %s may change this hand-over.", handover.author_id.sudo().name))
        if {"state", "worker_id", "taken_at", "author_id", "source", "decline_reason"} & vals.keys():
            raise UserError(self.env._("Status: use the buttons »Take« and »Decline«."))
        return super().write(vals)

    def action_submit(self):
        """Confirm the dialog: the hand-over is saved by now."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Handed over. Under »My hand-overs« you will see who takes care of it."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_take(self):
        """Take the hand-over: opens the case with the current user in charge, in one transaction.

        :return: action that shows the new case
        :raise AccessError: if the current user is no social worker
        :raise UserError: if somebody was faster
        """
        self.ensure_one()
        self._claim()
        case = self.env["sozial.case"].create(self._case_values())
        case._link_handover(self)
        self._settle("taken")
        return case._action_open()

    def _join(self, case, role):
        """Take the hand-over into a case that runs already, in one transaction: the second complaint of one conflict.

        :return: action that shows the case
        :raise AccessError: if the current user may not work on the case
        :raise UserError: if the case is closed, or somebody was faster
        """
        self.ensure_one()
        case.ensure_one()
        case.check_access("write")
        case._require_not_ended()
        self._claim()
        person = self.partner_id or self.tenancy_id.partner_id
        if person and person not in case.participant_ids.filtered(lambda one: not one.date_end).partner_id:
            case.write({"participant_ids": [fields.Command.create({"partner_id": person.id, "role": role or "household"})]})
        case._join_handover(self)
        self._settle("taken")
        return case._action_open()

    def _decline(self, reason):
        """Decline with a reason that the author reads."""
        self.ensure_one()
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: tell your colleague in a sentence why, and where to turn."))
        self._claim()
        self._settle("declined", decline_reason=reason.strip())

    def _claim(self):
        """Lock the row, so that two people cannot take the same hand-over."""
        self.check_access("read")
        if not self.env.user.has_group("sozial_management.group_sozial_worker"):
            raise AccessError(self.env._("A hand-over is taken by a social worker."))
        try:
            self.sudo().lock_for_update()
        except LockError:
            raise UserError(
                self.env._("A colleague is dealing with this hand-over right now. Reload the inbox.")
            ) from None
        self.invalidate_recordset(["state", "worker_id"])
        if self.state != "new":
            raise UserError(
                self.env._("%s has dealt with this hand-over already.", self.sudo().worker_id.name)
            )

    def _settle(self, state, **values):
        super(SozialHandover, self.sudo()).write(
            {"state": state, "worker_id": self.env.uid, "taken_at": fields.Datetime.now(), **values}
        )

    def _case_values(self):
        """Values of the case that this hand-over becomes."""
        partner = self.partner_id or self.tenancy_id.partner_id
        kind = self.topic_id.case_type_id.filtered("active") or self.env["sozial.case.type"].search([], limit=1)
        if not kind:
            raise UserError(self.env._("There is no kind of case yet. Ask your administrator to set one up."))
        values = {
            "type_id": kind.id,
            "urgency": self.urgency,
            "topic_ids": [fields.Command.link(self.topic_id.id)],
            "tenancy_id": self.tenancy_id.id,
            "quarter_id": self.quarter_id.id,
            "company_id": self.company_id.id,
        }
        if partner:
            values["participant_ids"] = [fields.Command.create({"partner_id": partner.id, "role": "client"})]
        return values
