from odoo import models
from odoo.exceptions import UserError

from ...procedure import ProcedureError, clock

# state -> states that may precede it
MOVES = {
    "draft": ("checked",),
    "checked": ("draft",),
    "published": ("checked",),
    "opened": ("published",),
    "reviewed": ("opened",),
    "decided": ("opened", "reviewed"),
    "concluded": ("decided",),
    "cancelled": ("draft", "checked", "published", "opened", "reviewed", "decided"),
}


class SozialCall(models.Model):
    """The way of a call from draft to concluded. `state` changes in `_move` only, whatever the context says."""

    _inherit = "sozial.call"

    def _move(self, state, **values):
        """Move on, with the values that belong to the step.

        :raise UserError: if the call is not in a state from which this is possible
        """
        for call in self:
            call.check_access("write")
            if call.state not in MOVES[state]:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(number)s is “%(state)s”: it cannot become “%(next)s”.",
                        number=call.number, state=labels[call.state], next=labels[state],
                    )  # fmt: skip
                )
        self._write_guarded({"state": state, **values})
        if state in ("opened", "cancelled"):
            self._forget_questions()

    def action_check(self, note=None):
        """Record the legal check by a second person: kind of procedure, texts, criteria, periods.

        :param note: the result in words
        :raise UserError: lists everything that is missing, or says that a second person is needed
        """
        for call in self:
            if call.env.user in (call.user_id, call.create_uid):
                raise UserError(
                    self.env._("%s: the legal check needs a second person, who neither runs nor entered the call.", call.number)
                )
            if not (note or "").strip():
                raise UserError(self.env._("Result of the legal check: write what was checked and with which result."))
            call._write_notice()
            call._require(call._publication_problems())
            call.section_ids._write_frozen({"is_reviewed": True})
            call._move("checked", checker_id=call.env.user.id, checked_at=self._stored(self._now()), check_note=note.strip())

    def action_open_check(self):
        """Open the dialog in which the second person records the result."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Legal check"),
            "res_model": "sozial.call.check",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_id": self.id},
        }

    def action_back_to_draft(self):
        """Take up the draft again; the legal check is due anew."""
        self._move("draft", checker_id=False, checked_at=False)

    def action_publish(self):
        """Publish: from now on the content is frozen as version 1.

        :raise UserError: lists everything that is missing
        """
        for call in self:
            if call.state != "checked":
                raise UserError(self.env._("%s: the legal check by a second person comes first.", call.number))
            call._require(call._publication_problems())
            call._move("published", published_at=self._stored(self._now()))
            call._freeze_version()

    def action_conclude(self):
        """Close the file after the award."""
        self._move("concluded")

    def _require(self, problems):
        """:raise UserError: with all problems, one a line"""
        if problems:
            self.ensure_one()
            raise UserError(self.env._("%s: please complete first:", self.number) + "\n• " + "\n• ".join(problems))

    def _publication_problems(self):
        """What is missing for publication, as sentences that name the field."""
        return self._data_problems() + self._section_problems()

    def _data_problems(self):
        """What the data of the call lacks, the notice aside."""
        self.ensure_one()
        _ = self.env._
        problems = []
        if not self.deadline or self._aware(self.deadline) <= self._now():
            problems.append(_("Deadline for submissions: choose a time in the future."))
        if not self.lot_ids:
            problems.append(_("Lots: enter at least one, even if the whole is given to one partner."))
        if self.access == "invited" and not self.invited_ids:
            problems.append(_("Invited organisations: choose whom you invite, or open the call to everybody."))
        return problems + self._content_problems() + self._weight_problems() + self._clock_problems()

    def _clock_problems(self):
        """Local times that do not exist or come twice when the clocks change."""
        problems = []
        for name in ("questions_until", "deadline"):
            if not self[name]:
                continue
            try:
                clock.instant(self._local(self[name]).replace(tzinfo=None), self.tz)
            except ProcedureError:
                label = self._fields[name]._description_string(self.env)
                problems.append(
                    self.env._("%s: on this night the clocks change, and this time comes twice. Choose another one.", label)
                )
        return problems

    def _weight_problems(self):
        """Award criteria without 100 points of weight a lot."""
        problems = []
        for lot in self.lot_ids:
            weight = sum(lot._award_criteria().mapped("weight"))
            if weight != 100:
                problems.append(
                    self.env._(
                        "Criteria: the weights of the lot “%(lot)s” add up to %(sum)s. They must add up to 100.",
                        lot=lot.name, sum=weight,
                    )  # fmt: skip
                )
        return problems
