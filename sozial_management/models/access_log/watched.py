import contextvars
from contextlib import contextmanager

from odoo import api, models

# Models whose change is being made: what it writes on the same model belongs to it.
changing = contextvars.ContextVar("sozial_changing", default=frozenset())


class SozialAccessWatched(models.AbstractModel):
    """What an administrator can change to get at cases: every change of it is recorded.

    The addon's own installation and updates are not: whoever runs them has the server.
    """

    _name = "sozial.access.watched"
    _description = "Changes are recorded"

    _watched_as = None
    # A write of one of these decides something; computed fields write all the time.
    _watched_fields = frozenset()

    def _watched_subjects(self):
        """Names of what these records concern, if it has to do with cases."""
        return set()

    @contextmanager
    def _watching_change(self, operation):
        """Record a change after it was made. Yields a list for the records it makes."""
        if not self.env.registry.ready or self._name in changing.get():
            yield []
            return
        made = []
        token = changing.set(changing.get() | {self._name})
        try:
            subjects = set(self.sudo()._watched_subjects())
            yield made
        finally:
            changing.reset(token)
        after = made[0] if made else self.browse() if operation == "unlink" else self
        for subject in sorted(subjects | after.sudo()._watched_subjects()):
            self.env["sozial.access.log"]._log_change(self._watched_as, operation, subject)

    @api.model_create_multi
    def create(self, vals_list):
        with self.browse()._watching_change("create") as made:
            records = super().create(vals_list)
            made.append(records)
        return records

    def write(self, vals):
        if self._watched_fields.isdisjoint(vals):
            return super().write(vals)
        with self._watching_change("write"):
            return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """A translation is written past :meth:`write`, and its code is code as well."""
        result = super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)
        if field_name in self._watched_fields and self.env.registry.ready:
            for lang in translations:
                for subject in sorted(self.sudo().with_context(lang=lang)._watched_subjects()):
                    self.env["sozial.access.log"]._log_change(self._watched_as, "write", subject)
        return result

    def unlink(self):
        with self._watching_change("unlink"):
            return super().unlink()
