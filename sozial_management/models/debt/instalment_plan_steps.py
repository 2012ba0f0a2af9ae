from odoo import fields, models
from odoo.exceptions import UserError

from ..money import exact


class SozialInstalmentPlan(models.Model):
    """The steps of a plan: offered, accepted, fulfilled, broken, ended, followed by a new version."""

    _inherit = "sozial.instalment.plan"

    def _require_state(self, *states):
        """:raise UserError: if the plan is elsewhere"""
        self.ensure_one()
        self.check_access("write")
        self.case_id._require_not_ended()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(self.env._("This step does not fit a plan that is: %s.", labels[self.state]))

    def action_offer(self):
        """Offer the plan to the creditors.

        :raise UserError: lists what is missing
        """
        self._require_state("draft")
        problems = self._offering_problems()
        if problems:
            raise UserError("\n".join(problems))
        self._write_guarded({"state": "offered"})
        return True

    def _offering_problems(self):
        """What the plan lacks before creditors get it, as sentences."""
        _ = self.env._
        if not self.share_ids:
            return [_("Creditors: enter at least one.")]
        problems = []
        for share in self.share_ids:
            claim = share.claim_id
            if claim.state != "open":
                problems.append(_("%s: this claim is not open. Disputed ones are cleared first.", claim.creditor_id.name))
            elif exact(share.total) > exact(claim.remaining):
                problems.append(
                    _("%(creditor)s: the plan pays more than the %(amount)s that are owed.",
                      creditor=claim.creditor_id.name, amount=self._euro(claim.remaining))
                )  # fmt: skip
        return problems + self._approval_problems()

    def action_take_back(self):
        """Change an offer, for example because a creditor declined: the replies are asked for anew."""
        self._require_state("offered")
        self._write_guarded({"state": "draft"})
        self.share_ids._write_reply_away()
        return True

    def action_accept(self):
        """All creditors agreed: from here on the plan holds. What it replaces ends.

        :raise UserError: names who did not reply yet, and plans that stand in the way
        """
        self._require_state("offered")
        waiting = self.share_ids.filtered(lambda share: share.reply != "accepted")
        if waiting:
            names = ", ".join(waiting.claim_id.creditor_id.mapped("name"))
            raise UserError(self.env._("Not accepted yet by: %s. Enter reply, day and manner for each creditor.", names))
        others = self.search([("case_id", "=", self.case_id.id), ("state", "=", "accepted"), ("id", "!=", self.id)])
        if (others - self.replaces_id).share_ids.claim_id & self.share_ids.claim_id:
            raise UserError(
                self.env._("Another accepted plan pays one of these creditors already. End it first, or make a new version of it.")
            )
        today = fields.Date.context_today(self)
        if self.replaces_id.state == "accepted":
            self.replaces_id._finish("ended")
        self._write_guarded({"state": "accepted", "accepted_on": max(self.share_ids.mapped("reply_on"), default=today)})
        return True

    def action_break(self):
        """The plan failed: instalments were missed.

        :raise UserError: if none was
        """
        self._require_state("accepted")
        if not self.missed:
            raise UserError(self.env._("No instalment was missed. To end the plan for another reason, use »End the plan«."))
        self._finish("broken")
        return True

    def action_end(self):
        """End the plan before its time.

        :raise UserError: without a word why
        """
        self._require_state("offered", "accepted")
        if not (self.end_note or "").strip():
            raise UserError(self.env._("Why it ended: write down what happened."))
        self._finish("ended")
        return True

    def _fulfil_if_paid(self):
        """A plan is fulfilled with its last payment."""
        for plan in self:
            if plan.state == "accepted" and all(plan.instalment_ids.mapped("is_paid")):
                plan._finish("fulfilled")

    def _finish(self, state):
        """Close the plan: what reminds of it ends, and so does the signal that says instalments are agreed."""
        self._write_guarded({"state": state, "ended_on": fields.Date.context_today(self)})
        waiting = self.instalment_ids.deadline_id.filtered(lambda one: one.state == "open")
        if waiting:
            waiting.write({"note": self.env._("The instalment plan has ended.")})
            waiting.action_drop()
        if self.has_own:
            self.case_id.signal_ids.filtered(lambda one: one.is_current and one.code == "instalments")._end()

    def action_new_version(self):
        """Begin the next version with what is still to be paid. The old one holds until the new one is accepted.

        :return: action that shows it
        """
        self._require_state("accepted", "broken")
        shares = [share._values_for_new_version() for share in self.share_ids]
        shares = [fields.Command.create(values) for values in shares if values["total"]]
        if not shares:
            raise UserError(self.env._("Everything is paid."))
        new = self.create({"case_id": self.case_id.id, "day": self.day, "break_after": self.break_after, "share_ids": shares})
        new._write_guarded({"replaces_id": self.id})
        return new.action_show()

    def action_tell_rent_collection(self):
        """Give rent collection the coded signal »instalments agreed«: with the consent for it, and nothing else.

        :raise UserError: without an accepted plan with the own company, or without a consent that holds
        """
        self._require_state("accepted")
        if not self.has_own:
            raise UserError(self.env._("The own company is no creditor of this plan: there is nothing to tell."))
        consent = self.case_id._signal_consent("instalments", self.case_id.client_id)
        self.case_id.action_set_signal("instalments", min(consent.valid_until, self.last_due))
        return True
