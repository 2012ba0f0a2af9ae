from odoo import api, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_referred_to(self):
        """Keep contacts that anything of social management refers to, with the sentence that Odoo's
        own references get too.

        A sentence of its own, or a refusal for clients alone, would tell who is a client: tenants,
        contact persons of offers, providers, guests of a room are all kept.
        """
        for model, field in self._sozial_references():
            rows = self.env[model].sudo().with_context(active_test=False)
            if rows.search_count([(field, "in", self.ids)], limit=1):
                raise UserError(self._still_referred_to())

    @api.model
    def _sozial_references(self):
        """Pairs of model and field of all our links to contacts that do not go with the contact."""
        return [
            (name, field.name)
            for name, model in sorted(self.env.registry.items())
            if name.startswith("sozial.") and model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.store and not field.related and field.comodel_name == "res.partner"
            and field.type in ("many2one", "many2many") and getattr(field, "ondelete", None) != "cascade"
        ]
