from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SozialCentreNotice(models.Model):
    """A short text on the noticeboard of a centre (Schwarzes Brett), from one day to another.

    For the staff, on the screen of the day. Marked as public it stands on the signs at the doors,
    too, where everybody who passes reads it.
    """

    _name = "sozial.centre.notice"
    _inherit = ["sozial.room.named"]
    _description = "Notice on the noticeboard"
    _rec_name = "text"
    _order = "pinned desc, date_from desc, id desc"
    _check_company_auto = True

    centre_id = fields.Many2one("sozial.centre", "Centre", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="centre_id.company_id", store=True, precompute=True, index=True)
    text = fields.Char("What it says", required=True, help="In a sentence, for example: the lift is out of order until Friday.")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_until = fields.Date("Until", help="Last day on which it is shown. Empty: until you enter one.")
    user_id = fields.Many2one(
        "res.users", "Written by", required=True, index=True, readonly=True, copy=False, default=lambda self: self.env.user
    )
    pinned = fields.Boolean("On top", help="Stands above the other notices.")
    at_doors = fields.Boolean(
        "At the doors, too", help="Is shown on the door displays of the centre. Everybody who passes reads it: no names of persons."
    )

    _worded = models.Constraint("CHECK (btrim(text) <> '')", "Notice: write what it is about.")
    _in_order = models.Constraint(
        "CHECK (date_until IS NULL OR date_until >= date_from)", "Until: a notice ends on the day it begins, or later."
    )
    _board = models.Index("(centre_id, date_from)")

    @api.model_create_multi
    def create(self, vals_list):
        """Write notices, in the name of the current user."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name != "user_id"} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """:raise UserError: for another author: nobody puts words into somebody's mouth"""
        if "user_id" in vals and not self.env.su:
            raise UserError(self.env._("Written by: this stays as it is."))
        return super().write(vals)

    @api.model
    def _shown(self, centre, day):
        """Domain of what hangs on the board of a centre on a day there."""
        return (
            Domain("centre_id", "=", centre.id)
            & Domain("date_from", "<=", day)
            & (Domain("date_until", "=", False) | Domain("date_until", ">=", day))
        )
