from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

OPEN = ("open", "review", "released")
REMIND_DAYS = 10


class SozialSubjectPart(models.Model):
    """What the social department answers a person from one case: reviewed by those who may read it.

    Comes from a request at data protection or from the client directly. It hangs on the case, so
    nobody without a grant sees it, learns of it or counts it; data protection is no exception.
    The one who reviews hands the paper over, sealed or in person.
    """

    _name = "sozial.subject.part"
    _description = "Copy of a case for the person"
    _inherit = ["sozial.subject.confidential", "sozial.guarded"]
    _order = "due_on, id"
    _guarded = frozenset(
        {"state", "due_on", "received_on", "erasure_wanted", "request_id", "reviewed_by_id", "reviewed_at", "delivered_on", "delivered_how"}
    )

    partner_id = fields.Many2one(
        "res.partner",
        "For whom",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Who asked for a copy: a participant of the case.",
    )
    case_partner_ids = fields.Many2many("res.partner", compute="_compute_case_partner_ids")
    # Only the system follows it: the request belongs to data protection.
    request_id = fields.Many2one(
        "sozial.subject.request", "Request", readonly=True, index="btree_not_null", ondelete="set null", groups=fields.NO_ACCESS
    )
    erasure_wanted = fields.Boolean("Wants the data erased too", readonly=True, help="Asked for with the request (Art. 17 GDPR).")
    is_client = fields.Boolean("Is the client", compute="_compute_is_client")
    received_on = fields.Date("Asked on", required=True, readonly=True, default=fields.Date.context_today)
    due_on = fields.Date("Answer due", readonly=True)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")
    state = fields.Selection(
        [
            ("open", "Asked for"),
            ("review", "In review"),
            ("released", "Released"),
            ("delivered", "Handed over"),
            ("withheld", "Not answered"),
            ("cancelled", "Request refused"),
        ],
        "Status",
        required=True,
        readonly=True,
        copy=False,
        default="open",
        index=True,
    )
    line_ids = fields.One2many("sozial.subject.line", "part_id", "Paragraphs")
    released_count = fields.Integer("Go to the person", compute="_compute_counts")
    redacted_count = fields.Integer("Blacked out", compute="_compute_counts")
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True, copy=False, ondelete="restrict", index="btree_not_null")
    reviewed_at = fields.Datetime("Reviewed on", readonly=True, copy=False)
    delivered_on = fields.Date("Handed over on", readonly=True, copy=False)
    delivered_how = fields.Selection(
        [("person", "In person"), ("letter", "Sealed letter")], "Handed over by", readonly=True, copy=False
    )
    withhold_reason = fields.Text(
        "Why not answered",
        copy=False,
        help="Whoever is no client may not be told what is a secret of somebody else, not even that there is a case (§ 29(1) BDSG).",
    )

    _withheld_with_reason = models.Constraint(
        "CHECK (state <> 'withheld' OR COALESCE(TRIM(withhold_reason), '') <> '')", "Why not answered: write the reason down first."
    )
    _released_by_somebody = models.Constraint(
        "CHECK (state NOT IN ('released', 'delivered') OR reviewed_by_id IS NOT NULL)",
        "A copy is released by the person who reviewed it.",
    )

    @api.depends("case_id.participant_ids.partner_id")
    def _compute_case_partner_ids(self):
        for part in self:
            part.case_partner_ids = part.case_id.participant_ids.partner_id

    @api.depends("partner_id", "case_id.participant_ids.role")
    def _compute_is_client(self):
        for part in self:
            roles = part.case_id.participant_ids.filtered(lambda one, part=part: one.partner_id == part.partner_id).mapped("role")
            part.is_client = "client" in roles

    @api.depends("due_on", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for part in self:
            part.is_overdue = part.state in OPEN and bool(part.due_on) and part.due_on < today

    @api.depends("line_ids.is_released")
    def _compute_counts(self):
        for part in self:
            part.released_count = len(part.line_ids.filtered("is_released"))
            part.redacted_count = len(part.line_ids) - part.released_count

    @api.constrains("partner_id", "case_id")
    def _check_partner(self):
        for part in self:
            if part.partner_id not in part.case_partner_ids:
                raise ValidationError(self.env._("For whom: choose a participant of this case."))

    @api.model_create_multi
    def create(self, vals_list):
        """Those who work on a case may answer the client directly, without data protection."""
        if not self.env.su:
            for vals in vals_list:
                self._refuse_guarded({name: value for name, value in vals.items() if (name, value) != ("state", "open")})
        parts = super().create(vals_list)
        for part in parts:
            if not part.due_on:
                part._write_guarded({"due_on": fields.Date.add(part.received_on, months=1)})
        return parts

    def write(self, vals):
        self._refuse_guarded(vals)
        if {"partner_id", "line_ids"} & vals.keys():
            self._require_state("open", "review")
        return super().write(vals)

    def _write_guarded(self, vals):
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su:
            raise UserError(self.env._("A copy of data is not deleted by hand: it proves what the person was told."))

    def _require_state(self, *states):
        self.check_access("write")
        if any(part.state not in states for part in self):
            raise UserError(self.env._("This copy has moved on already and stays as it is."))

    @api.model
    def _open_for_request(self, request):
        """A part for each case of the request's company in which the person takes part. Called as the system itself."""
        cases = self.env["sozial.case"].search(
            [
                ("participant_ids.partner_id", "=", request.partner_id.id),
                ("company_id", "=", request.company_id.id),
                ("state", "!=", "anonymised"),
            ]
        )
        parts = self.create(
            [
                {
                    "case_id": case.id,
                    "partner_id": request.partner_id.id,
                    "request_id": request.id,
                    "received_on": request.received_on,
                    "due_on": request.due_on,
                    "erasure_wanted": request.erasure_wanted,
                }
                for case in cases
            ]
        )
        parts._remind()
        return parts

    def _remind(self):
        """An activity for the worker in charge, without a mail: its moment would tell which case it is."""
        for part in self.filtered(lambda one: one.case_id.worker_id):
            part.case_id.with_context(mail_activity_quick_update=True).activity_schedule(
                "sozial_management.activity_type_subject_part",
                user_id=part.case_id.worker_id.id,
                date_deadline=fields.Date.subtract(part.due_on, days=REMIND_DAYS),
            )

    def _cancel(self):
        """The request was refused: nothing is answered any more."""
        self.filtered(lambda part: part.state in OPEN)._write_guarded({"state": "cancelled"})

    def _postpone(self, due_on):
        self.filtered(lambda part: part.state in OPEN)._write_guarded({"due_on": due_on})

    def action_collect(self):
        """List all paragraphs of the case as they stand now, and begin or go on with the review."""
        self._require_state("open", "review")
        for part in self:
            passages = part.case_id._sync_passages()
            listed = part.line_ids.passage_id
            self.env["sozial.subject.line"].sudo().create(
                [{"part_id": part.id, "case_id": part.case_id.id, "passage_id": one.id} for one in passages - listed]
            )
            part._write_guarded({"state": "review"})
        return True

    def action_release(self):
        """Fix what goes to the person and what is blacked out. Everything unsure is blacked out.

        :raise UserError: if something was written since the paragraphs were collected
        """
        self._require_state("review")
        for part in self:
            if part.case_id._passages_differ() or part.case_id._sync_passages() != part.line_ids.passage_id:
                raise UserError(
                    self.env._("Notes were written or changed since. Collect the paragraphs again and look at the new ones.")
                )
            part.line_ids._freeze()
            part._write_guarded({"state": "released", "reviewed_by_id": self.env.uid, "reviewed_at": fields.Datetime.now()})
        return True

    def action_review_again(self):
        """Back to the review, while nothing was handed over."""
        self._require_state("released", "withheld")
        return self._write_guarded({"state": "review", "reviewed_by_id": False, "reviewed_at": False})

    def action_delivered_in_person(self):
        """Handed over in a talk."""
        return self._deliver("person")

    def action_delivered_by_letter(self):
        """Sent in a sealed letter, personally addressed."""
        return self._deliver("letter")

    def _deliver(self, how):
        self._require_state("released")
        return self._write_guarded(
            {"state": "delivered", "delivered_on": fields.Date.context_today(self), "delivered_how": how}
        )

    def action_withhold(self):
        """Answer nothing: the person is no client, and the case is somebody else's secret (§ 29(1) BDSG).

        :raise UserError: without a reason, or for the client
        """
        self._require_state("open", "review", "released")
        for part in self:
            if part.is_client:
                raise UserError(self.env._("The client gets an answer. Black out what concerns others."))
            if not (part.withhold_reason or "").strip():
                raise UserError(self.env._("Why not answered: write the reason down first."))
        return self._write_guarded({"state": "withheld", "reviewed_by_id": self.env.uid, "reviewed_at": fields.Datetime.now()})

    def _log_handing_out(self, kind):
        """Note that this case left the house on paper or as a file. It is noted as the case itself:
        "a copy for a person" would tell data protection whose case it is while that request is open."""
        self.env["sozial.access.log"]._log_cases(kind, self.case_id.ids)

    def _require_released(self):
        self.check_access("read")
        if any(part.state not in ("released", "delivered") for part in self):
            raise UserError(self.env._("Release the copy first: until then nothing of it is printed."))

    def action_print(self):
        """The letter to the person, with what is not theirs blacked out."""
        self._require_released()
        return self.env.ref("sozial_management.report_subject_part").report_action(self)

    def action_download(self):
        """The same as JSON."""
        self.ensure_one()
        self._require_released()
        return {"type": "ir.actions.act_url", "url": f"/sozial/subject-part/{self.id}.json", "target": "download"}
