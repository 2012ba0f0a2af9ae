import babel.dates

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, is_html_empty

from ...notice import HEADINGS, REVIEW, Criterion, Facts, Lot, leftovers, sections


class SozialCallSection(models.Model):
    """One of the 18 sections of the notice: written from the facts of the call, or by hand."""

    _name = "sozial.call.section"
    _description = "Section of the notice"
    _inherit = ["sozial.call.part"]
    _order = "call_id, number, id"
    _check_company_auto = True

    _portal_fields = frozenset({"id", "display_name", "name", "number", "text", "call_id", "company_id"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    number = fields.Integer("No.", required=True)
    name = fields.Char("Heading", required=True)
    text = fields.Html(sanitize=True, sanitize_attributes=True)
    is_own = fields.Boolean(
        "Written by hand", copy=True, help="Ticked: the text stays as you wrote it. Unticked: it follows the data of the call."
    )
    is_reviewed = fields.Boolean(
        "Legally checked", readonly=True, copy=False, help="The legal check by the second person has passed this very text."
    )
    review_hint = fields.Text("To look at in the legal check", compute="_compute_review_hint")
    excerpt = fields.Char("Beginning", compute="_compute_excerpt")
    is_empty = fields.Boolean("Empty", compute="_compute_excerpt")

    _number_unique = models.Constraint("UNIQUE (call_id, number)", "Each section stands in the notice once.")
    _number_range = models.Constraint("CHECK (number BETWEEN 1 AND 18)", "The notice has the sections 1 to 18.")

    @api.depends("number")
    def _compute_review_hint(self):
        for section in self:
            section.review_hint = REVIEW.get(section.number)

    @api.depends("text")
    def _compute_excerpt(self):
        for section in self:
            plain = " ".join(html2plaintext(section.text or "").split())
            section.excerpt = plain[:90] + ("…" if len(plain) > 90 else "")
            section.is_empty = not plain

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_review(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_review(vals)
        if {"text", "name"} & vals.keys():
            vals = {"is_own": True, "is_reviewed": False, **vals}
        return super().write(vals)

    @api.model
    def _refuse_review(self, vals):
        if vals.get("is_reviewed"):
            raise UserError(self.env._("Legally checked: this is set by the legal check of the whole call only."))

    def _problem(self):
        """Why the section cannot be published; None if it can."""
        self.ensure_one()
        if is_html_empty(self.text) or not html2plaintext(self.text).strip():
            return self.env._("Notice: section %(number)s “%(name)s” is empty.", number=self.number, name=self.name)
        found = leftovers(html2plaintext(self.text))
        if found:
            return self.env._(
                "Notice: section %(number)s “%(name)s” still has a placeholder: %(found)s",
                number=self.number, name=self.name, found=", ".join(found),
            )  # fmt: skip
        return None


class SozialCall(models.Model):
    """The notice of a call."""

    _inherit = "sozial.call"

    def _add_missing_sections(self):
        """Every call has its 18 sections."""
        values = []
        for call in self:
            present = set(call.section_ids.mapped("number"))
            values += [
                {"call_id": call.id, "number": number, "name": name} for number, name in HEADINGS.items() if number not in present
            ]
        self.env["sozial.call.section"].create(values)

    def action_write_notice(self):
        """Write the sections anew from the data of the call, except those that were written by hand."""
        for call in self:
            call.check_access("write")
            call._require_unfrozen()
            call._write_notice()

    def _write_notice(self):
        """Fill all sections that follow the data."""
        self.ensure_one()
        texts = sections(self._notice_facts())
        for section in self.section_ids.filtered(lambda section: not section.is_own):
            if str(section.text or "") != texts[section.number]:
                section._write_frozen({"text": texts[section.number], "is_reviewed": False})

    def _section_problems(self):
        """Empty sections and forgotten placeholders, as sentences."""
        return [problem for section in self.section_ids if (problem := section._problem())]

    def _german_day(self, date):
        """A day as the notice writes it, in German whatever the language of the reader: ``1. März 2027``."""
        return babel.dates.format_date(date, "d. MMMM yyyy", locale="de_DE") if date else ""

    def _notice_facts(self):
        """The facts of the call as the notice tells them; German, as the notice is."""
        self.ensure_one()
        call = self.sudo()
        company = call.company_id
        return Facts(
            procedure=call.procedure,
            invited=call.access == "invited",
            company=company.name,
            address=", ".join(part for part in (company.street, f"{company.zip or ''} {company.city or ''}".strip()) if part),
            number=call.number,
            contact=call.contact_name or "",
            phone=call.contact_phone or "",
            email=call.contact_email or "",
            url=call._public_url(),
            occasion=call.occasion or "",
            goals=call.goals or "",
            target=call.target or "",
            lots=tuple(Lot(lot.name, lot.description or "", lot.quarter_id.name or "", lot.capacity or "") for lot in call.lot_ids),
            begins=call._german_day(call.date_from),
            ends=call._german_day(call.date_until),
            rooms=call.rooms or "",
            staff=call.staff or "",
            remuneration=call.remuneration or "",
            evidence=tuple(call._required_evidence_kinds()),
            criteria=tuple(criterion._as_fact() for criterion in call.criterion_ids),
            tie_rule=call.tie_rule,
            deadline=call.deadline_text or "",
            questions_until=call.questions_text or "",
            panel=call.panel or "",
            standstill_days=call.standstill_days,
            reports=call.reports or "",
            review_body=call.review_body or "",
            privacy_contact=company.sozial_privacy_contact or "",
            authority=company.sozial_supervisory_authority or "",
            annexes=tuple(call.annex_ids.mapped("name")),
        )


class SozialCallCriterion(models.Model):
    _inherit = "sozial.call.criterion"

    def _as_fact(self):
        """The criterion as the notice tells it."""
        levels = tuple(self[f"anchor_{level}"] or "" for level in range(6)) if self.kind == "award" else ()
        return Criterion(self.name, self.kind, self.weight, self.minimum, self.description or "", self.lot_id.name or "", levels)
