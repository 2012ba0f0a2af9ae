from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, escape_psql

MOST_MEMBERS = 10
MOST_INVITATIONS = 20  # a day and organisation, those that were removed again included: each sends a mail to somebody


class SozialSubmission(models.Model):
    """Joint bids: one organisation leads, names the others, and hands in once each has confirmed."""

    _inherit = "sozial.submission"

    joint_ids = fields.One2many("sozial.submission.member", "submission_id", "Members of the joint bid")

    def _portal_name_member(self, name, contact_name, email):
        """Name another organisation. It gets a mail; if it has a login here, it confirms in the portal.

        Whether it has one is not told: who is registered concerns nobody else.

        :raise UserError: names the field that is wrong
        """
        mine = self._mine()
        mine._require_open_draft()
        name, address = (name or "").strip(), email_normalize(email or "")
        if not name:
            raise UserError(self.env._("Organisation: please write its name."))
        if not address:
            raise UserError(self.env._("E-mail: please write the address of somebody who can confirm for %s.", name))
        if len(mine.joint_ids) >= MOST_MEMBERS:
            raise UserError(self.env._("At most %s organisations can be named.", MOST_MEMBERS))
        if address in mine.joint_ids.mapped("email"):
            raise UserError(self.env._("E-mail: this organisation is named already."))
        partner = mine._organisation_with(address)
        if partner == mine.partner_id:
            raise UserError(self.env._("E-mail: this is your own organisation. Name the others."))
        if not self.env["sozial.callback.attempt"]._may_send(f"joint bid of {mine.partner_id.id}", MOST_INVITATIONS, is_daily=True):
            raise UserError(
                self.env._(
                    "At most %s organisations can be named within 24 hours, because each of them gets a mail. "
                    "Go on tomorrow, or phone us.", MOST_INVITATIONS
                )
            )
        values = {"name": name[:200], "contact_name": (contact_name or "").strip()[:200] or False, "email": address}
        self.env["sozial.submission.member"].sudo().create({**values, "submission_id": mine.id, "partner_id": partner.id})
        mine._keep_members()

    def _organisation_with(self, address):
        """The organisation of the portal user who logs in with an address, and has done so.

        Not the address on the contact: people change that themselves, and could put another's there.
        Nor somebody who was only invited: any address can be, and whether the mailbox is theirs shows when they come.
        """
        users = self.env["res.users"].sudo().search(
            [("share", "=", True), ("company_ids", "in", self.company_id.ids), ("login", "=ilike", escape_psql(address)),
             ("login_date", "!=", False)], limit=1
        )  # fmt: skip
        return users.partner_id.commercial_partner_id.filtered("is_organisation")

    def _portal_remove_member(self, token):
        """Take an organisation out of the draft, its declaration too."""
        mine = self._mine()
        mine._require_open_draft()
        member = mine._member(token)
        declaration = member.declaration_id
        member.unlink()
        declaration.exists().unlink()
        mine._keep_members()

    def _portal_declare_member(self, token, name, data):
        """Take the signed declaration of an organisation that does not confirm in the portal.

        :raise UserError: names the file and says what is wrong with it
        """
        mine = self._mine()
        mine._require_open_draft()
        member = mine._member(token)
        if member.state == "withdrawn":
            raise UserError(self.env._("%s does not take part: please remove it.", member.name))
        content = self._portal_attach(name, data).sudo()
        content.write({"key": "declaration", "label": self.env._("Declaration of %s", member.name)})
        stamp = mine.call_id._now().isoformat(timespec="microseconds")
        member._write_guarded(
            {"state": "confirmed", "how": "declaration", "confirmed_at_us": stamp, "declaration_id": content.id, "user_id": False}
        )
        mine._keep_members()

    def _portal_detach(self, token):
        """A declaration that is removed confirms nothing any more."""
        mine = self._mine()
        mine._require_open_draft()
        declared = mine.joint_ids.filtered(lambda member: member.declaration_id.token == token)
        declared._write_guarded({"state": "named", "how": False, "confirmed_at_us": False, "declaration_id": False})
        return super()._portal_detach(token)

    def _member(self, token):
        """:raise UserError: if there is none"""
        member = self.joint_ids.filtered(lambda one: one.token == token)
        if not member:
            raise UserError(self.env._("This organisation is not named any more."))
        return member

    def _keep_members(self):
        """Who reads along follows from who has confirmed; the names stand in the submission as text."""
        for submission in self:
            confirmed = submission.joint_ids.filtered(lambda member: member.state == "confirmed" and member.how == "portal")
            submission.write({"member_ids": [(6, 0, confirmed.partner_id.ids)]})
            if submission.state == "draft":
                submission.write({"joint_members": "\n".join(submission.joint_ids.mapped("name")) or False})

    def _problems(self, answers=None):
        """Also who has not confirmed yet."""
        problems = super()._problems(answers)
        _ = self.env._
        for member in self.sudo().joint_ids:
            if member.state == "named":
                problems[f"member_{member.id}"] = _("%s has not confirmed yet that it takes part.", member.name)
            elif member.state == "withdrawn":
                problems[f"member_{member.id}"] = _("%s does not take part: please remove it.", member.name)
        return problems

    def _joint_document(self):
        """The members as they go into the fingerprint: a later withdrawal changes nothing in it."""
        self.ensure_one()
        return [
            {"organisation": member.name, "confirmed": member.confirmed_at_us, "how": member.how,
             "declaration": member.declaration_id.sha256 or ""}
            for member in self.sudo().joint_ids
        ] or self.joint_members or ""  # fmt: skip

    def _portal_change(self, cookie=None):
        """The members come along, and their confirmations: they hold for the joint bid, not for a wording."""
        mine = self._mine()
        lot, partner = mine.lot_id, mine.partner_id
        begun = mine.search_count([("lot_id", "=", lot.id), ("partner_id", "=", partner.id), ("state", "=", "draft")])
        draft = super()._portal_change(cookie)
        if not begun:
            staying = mine.joint_ids.filtered(lambda member: member.state != "withdrawn")
            files = {row.sha256: row for row in draft.sudo().content_ids if row.kind == "file"}
            fingerprints = mine._fingerprints_of_files(cookie)
            mine.joint_ids.create(
                [member._copied(draft, files.get(fingerprints.get(member.declaration_id.token))) for member in staying]
            )
            if staying:
                draft.sudo()._keep_members()
        return draft

    def _fingerprints_of_files(self, cookie):
        """{token: SHA-256} of the files; of an encrypted submission only with the key in the browser."""
        if not self.is_encrypted:
            return {row.token: row.sha256 for row in self.content_ids if row.kind == "file"}
        document = self._own_copy(cookie) or {"files": {}}
        return {token: one["sha256"] for token, one in document["files"].items()}
