from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .case_erase import ENDED
from .proposal import OPEN


class SozialCase(models.Model):
    """Erasure at the wish of the person, before the retention rule makes it due: Art. 17 GDPR.

    Two people do it: the worker in charge (or the head) passes the wish on, data protection
    decides. What data protection sees is the neutral number and the ground, nothing of the person.
    """

    _inherit = "sozial.case"

    erasure_request = fields.Char(
        "Erasure asked for",
        compute="_compute_erasure_request",
        help="The person wants the case erased before its time (Art. 17 GDPR), and what data protection said.",
    )

    def _compute_erasure_request(self):
        ended = self.filtered(lambda case: case.state in ENDED)
        asked = self.env["sozial.retention.proposal"].sudo().search(
            [("case_ref", "in", ended.ids), ("ground", "!=", False), ("state", "!=", "obsolete")], order="id"
        )
        by_case = {proposal.case_ref: proposal for proposal in asked}  # the latest one
        states = dict(asked._fields["state"]._description_selection(self.env))
        for case in self:
            proposal = by_case.get(case.id)
            if not proposal:
                case.erasure_request = False
                continue
            parts = [format_date(self.env, proposal.asked_on), states[proposal.state], proposal.reason]
            case.erasure_request = " · ".join(filter(None, parts))

    def action_request_erasure(self, ground, action="delete"):
        """Pass on that the person wants the case erased now.

        :param str ground: one of `sozial.retention.proposal.ground`, Art. 17(1) GDPR
        :param str action: `delete`, or `anonymise` to keep kind, dates and minutes for the figures
        :raise AccessError: for others than the worker in charge and the head
        :raise UserError: under legal hold, for a running case, or if it was asked for already
        """
        self.ensure_one()
        self.check_access("write")
        self._require_may_grant()
        self._refuse_under_hold()
        case = self.sudo()
        if case.state not in ENDED:
            raise UserError(self.env._("%s: close the case first. What is still being worked on is not erased.", case.name))
        case.lock_for_update()
        proposals = self.env["sozial.retention.proposal"].sudo()
        standing = proposals.search([("case_ref", "=", case.id), ("state", "in", OPEN)], limit=1)
        if standing.ground:
            raise UserError(self.env._("%s: the erasure was asked for already. Data protection decides on it.", case.name))
        standing._write_settled()
        standing.flush_recordset()  # one open proposal a case
        proposals._propose_asked(case, ground, action, self.env.user)
        return True
