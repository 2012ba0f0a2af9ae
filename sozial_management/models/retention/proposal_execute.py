from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .case_erase import ENDED

# What a click does at once; more is left to the nightly run, which is started for it.
AT_ONCE = 10
BATCH_ROWS = 500


class SozialRetentionProposal(models.Model):
    """Erasing what was approved, by a click or every night, and keeping the record of it."""

    _inherit = "sozial.retention.proposal"

    def action_execute(self):
        """Erase approved proposals that are due, now.

        :raise UserError: names what stands against it
        """
        proposals = self._to_decide(("approved",))
        for proposal in proposals:
            if not proposal.is_due:
                day = format_date(self.env, proposal.due_on)
                raise UserError(self.env._("%(name)s is not due before %(day)s.", name=proposal.display_name, day=day))
        if len(proposals) > AT_ONCE:
            self.env.ref("sozial_management.ir_cron_retention_execute").sudo()._trigger()
            return self._note(self.env._("%s proposals are being worked off in the background.", len(proposals)))
        for proposal in proposals:
            proposal._execute_all(self.env.user)
        return self._note(self.env._("Done. The record of erasures tells what went."))

    @api.model
    def _note(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.client", "tag": "soft_reload"}},
        }

    @api.model
    def _cron_execute(self):
        """Erase what is approved and due, one proposal a transaction; what fails is tried again tomorrow."""
        domain = [("state", "=", "approved"), ("due_on", "<=", fields.Date.context_today(self))]
        ids = self.sudo().search(domain, order="due_on, id", limit=None).ids
        for position, proposal in enumerate(self.sudo().browse(ids), start=1):
            try:
                with self.env.cr.savepoint():
                    proposal._execute_all(self.env.user)
            except UserError as refusal:
                proposal.write({"trouble": str(refusal)})
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(ids) - position):
                return
            self.env.invalidate_all()

    def _execute_all(self, user):
        """Erase one approved proposal to its last row."""
        while not self._execute(user):
            pass

    def _execute(self, user):
        """Erase one approved proposal, and write it down.

        :return: whether it is finished; a large one takes several turns
        :raise UserError: under legal hold, or while somebody works on the case
        """
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset()
        if self.state != "approved":
            return True
        finished = True
        if self.subject == "case":
            case = self._case()
            if not self._still_due(case):
                self._write_settled()
                return True
            gone, number = case._erase(self.action), 1
        else:
            rows = self.rule_id._due_rows(self.company_id, fields.Date.context_today(self), limit=BATCH_ROWS)
            finished, number = len(rows) < BATCH_ROWS, len(rows)
            gone = self.rule_id._erase_rows(rows)
        self.env["sozial.retention.protocol"]._record(self, user, number, gone)
        if finished:
            self._forget_case()
            self.write({"state": "done", "trouble": False})
        return finished

    def _forget_case(self):
        """No proposal leads to the case any more, refused ones neither."""
        if self.case_ref:
            self.search([("case_ref", "=", self.case_ref)], limit=1000).write({"case_ref": False})

    def _still_due(self, case):
        """Whether the rule of the proposal still counts for the case, and makes it due today;
        what a person asked for waits for no rule."""
        if case and self.ground:
            return case.state in ENDED
        rule = self.rule_id
        if not case or self.env["sozial.retention.rule"]._for_case(case) != rule or rule.action != self.action:
            return False
        due = self._due_case_domain(case.company_id, rule, fields.Date.context_today(self))
        return bool(case.filtered_domain(due))
