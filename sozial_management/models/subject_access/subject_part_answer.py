from odoo import models
from odoo.tools.misc import format_date

CASE_DATA = (
    "name", "type_id", "state", "topic_ids", "target_group_ids", "quarter_id", "opened_on", "closed_on", "close_reason", "outcome",
)  # fmt: skip
HANDOVER_DATA = (
    "handed_on", "topic_id", "source", "tenant_knows", "contact_name", "contact_phone", "contact_email", "contact_time",
)  # fmt: skip
HANDOVER_OF_OTHERS = ("handed_on", "topic_id")


class SozialSubjectPart(models.Model):
    """The letter of the social department, from one case.

    Read with the rights of whoever prints it. A client gets the data of the case; whoever takes
    part otherwise gets the own part and the paragraphs released to them. Later models of a case
    add their sections by :meth:`_case_sections`.
    """

    _name = "sozial.subject.part"
    _inherit = ["sozial.subject.part", "sozial.subject.answer"]

    def _answer(self):
        """:raise AccessError: without a grant
        :raise UserError: before the release
        """
        self._require_released()
        self.env.invalidate_all()  # a paragraph is looked up in its text as that stands now
        letter = self._in_letter_language()
        return letter._answer_tree(
            person=letter.partner_id.name,
            title=letter._letter_title(),
            introduction=letter._introduction(),
            sections=letter._sections(),
            purposes=letter._purposes(),
            categories=letter._categories(),
            recipients=letter._recipients(),
            storage=letter._storage(),
            source=letter._source(),
        )

    def _letter_title(self):
        return self.env._("Your data with the social department")

    def _introduction(self):
        _ = self.env._
        day = format_date(self.env, self.received_on)
        return [
            _("On %s you asked which data we hold about you. Here is the answer of the social department by Art. 15 GDPR.", day),
            _(
                "It comes directly from the people who work with you. The company does not read along: we are bound to secrecy, "
                "also towards our employer (§ 203 of the Criminal Code)."
            ),
            _("Where a black bar stands, a paragraph is about somebody else or could tell about somebody else (Art. 15(4) GDPR)."),
        ]

    def _sections(self):
        return [*self._case_sections(), *self._text_sections()]

    def _case_sections(self):
        """Everything but the texts."""
        _ = self.env._
        case = self.case_id
        own = case.participant_ids.filtered(lambda one: one.partner_id == self.partner_id)
        sections = [
            self._section("participation", _("How you take part"), entries=[
                self._entry("", self._rows(one, "role", "date_start", "date_end")) for one in own
            ]),
        ]  # fmt: skip
        if self.is_client:
            sections.insert(0, self._section("case", _("Your case"), self._rows(case, *CASE_DATA)))
            sections.append(self._section("handover", _("How it began"), entries=self._handover_entries()))
        sections.append(self._section("consents", _("Your consents"), entries=self._consent_entries()))
        if self.is_client:
            sections.append(self._section("signals", _("Signals to rent collection"), entries=self._signal_entries()))
        return sections

    def _handover_entries(self):
        """Every hand-over that became this case or joined it, in the order they came.

        Of one that is about somebody else, such as the other side of a conflict, day and topic alone (Art. 15(4) GDPR).
        """
        case = self.case_id.sudo()  # part of the case they became
        own = case.handover_id | case.joined_handover_ids.filtered(
            lambda one: (one.partner_id or one.tenancy_id.partner_id) == self.partner_id
        )
        handovers = (case.handover_id | case.joined_handover_ids).sorted("id")
        return [self._entry("", self._rows(one, *(HANDOVER_DATA if one in own else HANDOVER_OF_OTHERS))) for one in handovers]

    def _consent_entries(self):
        entries = []
        for consent in self.case_id.consent_ids.filtered("given_at").sorted("given_at"):
            kind = dict(consent._fields["kind"]._description_selection(self.env))[consent.kind]
            if consent.subject_id == self.partner_id:
                names = ("state", "signed_on", "recipient_ids", "purpose_ids", "category_ids", "valid_from", "valid_until", "revoked_at")
                entries.append(self._entry(kind, self._rows(consent, *names)))
            elif consent.signer_id == self.partner_id:
                entries.append(self._entry(kind, self._rows(consent, "signed_on", "authority")))
        return entries

    def _signal_entries(self):
        return [
            self._entry("", self._rows(signal, "code", "date_start", "date_until", "ended_at"))
            for signal in self.case_id.signal_ids.filtered(lambda one: one.consent_id.subject_id == self.partner_id)
        ]

    def _text_sections(self):
        """The texts, paragraph by paragraph: theirs in words, everything else as a bar."""
        _ = self.env._
        texts, notes = [], []
        for (model, res_id), lines in self._lines_by_record().items():
            record = self.case_id._passage_records(model).filtered(lambda one, res_id=res_id: one.id == res_id)
            paragraphs = [self._paragraph(line) for line in lines]
            if model == "sozial.contact":
                notes.append(self._note_entry(record, paragraphs))
            else:
                texts.append(self._entry(lines[0].source, paragraphs=paragraphs))
        if not self.is_client:
            # whose talk it was is a secret of the client: nothing but what is released
            texts, notes = ([one for one in entries if self._is_readable(one)] for entries in (texts, notes))
        return [
            self._section("texts", _("What was written down"), entries=texts),
            self._section("notes", _("Contact notes"), entries=notes),
        ]

    def _is_readable(self, entry):
        entry["paragraphs"] = [one for one in entry["paragraphs"] if not one["redacted"]]
        return bool(entry["paragraphs"])

    def _lines_by_record(self):
        """Lines by their text, the oldest text first, paragraphs in their order."""

        def place(line):
            passage = line.passage_id
            return line.said_on or line.create_date, passage.res_model, passage.res_id, passage.field_name, passage.position

        lines = self.line_ids.sorted(place)
        return lines.grouped(lambda one: (one.passage_id.res_model, one.passage_id.res_id))

    def _note_entry(self, note, paragraphs):
        names = ["date", "medium", "reached", "minutes"] if self.is_client else ["date"]
        title = self.env._("Addendum") if note.addendum_to_id else ""
        return self._entry(title, self._rows(note, *names), paragraphs)

    def _paragraph(self, line):
        """A released paragraph in words. A bar says nothing, not even how much it hides."""
        if line.is_released and line.text:
            return {"redacted": False, "text": line.text}
        return {"redacted": True, "text": self.env._("[blacked out: concerns another person]")}

    def _purposes(self):
        _ = self.env._
        return [
            _("To advise and support you, at your wish (Art. 6(1)(a) and (b) GDPR)."),
            _("Particularly sensitive data, for example on health, with your express consent only (Art. 9(2)(a) GDPR)."),
        ]

    def _categories(self):
        return [
            self.env._("Your concern, your situation in life as far as you told us, notes of our contacts, consents, and what was agreed.")
        ]

    def _recipients(self):
        _ = self.env._
        lines = [
            _(
                "In our house only the social workers who have been given access to your case. "
                "Rent collection and the heads of the company do not read it."
            )
        ]
        own = self.case_id.consent_ids.filtered(lambda one: one.given_at and one.subject_id == self.partner_id)
        names = own.recipient_ids.mapped("name")
        if names:
            lines.append(_("With your consent: %s", ", ".join(sorted(set(names)))))
        lines.append(_("On demand we print a receipt that says who opened your case."))
        return lines

    def _storage(self):
        months = self.case_id.type_id.retention_months
        return [
            self.env._(
                "%s months after the end of the year in which the case was closed. Then the case is erased or made anonymous.",
                months,
            )
        ]

    def _source(self):
        return [
            self.env._(
                "From you; from a hand-over of colleagues, if the case began so; from people and services whom you allowed to tell us."
            )
        ]
