from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialConsentTerm(models.AbstractModel):
    """A word consents are made of. What was signed keeps its meaning: a word in use stays."""

    _name = "sozial.consent.term"
    _description = "Word of a consent"
    _order = "sequence, name"

    code = fields.Char(required=True, help="Stable short name by which the software asks whether a consent covers it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "Another entry has this code already.")

    # the field of a consent that points here
    _consent_field = None

    def write(self, vals):
        meaning = {"code", "scope"} & vals.keys()
        if meaning and any(term[name] != vals[name] for term in self for name in meaning):
            self._require_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._require_unused()

    def _require_unused(self):
        """Looks past the secrecy of cases, and tells no more than that there is a consent."""
        if self.env["sozial.consent"].sudo().search_count([(self._consent_field, "in", self.ids)], limit=1):
            raise UserError(self.env._("This is used in consents and keeps its meaning. Archive it and make a new one."))
