from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...sealing.receipt import new_token


class SozialSubmissionMember(models.Model):
    """Another organisation in a joint bid (Bietergemeinschaft), and whether it has confirmed.

    Sealed like the submission. Portal users have no right to the model: the leading organisation
    and the member see what concerns them through methods that check whose it is. A member that has
    confirmed reads the whole submission (`sozial.submission.member_ids`), one that is only named
    reads who asks, for which call and lot.
    """

    _name = "sozial.submission.member"
    _description = "Member of a joint bid"
    _inherit = ["sozial.sealed"]
    _order = "submission_id, id"
    _rec_name = "name"
    _check_company_auto = True

    submission_id = fields.Many2one(
        "sozial.submission", "Submission", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="submission_id.company_id", store=True, precompute=True, index=True)
    name = fields.Char("Organisation", required=True)
    contact_name = fields.Char("Contact person")
    email = fields.Char("E-mail", required=True)
    partner_id = fields.Many2one(
        "res.partner", "Found in the portal", index="btree_not_null", ondelete="restrict",
        help="The organisation with this address in the portal, if there is one. It confirms there.",
    )  # fmt: skip
    state = fields.Selection(
        [("named", "Waits for confirmation"), ("confirmed", "Confirmed"), ("withdrawn", "Withdrew")],
        "Status", required=True, default="named",
    )  # fmt: skip
    how = fields.Selection([("portal", "In the portal"), ("declaration", "By a signed declaration")], "Confirmed how")
    confirmed_at_us = fields.Char("Confirmed, to the microsecond", help="Time of the server, UTC.")
    user_id = fields.Many2one("res.users", "Confirmed by", index="btree_not_null", ondelete="restrict")
    declaration_id = fields.Many2one("sozial.submission.content", "Declaration", index="btree_not_null", ondelete="cascade")
    withdrawn_at_us = fields.Char("Withdrawn, to the microsecond")
    token = fields.Char(required=True, index=True, default=lambda self: new_token())
    invited_at = fields.Datetime("Asked by mail on")
    told_at = fields.Datetime("Lead told on")

    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _email_once = models.UniqueIndex("(submission_id, email)", "E-mail: this organisation is named already.")
    _confirmed_is_whole = models.Constraint(
        "CHECK (state <> 'confirmed' OR (confirmed_at_us IS NOT NULL AND "
        "((how = 'portal' AND user_id IS NOT NULL AND partner_id IS NOT NULL) OR (how = 'declaration' AND declaration_id IS NOT NULL))))",
        "Who has confirmed did so in the portal, or by a signed declaration.",
    )

    def write(self, vals):
        """Refused: the methods of joint bids write past it."""
        raise UserError(self.env._("Members of a joint bid are named by who leads it, and confirm themselves."))

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_from_drafts_only(self):
        if any(member.submission_id.state != "draft" for member in self.sudo()):
            raise UserError(self.env._("The content of a submission that was handed in does not change."))

    @api.model
    def _portal_own(self, token=None, key=None):
        """What the current portal user's organisation was asked to join, as superuser: it alone gets rows.

        An invitation belongs to the organisation that was found under its address. Where none was, it
        belongs to whoever logs in with that address later, or comes with the key that was sent there
        for their organisation (see `joint_mailbox.py`): both show that they read the mailbox.

        :param token: only the one with this address
        :param key: what the mail to the invited mailbox added to it
        :raise AccessError: for everybody who acts for no organisation
        """
        organisation = self.env["sozial.call"]._portal_organisation()
        if not (self.env.user._is_portal() and organisation):
            raise AccessError(self.env._("Organisations hand in through the portal."))
        mine = Domain("partner_id", "=", organisation.id)
        if organisation.is_organisation:
            mine |= self._unbound(organisation) & Domain("email", "=", email_normalize(self.env.user.login) or "")
        if token:
            mine &= Domain("token", "=", token)
        own = self.sudo().search(mine & Domain("company_id", "in", self.env.user.company_ids.ids))
        return own or (self._portal_offered(token).filtered(lambda one: one._fits_key(key, organisation)) if token and key else own)

    @api.model
    def _unbound(self, organisation):
        """Invitations that belong to nobody yet and that an organisation could take."""
        unbound = Domain("partner_id", "=", False) & Domain("state", "=", "named")
        return unbound & Domain("submission_id.partner_id", "!=", organisation.id)

    def _require_own(self, key=None):
        """:raise AccessError: unless the current portal user's organisation is the member"""
        self.ensure_one()
        if self not in self._portal_own() and self not in self._portal_own(self.sudo().token, key):
            raise AccessError(self.env._("Organisations hand in through the portal."))

    def _require_once(self):
        """:raise UserError: if the current user's organisation takes part under another address already"""
        others = self.sudo().submission_id.joint_ids - self.sudo()
        if self.env["sozial.call"]._portal_organisation() in others.filtered(lambda one: one.state == "confirmed").partner_id:
            raise UserError(self.env._("Your organisation has confirmed this joint bid under another address already."))

    def _bind(self):
        """Keep for which organisation the current user answers; from now on nobody else does."""
        self.sudo()._write_guarded({"partner_id": self.env["sozial.call"]._portal_organisation().id})

    def _portal_confirm(self, key=None):
        """Say for one's organisation that it takes part and that the leading organisation acts for it.

        From then on it stands there under its own name, whatever who leads has typed.

        :param key: see `_portal_own`
        :raise UserError: once it was handed in or the deadline is over
        """
        self._require_own(key)
        member = self.sudo()
        call = member.submission_id.call_id
        call._hold_intake()
        member.submission_id._require_open_draft()
        if member.state != "confirmed":
            self._require_once()
            self._bind()
            stamp = call._now().isoformat(timespec="microseconds")
            member._write_guarded(
                {"state": "confirmed", "how": "portal", "confirmed_at_us": stamp, "user_id": self.env.uid, "declaration_id": False,
                 "withdrawn_at_us": False, "told_at": False, "name": member.partner_id.name}
            )  # fmt: skip
            member.submission_id._keep_members()

    def _portal_leave(self, key=None):
        """Decline, or withdraw from the joint bid: from now on its submission is not readable any more.

        What was handed in stays as it is; the file of the call and the leading organisation learn of it.

        :param key: see `_portal_own`
        :raise UserError: after the deadline
        """
        self._require_own(key)
        member = self.sudo()
        submission = member.submission_id
        call = submission.call_id
        now = call._now()
        call._hold_intake()
        if not call._takes_submissions(now):
            raise UserError(self.env._("The deadline is over. Please call the officer of the call: %s.", call.contact_name or call.number))
        self._bind()
        for row in member._in_every_version():
            row._write_guarded({"state": "withdrawn", "withdrawn_at_us": now.isoformat(timespec="microseconds")})
            row.submission_id._keep_members()
            if row.submission_id.state == "submitted":
                row.submission_id._enter("member_withdrawn", members=[row.name])

    def _in_every_version(self):
        """Where the organisation still takes part: the bid that was handed in, and drafts and bids that replaced it."""
        bid = self.submission_id
        return self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("state", "!=", "withdrawn"),
                ("submission_id.lot_id", "=", bid.lot_id.id),
                ("submission_id.partner_id", "=", bid.partner_id.id),
            ],
            limit=1000,
        )

    def _copied(self, draft, declaration):
        """Values for the same member of another draft. A declaration that did not come along has to be given anew.

        :param declaration: its file in the draft, or None
        """
        self.ensure_one()
        kept = ("name", "contact_name", "email", "state", "how", "confirmed_at_us", "invited_at")
        values = {name: self[name] for name in kept}
        if self.how == "declaration" and not declaration:
            values.update(state="named", how=False, confirmed_at_us=False)
        return {
            **values, "submission_id": draft.id, "partner_id": self.partner_id.id, "user_id": self.user_id.id,
            "declaration_id": declaration.id if declaration else False,
        }  # fmt: skip

    def _values(self):
        """What the pages of the portal show of a member."""
        return [
            {"name": one.name, "contact": one.contact_name or "", "email": one.email, "state": one.state, "token": one.token,
             "how": one.how, "declaration": one.declaration_id.file_name or ""}
            for one in self
        ]  # fmt: skip
