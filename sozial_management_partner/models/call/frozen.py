from odoo import api, models


class SozialCallPart(models.AbstractModel):
    """A part of a call (lot, criterion, section): frozen with it.

    Every change passes the call's own guard, and undoes a legal check. The methods of the call
    that publish a new version write past it.
    """

    _name = "sozial.call.part"
    _description = "Part of a call"
    _inherit = ["sozial.portal.readable"]

    @api.model_create_multi
    def create(self, vals_list):
        calls = {vals.get("call_id") or self.env.context.get("default_call_id") for vals in vals_list} - {None, False}
        self.env["sozial.call"].browse(calls)._require_unfrozen()
        parts = super().create(vals_list)
        parts.call_id._require_unfrozen()
        parts.call_id._forget_check()
        return parts

    def write(self, vals):
        target = self.env["sozial.call"].browse(vals.get("call_id") or [])
        (self.call_id | target)._require_unfrozen()
        result = super().write(vals)
        (self.call_id | target)._forget_check()
        return result

    def _write_frozen(self, values):
        """Write past the guard. For the methods that publish a new version."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_unfrozen(self):
        self.call_id._require_unfrozen()
        self.call_id._forget_check()
