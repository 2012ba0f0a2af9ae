from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..letter.placeholders import filled
from ..money import exact
from . import pots
from .fund import HEAD
from .fund_entry import NOBODY


class SozialFundRequest(models.Model):
    """The way of a request: asked, approved by somebody else, paid, receipt; or refused, or cancelled."""

    _inherit = "sozial.fund.request"

    def _require_state(self, *states):
        """:raise UserError: if the request is elsewhere"""
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(self.env._("This step does not fit a request that is: %s.", labels[self.state]))

    def action_ask(self):
        """Put it before the one who decides.

        :raise UserError: lists what is missing
        """
        self._require_state("draft")
        self.case_id._require_not_ended()
        problems = self._problems()
        if problems:
            raise UserError("\n".join(problems))
        self._write_guarded({"state": "requested", "asked_by_id": self.env.uid, "asked_on": fields.Date.context_today(self)})
        return True

    def _problems(self):
        """What the request lacks before somebody can decide, as sentences."""
        _ = self.env._
        problems = []
        if not (self.reason or "").strip():
            problems.append(_("Reason: write what it is needed for."))
        if not (self.other_help or "").strip():
            problems.append(_("Other help asked first: write whom you asked and what they answered, or why there is no time."))
        if self.pay_to != "worker" and not (self.payee or "").strip():
            problems.append(_("Paid to: enter the name, or choose cash handed over by the worker."))
        return problems + self._client_told()

    def _client_told(self):
        """Why the client may not be named to whoever pays: heads without access to the case, or shut out of it; as sentences."""
        case = self.case_id.sudo()
        if self.pay_to != "client" or (case.level != "strict" and not case._locked_out_users()):
            return []
        return [
            self.env._(
                "Who is paid: the case is strictly confidential, or somebody is shut out of it, and whoever pays would read the client's "
                "name. Choose whoever is owed, or cash handed over by the worker."
            )
        ]

    def _refuse_client_told(self):
        """Stop an approval that would name the client; the case may have been closed to others since it was asked.

        :raise UserError: says what to do instead
        """
        if problems := self._client_told():
            raise UserError(problems[0])

    def action_take_back(self):
        """Change it before it is decided; a first approval falls with it."""
        self._require_state("requested")
        self._write_guarded(
            {"state": "draft", "asked_by_id": False, "asked_on": False, "approved_by_id": False, "approved_on": False}
        )
        if self.decision_note:
            self._write_guarded({"decision_note": False})
        return True

    def _require_second_person(self):
        """Stop whoever asked, or approved already, and whoever may not approve so much.

        :raise UserError: says who may
        """
        if self.env.user in self.asked_by_id | self.approved_by_id:
            raise UserError(self.env._("A second person decides, not the one who asked."))
        company = self.sudo().company_id
        if not self.env.user.has_group(HEAD) and exact(self.amount) > exact(company.sozial_fund_colleague_limit):
            raise UserError(
                self.env._(
                    "Requests of more than %s are decided by the head.",
                    format_amount(self.env, company.sozial_fund_colleague_limit, self.currency_id),
                )
            )

    def action_approve(self):
        """Approve it, by a person who did not ask; above the limit of one head a second head follows.

        :raise UserError: if the fund does not hold as much
        """
        self._require_state("requested")
        self.case_id._require_not_ended()
        self._refuse_client_told()
        self._require_second_person()
        today = fields.Date.context_today(self)
        limit = exact(self.sudo().company_id.sozial_fund_head_limit)
        if limit and exact(self.amount) > limit and not self.approved_by_id:
            self._write_guarded({"approved_by_id": self.env.uid, "approved_on": today})
            return True
        who = {"second_by_id": self.env.uid} if self.approved_by_id else {"approved_by_id": self.env.uid}
        entry = self._book(today)
        # the payment is known to code alone: whoever reads it must not find the case by it
        self.sudo()._write_guarded({**who, "approved_on": today, "state": "approved", "entry_id": entry.id})
        return True

    def _book(self, today):
        """Take the amount from the fund, one after the other.

        :return: the payment
        :raise UserError: if nothing is planned for it, or too little is left
        """
        fund = self.fund_id.sudo()
        fund._lock()
        fund.invalidate_recordset()
        if fund.carried_to_id or fund.year != today.year or not fund.active:
            raise UserError(self.env._("Fund: %s is not the fund of this year. Take the request back and choose another one.", fund.name))
        line, rest = self._line(fund, (today.month + 2) // 3)
        if not line:
            raise UserError(self.env._("Fund: nothing is planned for this quarter and purpose until today."))
        amount = exact(self.amount)
        if amount > rest:
            if fund.company_id.sozial_fund_over == "refuse":
                raise UserError(self.env._("Amount: the fund does not hold as much any more. Ask for less, or plan more."))
            if not (self.decision_note or "").strip():
                raise UserError(self.env._("Why so: this is more than what is planned. Write why it is approved all the same."))
        return self.env["sozial.fund.entry"].sudo().create(
            {
                "name": self.name, "fund_id": fund.id, "plan_id": line.id, "amount": self.amount, "approved_on": today,
                "payee": self.payee if self.pay_to != "worker" else self.asked_by_id.sudo().name,
                "account": self.account if self.pay_to != "worker" else False,
                "reference": self.reference, "paid_way": "cash" if self.pay_to == "worker" else "transfer",
            }
        )  # fmt: skip

    def _line(self, fund, quarter):
        """The planned line that pays, and what is left in its pot (`Decimal`): the closest one that holds enough, else the closest."""
        left = fund._left()[fund.id]
        first = (fund.plan_ids.browse(), pots.NOTHING)
        for place, purpose in pots.pots_for(self.case_id.sudo().quarter_id.id or None, self.purpose):
            lines = fund.plan_ids.filtered(
                lambda one, pot=(place, purpose): one._pot() == pot
                and (int(one.calendar_quarter) <= quarter if fund.carry else int(one.calendar_quarter) == quarter)
            )
            if not lines:
                continue
            found = lines.sorted("calendar_quarter")[-1], left[(place, purpose), quarter]
            if found[1] >= exact(self.amount):
                return found
            first = first if first[0] else found
        return first

    def action_refuse(self):
        """Refuse it, with a reason.

        :raise UserError: without one, or by whoever asked
        """
        self._require_state("requested")
        self._require_second_person()
        if not (self.decision_note or "").strip():
            raise UserError(self.env._("Why so: write why it is refused. The client gets to know it."))
        self._write_guarded(
            {"state": "refused", "approved_by_id": self.env.uid, "approved_on": fields.Date.context_today(self), "second_by_id": False}
        )
        return True

    def action_cancel(self):
        """It is not needed any more; what was approved goes back into the fund."""
        self._require_state("requested", "approved")
        if self.state == "approved":
            entry = self.sudo().entry_id
            entry.fund_id._lock()
            entry.invalidate_recordset()
            if entry.state != "approved":
                raise UserError(self.env._("%s: this is paid or cancelled already.", self.name))
            entry._write_guarded({"state": "cancelled", **NOBODY})
        self._write_guarded({"state": "cancelled"})
        return True

    def action_pay(self):
        """It is paid, by somebody who works on the case; a head may also enter it among the payments."""
        self._require_state("approved")
        entry = self.sudo().entry_id
        entry.write({"paid_on": self.paid_on, "paid_way": self.paid_way or entry.paid_way, "paid_reference": self.paid_reference})
        entry._pay()
        return True

    def _follow_payment(self):
        """The payment was entered: the receipt is waited for, as a deadline of the case."""
        for one in self:
            entry = one.entry_id
            one._write_guarded(
                {"state": "paid", "paid_on": entry.paid_on, "paid_way": entry.paid_way, "paid_reference": entry.paid_reference}
            )
            case = one.case_id
            if case.is_active and case.worker_id:
                there = one.with_context(lang=case.worker_id.lang)
                due = fields.Date.add(fields.Date.context_today(one), days=case.company_id.sozial_fund_receipt_days)
                deadline = self.env["sozial.deadline"].create(
                    {
                        "case_id": case.id, "name": there.env._("Receipt for the money from the fund: %s", one.name),
                        "due": due, "user_id": case.worker_id.id,
                    }
                )  # fmt: skip
                one._write_guarded({"deadline_id": deadline.id})

    def action_settle(self):
        """The receipt is there.

        :raise UserError: without a file
        """
        self._require_state("paid")
        if not self.receipt:
            raise UserError(self.env._("Receipt: upload it first."))
        self._write_guarded({"state": "settled"})
        self._end_deadline()
        return True

    def _end_deadline(self):
        waiting = self.deadline_id.filtered(lambda one: one.state == "open")
        if waiting:
            waiting.action_keep()

    def _follow_return(self):
        """What came back is in the fund again; all of it back needs no receipt any more."""
        for one in self:
            entry = one.sudo().entry_id
            fund = entry.fund_id
            fund._lock()
            before = fund._rests()
            entry._write_guarded({"returned": one.returned})
            fund._carry_after(before)
            if one.state == "paid" and exact(one.returned) == exact(one.amount):
                one._write_guarded({"state": "settled"})
                one._end_deadline()

    def action_letter(self):
        """Write the letter that tells the client what was decided; the text is looked through before it goes out.

        :return: action that shows the draft
        """
        self._require_state("approved", "paid", "settled", "refused")
        kind = "refused" if self.state == "refused" else "approved"
        letter = self.env["sozial.letter"].create(
            {"case_id": self.case_id.id, "template_id": self.env.ref(f"sozial_management.letter_fund_{kind}").id}
        )
        purposes = dict(self.with_context(lang="de_DE")._fields["purpose"]._description_selection(self.with_context(lang="de_DE").env))
        known = {
            "amount": format_amount(self.env, self.amount, self.currency_id, lang_code="de_DE"),
            "purpose": purposes[self.purpose], "decision": self.decision_note or "",
        }  # fmt: skip
        texts = {name: filled(letter[name], known) for name in ("subject", "body", "german_subject", "german_body") if letter[name]}
        letter.write(texts)
        return {
            "type": "ir.actions.act_window", "res_model": "sozial.letter", "res_id": letter.id, "view_mode": "form",
            "views": [(False, "form")],
        }  # fmt: skip
