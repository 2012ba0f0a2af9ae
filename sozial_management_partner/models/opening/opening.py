from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing.receipt import fingerprint


class SozialCallOpening(models.Model):
    """The opening of a call by two persons, with its protocol.

    The first closes the intake, the second opens: only then is the call's `opened_at` set, on
    which the seal of every submission hangs. The two steps are two transactions, so that the
    second sees everything that was being stored when the first closed the intake.
    """

    _name = "sozial.call.opening"
    _description = "Opening of submissions"
    _order = "call_id desc"
    _rec_name = "call_id"
    _check_company_auto = True

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    first_user_id = fields.Many2one("res.users", "First person", required=True, readonly=True, ondelete="restrict", index=True)
    first_at_us = fields.Char("Begun", required=True, readonly=True)
    second_user_id = fields.Many2one("res.users", "Second person", readonly=True, ondelete="restrict", index="btree_not_null")
    second_at_us = fields.Char("Opened", readonly=True)
    state = fields.Selection(
        [("begun", "Waits for the second person"), ("opened", "Opened")], "Status", required=True, readonly=True, default="begun"
    )
    protocol = fields.Json(readonly=True)
    sha256 = fields.Char("Fingerprint of the protocol", readonly=True)
    first_text = fields.Char("Begun on", compute="_compute_texts")
    second_text = fields.Char("Opened on", compute="_compute_texts")
    is_intact = fields.Boolean(
        "Unchanged since", compute="_compute_is_intact",
        help="Whether the protocol, every submission and every file still have the fingerprints of the opening.",
    )  # fmt: skip

    _once = models.Constraint("UNIQUE (call_id)", "The opening of this call was begun already.")
    _two_persons = models.Constraint(
        "CHECK (second_user_id IS NULL OR second_user_id <> first_user_id)", "Two different persons open the submissions."
    )
    _opened_is_whole = models.Constraint(
        "CHECK (state = 'begun' OR (second_user_id IS NOT NULL AND second_at_us IS NOT NULL AND sha256 IS NOT NULL))",
        "An opening has two persons and a protocol.",
    )

    protocol_html = fields.Html("What was found", compute="_compute_protocol_html", sanitize=False)

    @api.depends("protocol")
    @api.depends_context("lang")
    def _compute_protocol_html(self):
        """The lists of the protocol, as they stand on paper."""
        for opening in self:
            values = {"doc": opening, "protocol": opening.protocol}
            opening.protocol_html = opening.protocol and self.env["ir.qweb"]._render(
                "sozial_management_partner.opening_protocol_lists", values
            )

    @api.depends("first_at_us", "second_at_us")
    def _compute_texts(self):
        for opening in self:
            opening.first_text = opening.call_id._local_microseconds(opening.first_at_us)
            opening.second_text = opening.call_id._local_microseconds(opening.second_at_us)

    @api.depends("protocol", "sha256")
    def _compute_is_intact(self):
        for opening in self:
            opening.is_intact = opening.state == "opened" and opening._is_intact()

    def write(self, vals):
        """Refused: the protocol says what happened."""
        raise UserError(self.env._("The protocol of an opening does not change."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The protocol of an opening does not change."))

    def action_confirm(self, secret=None):
        """Second person: open the submissions and write the protocol.

        :param secret: the second part of the key, where submissions are encrypted

        :raise UserError: if it is the same person, or if it is opened already
        """
        self.ensure_one()
        self.check_access("read")
        call = self.call_id
        call.check_access("write")
        now = call._now()
        self.env.cr.execute("SELECT id FROM sozial_call WHERE id = %s FOR UPDATE", [call.id])
        if self.state != "begun" or call.opened_at:
            raise UserError(self.env._("%s is opened already.", call.number))
        if self.env.user == self.first_user_id:
            raise UserError(self.env._("The second person is somebody else than the first: please ask a colleague."))
        if not call._may_be_opened(now):
            raise UserError(
                self.env._(
                    "%(number)s: submissions are opened after the deadline (%(deadline)s).",
                    number=call.number,
                    deadline=call.deadline_text,
                )
            )
        self._break_seal(secret)
        call._move("opened", opened_at=call._stored(now))
        self._write_protocol(now)
        return self._action_show()

    def _break_seal(self, secret):
        """What has to happen before anything can be read; see `models.keys`."""

    def _write_opening(self, values):
        """Write past the guard. For the steps of the opening."""
        return super().write(values)

    def _write_protocol(self, now):
        opening = self.sudo()
        stamp = now.isoformat(timespec="microseconds")
        protocol = opening._protocol(stamp)
        super(SozialCallOpening, opening).write(
            {
                "state": "opened", "second_user_id": self.env.uid, "second_at_us": stamp, "protocol": protocol,
                "sha256": fingerprint(protocol),
            }
        )  # fmt: skip
        details = {"sha256": opening.sha256, "submissions": len(protocol["submissions"])}
        opening.call_id._record("protocol", {**details, "persons": [protocol[which]["person"] for which in ("first", "second")]})

    def _protocol(self, opened_at):
        """What the opening found. Of withdrawn and replaced submissions only the number and the times.

        :return: dicts and lists, as JSON
        """
        call = self.call_id.sudo()
        submissions = self.env["sozial.submission"].sudo().search([("call_id", "=", call.id), ("state", "!=", "draft")])
        envelopes = self.env["sozial.submission.envelope"].sudo().search([("call_id", "=", call.id)])
        late = self.env["sozial.submission.late"].sudo().search([("call_id", "=", call.id)])
        return {
            "call": call.number,
            "name": call.name,
            "deadline": call._aware(call.deadline).isoformat(),
            "version": call.current_version_id.number,
            "first": {"person": self.first_user_id.name, "at": self.first_at_us},
            "second": {"person": self.env.user.name, "at": opened_at},
            "submissions": [self._line(one) for one in submissions if one.state == "submitted"],
            "not_counted": [
                {"number": one.number, "state": one.state, "handed_in": one.submitted_at_us, "withdrawn": one.withdrawn_at_us or ""}
                for one in submissions
                if one.state != "submitted"
            ],
            "envelopes": [
                {"number": one.number, "sender": one.sender, "received": fields.Datetime.to_string(one.received_at),
                 "lot": one.lot_text or "", "closed": one.is_closed, "late": one.is_late, "remark": one.note or ""}
                for one in envelopes
            ],
            "late": [
                {"organisation": one.partner_id.name, "lot": one.lot_id.name, "at": one.at_us, "cause": one.cause} for one in late
            ],
        }  # fmt: skip

    def _line(self, submission):
        files = submission.content_ids.filtered(lambda row: row.kind == "file")
        return {
            "number": submission.number,
            "organisation": submission.partner_name,
            "joint_bid_with": submission.joint_members or "",
            "joint_left": submission.joint_ids.filtered(lambda member: member.state == "withdrawn").mapped("name"),
            "lot": submission.lot_id.name,
            "handed_in": submission.submitted_at_us,
            "sha256": submission.sha256,
            "intact": submission._is_intact(),
            "answers_version": submission.version_id.number,
            "confirmed": not submission.needs_confirmation,
            "files": [{"name": row.file_name, "bytes": row.size, "sha256": row.sha256} for row in files],
        }

    def _is_intact(self):
        """Whether the protocol and everything it lists still have their fingerprints."""
        self.ensure_one()
        opening = self.sudo()
        if fingerprint(opening.protocol) != opening.sha256:
            return False
        if opening.call_id.anonymised_on:
            return True  # what the protocol lists was erased by rule
        listed = {line["number"]: line["sha256"] for line in opening.protocol["submissions"]}
        submissions = self.env["sozial.submission"].sudo().search([("call_id", "=", opening.call_id.id), ("state", "=", "submitted")])
        found = {one.number: one.sha256 for one in submissions}
        return listed == found and submissions._is_intact()

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "sozial.call.opening",
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Opening of submissions"),
        }
