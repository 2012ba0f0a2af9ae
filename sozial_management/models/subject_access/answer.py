from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date, format_time

GERMAN = "de_DE"


class SozialSubjectAnswer(models.AbstractModel):
    """What both letters about people's own data share: one tree of plain values for paper and JSON.

    Whoever prints the tree prints the same as JSON says; what is not in it is nowhere.
    """

    _name = "sozial.subject.answer"
    _description = "Letter about one's own data"

    def _in_letter_language(self):
        """The record in German where German is installed, else in English."""
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        lang = GERMAN if GERMAN in installed else "en_US"
        return self.with_context(lang=lang, tz=self.env.user.tz or "Europe/Berlin")

    def _answer_tree(self, person, title, introduction, sections, **about):
        """The whole letter as plain values.

        :param str person: who asked, as in the address
        :param list introduction: paragraphs at its head
        :param list sections: of :meth:`_section`; empty ones are left out
        :param about: lines on `purposes`, `categories`, `recipients`, `storage` and `source`, see :meth:`_information`
        """
        return {
            "format": "sozial.subject.access",
            "version": 1,
            "created_text": format_date(self.env, fields.Date.context_today(self)),
            "created_on": fields.Date.to_string(fields.Date.context_today(self)),
            "language": self.env.lang,
            "controller": self._controller(),
            "person": person,
            "request": self._rows(self, *self._request_names()),
            "title": title,
            "introduction": introduction,
            "sections": [section for section in sections if section["rows"] or section["entries"] or section["note"]],
            "information": self._information(**about),
        }

    @api.model
    def _request_names(self):
        """Fields that tell when it was asked for and until when it is answered."""
        return ("received_on", "due_on")

    def _controller(self):
        company = self.company_id.sudo()
        return {
            "name": company.name,
            "address": company._sender_line(),
            "phone": company.phone or "",
            "email": company.email or "",
        }

    def _information(self, purposes, categories, recipients, storage, source):
        """Art. 15(1) and (2) GDPR, point by point."""
        _ = self.env._
        company = self.company_id.sudo()
        authority = company.sozial_supervisory_authority or _("the data protection authority of the federal state")
        officer = (company.sozial_privacy_contact or "").splitlines()
        points = [
            ("purposes", _("What for, and on what ground"), purposes),
            ("categories", _("Kinds of data"), categories),
            ("recipients", _("Who receives them"), recipients),
            ("storage", _("How long they are kept"), storage),
            ("source", _("Where they come from"), source),
            (
                "rights",
                _("Your rights"),
                [
                    _(
                        "You may have wrong data corrected (Art. 16 GDPR), have data erased or their use restricted (Art. 17, 18), "
                        "take them with you in a machine-readable form (Art. 20) and object to their use (Art. 21)."
                    ),
                    _("You may revoke a consent at any time. It then holds no longer; what was done before stays lawful."),
                    _("You may complain to: %s", authority),
                ],
            ),
            ("automation", _("Decisions by a machine"), [_("No decision about you is made by a machine alone.")]),
        ]
        if company.sozial_privacy_note:
            points.append(("more", _("More about data protection"), company.sozial_privacy_note.splitlines()))
        if officer:
            points.append(("officer", _("Data protection officer"), officer))
        return [{"key": key, "title": title, "text": [line for line in text if line]} for key, title, text in points]

    @api.model
    def _section(self, key, title, rows=(), entries=(), note=""):
        """A heading with rows of label and value, entries with rows of their own, and a sentence."""
        return {"key": key, "title": title, "rows": list(rows), "entries": list(entries), "note": note}

    @api.model
    def _entry(self, title, rows=(), paragraphs=()):
        return {"title": title, "rows": list(rows), "paragraphs": list(paragraphs)}

    @api.model
    def _row(self, key, label, value, text=None):
        return {"key": key, "label": label, "value": value, "text": text if text is not None else str(value)}

    @api.model
    def _rows(self, record, *names):
        """Rows of the fields that say something, labelled as on the screen."""
        return [self._field_row(record, name) for name in names if record[name] or record._fields[name].type == "boolean"]

    @api.model
    def _field_row(self, record, name):
        field, value = record._fields[name], record[name]
        label = field._description_string(self.env)
        if field.type == "selection":
            return self._row(name, label, value, dict(field._description_selection(self.env)).get(value, value))
        if field.type == "date":
            return self._row(name, label, fields.Date.to_string(value), format_date(self.env, value))
        if field.type == "datetime":
            local = fields.Datetime.context_timestamp(self, value)
            clock = format_time(self.env, local.time(), time_format="short")
            return self._row(name, label, f"{fields.Datetime.to_string(value)}Z", f"{format_date(self.env, local)} {clock}")
        if field.type == "boolean":
            return self._row(name, label, value, self.env._("Yes") if value else self.env._("No"))
        if field.type == "monetary":
            currency = record[field.get_currency_field(record)]
            return self._row(name, label, {"amount": value, "currency": currency.name}, format_amount(self.env, value, currency))
        if field.relational:
            names = value.mapped("display_name")
            return self._row(name, label, names, ", ".join(names))
        return self._row(name, label, value)
