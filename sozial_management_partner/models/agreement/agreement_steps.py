import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...procedure import agreement as wording

UNSIGNED = {
    "company_signed_by_id": False, "company_signed_name": False, "company_signed_at": False, "company_sha256": False,
    "partner_signed_by_id": False, "partner_signed_name": False, "partner_signed_function": False, "partner_signed_at": False,
    "partner_sha256": False,
}  # fmt: skip


class SozialAgreement(models.Model):
    """Offering, signing, ending, and the next version."""

    _inherit = "sozial.agreement"

    @api.depends("text", "title", "subject", "service_ids", "date_start", "date_end", "rooms", "remuneration", "position_ids.name",
        "position_ids.amount_month", "proof_days", "privacy_kind", "state")  # fmt: skip
    def _compute_preview(self):
        for agreement in self:
            agreement.preview = agreement.text or (agreement.partner_id and wording.write(agreement._facts())) or False

    def _paragraphs(self):
        """The frozen text, or how it would read, cut for printing."""
        self.ensure_one()
        return wording.paragraphs(self.text or self.preview or "")

    def _facts(self):
        """What the text is made of."""
        self.ensure_one()
        german = self.with_context(lang="de_DE")
        data = base64.b64decode(self.with_context(bin_size=False).privacy_file or b"")
        return wording.Facts(
            number=self.number or "", version=self.version, title=self.title or "", company=self.company_id.name,
            partner=self.partner_id.name, date_start=self.date_start, date_end=self.date_end, notice_months=self.notice_months,
            subject=self.subject or "",
            services=tuple(
                wording.Service(one.offer_id.name or "", one.hours_text or "", one.capacity_month) for one in german.service_ids
            ),
            rooms=self.rooms or "", remuneration=self._remuneration_text(), privacy=self.privacy_kind or "own",
            privacy_reason=self.privacy_reason or "", privacy_file=(self.privacy_file_name or "Datei") if data else "",
            privacy_sha256=hashlib.sha256(data).hexdigest() if data else "", report=self.report_interval or "",
            report_days=self.report_days, response_days=self.response_days, reviewed=self.text_reviewed,
        )  # fmt: skip

    def action_offer(self):
        """Freeze the text and lay it before the partner for signature.

        :raise UserError: lists what is missing
        """
        self.check_access("write")
        for agreement in self:
            agreement._require_state("draft")
            if found := agreement._offering_problems():
                raise UserError("\n".join([self.env._("%s cannot be offered yet.", agreement.number), *found]))
            text = wording.write(agreement._facts())
            agreement._write_guarded(
                {
                    "state": "offered", "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "offered_at": fields.Datetime.now(), "refused_at": False, "refusal": False, **UNSIGNED,
                }
            )  # fmt: skip
            agreement._tell_partner("mail_agreement_offered", lambda env: env._("An agreement waits for your signature"))
        return True

    def _offering_problems(self):
        """Everything that stands in the way of offering, as sentences."""
        self.ensure_one()
        _ = self.env._
        found = []
        if not self.service_ids:
            found.append(_("Services: choose at least one offer of the catalogue."))
        for offer in self.service_ids.offer_id:
            if not offer.topic_ids or not (offer.summary or offer.description):
                found.append(_("Services: “%s” needs its short text and its topics before it can be published.", offer.name))
        if self.date_end < fields.Date.context_today(self):
            found.append(_("Until: this day is over."))
        if self.privacy_kind == "none" and not (self.privacy_reason or "").strip():
            found.append(_("Why none is needed: say why no data-protection contract is needed."))
        if self.privacy_kind in ("processor", "joint") and not self.privacy_file:
            found.append(_("Contract: upload the data-protection contract."))
        return found

    def action_take_back(self):
        """Take the offer back: it becomes a draft again, signatures on it are void."""
        self.check_access("write")
        for agreement in self:
            agreement._require_state("offered")
        self._write_guarded({"state": "draft", "text": False, "sha256": False, "offered_at": False, **UNSIGNED})
        return True

    def action_sign(self):
        """Sign for the company; the agreement is active when the partner has signed too."""
        self.check_access("write")
        for agreement in self:
            agreement._require_state("offered")
            if agreement.company_signed_at:
                raise UserError(self.env._("%s is signed by us already.", agreement.number))
            agreement._write_guarded(
                {
                    "company_signed_by_id": self.env.uid, "company_signed_name": self.env.user.name,
                    "company_signed_at": fields.Datetime.now(), "company_sha256": agreement._current_hash(),
                }
            )  # fmt: skip
            agreement.sudo()._activate_if_signed()
        return True

    def _current_hash(self):
        """The hash of the text as it is stored now."""
        self.ensure_one()
        return hashlib.sha256((self.text or "").encode()).hexdigest()

    def _activate_if_signed(self):
        """With both signatures it holds from its first day on."""
        for agreement in self:
            if agreement.company_signed_at and agreement.partner_signed_at:
                agreement._write_guarded({"state": "signed"})
                agreement._begin()

    def _begin(self):
        """Whose first day has come is active, and replaces the version before."""
        today = fields.Date.context_today(self)
        for agreement in self.filtered(lambda one: one.state == "signed" and one.date_start <= today):
            before = agreement._versions().filtered(lambda one: one.state == "active")
            before._write_guarded({"state": "replaced", "ended_at": fields.Datetime.now()})
            before.flush_recordset()
            agreement._write_guarded({"state": "active", "activated_at": fields.Datetime.now()})
            agreement._publish_offers()
            before._withdraw_offers()
            agreement._follow(before)

    def _follow(self, before):
        """Hook: what rested on the version before rests on this one."""

    def action_new_version(self):
        """A draft of the next version; this one holds until both sides have signed that."""
        self.ensure_one()
        self.check_access("write")
        self._require_state("active", "ended", "terminated")
        newest = self._versions()[:1]
        if newest.state in ("draft", "offered", "signed"):
            return newest._get_records_action()
        new = self.copy({"award_id": False})  # an award has one first version
        new._write_guarded(
            {"number": self.number, "version": newest.version + 1, "previous_id": self.id, "award_id": self.award_id.id}
        )
        return new._get_records_action()

    def action_terminate(self):
        """End the agreement today, for the reason given.

        :raise UserError: without a reason
        """
        self.check_access("write")
        for agreement in self:
            agreement._require_state("signed", "active")
            if not (agreement.end_reason or "").strip():
                raise UserError(self.env._("Reason for terminating: fill it in first."))
        self.sudo()._end("terminated")
        return True

    def action_versions(self):
        """All versions of this agreement."""
        self.ensure_one()
        return self._versions()._get_records_action(name=self.env._("Versions"))

    def _versions(self):
        """All versions, the newest first."""
        self.ensure_one()
        return self.search([("company_id", "=", self.company_id.id), ("number", "=", self.number)], order="version desc", limit=100)

    def _end(self, state):
        """Ended or terminated: the offers leave the catalogue at once."""
        self._write_guarded({"state": state, "ended_at": fields.Datetime.now(), "ended_on": fields.Date.context_today(self)})
        self._withdraw_offers()

    def _require_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for agreement in self:
            if agreement.state not in states:
                raise UserError(
                    self.env._(
                        "%(number)s is “%(state)s”: this step is not possible now.", number=agreement.number, state=labels[agreement.state]
                    )
                )

    def _tell_partner(self, template, subject):
        """A neutral mail with a link; nothing of the content stands in it."""
        for agreement in self:
            partner = agreement.partner_id
            theirs = agreement.with_context(lang=partner.lang or "de_DE")
            url = f"{agreement.get_base_url()}/my/agreements/{agreement.token}"
            body = theirs.env["ir.qweb"]._render(f"sozial_management_partner.{template}", {"agreement": theirs, "url": url})
            partner.sudo()._send_neutral_mail(agreement.company_id, subject(theirs.env), body)

    def _tell_responsible(self, summary):
        """A task for whoever answers for the agreement in our house.

        :param summary: gets an environment in that person's language
        """
        for agreement in self.filtered("user_id"):
            theirs = agreement.with_context(lang=agreement.user_id.lang or "de_DE")
            theirs.activity_schedule("mail.mail_activity_data_todo", summary=summary(theirs.env), user_id=agreement.user_id.id)
