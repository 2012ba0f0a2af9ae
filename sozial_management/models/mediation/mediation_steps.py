from odoo import fields, models
from odoo.exceptions import UserError

from .mediation import OPEN

REVIEW_AFTER = {"weeks": 8}


class SozialMediation(models.Model):
    """How a mediation goes on: by what its parties say and sign. Nobody sets its status."""

    _inherit = "sozial.mediation"

    def _require_all_willing(self):
        """Stop what needs the consent of every party (invariant 8).

        :raise UserError: the same words, whoever is not willing and why
        """
        for mediation in self:
            if mediation.state != "running" or not mediation._all_willing():
                raise UserError(self.env._("Not yet: at least two parties, and all of them, have to be willing."))
            if mediation.worked_for and not mediation.disclosed:
                raise UserError(
                    self.env._(
                        "Earlier work disclosed: you have worked for %s. Tell all parties, and tick the field when all agree.",
                        mediation.worked_for,
                    )
                )

    def _require_joinable(self):
        """Stop new parties once sessions are planned or the mediation has ended."""
        self._require_changeable({"party_ids"})
        if any(session.state == "planned" for session in self.session_ids):
            raise UserError(self.env._("A session is planned with those who are willing. Cancel it before somebody joins."))

    def _all_willing(self):
        said = self.party_ids.mapped("willingness")
        return len(said) >= 2 and set(said) == {"willing"}

    def _parties_changed(self):
        """Draw the consequence of what the parties say: go on, wait, or call everything off at once."""
        for mediation in self:
            if mediation.state not in OPEN:
                continue
            if set(mediation.party_ids.mapped("willingness")) & {"declined", "withdrawn"}:
                mediation._call_off()
            else:
                mediation._write_guarded({"state": "running" if mediation._all_willing() else "asking"})

    def _end(self, state):
        """End the mediation; what is planned is cancelled with it."""
        self._write_guarded({"state": state, "ended_on": fields.Date.context_today(self)})
        self.session_ids.filtered(lambda one: one.state == "planned")._write_guarded({"state": "cancelled"})

    def _call_off(self):
        self._end("off")

    def action_call_off(self):
        """It does not take place: for a reason that is no party's, such as a mediator who falls ill."""
        self.ensure_one()
        self.check_access("write")
        self._require_open()
        self._end("off")
        return True

    def action_fail(self):
        """End without agreement.

        :raise UserError: if no session was held: then it does not take place
        """
        self.ensure_one()
        self.check_access("write")
        self._require_open()
        if not self.session_ids.filtered(lambda one: one.state == "held"):
            raise UserError(self.env._("No session was held. Choose »Does not take place«."))
        self._end("failed")
        return True

    def _require_open(self):
        self._require_mediator()
        self._lock()
        if self.state not in OPEN:
            raise UserError(self.env._("This mediation has ended already."))

    def _signed(self):
        """After the last signature the agreement stands, and is asked about some weeks later."""
        agreement = self.agreement_ids.filtered(lambda one: one.state == "draft")
        if self.party_ids - agreement.signature_ids.party_id:
            return
        agreement._write_guarded({"state": "signed"})
        self._end("agreed")
        self._write_guarded({"review_on": self.review_on or fields.Date.add(fields.Date.context_today(self), **REVIEW_AFTER)})
        deadline = self.env["sozial.deadline"].create(
            {"case_id": self.case_id.id, "name": self.env._("Ask the parties whether their agreement holds"), "due": self.review_on}
        )
        self._write_guarded({"review_deadline_id": deadline.id})

    def _move_review(self):
        """The deadline of the review stands on the day on which the parties are to be asked."""
        for mediation in self:
            deadline = mediation.review_deadline_id
            if mediation.review_on and deadline.state == "open" and deadline.due != mediation.review_on:
                deadline.write({"due": mediation.review_on})

    def action_review_kept(self):
        """The parties were asked: it holds."""
        return self._review("kept")

    def action_review_partly(self):
        """The parties were asked: it holds in part."""
        return self._review("partly")

    def action_review_broken(self):
        """The parties were asked: it does not hold."""
        return self._review("broken")

    def _review(self, result):
        """Enter what became of the agreement.

        :raise UserError: without an agreement, or if it was entered before
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "agreed":
            raise UserError(self.env._("There is no signed agreement to ask about."))
        if self.review_result:
            raise UserError(self.env._("What became of the agreement was entered already."))
        self._write_guarded({"review_result": result, "reviewed_on": fields.Date.context_today(self)})
        if self.review_deadline_id.state == "open":
            self.review_deadline_id.action_keep()
        return True

    def action_invite(self):
        """Draft the invitations to the next session, one for each party."""
        self.ensure_one()
        self.check_access("write")
        self._require_all_willing()
        now = fields.Datetime.now()
        planned = self.session_ids.filtered(lambda one: one.state == "planned" and one.start_at > now)[:1]
        if not planned:
            raise UserError(self.env._("Plan a session first: the invitation names its day and its place."))
        return self._draft_letters("mediation_invitation", appointment=planned.start_at, place=planned.place)

    def action_tell_off(self):
        """Draft the letters that it does not take place: the same words for every party, and no reason."""
        self.ensure_one()
        self.check_access("write")
        self._require_mediator()
        if self.state != "off":
            raise UserError(self.env._("The mediation has not been called off."))
        self.party_ids.filtered(lambda one: not one.told_on)._write_guarded({"told_on": fields.Date.context_today(self)})
        return self._draft_letters("mediation_off")

    def _draft_letters(self, code, **values):
        """Letters from a template to all parties, for looking through and printing.

        Asked again, it opens those that are there: a party gets each letter once.
        """
        template = self.env["sozial.letter.template"].search([("code", "=", code)], limit=1)
        if not template:
            raise UserError(self.env._("The text of this letter was deleted. Ask your administrator to write it anew."))
        letters = self._letters_there(template, values)
        letters += self.env["sozial.letter"].create(
            [
                {"case_id": self.case_id.id, "template_id": template.id, "recipient_id": party.partner_id.id, **values}
                for party in self.party_ids
                if party.partner_id not in letters.recipient_id
            ]
        )
        name = self.env._("Letters")
        domain = [("id", "in", letters.ids)]
        return {"type": "ir.actions.act_window", "res_model": "sozial.letter", "name": name, "view_mode": "list,form", "domain": domain}

    def _letters_there(self, template, values):
        """Letters of this mediation that say the same already; drafts are brought up to date.

        :param dict values: what is entered on the letters
        """
        since = self.ended_on or self.begun_on
        letters = self.case_id.letter_ids.filtered(
            lambda one: one.template_id == template and one.recipient_id in self.party_ids.partner_id and one.date >= since
        )
        drafts = letters.filtered(lambda one: one.state == "draft")
        if values:
            drafts.write(values)
        return letters.filtered(lambda one: all(one[name] == value for name, value in values.items()))

    def _action_open(self):
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form", "target": "current"}
