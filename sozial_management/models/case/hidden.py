from functools import partial

from odoo import models
from odoo.exceptions import MissingError
from odoo.fields import Domain

from .secrecy import LINKS


class SozialHidden(models.AbstractModel):
    """What somebody may not read looks like what is not there.

    Ids are counted on. If a foreign one and one that was never given were answered differently,
    everybody could tell how many cases there are, and when one came into being or was erased.
    """

    _name = "sozial.hidden"
    _description = "Forbidden and missing look the same"

    def _nothing_there(self, operation="read"):
        """The refusal, for foreign and for missing records."""
        return self.env["ir.rule"]._make_access_error(operation, self)

    def _check_access(self, operation):
        """What is not there is forbidden, too."""
        if len(self) > 1 and not self.env.su:
            return self._check_access_at_once(operation)
        try:
            return super()._check_access(operation)
        except MissingError:
            if self.env.su:
                raise
        there = self.exists()
        refused = super(SozialHidden, there)._check_access(operation)
        forbidden = (self - there) | (refused[0] if refused else self.browse())
        return forbidden, partial(forbidden._nothing_there, operation)

    def _check_access_at_once(self, operation):
        """Ask the database by one query which of several records the rules allow.

        The ORM would read every grant and every lock-out of each case, to look at them in Python.
        """
        refused = super(SozialHidden, self.browse())._check_access(operation)
        if refused:
            return self, refused[1]
        domain = Domain("id", "in", self.ids) & self.env["ir.rule"]._compute_domain(self._name, operation)
        allowed = self.browse(self.sudo()._search(domain, active_test=False))
        forbidden = self.filtered("id") - allowed
        return (forbidden, partial(forbidden._nothing_there, operation)) if forbidden else None

    def _fetch_field(self, field):
        """A value of a record that is not there: the ORM would say so.

        Of several records that are fetched together, it then tries the one that was asked for.
        """
        super()._fetch_field(field)
        if self.env.su:
            return
        cached = field._get_cache(self.env)
        if any(record_id not in cached for record_id in self._origin._ids):
            raise self._nothing_there()

    def onchange(self, values, field_names, fields_spec):
        """A form that is not saved yet and names a case or a note must be able to read it."""
        if not self.env.su:
            for link, model in LINKS.items():
                named = values.get(link, self.env.context.get(f"default_{link}")) if link in self._fields else None
                if isinstance(named, int) and named:
                    self.env[model].browse(named).check_access("read")
        return super().onchange(values, field_names, fields_spec)

    def get_external_id(self):
        """Names for imports and exports."""
        self.check_access("read")
        return super().get_external_id()
