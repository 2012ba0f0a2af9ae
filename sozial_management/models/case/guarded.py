from odoo import api, models
from odoo.exceptions import UserError


class SozialGuarded(models.AbstractModel):
    """A record with fields that belong to its methods: no form, import or API call sets them."""

    _name = "sozial.guarded"
    _description = "Fields set by methods only"
    # Names of these fields.
    _guarded = frozenset()

    @api.model
    def _refuse_guarded(self, vals):
        """Stop values for fields that belong to a method.

        :raise UserError: names the field
        """
        for name in sorted(self._guarded & vals.keys()):
            raise UserError(
                self.env._(
                    "%(field)s: this is not set directly. Use the buttons.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    @api.model
    def _without_guarded_defaults(self):
        """The model without `default_state` and the like, which a board's column sends along."""
        guarded = {f"default_{name}" for name in self._guarded}
        return self.with_context({key: value for key, value in self.env.context.items() if key not in guarded})
