from datetime import timedelta

from odoo import api, fields, models

DAYS_BEFORE = 28
BATCH = 100


class SozialEvidence(models.Model):
    """Reminders of documents that expire: a task for the staff, a mail to the organisation, once a date."""

    _inherit = "sozial.evidence"

    reminded_for = fields.Date("Reminded for", readonly=True, copy=False)

    @api.model
    def _cron_remind(self):
        """Remind of what expires within four weeks and has not been replaced by a newer document."""
        today = fields.Date.context_today(self)
        due = [("valid_until", ">=", today), ("valid_until", "<=", today + timedelta(days=DAYS_BEFORE))]
        waiting = self.search(due, order="valid_until, id").filtered(lambda one: one.reminded_for != one.valid_until)
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            for evidence in batch:
                if not evidence._is_replaced():
                    evidence._remind()
                evidence.reminded_for = evidence.valid_until
            self.env["ir.cron"]._commit_progress(len(batch))

    def _is_replaced(self):
        """Whether the organisation has a document of the same kind that holds longer."""
        self.ensure_one()
        same = [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id), ("kind", "=", self.kind)]
        longer = ["|", ("valid_until", "=", False), ("valid_until", ">", self.valid_until)]
        return bool(self.search_count([*same, ("id", "!=", self.id), *longer], limit=1))

    def _remind(self):
        """A task for whoever runs calls in this company, a mail to the organisation and its people."""
        self.ensure_one()
        group = self.env.ref("sozial_management_partner.group_sozial_procurement")
        staff = group.all_user_ids.filtered(lambda user: self.company_id in user.company_ids and user.active)
        officer = staff.filtered(lambda user: user == self.create_uid) or staff.sorted("id")[:1]
        if officer:
            day = self.valid_until.strftime("%d.%m.%Y")
            self.with_context(lang=officer.lang).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.valid_until,
                summary=self.with_context(lang=officer.lang).env._("Document expires on %(day)s", day=day),
                user_id=officer.id,
            )
        self._mail_reminder()

    def _mail_reminder(self):
        german = self.with_context(lang=self.partner_id.lang or self.env.lang)
        people = self.partner_id.child_ids.filtered(lambda one: one.user_ids.filtered("share"))
        addresses = {partner.email_formatted for partner in self.partner_id | people if partner.email}
        url = f"{self.get_base_url()}/my/evidence"
        body = german.env["ir.qweb"]._render(
            "sozial_management_partner.mail_evidence_expires",
            {"evidence": german, "day": self.valid_until.strftime("%d.%m.%Y"), "url": url},
        )
        subject = german.env._("A document of yours expires soon: %(name)s", name=self.name)
        sender = self.company_id.email_formatted or self.env.user.email_formatted
        self.env["mail.mail"].create(
            [
                {"subject": subject, "body_html": body, "email_from": sender, "email_to": address, "auto_delete": True}
                for address in sorted(addresses)
            ]
        )
