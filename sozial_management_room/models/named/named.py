from odoo import models


class SozialRoomNamed(models.AbstractModel):
    """A form that is not saved yet names only what its user may read.

    Its stored computes and related fields run without rules, so they would say something of whatever
    they are given: the centre of another company's activity, the title of its session.
    """

    _name = "sozial.room.named"
    _description = "Form that names only what may be read"

    def onchange(self, values, field_names, fields_spec):
        """:raise AccessError: for a form that names what the user may not read"""
        if not self.env.su:
            given = {key[8:]: value for key, value in self.env.context.items() if key.startswith("default_")}
            self._require_named_readable({**given, **values})
        return super().onchange(values, field_names, fields_spec)

    def _require_named_readable(self, values):
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or field.type != "many2one" or not field.comodel_name.startswith("sozial."):
                continue
            named = value.get("id") if isinstance(value, dict) else value
            if named and isinstance(named, int):
                self.env[field.comodel_name].browse(named).check_access("read")
