from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .placeholders import ENTERED, filled, used

DATED = ("appointment", "until")


class SozialLetter(models.Model):
    """A letter of a case: chosen, looked at, finished. A finished one stays as it was sent.

    Its PDF becomes a document of the case. In a language other than German, German stands beside it.
    """

    _name = "sozial.letter"
    _description = "Letter"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "date desc, id desc"
    _guarded = frozenset({"state", "attachment_id", "user_id"})

    template_id = fields.Many2one("sozial.letter.template", "Letter", required=True, index=True, ondelete="restrict")
    hint = fields.Text(related="template_id.hint")
    recipient_id = fields.Many2one(
        "res.partner", "To whom", required=True, index=True, ondelete="restrict", check_company=True,
        compute="_compute_recipient_id", store=True, readonly=False, precompute=True,
        help="The client, unless the letter is for somebody else.",
    )  # fmt: skip
    language_id = fields.Many2one(
        "sozial.language", "Language", required=True, ondelete="restrict",
        compute="_compute_language_id", store=True, readonly=False, precompute=True,
        help="The recipient's, if the letter has a text in it. German stands beside every other language.",
    )  # fmt: skip
    date = fields.Date("Date of the letter", required=True, default=fields.Date.context_today)
    appointment = fields.Datetime(help="Day and time of the talk.")
    place = fields.Char(help="Where the talk takes place: street, number, room.")
    until = fields.Date(help="By when we ask for an answer.")
    ground = fields.Char(
        help="By which right something is passed on, for example »der Schweigepflichtentbindung vom 1. Oktober 2026«."
    )
    asks = fields.Char(compute="_compute_asks")
    subject = fields.Char(compute="_compute_text", store=True, readonly=False, precompute=True, required=True)
    body = fields.Text("Text", compute="_compute_text", store=True, readonly=False, precompute=True, required=True)
    german_subject = fields.Char(compute="_compute_text", store=True, readonly=False, precompute=True)
    german_body = fields.Text("German beside it", compute="_compute_text", store=True, readonly=False, precompute=True)
    user_id = fields.Many2one("res.users", "Written by", required=True, readonly=True, index=True, default=lambda self: self.env.user)
    state = fields.Selection([("draft", "Draft"), ("final", "Finished")], required=True, readonly=True, copy=False, default="draft")
    attachment_id = fields.Many2one("ir.attachment", "PDF", readonly=True, copy=False, index="btree_not_null", ondelete="set null")

    _timeline = models.Index("(case_id, date DESC)")

    @api.depends("case_id")
    def _compute_recipient_id(self):
        for letter in self:
            letter.recipient_id = letter.recipient_id or letter.case_id.client_id

    @api.depends("template_id", "recipient_id")
    def _compute_language_id(self):
        german = self.env.ref("sozial_management.language_de")
        for letter in self:
            there = letter.template_id.text_ids.language_id
            letter.language_id = (letter.recipient_id.language_ids & there)[:1] or german

    @api.depends("template_id", "language_id", "recipient_id")
    def _compute_text(self):
        german = self.env.ref("sozial_management.language_de")
        for letter in self:
            text, beside = letter.template_id._text(letter.language_id), letter.template_id._text(german)
            known = letter._known()
            letter.subject, letter.body = filled(text.subject, known), filled(text.body, known)
            letter.german_subject = filled(beside.subject, known) if beside != text else False
            letter.german_body = filled(beside.body, known) if beside != text else False

    @api.depends("subject", "body", "german_body")
    def _compute_asks(self):
        for letter in self:
            names = used(f"{letter.subject} {letter.body} {letter.german_body}")
            letter.asks = " ".join(name for name in ENTERED if name in names) or False

    @api.constrains("recipient_id", "case_id")
    def _check_recipient(self):
        """To oneself a letter is a note."""
        if any(letter.recipient_id == letter.user_id.partner_id for letter in self):
            raise ValidationError(self.env._("To whom: choose somebody else than yourself."))

    def _known(self):
        """What is filled in from the case."""
        worker = self.case_id.worker_id or self.env.user
        return {
            "recipient": self.recipient_id.name, "client": self.case_id.client_id.name, "worker": worker.name,
            "phone": worker.phone or self.company_id.phone, "company": self.company_id.name, "case": self.case_id.name,
        }  # fmt: skip

    def _entered(self, language):
        """What was entered for this letter, written as in a language."""
        values = {name: self[name] for name in ENTERED if name not in DATED and self[name]}
        try:
            locale = format_date(fields.Date.today(), locale=language) and language
        except UnknownLocaleError:
            locale = "de"
        if self.until:
            values["until"] = format_date(self.until, "long", locale=locale)
        if self.appointment:
            local = fields.Datetime.context_timestamp(self.with_context(tz=self.env.user.tz or "Europe/Berlin"), self.appointment)
            pattern = "EEEE, d. MMMM y, HH:mm 'Uhr'" if locale == "de" else "EEEE, d MMMM y, HH:mm"
            values["appointment"] = format_datetime(local, pattern, locale=locale)
        return values

    def _columns(self):
        """The text as it is printed, in one or two languages: dicts with language, subject and paragraphs."""
        code = self.language_id.code
        texts = [(code, self.subject, self.body)]
        if self.german_body:
            texts.append(("de", self.german_subject, self.german_body))
        return [
            {
                "lang": lang,
                "subject": filled(subject, self._entered(lang)),
                "paragraphs": [part.strip() for part in filled(body, self._entered(lang)).split("\n\n") if part.strip()],
            }
            for lang, subject, body in texts
        ]

    def _address(self):
        """Lines of the address field; a client without an own address lives where the tenancy is."""
        recipient = self.recipient_id
        street, town = recipient.street, " ".join(filter(None, (recipient.zip, recipient.city)))
        if not street and recipient == self.case_id.client_id and self.case_id.tenancy_id:
            building = self.case_id.tenancy_id.dwelling_id.building_id
            street, town = f"{building.street} {building.house_number}", f"{building.zip} {building.city}"
        return [line for line in (recipient.name, street, recipient.street2, town) if line]

    def _problems(self):
        """What is missing before it can be sent, as sentences."""
        labels = {name: self._fields[name]._description_string(self.env) for name in ENTERED}
        left = dict.fromkeys(
            name for column in self._columns() for name in used("\n".join([column["subject"], *column["paragraphs"]]))
        )
        problems = [self.env._("%s: the letter needs it.", labels.get(name, name)) for name in left]
        if len(self._address()) < 3:
            problems.append(self.env._("To whom: enter the address of %s.", self.recipient_id.name))
        return problems

    def write(self, vals):
        self._refuse_guarded(vals)
        self._require_draft()
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        letters = super(SozialLetter, self._without_guarded_defaults()).create(vals_list)
        letters.case_id._require_not_ended()
        return letters

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._require_draft()

    def _require_draft(self):
        if any(letter.state == "final" for letter in self):
            raise UserError(self.env._("This letter is finished and stays as it was sent. Write a new one."))

    def action_preview(self):
        """Look at the PDF; nothing is stored."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("sozial_management.report_letter").report_action(self, config=False)

    def action_finish(self):
        """Store the PDF as a document of the case; the letter stays as it is from now on.

        :raise UserError: lists everything that is missing
        """
        self.ensure_one()
        self.check_access("write")
        self._require_draft()
        problems = self._problems()
        if problems:
            raise UserError("\n".join(problems))
        super().write({"state": "final"})
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf("sozial_management.report_letter", self.ids)
        attachment = self.env["ir.attachment"].create(
            {"name": f"{self.template_id.name} {self.date}.pdf", "raw": content, "res_model": "sozial.case", "res_id": self.case_id.id}
        )
        super().write({"attachment_id": attachment.id})
        return True

    def action_open_pdf(self):
        """Open the PDF that was stored."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self.attachment_id.id}?download=true", "target": "self"}
