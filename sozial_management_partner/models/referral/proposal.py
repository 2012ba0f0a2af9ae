from collections import namedtuple
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import upload

# The kind of information a need usually tells of, by purpose.
TELLS = {
    "debts": "finances", "rent_collection": "finances", "benefits": "benefits", "housing": "housing", "care": "care_need",
    "health": "health", "family": "family",
}  # fmt: skip


Row = namedtuple("Row", "label value line")


class SozialReferral(models.Model):
    """What may be released follows from the consent, and stands there as the partner will read it."""

    _inherit = "sozial.referral"

    @api.depends("case_id", "subject_id", "partner_id")
    def _compute_purpose_id(self):
        for referral in self:
            purposes = referral._consents().purpose_ids
            if referral.state == "draft" and purposes and referral.purpose_id not in purposes:
                referral.purpose_id = purposes[:1]
            else:
                referral.purpose_id = referral.purpose_id

    @api.depends("purpose_id")
    def _compute_need_category_ids(self):
        for referral in self:
            if referral.state != "draft" or referral.need_category_ids:
                referral.need_category_ids = referral.need_category_ids
                continue
            covered = referral._consents(referral.purpose_id).category_ids
            code = TELLS.get(referral.purpose_id.code)
            usual = covered.filtered(lambda one, code=code: one.code == code)
            referral.need_category_ids = usual or covered.filtered(lambda one: one.code != "contact_data")[:1]

    def _consents(self, purpose=None):
        """Consents of this case that hold now for person and partner (and purpose), the longest first."""
        self.ensure_one()
        consents = self.env["sozial.consent"]
        # not as superuser while it is not saved: a form may name any case
        own = self if self.id else self.sudo(False)
        if not (own.case_id and own.subject_id and own.partner_id):
            return consents
        if purpose is not None:
            found = consents._covering(own.subject_id, own.partner_id, purpose.code, [])
        else:
            found = consents.search(
                consents._valid_domain(fields.Datetime.now())
                & fields.Domain("subject_id", "=", own.subject_id._origin.id)
                & fields.Domain("case_id", "=", own.case_id._origin.id)
                & consents._recipient_domain(own.partner_id._origin),
                order="valid_until desc, id desc", limit=100,
            )  # fmt: skip
        return found.filtered(lambda consent: consent.case_id == own.case_id._origin)

    def _propose_lines(self):
        """Replace the lines by what the consents of this purpose allow and the case knows."""
        for referral in self:
            referral.line_ids.unlink()
            codes = set(referral._consents(referral.purpose_id).category_ids.mapped("code"))
            categories = self.env["sozial.consent.category"].search([("code", "in", sorted(codes))], limit=100)
            by_code = {category.code: category for category in categories}
            self.env["sozial.referral.line"].create(
                [
                    {
                        "referral_id": referral.id, "sequence": number,
                        "category_id": by_code[code].id, "label": label, "value": value, "after_acceptance": later,
                    }
                    for number, (code, label, value, later) in enumerate(referral._known())
                    if code in by_code and value
                ]
            )  # fmt: skip

    def _known(self):
        """What the case knows of the person: kind of information, label, value, whether it is the identity."""
        self.ensure_one()
        theirs = self.with_context(lang=self.partner_id.lang or "de_DE")
        subject, _ = theirs.subject_id, theirs.env._
        building = theirs.case_id.dwelling_id.building_id
        address = building and f"{building.street} {building.house_number or ''}".strip() + f", {building.zip or ''} {building.city or ''}"
        return [
            ("housing", _("Quarter"), theirs.case_id.quarter_id.name, False),
            ("origin", _("Languages"), ", ".join(subject.language_ids.mapped("name")), False),
            ("contact_data", _("Name"), subject.name, True),
            ("contact_data", _("Phone"), subject.phone, True),
            ("contact_data", _("E-mail"), subject.email, True),
            ("housing", _("Address"), (address or "").strip(" ,"), True),
        ]

    def _rows(self, after_acceptance=None):
        """What the partner reads; of one stage, or of both."""
        self.ensure_one()
        theirs = self.with_context(lang=self.partner_id.lang or "de_DE")
        rows = []
        if after_acceptance is not True and self.need:
            rows.append(Row(theirs.env._("Need"), self.need.strip(), self.env["sozial.referral.line"]))
        for line in self.line_ids.sorted(lambda one: (one.after_acceptance, one.sequence)):
            later = self.two_stage and line.after_acceptance
            if after_acceptance is None or later == after_acceptance:
                rows.append(Row(line.label, line._text(), line))
        return rows

    @api.depends(
        "need", "line_ids.label", "line_ids.value", "line_ids.file_name", "line_ids.after_acceptance", "two_stage", "urgency", "partner_id"
    )
    def _compute_preview(self):
        for referral in self:
            theirs = referral.with_context(lang=referral.partner_id.lang or "de_DE")
            referral.preview = theirs.env["ir.qweb"]._render(
                "sozial_management_partner.referral_preview",
                {"first": referral._rows(False), "second": referral._rows(True), "urgency": theirs._urgency_label()},
            )

    def _urgency_label(self):
        return dict(self._fields["urgency"]._description_selection(self.env)).get(self.urgency)

    @api.depends("need", "line_ids.category_id", "need_category_ids", "purpose_id", "partner_id", "subject_id", "state")
    def _compute_problem_text(self):
        for referral in self:
            referral.problem_text = "\n".join(referral._problems()) if referral.state == "draft" and referral.id else False

    def _problems(self):
        """Everything that stands in the way of sending, as sentences."""
        self.ensure_one()
        _ = self.env._
        found = []
        if not (self.need or "").strip():
            found.append(_("Need: write in a few sentences what the person needs."))
        elif not self.need_category_ids:
            found.append(_("The need tells of: choose which kinds of information stand in the text."))
        files = self.line_ids.filtered("file_name")
        if len(files) > upload.MAX_FILES:
            found.append(_("Files: at most %s. Please join some of them into one PDF.", upload.MAX_FILES))
        if not self._running_agreement():
            found.append(_("Organisation: there is no active agreement with %s.", self.partner_id.name))
        if not self.purpose_id or not self._covering_consent():
            found.append(
                _("Consent: none holds today for this person, this partner, this purpose and everything that is shared. Record one first.")
            )
        return found

    def _running_agreement(self):
        """The agreement with the partner that holds today."""
        self.ensure_one()
        agreements = self.env["sozial.agreement"].search(
            [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id), ("state", "=", "active")],
            order="date_end desc", limit=10,
        )  # fmt: skip
        running = agreements.filtered(lambda one: one._is_running())
        return running.filtered(lambda one: self.offer_id in one.sudo().service_ids.offer_id)[:1] or running[:1]

    def _covering_consent(self):
        """ONE consent of this case that holds now for everything that is shared; the longest."""
        self.ensure_one()
        codes = (self.need_category_ids | self.line_ids.category_id).mapped("code")
        found = self.env["sozial.consent"]._covering(self.subject_id, self.partner_id, self.purpose_id.code, codes)
        return found.filtered(lambda consent: consent.case_id == self.case_id)[:1]

    def _require_consent(self):
        """
        :raise UserError: if no consent holds now
        """
        consent = self._covering_consent()
        if not consent:
            raise UserError(self.env._("%s: the consent does not hold any more.", self.number))
        return consent

    @api.model
    def _end_of(self, consent):
        """The naive UTC moment at which the last day of a consent is over where the company works."""
        zone = pytz.timezone(self.env.user.tz or "Europe/Berlin")
        midnight = zone.localize(datetime.combine(consent.valid_until + timedelta(days=1), time.min))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)
