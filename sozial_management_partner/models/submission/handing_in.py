from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...sealing.receipt import fingerprint


class Outcome(NamedTuple):
    """What became of an attempt to hand in: `refused` is a row of `sozial.submission.late`, `problems` sentences.

    `key` is for the bidder's browser, where the call is encrypted.
    """

    refused: object = None
    problems: tuple = ()
    key: str | None = None


class SozialCall(models.Model):
    """Where submissions come in."""

    _inherit = "sozial.call"

    def _hold_intake(self):
        """Keep the call from being opened until this transaction has ended.

        Many hold it together; the opening waits for all of them, and whoever comes after it finds
        the call changed and is tried again by Odoo, with the time stamp it came with.
        """
        self.ensure_one()
        self.env.cr.execute(SQL("SELECT id FROM sozial_call WHERE id = %s FOR SHARE", self.id))
        self.invalidate_recordset(["state", "deadline", "opened_at", "intake_closed_at"])

    def _takes_submissions(self, now):
        """Whether a submission that arrived completely at `now` is taken."""
        self.ensure_one()
        return self._is_open_for_submission(now) and not self.intake_closed_at

    def _start_submission(self, lot):
        """The draft of the current portal user's organisation for a lot, begun now or before.

        :raise AccessError: if the user acts for no organisation or may not read the call
        :raise UserError: if the call takes no submissions, or something was handed in already
        """
        self.ensure_one()
        self.check_access("read")
        lot.check_access("read")
        organisation = self._portal_organisation()
        if not (self.env.user._is_portal() and organisation and lot.call_id == self):
            raise AccessError(self.env._("Organisations hand in through the portal."))
        call = self.sudo()
        if not call._takes_submissions(self._now()):
            raise UserError(self.env._("This call takes no submissions any more. The deadline was %s.", call.deadline_text))
        submissions = self.env["sozial.submission"].sudo()
        mine = [("call_id", "=", self.id), ("lot_id", "=", lot.id), ("partner_id", "=", organisation.id)]
        existing = submissions.search([*mine, ("state", "in", ("draft", "submitted"))], order="state", limit=1)
        if existing:
            return existing.with_env(self.env)
        draft = submissions.create(
            {"call_id": self.id, "lot_id": lot.id, "partner_id": organisation.id, "partner_name": organisation.sudo().name}
        )
        self._subscribe(self.env.user.partner_id)  # a change of the call concerns whoever is writing
        return draft.with_env(self.env)


