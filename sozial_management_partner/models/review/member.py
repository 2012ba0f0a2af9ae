from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What a reviewer declares, as it is stored with the declaration (§ 6 VgV, § 4 UVgO in substance).
# German, because it is a declaration under German law; to be reviewed by the company's lawyers.
DECLARATION = (
    "Ich habe die Liste der Organisationen erhalten, die sich beworben haben. Weder ich noch meine Angehörigen sind dort "
    "beschäftigt, im Vorstand oder Aufsichtsgremium tätig oder wirtschaftlich an ihnen interessiert. Ich habe keine von ihnen "
    "bei ihrer Bewerbung beraten oder unterstützt. Ich bewerte nur nach den veröffentlichten Kriterien und behandle alles, was "
    "ich dabei erfahre, vertraulich. Ändert sich daran etwas, sage ich es sofort und bewerte nicht weiter."
)
REVIEWING = ("published", "opened")


class SozialReviewMember(models.Model):
    """A person on the panel of a call, with the declaration about conflicts of interest.

    Before it says that there is none, its person reads nothing of a submission of the call; after
    a conflict was declared never again. Global record rules see to it, whatever other roles the
    person has. The person alone declares, for himself or herself.
    """

    _name = "sozial.review.member"
    _description = "Member of a panel"
    _inherit = ["sozial.guarded"]
    _order = "call_id, id"
    _rec_name = "user_id"
    _check_company_auto = True

    _guarded = frozenset({"interest", "declared_at", "declaration", "conflict", "finished_at", "left_at", "left_reason", "appointed_by_id"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Person", required=True, index=True, ondelete="restrict",
        domain=lambda self: [("all_group_ids", "in", self.env.ref("sozial_management_partner.group_sozial_reviewer").ids)],
    )  # fmt: skip
    appointed_by_id = fields.Many2one("res.users", "Appointed by", readonly=True, ondelete="restrict")
    interest = fields.Selection(
        [("open", "Not declared yet"), ("none", "No conflict of interest"), ("conflict", "Conflict of interest")],
        "Declaration", required=True, readonly=True, default="open", index=True, copy=False,
    )  # fmt: skip
    declared_at = fields.Datetime("Declared on", readonly=True, copy=False)
    declaration = fields.Text("Text of the declaration", readonly=True, copy=False)
    declaration_text = fields.Text("What you declare", compute="_compute_declaration_text")
    conflict = fields.Text("What the conflict is", readonly=True, copy=False)
    finished_at = fields.Datetime("Scores handed in on", readonly=True, copy=False)
    left_at = fields.Datetime("Left the panel on", readonly=True, copy=False)
    left_reason = fields.Text("Reason for leaving", readonly=True, copy=False)
    review_ids = fields.One2many("sozial.review", "member_id", "Scores")
    is_me = fields.Boolean(compute="_compute_is_me")
    bidders = fields.Text("Organisations that applied", compute="_compute_bidders")

    _once = models.Constraint("UNIQUE (call_id, user_id)", "This person is on the panel already.")
    _declared_is_whole = models.Constraint(
        "CHECK (interest = 'open' OR declared_at IS NOT NULL)", "A declaration has a date."
    )
    _finished_is_clear = models.Constraint(
        "CHECK (finished_at IS NULL OR interest IN ('none', 'conflict'))", "Who hands in scores has declared before."
    )

    @api.depends_context("uid")
    def _compute_is_me(self):
        for member in self:
            member.is_me = member.user_id == self.env.user

    @api.depends("declaration")
    def _compute_declaration_text(self):
        for member in self:
            member.declaration_text = member.declaration or DECLARATION

    @api.depends("call_id.opened_at")
    def _compute_bidders(self):
        """Names alone, after the opening: whoever declares must know about whom."""
        for member in self:
            call = member.sudo().call_id
            names = call._submitted().mapped("partner_name") if call.opened_at else []
            member.bidders = "\n".join(sorted(set(names))) or False

    @api.constrains("user_id")
    def _check_user_id(self):
        for member in self:
            if not member.user_id.has_group("sozial_management_partner.group_sozial_reviewer"):
                raise ValidationError(
                    self.env._("Person: %s does not have the role “Reviewer of submissions”.", member.user_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
            vals["appointed_by_id"] = self.env.uid
        members = super(SozialReviewMember, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        for member in members:
            if member.call_id.state not in (*REVIEWING, "draft", "checked"):
                raise UserError(self.env._("%s: the review is over, nobody joins the panel any more.", member.call_id.number))
            member.call_id._record("panel", {"reviewer": member.user_id.name})
        return members

    def write(self, vals):
        """Refused: whom somebody replaces is a new row, the declaration has its own buttons."""
        self._refuse_guarded(vals)
        if vals.keys() - {"review_ids"}:
            raise UserError(self.env._("A member of the panel is not changed. Let the person leave, and appoint another one."))
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_undeclared(self):
        if any(member.interest != "open" for member in self):
            raise UserError(self.env._("Who has declared stays in the file. Let the person leave the panel instead."))

    def _require_own(self):
        """:raise UserError: unless the current user is the person"""
        for member in self:
            member.check_access("read")
            if member.user_id != self.env.user:
                raise UserError(self.env._("Only %s can do this: it is a personal declaration.", member.user_id.name))

    def action_declare_none(self):
        """Declare that there is no conflict of interest, with the text as it stands now.

        :raise UserError: for another person, before the opening, or a second time
        """
        self.ensure_one()
        self._require_own()
        self._require_opened()
        if self.interest != "open":
            raise UserError(self.env._("You have declared already. If something changed, declare a conflict."))
        call = self.call_id
        self.sudo()._write_guarded(
            {"interest": "none", "declared_at": call._stored(call._now()), "declaration": DECLARATION}
        )
        call._record("interest_none", {"reviewer": self.user_id.name})

    def _declare_conflict(self, reason):
        """Declare a conflict: from this moment on the person reads nothing of the submissions.

        Possible at any time, also in the middle of the review; scores given before do not count.
        """
        self.ensure_one()
        self._require_own()
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say in a sentence what the conflict is."))
        if self.interest == "conflict":
            raise UserError(self.env._("You have declared a conflict already."))
        call = self.call_id
        if call.review_closed_at:
            raise UserError(self.env._("%s: the review is over. Tell the officer of the call.", call.number))
        self.sudo()._write_guarded({"interest": "conflict", "declared_at": call._stored(call._now()), "conflict": reason.strip()})
        call._record("interest", {"reviewer": self.user_id.name, "reason": reason.strip()})

    def _leave(self, reason):
        """Take somebody off the panel, as who runs the call. The scores stay and do not count."""
        self.ensure_one()
        self.call_id.check_access("write")
        if self.left_at or self.call_id.review_closed_at:
            raise UserError(self.env._("%s: this person has left, or the review is over.", self.user_id.name))
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say why this person leaves the panel."))
        call = self.call_id
        self.sudo()._write_guarded({"left_at": call._stored(call._now()), "left_reason": reason.strip()})
        call._record("panel_left", {"reviewer": self.user_id.name, "reason": reason.strip()})

    def action_conflict(self):
        """Ask for the reason of a conflict."""
        return self._ask("conflict")

    def action_leave(self):
        """Ask for the reason of leaving."""
        return self._ask("leave")

    def _ask(self, step):
        self.ensure_one()
        return self.env["sozial.call.step"]._open(self.call_id, step, member=self)

    def _require_opened(self):
        if not self.call_id.opened_at:
            raise UserError(self.env._("%s: the submissions are not opened yet.", self.call_id.number))

    def _counts(self):
        """Members whose scores count."""
        return self.filtered(lambda member: member.interest == "none" and not member.left_at)

    def action_start_review(self):
        """Make the sheets for all submissions that are eligible, and show the own ones."""
        self.ensure_one()
        self._require_own()
        self._require_opened()
        if self not in self._counts():
            raise UserError(self.env._("First declare that you have no conflict of interest."))
        call = self.call_id
        if call.state == "opened" and not self.finished_at:
            call._require_eligibility()
            self.env["sozial.review"].sudo()._make_sheets(self.sudo())
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_review"),
            "domain": [("member_id", "=", self.id)],
            "context": {},  # in one list, lot by lot: the arrows of the form lead from sheet to sheet
        }

    def action_finish(self):
        """Hand in all own scores at once: afterwards they do not change, and the others' become readable.

        :raise UserError: lists what is missing
        """
        self.ensure_one()
        self._require_own()
        if self not in self._counts() or self.finished_at or self.call_id.state != "opened":
            raise UserError(self.env._("There is nothing to hand in: the scores are in, or the review is over."))
        call = self.call_id
        call._require_eligibility()
        own = self.sudo()
        problems = own._missing()
        if problems:
            raise UserError(self.env._("Please complete first:") + "\n• " + "\n• ".join(problems))
        own.review_ids._write_guarded({"state": "final"})
        own._write_guarded({"finished_at": call._stored(call._now())})
        call._record("review_finished", {"reviewer": self.user_id.name, "submissions": len(own.review_ids)})

    def _missing(self):
        """What is missing in the sheets, as sentences."""
        problems = []
        sheets = {review.submission_id: review for review in self.review_ids}
        for submission in self.call_id._eligible():
            if submission not in sheets:
                problems.append(self.env._("%(lot)s, %(name)s: not scored yet.", lot=submission.lot_id.name, name=submission.partner_name))
                continue
            for score in sheets[submission].score_ids:
                if not score.score or not (score.reason or "").strip():
                    problems.append(
                        self.env._(
                            "%(lot)s, %(name)s, %(criterion)s: points or reason missing.",
                            lot=submission.lot_id.name, name=submission.partner_name, criterion=score.criterion_id.name,
                        )  # fmt: skip
                    )
        return problems
