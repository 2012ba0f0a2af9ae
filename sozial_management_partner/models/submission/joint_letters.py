from odoo import api, fields, models

BATCH = 200


class SozialSubmission(models.Model):
    """Mails of joint bids: straight to the mail server, like every letter about a submission."""

    _inherit = "sozial.submission"

    @api.model
    def _cron_letters(self):
        """Also ask members to confirm, and tell who leads that a member withdrew."""
        super()._cron_letters()
        members = self.env["sozial.submission.member"].sudo()
        open_calls = [("submission_id.call_id.state", "=", "published"), ("submission_id.call_id.deadline", ">", fields.Datetime.now())]
        for member in members.search([("state", "=", "named"), ("invited_at", "=", False), *open_calls], limit=BATCH):
            member.submission_id._send_directly(*member._invitation(), recipients=[member.email])
            member._write_guarded({"invited_at": fields.Datetime.now()})
            self.env["ir.cron"]._commit_progress(1)
        for member in members.search([("state", "=", "withdrawn"), ("told_at", "=", False), *open_calls], limit=BATCH):
            member.submission_id._send_directly(*member._farewell())
            member._write_guarded({"told_at": fields.Datetime.now()})
            self.env["ir.cron"]._commit_progress(1)


class SozialSubmissionMember(models.Model):
    """Texts of the mails."""

    _inherit = "sozial.submission.member"

    def _invitation(self):
        """:return: subject and text for the organisation that was named"""
        submission = self.submission_id
        _ = self.with_context(lang=submission.create_uid.lang or "de_DE").env._
        body = _(
            "Good day,\n\n"
            "%(lead)s names %(name)s as a member of a joint bid for the call “%(call)s”, %(lot)s.\n\n"
            "If you have a login in our portal, please confirm or decline here:\n%(address)s\n\n"
            "%(none)s\n"
            "Deadline: %(deadline)s.\n\n%(company)s",
            none=self._without_login(), lead=submission.partner_name, name=self.name, call=submission.call_id.name,
            lot=submission.lot_id.name,
            address=f"{self.get_base_url()}/my/joint/{self.token}", deadline=submission.call_id.deadline_text,
            company=self.company_id.name,
        )  # fmt: skip
        return _("Please confirm a joint bid"), body

    def _without_login(self):
        """What an organisation can do that has no login: register where everybody may, or sign on paper."""
        submission = self.submission_id
        call = submission.call_id
        _ = self.with_context(lang=submission.create_uid.lang or "de_DE").env._
        if call.access != "open":
            return _("If you have none, send a signed declaration to %s, who uploads it.", submission.partner_name)
        return _(
            "If you have none, register with this e-mail address; then you find this request in the portal:\n%(address)s\n"
            "Or send a signed declaration to %(lead)s, who uploads it.",
            address=f"{call._public_url()}/anmelden", lead=submission.partner_name,
        )  # fmt: skip

    def _farewell(self):
        """:return: subject and text for who leads"""
        submission = self.submission_id
        _ = self.with_context(lang=submission.create_uid.lang or "de_DE").env._
        body = _(
            "Good day,\n\n"
            "%(name)s does not take part in your joint bid for the call “%(call)s”, %(lot)s.\n"
            "Until the deadline (%(deadline)s) you can change it and hand it in again:\n%(address)s\n\n%(company)s",
            name=self.name, call=submission.call_id.name, lot=submission.lot_id.name, deadline=submission.call_id.deadline_text,
            address=submission._address(), company=self.company_id.name,
        )  # fmt: skip
        return _("A member has left your joint bid"), body
