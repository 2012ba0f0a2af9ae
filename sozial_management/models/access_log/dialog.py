from odoo import models

from .logged import NEUTRAL


class SozialAccessDialog(models.AbstractModel):
    """A dialog about a case that shows something of it: the client, for example.

    The row of the dialog belongs to nobody's file and is not logged itself; what it shows of the
    case is noted as an opening of the case. Otherwise a call that makes a dialog for each case
    would read all clients without a trace.
    """

    _name = "sozial.access.dialog"
    _description = "Dialog that shows something of a case"

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        if result and not NEUTRAL.issuperset(fnames):
            self.case_id._log_opening()
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        self.case_id._log_opening()
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def onchange(self, values, field_names, fields_spec):
        """What the form shows before it is saved counts too."""
        result = super().onchange(values, field_names, fields_spec)
        self.env["sozial.case"]._log_filled_in(values, result)
        return result
