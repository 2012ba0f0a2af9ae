from collections import Counter

from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# Stands where a text is demanded and the person is gone.
MARK = "–"
# What can hold a word, or lead to a person.
WORDS = frozenset({"char", "text", "html", "json", "binary", "image", "properties", "reference"})
LINKS = frozenset({"many2one", "many2many", "many2one_reference"})
# Written by the ORM itself: who of the staff entered a row, and the row's place.
OWN = frozenset({"id", "create_uid", "write_uid", "case_id", "company_id"})


class SozialErasure(models.AbstractModel):
    """Takes persons out of rows, and rows out of the database, with all they left elsewhere.

    Knows no model by name: it walks the registry, so that a later model below a case is
    covered. Whatever is not declared is emptied or deleted: forgetting keeps no secret.
    Callers have checked rights and legal hold.
    """

    _name = "sozial.erasure"
    _description = "Erasure of personal data"

    @api.model
    def _below_case(self):
        """Models with rows of their own that belong to a case, children before their parents."""
        names = {
            name
            for name, model in self.env.registry.items()
            if self._has_table(model) and self._stored_link(model, "case_id") == "sozial.case"
        }
        ordered = []
        while names:
            referred = {
                field.comodel_name
                for name in names
                for field in self.env[name]._fields.values()
                if field.store and field.type == "many2one" and field.comodel_name != name
            }
            free = sorted(names - referred) or sorted(names)
            ordered += free
            names -= set(free)
        return ordered

    @api.model
    def _declarable(self, model):
        """Stored fields of a model that need a word on what anonymisation does with them."""
        return [
            field
            for field in model._fields.values()
            if field.store and field.type in WORDS | LINKS and field.name not in OWN and not field.related
        ]

    @api.model
    def _row_fate(self, model):
        """What anonymisation does with the rows of a model: "keep" or "delete"."""
        return "keep" if model._anonymise == "keep" and not model._transient else "delete"

    @api.model
    def _anonymise_rows(self, records, **values):
        """Empty what is declared so, and what is not declared; drop what hangs on the rows.

        Rows that cannot be kept without the undeclared are deleted.

        :param values: written along, in the same statement
        :return: numbers of what hung on the rows, by model name
        """
        records = records.sudo()
        if not records:
            return Counter()
        for field in self._declarable(records):
            if getattr(field, "anonymise", "blank") == "keep":
                continue
            if not field.required:
                values[field.name] = False
            elif field.type in ("char", "text", "html"):
                values[field.name] = MARK
            else:
                return self._delete_rows(records)
        # past the guards of the model, its history and its notices, which all belong to people
        models.BaseModel.write(records, values)
        records.flush_recordset()
        return self._forget(records)

    @api.model
    def _delete_rows(self, records):
        """Delete rows past the guards that keep people from it, with all that hangs on them.

        :return: numbers of what hung on the rows, by model name
        """
        records = records.sudo().exists()
        gone = self._forget(records) if records else Counter()
        records.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        return gone

    @api.model
    def _forget(self, records):
        """Delete what refers to rows by model name and id: nothing in the database ties it to them.

        :return: numbers by model name
        """
        model, ids = records._name, records.ids
        gone = Counter()
        if not ids:
            return gone
        for name, domain in (
            ("calendar.event", [("res_model", "=", model), ("res_id", "in", ids)]),
            ("mail.activity", [("res_model", "=", model), ("res_id", "in", ids)]),
            ("mail.message", [("model", "=", model), ("res_id", "in", ids)]),
            ("mail.scheduled.message", [("model", "=", model), ("res_id", "in", ids)]),
            ("mail.followers", [("res_model", "=", model), ("res_id", "in", ids)]),
            ("ir.attachment", [("res_model", "=", model), ("res_id", "in", ids), ("res_field", "in", self._attached(records))]),
            ("ir.model.data", [("model", "=", model), ("res_id", "in", ids)]),
        ):
            found = self.env[name].sudo().with_context(active_test=False).search(domain, limit=None)
            if name != "ir.model.data":  # a name of a row, nothing that somebody would count
                gone[name] += len(found)
            if name == "calendar.event":
                self._forget(found)
                found.recurrence_id.unlink()
                found = found.exists()
            elif name == "mail.message":
                # their mails first: the queue keeps a copy of the body
                self.env["mail.mail"].sudo().search([("mail_message_id", "in", found.ids)], limit=None).unlink()
                found.attachment_ids.unlink()
            found.unlink()
        return gone

    @api.model
    def _attached(self, records):
        """Values of `res_field` on attachments of a model; unnamed ones are hidden by Odoo's search."""
        return [False, *(field.name for field in records._fields.values() if getattr(field, "attachment", False))]

    @api.model
    def _transients_about(self, records):
        """Rows of dialogs that were opened on these records and still hold what was typed."""
        found = []
        for model in self.env.registry.values():
            if not model._transient or not self._has_table(model):
                continue
            links = [field.name for field in model._fields.values() if field.store and field.comodel_name == records._name]
            for link in links:
                found.append(self.env[model._name].sudo().search([(link, "in", records.ids)], limit=None))
        return [rows for rows in found if rows]

    @api.model
    def _has_table(self, model):
        return not model._abstract and model._auto

    @api.model
    def _stored_link(self, model, name):
        """The model a stored link points at; None if there is no such field."""
        field = model._fields.get(name)
        return field.comodel_name if field is not None and field.store and field.type == "many2one" else None
