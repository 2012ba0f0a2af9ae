import psycopg2

from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from .secrecy import LINKS, is_confidential


class Base(models.AbstractModel):
    """What holds for every model: how a refused deletion is told, and how is sorted by cases.

    Deletions that the database refuses, said for people and without naming what refers.

    PostgreSQL 18 reports them by a code of its own, which Odoo hands on as SQL; older ones
    let Odoo name the model and with it, on a contact, that somebody is a client.
    """

    _inherit = "base"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort by the ids of cases and hand-overs, not by their urgency: a row that is seen may
        point at one that is not, an earlier case of the same client for example."""
        field = self._fields.get(field_name)
        points_at = field.comodel_name if field is not None and field.type == "many2one" else None
        if not self.env.su and (points_at == "sozial.handover" or is_confidential(self.env, points_at)):
            field_name = f"{field_name}.id"
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    @api.model_create_multi
    def create(self, vals_list):
        """Dialogs of a case ask for access to it first: of a case that is not there the database would tell."""
        if self._transient and not self.env.su and is_confidential(self.env, self._name):
            for link, model in LINKS.items():
                if link in self._fields:
                    default = self.env.context.get(f"default_{link}")
                    ids = {vals.get(link, default) for vals in vals_list}
                    self.env[model].browse(filter(None, ids)).check_access("read")
        return super().create(vals_list)

    def unlink(self):
        """Guards against deletion hold whatever a call brings along: the mark of an uninstallation,
        which switches them off, counts only from the system itself."""
        guarded = self._name.startswith("sozial.") or self._name == "res.partner"
        if guarded and self.env.context.get(MODULE_UNINSTALL_FLAG) and not self.env.su:
            self = self.with_context(**{MODULE_UNINSTALL_FLAG: False})
        return super().unlink()

    @api.model
    def _still_referred_to(self):
        """One sentence, whatever refers: a tenancy, a booking, a bill, or a case."""
        return self.env._("Other records refer to this one, so it cannot be deleted. Archive it instead.")

    @api.model
    def _sql_error_to_message_generic(self, exc):
        contact = self._name == "res.partner" and isinstance(exc, psycopg2.errors.ForeignKeyViolation)
        if contact or isinstance(exc, psycopg2.errors.RestrictViolation):
            return self._still_referred_to()
        if isinstance(exc, psycopg2.errors.ForeignKeyViolation) and self._name.startswith("sozial."):
            return self.env._(
                "Other records refer to this one, or it refers to one that does not exist. Archive it instead, "
                "or choose another one."
            )
        return super()._sql_error_to_message_generic(exc)
