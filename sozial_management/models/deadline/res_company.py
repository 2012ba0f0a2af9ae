from odoo import api, fields, models

from ...statute.periods import STATES

STATE_NAMES = [
    ("BB", "Brandenburg"), ("BE", "Berlin"), ("BW", "Baden-Württemberg"), ("BY", "Bavaria"), ("HB", "Bremen"), ("HE", "Hesse"),
    ("HH", "Hamburg"), ("MV", "Mecklenburg-Western Pomerania"), ("NI", "Lower Saxony"), ("NW", "North Rhine-Westphalia"),
    ("RP", "Rhineland-Palatinate"), ("SH", "Schleswig-Holstein"), ("SL", "Saarland"), ("SN", "Saxony"), ("ST", "Saxony-Anhalt"),
    ("TH", "Thuringia"),
]  # fmt: skip


class ResCompany(models.Model):
    """Where the company is decides which public holidays move the end of a period."""

    _inherit = "res.company"

    sozial_federal_state = fields.Selection(
        STATE_NAMES,
        "Public holidays of",
        compute="_compute_sozial_federal_state",
        store=True,
        readonly=False,
        help="Periods that end on a Saturday, a Sunday or a public holiday of this federal state end on the next working day "
        "(§ 193 BGB). Follows from the address of the company.",
    )

    @api.depends("partner_id.state_id", "partner_id.country_id")
    def _compute_sozial_federal_state(self):
        for company in self:
            # Odoo's codes are those of ISO 3166-2: DE-NI
            country, _dash, state = (company.partner_id.state_id.code or "").partition("-")
            if country == "DE" and state in STATES:
                company.sozial_federal_state = state
