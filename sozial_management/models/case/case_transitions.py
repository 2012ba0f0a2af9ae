from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

# Phase -> phases that may precede it. Closing and declining have methods of their own.
MOVES = {
    "assessment": ("intake",),
    "planning": ("assessment",),
    "support": ("planning", "review"),
    "review": ("support",),
}
# Kinds that skip planning go on at once.
SHORT_MOVES = {**MOVES, "support": ("assessment", "planning", "review")}
METHODS = {
    "assessment": "action_assess",
    "planning": "action_plan",
    "support": "action_support",
    "review": "action_review",
    "closed": "action_close",
}


class Problem(NamedTuple):
    """Something that stands in the way of the next phase.

    `text` says what is missing, `ways` are pairs of a button's label and the method of the case
    that opens the place where it is put right.
    """

    text: str
    ways: tuple = ()


class SozialCase(models.Model):
    """The phases of a case. `state` changes in `_move` only, whatever the context says.

    Later topics add their conditions to `_problems_before`.
    """

    _inherit = "sozial.case"

    def action_assess(self):
        """Start the assessment: the client was told about data protection, the duplicate check is answered.

        :raise UserError: lists everything that is missing
        """
        return self._move("assessment")

    def action_plan(self):
        """Start planning the help.

        :raise UserError: lists everything that is missing
        """
        return self._move("planning")

    def action_support(self):
        """Start, or after a review go on with, the support.

        :raise UserError: lists everything that is missing
        """
        return self._move("support")

    def action_review(self):
        """Look whether the case is on track."""
        return self._move("review")

    def action_close(self):
        """Close the case. Reason and outcome stand on it already.

        :raise UserError: lists everything that is missing
        """
        for case in self:
            case._require_active()
            case._require(case._problems_before("closed") + case._closing_problems())
        return self._write_end("closed")

    def action_decline(self):
        """Decline a case during intake; the reason stands on it already.

        :raise UserError: if work has begun or the reason is missing
        """
        for case in self:
            if case.state != "intake":
                raise UserError(case.env._("%s: only a case in intake can be declined. Close it instead.", case.name))
            if not case.close_reason:
                case._require([Problem(case.env._("Reason for closing: choose why the case is declined."))])
        return self._write_end("declined")

    def action_step(self):
        """Go on to the phase named in the context, or show what is missing, each with the way there.

        Says nothing about whether the phase may begin: the method of the phase does.
        """
        self.ensure_one()
        self.check_access("write")
        target = self.env.context.get("sozial_phase")
        if target not in METHODS:
            raise UserError(self.env._("Phase: choose one of: %s.", ", ".join(self._state_label(one) for one in METHODS)))
        self._require_active()
        self._require_order(target)
        problems = self._problems_before(target)
        if problems:
            return self._action_missing(target, problems)
        if target == "closed":
            action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case_close")
            return {**action, "context": {"default_case_id": self.id}}
        return getattr(self, METHODS[target])()

    def _action_missing(self, target, problems):
        return {
            "type": "ir.actions.client",
            "tag": "sozial_case_missing",
            "params": {
                "title": self.env._("Before »%s«", self._state_label(target)),
                "case_id": self.id,
                "problems": [
                    {"text": problem.text, "ways": [{"label": label, "method": method} for label, method in problem.ways]}
                    for problem in problems
                ],
            },
        }

    def action_reopen(self):
        """Open a new case that continues a closed one; the old one stays as it was.

        :return: action that shows the new case
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("closed", "declined"):
            raise UserError(self.env._("%s: only a closed or declined case can be taken up again.", self.name))
        if self.sudo().search_count([("reopened_from_id", "=", self.id), ("is_active", "=", True)], limit=1):
            raise UserError(self.env._("%s has been taken up again already: the new case is still open.", self.name))
        new = self.create(
            {
                "type_id": self.type_id.id,
                "level": self.level,
                "tenancy_id": self.tenancy_id.id,
                "quarter_id": self.quarter_id.id,
                "topic_ids": [fields.Command.set(self.topic_ids.ids)],
                "target_group_ids": [fields.Command.set(self.target_group_ids.ids)],
                "company_id": self.company_id.id,
                "participant_ids": [
                    fields.Command.create({"partner_id": one.partner_id.id, "role": one.role})
                    for one in self.participant_ids
                    if not one.date_end
                ],
            }
        )
        new._write_guarded({"reopened_from_id": self.id})
        return new._action_open()

    def _move(self, target):
        for case in self:
            case._require_active()
            case._require_order(target)
            case._require(case._problems_before(target))
        return self._write_state(target)

    def _require_order(self, target):
        """Stop a phase that does not follow the present one.

        :raise UserError: names both
        """
        if target == "closed":
            return
        moves = SHORT_MOVES if self.type_id.skips_planning else MOVES
        if self.state not in moves[target]:
            raise UserError(
                self.env._(
                    "%(case)s: from »%(now)s« the case cannot go to »%(target)s«.",
                    case=self.name,
                    now=self._state_label(self.state),
                    target=self._state_label(target),
                )
            )

    def _problems_before(self, target):
        """Everything that stands in the way of a phase.

        :param str target: the phase, or `closed`
        :return: list of :class:`Problem`
        """
        self.ensure_one()
        return []

    def _write_state(self, state, **values):
        self.check_access("write")
        return self._write_guarded({"state": state, **values})

    def _write_end(self, state):
        """Write a final phase: today, without a review to come and without open activities,
        which would stand under »My day« for ever."""
        self.check_access("write")
        self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], limit=None
        ).unlink()
        return self._write_state(state, closed_on=fields.Date.context_today(self), next_review=False)

    def _require_active(self):
        if not self.is_active:
            raise UserError(
                self.env._("%(case)s is »%(state)s« already.", case=self.name, state=self._state_label(self.state))
            )

    def _closing_problems(self):
        """What the dialog of closing asks for and does not stand on the case yet."""
        problems = []
        if not self.close_reason:
            problems.append(Problem(self.env._("Reason for closing: choose why the case ends.")))
        if not self.outcome:
            problems.append(Problem(self.env._("Outcome: say what was reached.")))
        return problems

    def _require(self, problems):
        """Stop with everything that is missing, at once.

        :raise UserError: one line for each
        """
        if problems:
            lines = [problem.text for problem in problems]
            raise UserError("\n".join([self.env._("%s: something is missing.", self.name), *lines]))

    def _state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def action_show(self):
        """Show the whole case."""
        self.ensure_one()
        self.check_access("read")
        return self._action_open()

    def _action_open(self):
        """Action that shows this case's form."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        return {**action, "views": [(False, "form")], "res_id": self.id, "context": {}}

    def _action_part(self, view, name):
        """Action that shows a part of this case's form as a dialog."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(f"sozial_management.{view}").id, "form")],
            "target": "new",
            "context": {},
        }
