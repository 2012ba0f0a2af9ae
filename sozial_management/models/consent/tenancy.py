from odoo import api, fields, models
from odoo.tools import format_date

RENT_COLLECTION_STAFF = "sozial_management.group_sozial_frontdesk"


class SozialTenancy(models.Model):
    """What rent collection sees of the social department: coded signals, and nothing else."""

    _inherit = "sozial.tenancy"

    signal_ids = fields.One2many(
        "sozial.tenancy.signal", "tenancy_id", "Signals of the social department", readonly=True, groups=RENT_COLLECTION_STAFF
    )
    signal_text = fields.Text("Signals that hold now", compute="_compute_signals", groups=RENT_COLLECTION_STAFF)
    dunning_paused_until = fields.Date(
        compute="_compute_signals",
        groups=RENT_COLLECTION_STAFF,
        help="The social department asks not to send reminders until this day, with the tenant's consent.",
    )

    @api.depends("signal_ids.date_start", "signal_ids.date_until", "signal_ids.ended_at")
    def _compute_signals(self):
        labels = dict(self.env["sozial.tenancy.signal"]._fields["code"]._description_selection(self.env))
        for tenancy in self:
            current = tenancy.signal_ids.filtered("is_current").sorted("date_until", reverse=True)
            tenancy.signal_text = "\n".join(
                self.env._("%(signal)s until %(date)s", signal=labels[one.code], date=format_date(self.env, one.date_until))
                for one in current
            )
            tenancy.dunning_paused_until = current.filtered(lambda one: one.code == "dunning_pause")[:1].date_until

    def _contract_partners(self):
        """Who may agree to a signal on this tenancy: its contract partners."""
        tenants = self.occupant_ids.filtered(lambda one: one.role == "tenant" and not one.date_end)
        return self.partner_id | tenants.partner_id