class SozialSubmission(models.Model):
    """How an organisation writes, hands in, replaces and withdraws: each step asks for the right to read first."""

    _inherit = "sozial.submission"

    def _mine(self):
        """This submission as superuser, after a check that it is the current portal user's organisation's.

        :raise AccessError: if it is not
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_portal() or self.partner_id != self.env["sozial.call"]._portal_organisation():
            raise AccessError(self.env._("Organisations hand in through the portal."))
        return self.sudo()

    def _require_open_draft(self):
        """:raise UserError: if nothing can be changed any more"""
        submission = self.sudo()
        if submission.state != "draft":
            raise UserError(self.env._("This was handed in. To change it, choose “Change and hand in again”."))
        if not submission.call_id._takes_submissions(submission.call_id._now()):
            raise UserError(self.env._("The deadline is over: the draft cannot be changed any more."))

    def _portal_save(self, answers):
        """Keep a draft.

        :param answers: {key: text}; keys that are no question of the form are left out
        :raise UserError: if it was handed in or the deadline is over
        """
        mine = self._mine()
        mine._require_open_draft()
        mine._keep(answers)

    def _keep(self, answers):
        """Write answers: those that are there change, new ones are added."""
        rows = {row.key: row for row in self.content_ids if row.kind == "answer"}
        new = []
        for sequence, question in enumerate(self._questions()):
            text = answers.get(question.key)
            if text is None:
                continue
            text = text.replace("\r\n", "\n").strip()
            row = rows.get(question.key)
            if row is None:
                if text:
                    named = {"key": question.key, "label": question.label, "sequence": sequence}
                    new.append({"submission_id": self.id, "answer": text, **named})
            elif (row.answer or "") != text:
                row.write({"answer": text, "label": question.label})
        if new:
            self.env["sozial.submission.content"].sudo().create(new)

    def _portal_hand_in(self, answers=None, files=()):
        """Hand in, with the last changes.

        The time is the server's after the complete upload, taken once for the request. The call is
        held first, so that nobody opens it while this is still being stored.

        :param files: (name, bytes) of files that came along
        :return: Outcome; a late attempt is logged and not an error, so that the log stays
        :raise UserError: names a file that is not taken
        """
        mine = self._mine()
        call = mine.call_id
        now = call._now()
        call._hold_intake()
        mine.invalidate_recordset(["state"])
        if not call._takes_submissions(now):
            return Outcome(refused=mine._log_late(now))
        if mine.state != "draft":
            return Outcome(problems=(self.env._("This was handed in already."),))
        if answers is not None:
            mine._keep(answers)
        for name, data in files:
            self._portal_attach(name, data)
        problems = tuple(mine._problems().values())
        if problems:
            return Outcome(problems=problems)
        return Outcome(key=mine._become_submitted(now))

    def _become_submitted(self, now):
        """Draft to handed in; what was handed in for the lot before is replaced.

        :return: a key for the bidder's browser where the call is encrypted
        """
        before = self.search(
            [("call_id", "=", self.call_id.id), ("lot_id", "=", self.lot_id.id), ("partner_id", "=", self.partner_id.id),
             ("state", "=", "submitted")]
        )  # fmt: skip
        before._write_guarded({"state": "replaced"})
        before.flush_recordset()  # one handed in a lot: the former one makes room
        self._write_guarded(
            {
                "partner_name": self.partner_id.name,
                "user_id": self.env.uid,
                "version_id": self.call_id.current_version_id.id,
                "submitted_at": self.call_id._stored(now),
                "submitted_at_us": now.isoformat(timespec="microseconds"),
                "previous_id": before.id,
            }
        )
        sha256 = fingerprint(self._document())
        key = self._seal_content()
        self._write_guarded({"state": "submitted", "sha256": sha256})
        if before:
            before._enter("replaced", replaced_by=self.number)
        self._enter("submitted", sha256=self.sha256, replaces=before.number or "", members=self.joint_ids.mapped("name"))
        return key

    def _enter(self, event, **details):
        """Enter into the file of the call, where it waits for the opening like everything about submissions."""
        details = {key: value for key, value in details.items() if value}
        self.call_id._record(
            event, {"number": self.number, "organisation": self.partner_name, "lot": self.lot_id.name, **details}, sealed=True
        )

    def _log_late(self, now):
        """:return: the row that says when it came and why it does not count"""
        call = self.call_id
        if call._deadline_is_over(now):
            cause = "late"
        else:
            cause = "opening" if call.intake_closed_at else "closed"
        stamp = now.isoformat(timespec="microseconds")
        self._enter("late", deadline=call._aware(call.deadline))
        return self.env["sozial.submission.late"].sudo().create(
            {
                "call_id": call.id,
                "lot_id": self.lot_id.id,
                "partner_id": self.partner_id.id,
                "user_id": self.env.uid,
                "at_us": stamp,
                "deadline_us": call._aware(call.deadline).isoformat(timespec="microseconds"),
                "cause": cause,
            }
        )  # fmt: skip

    def _portal_change(self, cookie=None):
        """A draft with the same content, to be handed in instead; what was handed in counts until then.

        :param cookie: the key in the bidder's browser; without it the answers of an encrypted call begin anew
        :return: the draft, with the user's own rights
        """
        mine = self._mine()
        if mine.state != "submitted" or not mine.call_id._takes_submissions(mine.call_id._now()):
            raise UserError(self.env._("The deadline is over: what was handed in stays as it is."))
        draft = self.search([("lot_id", "=", mine.lot_id.id), ("partner_id", "=", mine.partner_id.id), ("state", "=", "draft")], limit=1)
        if draft:
            return draft
        draft = mine.create(
            {
                "call_id": mine.call_id.id,
                "lot_id": mine.lot_id.id,
                "partner_id": mine.partner_id.id,
                "partner_name": mine.partner_name,
                "joint_members": mine.joint_members,
            }
        )
        kept = ("kind", "key", "label", "sequence", "answer", "file", "file_name", "mimetype", "size", "sha256")
        rows = mine.content_ids.with_context(bin_size=False)
        if mine.is_encrypted:
            mine._copy_unpacked(draft, mine._own_copy(cookie))
        else:
            rows.create([{**{name: row[name] for name in kept}, "submission_id": draft.id} for row in rows])
        return draft.with_env(self.env)

    def _portal_withdraw(self):
        """Take back what was handed in, or throw a draft away.

        :raise UserError: after the deadline
        """
        mine = self._mine()
        call = mine.call_id
        now = call._now()
        call._hold_intake()
        if not call._takes_submissions(now) or mine.state not in ("draft", "submitted"):
            raise UserError(self.env._("The deadline is over: what was handed in stays as it is."))
        if mine.state == "draft":
            mine.unlink()
        else:
            mine._write_guarded({"state": "withdrawn", "withdrawn_at_us": now.isoformat(timespec="microseconds")})
            mine._enter("withdrawn")

    def _portal_confirm_version(self):
        """Say that the submission stands under the notice as it was changed.

        :raise UserError: after the deadline
        """
        mine = self._mine()
        call = mine.call_id
        call._hold_intake()
        if mine.state != "submitted" or not call._takes_submissions(call._now()):
            raise UserError(self.env._("The deadline is over: what was handed in stays as it is."))
        mine.write({"version_id": call.current_version_id.id})
        mine._enter("confirmed", version=call.current_version_id.number)
