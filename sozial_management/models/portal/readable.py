from odoo import models


class SozialPortalReadable(models.AbstractModel):
    """Records of which portal users read listed fields only, whichever way they ask.

    A new field of the model stays with the staff until somebody lists it.
    """

    _name = "sozial.portal.readable"
    _description = "Readable in the portal"

    _portal_fields = frozenset({"id", "display_name"})

    def _has_field_access(self, field, operation):
        allowed = super()._has_field_access(field, operation)
        # asked for each value that is read: what everybody may read does not ask who it is
        if not allowed or self.env.su or (operation == "read" and field.name in self._portal_fields):
            return allowed
        return not self.env.user._is_portal()
