from odoo import fields, models
from odoo.exceptions import UserError

from ...statute.periods import period_latest

RENEWAL_MONTHS, REMIND_RENEWAL = 2, 14
NEXT = {
    "filed": ("prepared",),
    "granted": ("filed", "objection"),
    "refused": ("filed", "objection"),
    "objection": ("granted", "refused"),
    "withdrawn": ("prepared", "filed", "objection"),
}


class SozialBenefitApplication(models.Model):
    """The way of an application from the letter to the decision, and the deadlines it sets going."""

    _inherit = "sozial.benefit.application"

    def action_informal(self):
        """Print the informal letter with the day of today; it becomes the day of the application.

        :return: action that prints it
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "prepared" and not self.informal_on:
            self.informal_on = fields.Date.context_today(self)
        return self.env.ref("sozial_management.report_benefit_letter").report_action(self)

    def action_file(self):
        """The application is with the authority."""
        for one in self:
            if not (one.filed_on or one.informal_on):
                one.filed_on = fields.Date.context_today(one)
        return self._move("filed")

    def action_grant(self):
        """The authority grants it: amount, first day and day of the notice are entered."""
        for one in self:
            missing = [name for name in ("amount_month", "valid_from", "received_on") if not one[name]]
            one._refuse_missing(missing)
        self._move("granted")
        for one in self:
            one._enter_objection_deadline()
            one._enter_renewal_deadline()
        return True

    def action_refuse(self):
        """The authority refuses it: the period for an objection runs."""
        for one in self:
            one._refuse_missing(["received_on"] if not one.received_on else [])
        self._move("refused")
        for one in self:
            one._enter_objection_deadline()
        return True

    def action_object(self):
        """An objection is filed: its deadline is kept."""
        for one in self:
            if not one.objection_on:
                one.objection_on = fields.Date.context_today(one)
        self._move("objection")
        self._end_deadline("objection_deadline_id", self.env._("Objection filed."))
        return True

    def action_withdraw(self):
        """The client does not want it any more."""
        return self._move("withdrawn")

    def action_renew(self):
        """Prepare the application that follows this grant.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "granted":
            raise UserError(self.env._("A renewal follows a grant."))
        new = self.create({"case_id": self.case_id.id, "benefit_id": self.benefit_id.id, "reference": self.reference})
        self._end_deadline("renewal_deadline_id", self.env._("Renewal prepared."))
        return new.action_show()

    def action_show(self):
        """Show the whole application."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_benefit_application")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}

    def _move(self, state):
        """Go on to a state, if it follows.

        :raise UserError: says from where it does
        """
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for one in self:
            one.case_id._require_not_ended()
            if one.state not in NEXT[state]:
                raise UserError(
                    self.env._("»%(new)s« does not follow »%(old)s«.", new=labels[state], old=labels[one.state])
                )
        self._write_guarded({"state": state})
        return True

    def _refuse_missing(self, names):
        """Ask for what stands on the notice, field by field."""
        labels = [self._fields[name]._description_string(self.env) for name in names]
        if labels:
            raise UserError("\n".join(self.env._("%s: enter it first, it stands on the notice.", label) for label in labels))

    def _enter_objection_deadline(self):
        """One deadline per notice; two notices of one day share it, as the period is the same."""
        rule = self.env.ref("sozial_management.deadline_rule_authority_objection", raise_if_not_found=False)
        if not rule or self.objection_until < fields.Date.context_today(self):
            return
        deadlines = self.env["sozial.deadline"]
        standing = deadlines.search(
            [
                ("case_id", "=", self.case_id.id), ("rule_id", "=", rule.id), ("event_date", "=", self.received_on),
                ("state", "=", "open"),
            ], limit=1,
        )  # fmt: skip
        self._end_deadline("objection_deadline_id", self.env._("A new notice came."), but=standing)
        deadline = standing or deadlines.create(
            {
                "case_id": self.case_id.id, "rule_id": rule.id, "event_date": self.received_on,
                "federal_state": self._state_of_holidays(), "name": self.env._("%s: objection against the notice", self.benefit_id.name),
            }
        )  # fmt: skip
        self._write_guarded({"objection_deadline_id": deadline.id})

    def _enter_renewal_deadline(self):
        """The renewal is asked for two months before the grant ends, so that no month is lost; at once if that day is over."""
        if not self.valid_to or self.valid_to < fields.Date.context_today(self):
            return
        self._end_deadline("renewal_deadline_id", self.env._("A new notice came."))
        deadline = self.env["sozial.deadline"].create(
            {
                "case_id": self.case_id.id, "name": self.env._("%s: apply for the renewal", self.benefit_id.name),
                "due": self._renewal_due(), "hard": True, "remind_days": REMIND_RENEWAL,
            }
        )  # fmt: skip
        self._write_guarded({"renewal_deadline_id": deadline.id})

    def _renewal_due(self):
        """The working day two months before the end of the grant, no day that is over."""
        due = period_latest(self.valid_to, months=RENEWAL_MONTHS, state=self._state_of_holidays())
        return max(due, fields.Date.context_today(self))

    def _end_deadline(self, name, note, but=None):
        """Keep the deadline that was entered, with a word why."""
        for one in self:
            deadline = one[name]
            if deadline.state == "open" and deadline != but:
                deadline.write({"note": note})
                deadline.action_keep()
