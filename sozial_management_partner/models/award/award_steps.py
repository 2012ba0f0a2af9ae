from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sozial_management.statute.periods import STATES, is_working_day

from ...procedure import clock, letters


class SozialAward(models.Model):
    """The steps of an award: approval, letters, waiting period, award; ending; a winner who withdraws."""

    _inherit = "sozial.award"

    def action_approve(self):
        """Approve the ranking as a second person; the letters to those not chosen are drafted.

        :raise AccessError: for people who neither run calls nor head the department
        :raise UserError: says what stands against it
        """
        for award in self:
            award.check_access("read")
            if award.state == "ranked" and not award._first_place():
                raise UserError(
                    self.env._("%s: nobody is left to choose. End the lot without award, with the reason.", award.lot_id.name)
                )
            award._require_approver()
            award._require_state("ranked")
            if not award._is_ranking_intact():
                raise UserError(
                    self.env._("%s: the stored ranking is not what follows from the scores. Verify the file.", award.lot_id.name)
                )
            call = award.call_id
            award.sudo()._write_guarded({"state": "approved", "approver_id": self.env.uid, "approved_at": call._stored(call._now())})
            call._record("approved", {"lot": award.lot_id.name, "winner": award.winner_name})
            award.sudo()._draft_letters()
            award.sudo()._after_letters()  # nobody else applied: nothing to send

    def _require_approver(self):
        """The approver is neither the officer, nor the only reviewer, nor somebody with a conflict.

        :raise AccessError, UserError: says which
        """
        self.ensure_one()
        user, call = self.env.user, self.call_id.sudo()
        roles = ("sozial_management_partner.group_sozial_procurement", "sozial_management.group_sozial_lead")
        if not any(user.has_group(role) for role in roles):
            raise AccessError(self.env._("Awards are approved by who runs calls or heads the department."))
        if user == call.user_id:
            raise UserError(self.env._("%s: the officer of the call does not approve the award. A second person does.", call.number))
        if call.member_ids.filtered(lambda member: member.user_id == user and member.interest == "conflict"):
            raise UserError(self.env._("You have declared a conflict of interest in this call."))
        reviewers = call.member_ids._counts().filtered("finished_at").user_id
        if not reviewers - user:
            raise UserError(self.env._("%s: who approves must not be the only reviewer.", call.number))

    def _require_state(self, *states):
        for award in self:
            if award.state not in states or award.call_id.state in ("cancelled", "concluded"):
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._("%(lot)s is “%(state)s”: this step is not possible now.", lot=award.lot_id.name, state=labels[award.state])
                )

    # ---- letters and waiting period ----

    def action_send_letters(self):
        """Send all letters that are not sent yet; those without a mail address are to be printed."""
        for award in self:
            award.call_id.check_access("write")
            award._require_state("approved", "ended")
            award.letter_ids._current().filtered(lambda letter: not letter.sent_at and letter.email)._send()
            left = award.letter_ids._current().filtered(lambda letter: not letter.sent_at)
            names = ", ".join(left.mapped("partner_name"))
            if left and len(self) == 1:
                return {
                    "type": "ir.actions.client",
                    "tag": "display_notification",
                    "params": {
                        "type": "warning", "sticky": True,
                        "message": self.env._("By post: print these letters and note when they went: %s.", names),
                        "next": {"type": "ir.actions.act_window_close"},
                    },
                }  # fmt: skip
        return True

    def _after_letters(self):
        """Once every letter of the round is sent, the waiting period begins."""
        for award in self.filtered(lambda one: one.state == "approved"):
            letters = award.letter_ids._current().filtered(lambda letter: letter.kind == "refusal")
            if all(letter.sent_at for letter in letters):
                call = award.call_id
                last = max(letters.mapped("sent_at"), default=award.approved_at)
                start = clock.award_from(last, call.standstill_days if letters else 0, call.tz, award._working_day)
                award._write_guarded({"state": "informed", "award_from": start.replace(tzinfo=None)})

    def _working_day(self, day):
        """Holidays of the company's state; of all states if it has none: waiting longer is the safe side."""
        state = self.company_id.state_id.code
        return all(is_working_day(day, one) for one in ([state] if state in STATES else STATES))

    # ---- the end ----

    def action_award(self):
        """Give the award: letter to the winner, draft of the agreement.

        :raise UserError: before every letter is sent or the waiting period is over
        """
        for award in self:
            call = award.call_id
            call.check_access("write")
            award._require_may_award()
            own = award.sudo()
            own._write_guarded(
                {"state": "awarded", "awarded_at": call._stored(call._now()), "agreement_text": own._agreement_draft()}
            )
            letter = own.env["sozial.award.letter"]._draft(own, own.winner_id, "award")
            call._record("awarded", {"lot": award.lot_id.name, "winner": award.winner_name})
            call._record("agreement", {"lot": award.lot_id.name, "organisation": award.winner_name})
            if letter.email:
                letter._send()
            call._after_award()

    def _require_may_award(self):
        """:raise UserError: before every non-award notice is sent and the waiting period is over"""
        self.ensure_one()
        unsent = self.letter_ids._current().filtered(lambda letter: letter.kind == "refusal" and not letter.sent_at)
        if unsent:
            names = ", ".join(unsent.mapped("partner_name"))
            raise UserError(self.env._("%(lot)s: these letters are sent first: %(names)s.", lot=self.lot_id.name, names=names))
        self._require_state("informed")
        if self.call_id._now() < clock.aware(self.award_from):
            raise UserError(
                self.env._(
                    "%(lot)s: the waiting period runs. An award is possible from %(moment)s.",
                    lot=self.lot_id.name, moment=self.award_from_text,
                )  # fmt: skip
            )

    def _end(self, reason):
        """End a lot without award: nobody applied, nobody reached the minimum, or the winner withdrew."""
        for award in self:
            call = award.call_id
            call.check_access("write")
            award._require_state("ranked", "approved", "informed")
            if not (reason or "").strip():
                raise UserError(self.env._("Reason: say why this lot ends without award."))
            own = award.sudo()
            own._write_guarded({"state": "ended", "end_reason": reason.strip(), "round": own.round + 1})
            call._record("no_award", {"lot": award.lot_id.name, "reason": reason.strip()})
            for submission in own._bidders():
                own.env["sozial.award.letter"]._draft(own, submission, "ended")
            call._after_award()

    def _winner_withdrew(self, reason):
        """The chosen organisation steps back: the next one is proposed, with new approval, letters and waiting period."""
        for award in self:
            call = award.call_id
            call.check_access("write")
            award._require_state("ranked", "approved", "informed")
            if not (reason or "").strip():
                raise UserError(self.env._("Reason: write what the organisation told you."))
            own = award.sudo()
            first = own._first_place()
            call._record("winner_withdrawn", {"lot": award.lot_id.name, "organisation": first.partner_name, "reason": reason.strip()})
            first._write_guarded({"withdrawn_at": call._stored(call._now()), "withdrawn_reason": reason.strip()})
            own._write_guarded(
                {"state": "ranked", "round": own.round + 1, "approver_id": False, "approved_at": False, "award_from": False}
            )

    def _bidders(self):
        """All submissions for the lot that count."""
        return self.call_id._submitted().filtered(lambda submission: submission.lot_id == self.lot_id)

    def _draft_letters(self):
        """A letter to everybody who applied for the lot and is not chosen, but for who withdrew."""
        withdrawn = self.place_ids.filtered("withdrawn_at").submission_id
        for submission in self._bidders() - self.winner_id - withdrawn:
            self.env["sozial.award.letter"]._draft(self, submission, "refusal")

    def _agreement_draft(self):
        """What the agreement will be about, from notice and submission; the rest is written by people."""
        call, lot = self.call_id, self.lot_id
        return letters.agreement(
            call.company_id.name, self.winner_name, call.number, call.name, lot.name, lot.description or "", lot.capacity or "",
            self.winner_id.number,
        )  # fmt: skip

    def action_end(self):
        """Ask for the reason of ending without award."""
        self.ensure_one()
        return self.env["sozial.call.step"]._open(self.call_id, "end", award=self)

    def action_winner_withdrew(self):
        """Ask what the chosen organisation told."""
        self.ensure_one()
        return self.env["sozial.call.step"]._open(self.call_id, "withdrew", award=self)
