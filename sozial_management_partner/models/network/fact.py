from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sozial_management.models.figure.measure import Measure

KINDS = [
    ("sent", "Referred"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Not answered in time"),
    ("completed", "Completed"),
    ("ended", "Ended without a result"),
]
GAPS = ("declined", "expired")


class SozialReferralFact(models.Model):
    """What happened to a referral, for figures: in which month, which quarter, topic, organisation.

    Knows neither case nor person nor referral. Nobody has access; what leaves goes through the
    suppression of small figures, jointly with everything published before.
    """

    _name = "sozial.referral.fact"
    _description = "Fact of a referral"
    _inherit = "sozial.figure.source"
    _log_access = False
    _rec_name = "kind"
    _order = "id"
    _check_company_auto = True
    _figure_person = "contributor"
    _figure_house = "partner_id"

    company_id = fields.Many2one("res.company", "Company", required=True, index=True)
    kind = fields.Selection(KINDS, "What happened", required=True)
    month = fields.Date(required=True, help="The first day of the month in which it happened.")
    contributor = fields.Char("Person behind it", required=True, help="Drawn by lot, new every year.")
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", ondelete="restrict", check_company=True)
    topic_id = fields.Many2one("sozial.topic", "Topic", ondelete="restrict")
    partner_id = fields.Many2one("res.partner", "Organisation", ondelete="restrict", check_company=True)

    _month_is_a_month = models.Constraint("CHECK (EXTRACT(DAY FROM month) = 1)", "Month: a fact names the month only, by its first day.")
    _figures = models.Index("(company_id, kind, month)")

    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("A fact for figures is written once and stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A fact for figures is written once and stays as it is."))

    @api.model
    def _figure_measures(self):
        """Referrals in figures; for one organisation's report those of the context's organisation."""
        mine = self.env.context.get("sozial_organisation_id")
        narrow = (("partner_id", "=", mine),) if mine else ()
        # not by organisation: each figure would be that of a single one
        of, own = ("period", "quarter_id", "topic_id"), bool(mine)
        return {
            "referral": Measure(self.env._("Referrals"), "referral", narrow, ("kind", *of), own=own),
            "referral_sent": Measure(self.env._("Referrals sent"), "referral", (*narrow, ("kind", "=", "sent")), of, own=own),
            "referral_gap": Measure(
                self.env._("Referrals declined or not answered"), "referral", (*narrow, ("kind", "in", GAPS)), of, own=own
            ),
        }
