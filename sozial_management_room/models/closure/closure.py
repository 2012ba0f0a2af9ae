from odoo import fields, models


class SozialRoomClosure(models.Model):
    """A time in which a centre, a room or a part of it cannot be used."""

    _name = "sozial.room.closure"
    _description = "Closure"
    _order = "start desc, id desc"
    _check_company_auto = True

    name = fields.Char("Reason", required=True)
    centre_id = fields.Many2one(
        "sozial.centre", "Centre", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="centre_id.company_id", store=True, precompute=True, index=True)
    start = fields.Datetime(required=True)
    stop = fields.Datetime("End", required=True)

    _in_order = models.Constraint("CHECK (start < stop)", "End: a closure ends after it begins.")
