from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

LASTS = timedelta(hours=3)
MIN_REASON = 10


class SozialEmergency(models.Model):
    """Emergency access, asked for: the list that data protection reviews.

    Every attempt is a row, also one that found nothing: otherwise the question alone would
    tell who is a client. The row holds the neutral number, never anything of a case.
    """

    _name = "sozial.emergency"
    _description = "Emergency access"
    _inherit = "sozial.reviewed"
    _order = "asked_at desc, id desc"
    _check_company_auto = True
    _rec_name = "case_number"
    _anonymise = "keep"

    user_id = fields.Many2one(
        "res.users", "Who", required=True, readonly=True, index=True, ondelete="restrict", anonymise="keep"
    )
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    asked_at = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    case_number = fields.Char(readonly=True, anonymise="keep", help="Empty: nothing was found, and nothing was opened.")
    reason = fields.Text(required=True, readonly=True, anonymise="blank")
    _open_reviews = models.Index("(company_id, asked_at) WHERE reviewed_at IS NULL")

    @api.model
    def action_open(self, reason, case_number="", partner_id=False):
        """Open an active case for three hours without a grant; everybody concerned is told.

        :param str reason: why it cannot wait, in a sentence
        :param str case_number: the neutral number, or
        :param int partner_id: the tenant
        :return: ids of the opened cases; empty if there is none (that too is on record)
        :raise AccessError: for others than social workers
        :raise UserError: without a reason or without saying whom it is about
        """
        if not self.env.user.has_group("sozial_management.group_sozial_worker"):
            raise AccessError(self.env._("Emergency access is for social workers."))
        reason = (reason or "").strip()
        if len(reason) < MIN_REASON:
            raise UserError(self.env._("Reason: say in a sentence why this cannot wait."))
        if not (case_number or "").strip() and not partner_id:
            raise UserError(self.env._("Case number or tenant: say whom it is about."))
        cases = self._find(case_number, partner_id)
        for case in cases:
            self._open(case, reason)
        if not cases:
            self._record(False, reason)
        return cases.ids

    @api.model
    def _find(self, case_number, partner_id):
        """Active cases of the user's companies that fit, without those the user is locked out of."""
        domain = [("is_active", "=", True), ("company_id", "in", self.env.companies.ids)]
        if (case_number or "").strip():
            domain.append(("name", "=", case_number.strip()))
        else:
            domain.append(("participant_ids", "any", [("partner_id", "=", partner_id), ("role", "=", "client")]))
        cases = self.env["sozial.case"].sudo().search(domain, limit=20)
        return cases.filtered(lambda case: self.env.user not in case._locked_out_users())

    @api.model
    def _open(self, case, reason):
        if self.env.user not in case._granted_users():
            case._grant(self.env.user, "emergency", reason, fields.Datetime.now() + LASTS)
        self._record(case, reason)
        case._notify_emergency(self.env.user)

    @api.model
    def _record(self, case, reason):
        self.sudo().create(
            {
                "user_id": self.env.uid,
                "company_id": case.company_id.id if case else self.env.company.id,
                "case_number": case.name if case else False,
                "reason": reason,
            }
        )
