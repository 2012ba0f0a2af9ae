import functools

from odoo import api, models
from odoo.exceptions import MissingError


class SozialSealed(models.AbstractModel):
    """What is sealed until the submissions of its call are opened.

    The record rules on the call's stored `opened_at` keep everybody but the bidder away, the
    system administrator included. Here is what rules cannot do: a record that is sealed and one
    that does not exist are refused alike, else somebody could count submissions by trying ids.
    """

    _name = "sozial.sealed"
    _description = "Sealed until the opening"
    _inherit = ["sozial.portal.readable"]
    _sealed = True

    def _check_access(self, operation):
        try:
            return super()._check_access(operation)
        except MissingError:  # a rule was asked about a row that is not there
            return self, functools.partial(self.env["ir.rule"]._make_access_error, operation, self)

    @api.private
    def exists(self):
        """For whoever is bound by the seal every id exists: reading one says that it is refused, never that it is missing."""
        return super().exists() if self.env.su else self

    def get_metadata(self):
        """Who entered and changed it, and when."""
        self.check_access("read")
        return super().get_metadata()

    def get_external_id(self):
        """Names for imports and exports."""
        self.check_access("read")
        return super().get_external_id()


def is_sealed(env, name):
    """Whether rows of the model `name` are sealed until the opening."""
    return bool(name) and name in env.registry and getattr(env.registry[name], "_sealed", False)
