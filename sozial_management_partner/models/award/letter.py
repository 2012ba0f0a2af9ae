import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...procedure import letters


class SozialAwardLetter(models.Model):
    """A letter to an organisation about the end of a call: refusal, award, lot without award, cancellation.

    The text is drafted from the scores and can be edited until it is sent; then it stays, with the
    PDF that went out.
    """

    _name = "sozial.award.letter"
    _description = "Letter about an award"
    _inherit = ["sozial.guarded"]
    _order = "call_id desc, award_id, round desc, id"
    _rec_name = "partner_name"
    _check_company_auto = True

    _guarded = frozenset({"sent_at", "sent_by_id", "how", "pdf", "sha256", "call_id", "award_id", "submission_id", "kind", "round"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    award_id = fields.Many2one("sozial.award", "Award", readonly=True, index="btree_not_null", ondelete="restrict")
    submission_id = fields.Many2one("sozial.submission", "Submission", required=True, readonly=True, index=True, ondelete="restrict")
    partner_name = fields.Char(related="submission_id.partner_name", string="Organisation")
    kind = fields.Selection(
        [("refusal", "Not chosen"), ("award", "Award"), ("ended", "Lot without award"), ("cancelled", "Call cancelled")],
        required=True, readonly=True,
    )  # fmt: skip
    round = fields.Integer(required=True, readonly=True, default=1)
    is_current = fields.Boolean(compute="_compute_is_current")
    email = fields.Char("By mail to", compute="_compute_email")
    subject = fields.Char(required=True)
    body = fields.Text("Text", required=True, help="Drafted from the scores. Read it before you send it; afterwards it stays as it is.")
    sent_at = fields.Datetime("Sent on", readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", "Sent by", readonly=True, ondelete="restrict")
    how = fields.Selection([("mail", "E-mail"), ("post", "By letter post")], "Sent by which way", readonly=True)
    pdf = fields.Binary("As it was sent", attachment=True, readonly=True)
    pdf_name = fields.Char(compute="_compute_email")
    sha256 = fields.Char("Fingerprint (SHA-256)", readonly=True)

    _once = models.UniqueIndex("(submission_id, kind, round)", "This letter was drafted already.")

    @api.depends("round", "award_id.round")
    def _compute_is_current(self):
        for letter in self:
            letter.is_current = not letter.award_id or letter.round == letter.award_id.round

    @api.depends("submission_id", "call_id.number")
    def _compute_email(self):
        for letter in self:
            letter.email = ", ".join(letter.submission_id.sudo()._recipients()) or False
            letter.pdf_name = f"{letter.call_id.number} {letter.partner_name}.pdf"

    def write(self, vals):
        self._refuse_guarded(vals)
        if any(letter.sent_at for letter in self):
            raise UserError(self.env._("This letter was sent and stays as it is."))
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A letter is not deleted: it belongs to the file of the call."))

    def _current(self):
        """Letters of the present round: earlier ones named another winner."""
        return self.filtered("is_current")

    @api.model
    def _draft(self, award, submission, kind, call=None, reason=None):
        """Draft a letter with the text that belongs to its kind and to the procedure.

        :return: the letter
        """
        call = call or award.call_id
        subject, paragraphs = self._text(call, award, submission, kind, reason)
        return self.create(
            {
                "call_id": call.id,
                "award_id": award.id,
                "submission_id": submission.id,
                "kind": kind,
                "round": award.round if award else 1,
                "subject": subject,
                "body": "\n\n".join(paragraphs),
            }
        )

    def action_send(self):
        """Send by mail, the PDF attached."""
        self.call_id.check_access("write")
        self.check_access("write")
        self._require_unsent()
        for letter in self:
            if not letter.email:
                raise UserError(self.env._("%s has no mail address: print the letter and note when it went by post.", letter.partner_name))
        self._send()

    def action_sent_by_post(self):
        """Note that the printed letter was handed to the post just now."""
        self.call_id.check_access("write")
        self.check_access("write")
        self._require_unsent()
        for letter in self.sudo():
            letter._mark_sent("post", letter._make_pdf())

    def action_print(self):
        """The letter as PDF."""
        self.check_access("read")
        return self.env.ref("sozial_management_partner.report_award_letter").report_action(self)

    def _require_unsent(self):
        for letter in self:
            if letter.sent_at or not letter.is_current:
                raise UserError(self.env._("%s: this letter was sent, or a later one takes its place.", letter.partner_name))

    def _send(self):
        """Queue the mails, with the PDF as it is kept here. Callers have checked who may."""
        for letter in self.sudo():
            pdf = letter._make_pdf()
            attachment = {"name": letter.pdf_name, "datas": base64.b64encode(pdf), "mimetype": "application/pdf"}
            company = letter.company_id
            mail = self.env["mail.mail"].sudo().create(
                {
                    "subject": letter.subject,
                    "body_html": self.env["ir.qweb"]._render("sozial_management_partner.award_letter_mail", {"letter": letter}),
                    "email_from": company.email_formatted or self.env.user.email_formatted,
                    "email_to": letter.email,
                    "reply_to": letter.call_id.contact_email or company.email_formatted,
                    "attachment_ids": [(0, 0, attachment)],
                    "auto_delete": False,
                }
            )
            mail.attachment_ids.write({"res_model": letter._name, "res_id": letter.id})
            letter._mark_sent("mail", pdf)

    def _make_pdf(self):
        """The letter as it goes out."""
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo()
        return report._render_qweb_pdf("sozial_management_partner.report_award_letter", res_ids=self.ids)[0]

    def _mark_sent(self, how, pdf):
        self.ensure_one()
        call = self.call_id
        digest = hashlib.sha256(pdf).hexdigest()
        self._write_guarded(
            {"sent_at": call._stored(call._now()), "sent_by_id": self.env.uid, "how": how, "pdf": base64.b64encode(pdf), "sha256": digest}
        )
        papers = call._german().env
        kinds, ways = (dict(self._fields[name]._description_selection(papers)) for name in ("kind", "how"))
        details = {"organisation": self.partner_name, "note": kinds[self.kind], "how": ways[how], "sha256": digest}
        lot = {"lot": self.award_id.lot_id.name} if self.award_id else {}
        call._record("refused" if self.kind == "refusal" else "notified", {**lot, **details})
        self.award_id._after_letters()

    def _text(self, call, award, submission, kind, reason):
        """Subject and paragraphs, see `procedure.letters`."""
        return letters.write(kind, self._facts(call, award, submission, reason))
