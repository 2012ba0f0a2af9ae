from odoo import fields, models
from odoo.exceptions import UserError

# Phase -> phases that may precede it. Closing and declining have methods of their own.
MOVES = {
    "assessment": ("intake",),
    "planning": ("assessment",),
    "support": ("assessment", "planning", "review"),
    "review": ("support",),
}


class SozialCase(models.Model):
    """The phases of a case. `state` changes in `_move` only, whatever the context says."""

    _inherit = "sozial.case"

    def action_assess(self):
        """Start the assessment."""
        return self._move("assessment")

    def action_plan(self):
        """Start planning the help."""
        return self._move("planning")

    def action_support(self):
        """Start, or after a review go on with, the support."""
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
            case._require(case._closing_problems())
        return self._write_end("closed")

    def action_decline(self):
        """Decline a case during intake; the reason stands on it already.

        :raise UserError: if work has begun or the reason is missing
        """
        for case in self:
            if case.state != "intake":
                raise UserError(case.env._("%s: only a case in intake can be declined. Close it instead.", case.name))
            if not case.close_reason:
                case._require([case.env._("Reason for closing: choose why the case is declined.")])
        return self._write_end("declined")

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
            if case.state not in MOVES[target]:
                raise UserError(
                    case.env._(
                        "%(case)s: from »%(now)s« the case cannot go to »%(target)s«.",
                        case=case.name,
                        now=case._state_label(case.state),
                        target=case._state_label(target),
                    )
                )
        return self._write_state(target)

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
        """Everything that stands in the way of closing, as sentences."""
        problems = []
        if not self.close_reason:
            problems.append(self.env._("Reason for closing: choose why the case ends."))
        if not self.outcome:
            problems.append(self.env._("Outcome: say what was reached."))
        return problems

    def _require(self, problems):
        if problems:
            raise UserError("\n".join([self.env._("%s: something is missing.", self.name), *problems]))

    def _state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _action_open(self):
        """Action that shows this case's form."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        return {**action, "views": [(False, "form")], "res_id": self.id, "context": {}}
