from odoo import api, fields, models
from odoo.fields import Domain

CODES = [
    ("counselling", "In counselling"),
    ("dunning_pause", "Pause dunning"),
    ("instalments", "Instalments agreed"),
]


class SozialTenancySignal(models.Model):
    """A coded signal of the social department to rent collection; the client agreed to it.

    All that the back office ever learns: the signal, from when, until when, which department.
    The way back to case and consent lies on the case's side, under its secrecy; rows are
    written as the system's own user, so that they name no social worker either.
    """

    _name = "sozial.tenancy.signal"
    _description = "Signal to rent collection"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    tenancy_id = fields.Many2one(
        "sozial.tenancy", "Tenancy", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="tenancy_id.company_id", string="Company", store=True, precompute=True, index=True)
    code = fields.Selection(CODES, "Signal", required=True, readonly=True)
    date_start = fields.Date("Since", required=True, readonly=True)
    date_until = fields.Date("Until", required=True, readonly=True, help="Last day. The signal ends by itself then.")
    ended_at = fields.Datetime("Ended on", readonly=True)
    department = fields.Char("Given by", required=True, readonly=True)
    is_current = fields.Boolean("Holds now", compute="_compute_is_current", search="_search_is_current")

    _dates_in_order = models.Constraint("CHECK (date_until >= date_start)", "Until lies before since. Correct one of the two dates.")
    _current = models.Index("(tenancy_id, date_until) WHERE ended_at IS NULL")

    @api.depends("date_start", "date_until", "ended_at")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for signal in self:
            signal.is_current = not signal.ended_at and signal.date_start <= today <= signal.date_until

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        if len(value) > 1:
            return Domain.TRUE
        today = fields.Date.context_today(self)
        current = Domain("ended_at", "=", False) & Domain("date_start", "<=", today) & Domain("date_until", ">=", today)
        return current if True in value else ~current

    @api.depends("code", "date_until")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for signal in self:
            signal.display_name = labels.get(signal.code, "")
